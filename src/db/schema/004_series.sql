-- Appointments that come again. The rule is kept so that it can be shown and changed; what takes time is only the appointments.
CREATE TABLE series (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer(id),
	unit INTEGER NOT NULL CHECK (unit IN (0, 1)),     -- 0 weeks 1 months
	every INTEGER NOT NULL CHECK (every BETWEEN 1 AND 52),
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	nth INTEGER NOT NULL DEFAULT 0 CHECK (nth BETWEEN 0 AND 5),       -- of months: 1st .. 4th such weekday, 5 = the last one
	start INTEGER NOT NULL CHECK (start BETWEEN 0 AND 1435),
	anchor INTEGER NOT NULL, last_day INTEGER NOT NULL,
	services TEXT NOT NULL,                           -- "12,15@3" as in the booking panel
	staff INTEGER REFERENCES staff(id),               -- NULL = anyone
	booked_by INTEGER REFERENCES staff(id), booked_at INTEGER NOT NULL,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX series_by_customer ON series(customer);

ALTER TABLE appointment ADD COLUMN series INTEGER REFERENCES series(id);
ALTER TABLE appointment ADD COLUMN series_day INTEGER;   -- the day the rule gave, wherever it was moved since
CREATE INDEX appointment_by_series ON appointment(series, series_day) WHERE series IS NOT NULL;
