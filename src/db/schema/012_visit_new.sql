-- Who is new: another service instead, or also who never had anything of the group.
ALTER TABLE service ADD COLUMN new_to INTEGER REFERENCES service(id);                        -- this one instead for who is new
ALTER TABLE service ADD COLUMN new_group INTEGER NOT NULL DEFAULT 0 CHECK (new_group IN (0, 1));  -- new is also who never had anything of its group

-- A test may be entered before anybody has looked at it.
CREATE TABLE patch_test_open (
	id INTEGER PRIMARY KEY,
	customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
	service INTEGER NOT NULL REFERENCES service(id),
	day INTEGER NOT NULL, time INTEGER NOT NULL CHECK (time BETWEEN 0 AND 1435),
	reaction INTEGER CHECK (reaction IN (0, 1)),      -- NULL = nobody has looked yet
	staff INTEGER REFERENCES staff(id)
) STRICT;
INSERT INTO patch_test_open SELECT id, customer, service, day, time, reaction, staff FROM patch_test;
DROP TABLE patch_test;
ALTER TABLE patch_test_open RENAME TO patch_test;
CREATE INDEX patch_test_by_customer ON patch_test(customer, service, day);
