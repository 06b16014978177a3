-- Rules of a service, for the visit and not for the day: NULL = no such rule.
ALTER TABLE service ADD COLUMN new_extra INTEGER CHECK (new_extra BETWEEN 5 AND 240 AND new_extra % 5 = 0);   -- minutes longer for who was never here
ALTER TABLE service ADD COLUMN refill_days INTEGER CHECK (refill_days BETWEEN 1 AND 365);    -- later than that after the last one it is
ALTER TABLE service ADD COLUMN refill_to INTEGER REFERENCES service(id);                     -- this one instead (a new set)
ALTER TABLE service ADD COLUMN test INTEGER REFERENCES service(id);                          -- a patch test of this kind comes before,
ALTER TABLE service ADD COLUMN test_hours INTEGER CHECK (test_hours BETWEEN 0 AND 720);      -- so many hours at least,
ALTER TABLE service ADD COLUMN test_days INTEGER CHECK (test_days BETWEEN 1 AND 1830);       -- and so many days at most
ALTER TABLE service ADD COLUMN min_age INTEGER CHECK (min_age BETWEEN 1 AND 99);
ALTER TABLE service ADD COLUMN lead_hours INTEGER CHECK (lead_hours BETWEEN 1 AND 2160);     -- asked for so long before
ALTER TABLE service ADD COLUMN from_time INTEGER CHECK (from_time BETWEEN 0 AND 1435);       -- not begun before, over by
ALTER TABLE service ADD COLUMN until_time INTEGER CHECK (until_time BETWEEN 5 AND 1440);
ALTER TABLE service ADD COLUMN not_mon INTEGER NOT NULL DEFAULT 0 CHECK (not_mon IN (0, 1));
ALTER TABLE service ADD COLUMN not_tue INTEGER NOT NULL DEFAULT 0 CHECK (not_tue IN (0, 1));
ALTER TABLE service ADD COLUMN not_wed INTEGER NOT NULL DEFAULT 0 CHECK (not_wed IN (0, 1));
ALTER TABLE service ADD COLUMN not_thu INTEGER NOT NULL DEFAULT 0 CHECK (not_thu IN (0, 1));
ALTER TABLE service ADD COLUMN not_fri INTEGER NOT NULL DEFAULT 0 CHECK (not_fri IN (0, 1));
ALTER TABLE service ADD COLUMN not_sat INTEGER NOT NULL DEFAULT 0 CHECK (not_sat IN (0, 1));
ALTER TABLE service ADD COLUMN not_sun INTEGER NOT NULL DEFAULT 0 CHECK (not_sun IN (0, 1));

-- How a customer's skin took a test. A visit with the test's service counts as one too; here is what somebody saw.
CREATE TABLE patch_test (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
	service INTEGER NOT NULL REFERENCES service(id),
	day INTEGER NOT NULL, time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 1435),
	reaction INTEGER NOT NULL CHECK (reaction IN (0, 1)),
	staff INTEGER REFERENCES staff(id)
) STRICT;
CREATE INDEX patch_test_by_customer ON patch_test(customer, service, day);

-- Booked against such a rule: why.
ALTER TABLE appointment ADD COLUMN rule_reason TEXT;
