-- The call list: whom to tell what, and what came of it.
CREATE TABLE call (
	id INTEGER PRIMARY KEY,
	appointment INTEGER NOT NULL REFERENCES appointment(id) ON DELETE CASCADE,
	reason TEXT NOT NULL,                             -- "Susanne ist krank"
	proposal TEXT NOT NULL,                           -- "13:35 bei Katharina statt 13:15 bei Susanne"
	at INTEGER NOT NULL, by INTEGER REFERENCES staff(id),
	result INTEGER NOT NULL DEFAULT 0 CHECK (result BETWEEN 0 AND 3),  -- 0 open 1 reached, agreed 2 another appointment 3 not reached: open still
	tries INTEGER NOT NULL DEFAULT 0,
	result_at INTEGER, result_by INTEGER REFERENCES staff(id),
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX call_open ON call(result_at) WHERE result IN (0, 3);
CREATE INDEX call_by_appointment ON call(appointment);
