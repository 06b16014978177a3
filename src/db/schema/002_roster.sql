-- The duty roster: what absences count as, how many must be there, contracts, and the vacation account.

CREATE TABLE absence_kind (                           -- what an absence of this kind (absence.kind) counts as
	kind INTEGER PRIMARY KEY CHECK (kind BETWEEN 0 AND 6),
	work INTEGER NOT NULL CHECK (work IN (0, 1)),     -- its planned hours count as if worked
	vacation INTEGER NOT NULL CHECK (vacation IN (0, 1))              -- its days are taken from the vacation account
) STRICT;
INSERT INTO absence_kind (kind, work, vacation) VALUES (0, 1, 1), (1, 1, 0), (2, 1, 0), (3, 1, 0), (4, 1, 0), (5, 0, 0), (6, 0, 0);

CREATE TABLE roster_least (                           -- so many people at least; 0 = not looked at
	weekday INTEGER PRIMARY KEY CHECK (weekday BETWEEN 1 AND 7),
	people INTEGER NOT NULL DEFAULT 0 CHECK (people BETWEEN 0 AND 99)
) STRICT;
INSERT INTO roster_least (weekday) VALUES (1), (2), (3), (4), (5), (6), (7);

CREATE TABLE roster_rule (                            -- one row
	id INTEGER PRIMARY KEY CHECK (id = 1),
	expires_month INTEGER NOT NULL DEFAULT 3 CHECK (expires_month BETWEEN 1 AND 12),   -- until then last year's vacation can be taken
	expires_day INTEGER NOT NULL DEFAULT 31 CHECK (expires_day BETWEEN 1 AND 31),
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
INSERT INTO roster_rule (id) VALUES (1);

CREATE TABLE staff_contract (                         -- in force from this day until the next one
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	from_day INTEGER NOT NULL,
	minutes_per_week INTEGER NOT NULL CHECK (minutes_per_week BETWEEN 0 AND 3600),
	work_days_per_week INTEGER NOT NULL CHECK (work_days_per_week BETWEEN 1 AND 7),
	vacation_days INTEGER NOT NULL CHECK (vacation_days BETWEEN 0 AND 99),             -- a year, whole days
	UNIQUE (staff, from_day)
) STRICT;

-- Only ever added. What is taken is no posting: it follows from granted absences. Halves of days.
CREATE TABLE vacation_posting (
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	year INTEGER NOT NULL CHECK (year BETWEEN 1970 AND 2200),
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 3),  -- 0 entitlement 1 carry-over 2 correction 3 told what lapses when
	halves INTEGER NOT NULL CHECK (halves BETWEEN -2000 AND 2000),
	expires INTEGER,                                  -- a day, of what was carried into this year; NULL = never
	note TEXT,
	posted_day INTEGER NOT NULL, posted_by INTEGER REFERENCES staff(id)
) STRICT;
CREATE INDEX vacation_posting_by_year ON vacation_posting(year, staff);

CREATE TABLE absence_declined (                       -- asked for and not granted, with the answer
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 6),
	from_day INTEGER NOT NULL, to_day INTEGER NOT NULL CHECK (to_day >= from_day),
	start INTEGER, end INTEGER,
	note TEXT, answer TEXT NOT NULL,
	declined_day INTEGER NOT NULL, declined_by INTEGER REFERENCES staff(id)
) STRICT;
CREATE INDEX absence_declined_by_staff ON absence_declined(staff, to_day);
