-- The shop, its people and places, its services, its customers and the book.
-- Days are integers (days since 1970-01-01), times minutes since local midnight, money cents, instants UTC seconds.
-- Texts that may be missing are NULL, never ''. Every record that people edit has a version (stale edits are refused).

CREATE TABLE shop (
	id INTEGER PRIMARY KEY CHECK (id = 1),
	name TEXT NOT NULL, street TEXT, postcode TEXT, town TEXT, phone TEXT, mail TEXT,
	country TEXT NOT NULL DEFAULT 'DE' CHECK (country IN ('DE', 'AT', 'CH')),
	state TEXT NOT NULL,                              -- ISO 3166-2 without the country: NI, BY, 9, ZH
	zone TEXT NOT NULL DEFAULT 'Europe/Berlin',
	person_word TEXT NOT NULL DEFAULT 'customer' CHECK (person_word IN ('customer', 'patient', 'guest')),
	lock_minutes INTEGER NOT NULL DEFAULT 15 CHECK (lock_minutes BETWEEN 1 AND 720),
	set_up INTEGER NOT NULL DEFAULT 0,                -- how many of the set-up's pages are done; 3 = the book is open
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE opening (                                -- up to two spans a weekday
	id INTEGER PRIMARY KEY,
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	start INTEGER NOT NULL CHECK (start BETWEEN 0 AND 1435),
	end INTEGER NOT NULL CHECK (end BETWEEN 5 AND 1440 AND end > start)
) STRICT;

CREATE TABLE day_override (                           -- a public holiday worked, a day closed, other hours
	id INTEGER PRIMARY KEY,
	day INTEGER NOT NULL UNIQUE,
	closed INTEGER NOT NULL CHECK (closed IN (0, 1)),
	start INTEGER, end INTEGER,                       -- when open: instead of the usual hours
	reason TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK (closed = 1 OR (start IS NULL) = (end IS NULL)), CHECK (end IS NULL OR end > start)
) STRICT;

CREATE TABLE staff (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	code TEXT NOT NULL UNIQUE CHECK (length(code) BETWEEN 1 AND 3),   -- SU
	role INTEGER NOT NULL DEFAULT 2 CHECK (role BETWEEN 1 AND 5),     -- 1 apprentice 2 stylist 3 reception 4 management 5 owner
	in_book INTEGER NOT NULL DEFAULT 1 CHECK (in_book IN (0, 1)),     -- has a column and takes appointments
	colour TEXT NOT NULL DEFAULT 'blue',
	phone TEXT, mail TEXT,
	birthday INTEGER, joined INTEGER, left INTEGER,
	sort INTEGER NOT NULL DEFAULT 0,
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	language TEXT NOT NULL DEFAULT 'de' CHECK (language IN ('de', 'en')),
	note TEXT,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE staff_secret (                           -- argon2id; never shown, never exported
	staff INTEGER PRIMARY KEY REFERENCES staff(id),
	password TEXT, pin TEXT
) STRICT;

CREATE TABLE station (                                -- a browser that somebody opened with a password
	id INTEGER PRIMARY KEY,
	token_hash TEXT NOT NULL UNIQUE,                  -- SHA-256 of the cookie, hex
	name TEXT NOT NULL, staff INTEGER NOT NULL REFERENCES staff(id),
	since INTEGER NOT NULL, until INTEGER NOT NULL
) STRICT;

CREATE TABLE pattern (                                -- weekly hours in a cycle of one to four weeks
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	from_day INTEGER NOT NULL,                        -- a Monday; week 0 begins here; in force until the next pattern
	weeks INTEGER NOT NULL CHECK (weeks BETWEEN 1 AND 4),
	UNIQUE (staff, from_day)
) STRICT;

CREATE TABLE shift (
	id INTEGER PRIMARY KEY,
	pattern INTEGER NOT NULL REFERENCES pattern(id) ON DELETE CASCADE,
	week INTEGER NOT NULL CHECK (week BETWEEN 0 AND 3),
	weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
	kind INTEGER NOT NULL CHECK (kind IN (0, 1)),     -- 0 work 1 break
	start INTEGER NOT NULL CHECK (start >= 0), end INTEGER NOT NULL CHECK (end > start AND end <= 1440)
) STRICT;
CREATE INDEX shift_by_pattern ON shift(pattern);

CREATE TABLE staff_day (                              -- single-day exception: these rows replace the pattern's day
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	day INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),  -- 0 work 1 break 2 free all day
	start INTEGER NOT NULL DEFAULT 0, end INTEGER NOT NULL DEFAULT 1440 CHECK (end > start)
) STRICT;
CREATE INDEX staff_day_by_day ON staff_day(day, staff);

CREATE TABLE absence (
	id INTEGER PRIMARY KEY,
	staff INTEGER NOT NULL REFERENCES staff(id),
	kind INTEGER NOT NULL CHECK (kind BETWEEN 0 AND 6),  -- 0 vacation 1 sick 2 child sick 3 school 4 training 5 time off 6 other
	granted INTEGER NOT NULL DEFAULT 1 CHECK (granted IN (0, 1)),     -- 0 = asked for
	from_day INTEGER NOT NULL, to_day INTEGER NOT NULL CHECK (to_day >= from_day),
	start INTEGER, end INTEGER,                       -- by hour on each of its days; NULL = whole days
	note TEXT,
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((start IS NULL) = (end IS NULL) AND (end IS NULL OR end > start))
) STRICT;
CREATE INDEX absence_by_staff ON absence(staff, to_day);

CREATE TABLE place_class (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, sort INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE place (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
	class INTEGER NOT NULL REFERENCES place_class(id),
	sort INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	note TEXT, version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE device (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
	quantity INTEGER NOT NULL DEFAULT 1 CHECK (quantity BETWEEN 1 AND 99),
	sort INTEGER NOT NULL DEFAULT 0, active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	note TEXT, version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE skill (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, version INTEGER NOT NULL DEFAULT 1) STRICT;
CREATE TABLE staff_skill (
	staff INTEGER NOT NULL REFERENCES staff(id), skill INTEGER NOT NULL REFERENCES skill(id), PRIMARY KEY (staff, skill)
) STRICT;

CREATE TABLE service_group (
	id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE,
	style TEXT NOT NULL DEFAULT 'schnitt' CHECK (style IN ('schnitt', 'farbe', 'form', 'herren', 'kosmetik', 'naegel', 'massage', 'block')),
	sort INTEGER NOT NULL DEFAULT 0, version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE service (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	short TEXT UNIQUE,                                -- typed while booking: hsc
	service_group INTEGER NOT NULL REFERENCES service_group(id),
	price INTEGER NOT NULL DEFAULT 0 CHECK (price >= 0),
	skill INTEGER REFERENCES skill(id),               -- besides staff_service: who has it not can't do it
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	online INTEGER NOT NULL DEFAULT 1 CHECK (online IN (0, 1)),
	sort INTEGER NOT NULL DEFAULT 0,
	note TEXT,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE TABLE service_phase (
	id INTEGER PRIMARY KEY,
	service INTEGER NOT NULL REFERENCES service(id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),  -- 0 active (person and place) 1 wait (place) 2 buffer (place)
	name TEXT,
	minutes INTEGER NOT NULL CHECK (minutes BETWEEN 5 AND 720 AND minutes % 5 = 0),
	place_class INTEGER REFERENCES place_class(id),   -- NULL = no place claimed
	device INTEGER REFERENCES device(id),
	UNIQUE (service, seq)
) STRICT;
CREATE TABLE staff_service (                          -- a row = this person does it
	staff INTEGER NOT NULL REFERENCES staff(id), service INTEGER NOT NULL REFERENCES service(id) ON DELETE CASCADE,
	extra_minutes INTEGER NOT NULL DEFAULT 0,         -- added to (or taken from) the longest active phase
	price INTEGER CHECK (price >= 0),                 -- NULL = the service's
	PRIMARY KEY (staff, service)
) STRICT;

CREATE TABLE customer (
	id INTEGER PRIMARY KEY,
	last TEXT NOT NULL, first TEXT, title TEXT, company TEXT,
	mobile TEXT, phone TEXT, phone_other TEXT, mail TEXT,
	birthday INTEGER, birthday_year INTEGER NOT NULL DEFAULT 1 CHECK (birthday_year IN (0, 1)),   -- 0 = year unknown (1904)
	street TEXT, postcode TEXT, town TEXT, country TEXT,
	note TEXT, alert TEXT,
	usual_staff INTEGER REFERENCES staff(id),
	source TEXT,                                      -- where an import took it from
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	since INTEGER,
	version INTEGER NOT NULL DEFAULT 1
) STRICT;
CREATE INDEX customer_by_name ON customer(last, first);
CREATE TABLE customer_usual (                         -- "wie immer", if not simply the last visit
	customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE, seq INTEGER NOT NULL,
	service INTEGER NOT NULL REFERENCES service(id), PRIMARY KEY (customer, seq)
) STRICT;
CREATE TABLE customer_duration (                      -- own durations: service x customer (x employee)
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
	service INTEGER NOT NULL REFERENCES service(id), staff INTEGER REFERENCES staff(id),
	extra_minutes INTEGER NOT NULL CHECK (extra_minutes BETWEEN -600 AND 600 AND extra_minutes % 5 = 0)
) STRICT;
CREATE UNIQUE INDEX customer_duration_once ON customer_duration(customer, service, ifnull(staff, 0));

-- Kept by triggers, not journaled: one row per folded word of the names and per reversed phone number.
CREATE TABLE search_customer (key TEXT NOT NULL, customer INTEGER NOT NULL, PRIMARY KEY (key, customer)) STRICT, WITHOUT ROWID;
CREATE INDEX search_customer_back ON search_customer(customer);
CREATE TRIGGER customer_search_in AFTER INSERT ON customer BEGIN
	INSERT OR IGNORE INTO search_customer SELECT value, new.id FROM json_each(search_keys(new.last, new.first, new.company, new.mobile, new.phone, new.phone_other, new.mail));
END;
CREATE TRIGGER customer_search_change AFTER UPDATE OF last, first, company, mobile, phone, phone_other, mail ON customer BEGIN
	DELETE FROM search_customer WHERE customer = old.id;
	INSERT OR IGNORE INTO search_customer SELECT value, new.id FROM json_each(search_keys(new.last, new.first, new.company, new.mobile, new.phone, new.phone_other, new.mail));
END;
CREATE TRIGGER customer_search_out AFTER DELETE ON customer BEGIN
	DELETE FROM search_customer WHERE customer = old.id;
END;

CREATE TABLE appointment (
	id INTEGER PRIMARY KEY,
	kind INTEGER NOT NULL DEFAULT 0 CHECK (kind IN (0, 1)),          -- 0 visit 1 block (Pause, Besprechung)
	customer INTEGER REFERENCES customer(id),                        -- NULL = walk-in without a name, or a block
	label TEXT,                                                      -- a block's or walk-in's name
	day INTEGER,                                                     -- NULL = parked
	start INTEGER, end INTEGER CHECK (end > start AND end <= 1440),
	status INTEGER NOT NULL DEFAULT 2 CHECK (status BETWEEN 0 AND 8),-- 0 requested 1 tentative 2 confirmed 3 arrived 4 in service 5 done 6 paid 7 cancelled 8 no-show
	reason INTEGER,                                                  -- of a cancellation: 1 in time 2 at short notice 3 by the shop
	reason_text TEXT,
	note TEXT,
	wish_staff INTEGER REFERENCES staff(id),                         -- the person the customer wished; NULL = any
	new_customer INTEGER NOT NULL DEFAULT 0 CHECK (new_customer IN (0, 1)),
	booked_by INTEGER REFERENCES staff(id), booked_at INTEGER NOT NULL,
	parked_at INTEGER, arrived_at INTEGER, started_at INTEGER, done_at INTEGER,
	source TEXT,                                                     -- an import's own id for it
	version INTEGER NOT NULL DEFAULT 1,
	CHECK ((day IS NULL) = (start IS NULL) AND (start IS NULL) = (end IS NULL))
) STRICT;
CREATE INDEX appointment_by_day ON appointment(day, start);
CREATE INDEX appointment_by_customer ON appointment(customer, day);
CREATE INDEX appointment_by_source ON appointment(source) WHERE source IS NOT NULL;
CREATE INDEX appointment_parked ON appointment(parked_at) WHERE day IS NULL;

CREATE TABLE appt_step (
	id INTEGER PRIMARY KEY,
	appointment INTEGER NOT NULL REFERENCES appointment(id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	service INTEGER REFERENCES service(id),           -- NULL in blocks and imports without a known service
	staff INTEGER REFERENCES staff(id),
	label TEXT,                                       -- shown instead of the service's name
	price INTEGER NOT NULL DEFAULT 0,                 -- frozen
	UNIQUE (appointment, seq)
) STRICT;
CREATE TABLE appt_phase (                             -- frozen; start is counted from the appointment's start
	id INTEGER PRIMARY KEY,
	step INTEGER NOT NULL REFERENCES appt_step(id) ON DELETE CASCADE,
	seq INTEGER NOT NULL,
	kind INTEGER NOT NULL CHECK (kind IN (0, 1, 2)),
	name TEXT,
	offset INTEGER NOT NULL CHECK (offset >= 0), minutes INTEGER NOT NULL CHECK (minutes > 0),
	staff INTEGER REFERENCES staff(id), place INTEGER REFERENCES place(id), device INTEGER REFERENCES device(id),
	place_class INTEGER REFERENCES place_class(id),
	UNIQUE (step, seq)
) STRICT;

-- One row per claim of every phase of every appointment that takes time (not parked, cancelled, no-show).
-- resource = id * 4 + kind (1 person, 2 place, 3 device pool).
CREATE TABLE use (
	day INTEGER NOT NULL, resource INTEGER NOT NULL, start INTEGER NOT NULL, end INTEGER NOT NULL CHECK (end > start),
	appointment INTEGER NOT NULL REFERENCES appointment(id) ON DELETE CASCADE,
	phase INTEGER NOT NULL,
	forced INTEGER NOT NULL DEFAULT 0 CHECK (forced IN (0, 1)),      -- "trotzdem": may overlap
	PRIMARY KEY (day, resource, start, appointment, phase)
) STRICT, WITHOUT ROWID;
CREATE INDEX use_by_appointment ON use(appointment);
