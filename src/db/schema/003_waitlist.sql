-- The waiting list: who would come sooner or on another day if only there were time.
CREATE TABLE waiting (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer(id),
	staff INTEGER REFERENCES staff(id),                              -- wished; NULL = anyone
	only_staff INTEGER NOT NULL DEFAULT 0 CHECK (only_staff IN (0, 1)),
	weekdays INTEGER NOT NULL DEFAULT 0 CHECK (weekdays BETWEEN 0 AND 254 AND weekdays % 2 = 0),   -- bit 1 << weekday (1 Monday); 0 = any
	from_day INTEGER, to_day INTEGER,                                -- NULL = from now on, until it is taken off
	earliest INTEGER CHECK (earliest BETWEEN 0 AND 1435),            -- of the start, minutes; NULL = any
	done_by INTEGER CHECK (done_by BETWEEN 5 AND 1440),              -- over at this time; NULL = any
	note TEXT,
	since INTEGER NOT NULL,                                          -- UTC seconds
	entered_by INTEGER REFERENCES staff(id),
	appointment INTEGER REFERENCES appointment(id),                  -- what came of it; NULL = still waiting
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (from_day IS NULL OR to_day IS NULL OR from_day <= to_day),
	CHECK (earliest IS NULL OR done_by IS NULL OR earliest < done_by)
) STRICT;
CREATE INDEX waiting_open ON waiting(since) WHERE appointment IS NULL;
CREATE INDEX waiting_by_customer ON waiting(customer);
CREATE INDEX waiting_by_appointment ON waiting(appointment) WHERE appointment IS NOT NULL;

CREATE TABLE waiting_service (
	waiting INTEGER NOT NULL REFERENCES waiting(id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	service INTEGER NOT NULL REFERENCES service(id),
	staff INTEGER REFERENCES staff(id),                              -- nobody else for this one; NULL = as the visit
	PRIMARY KEY (waiting, seq)
) STRICT, WITHOUT ROWID;
