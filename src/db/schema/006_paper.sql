-- The emergency sheet: where else it goes (a stick), and how many days it holds.
CREATE TABLE paper (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	folder TEXT,                                      -- besides the data folder's own; NULL = nowhere else
	days INTEGER NOT NULL DEFAULT 3 CHECK (days BETWEEN 1 AND 14),
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO paper(id) VALUES (1);
