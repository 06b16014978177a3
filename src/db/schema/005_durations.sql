-- "Takes 75 minutes with her instead of 60": what somebody said no to is not proposed again.
CREATE TABLE duration_dismissed (
	customer INTEGER NOT NULL REFERENCES customer(id) ON DELETE CASCADE,
	service INTEGER NOT NULL REFERENCES service(id),
	minutes INTEGER NOT NULL,
	PRIMARY KEY (customer, service)
) STRICT;
