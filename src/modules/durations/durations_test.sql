-- Ilse Langsam was here four times for a cut of 30 minutes by Julia; it took 45.
INSERT INTO customer (id, last, first, mobile, since) VALUES (4, 'Langsam', 'Ilse', '0171 3920004', 20300);
INSERT INTO appointment (id, kind, customer, day, start, end, status, booked_by, booked_at, arrived_at, started_at, done_at)
	SELECT 100 + value, 0, 4, 20780 - 28 * value, 600, 630, 6, 3, 1790000000, (20780 - 28 * value) * 86400 + 32000, (20780 - 28 * value) * 86400 + 32400,
	    (20780 - 28 * value) * 86400 + 32400 + 2700 FROM json_each('[1,2,3,4]');
INSERT INTO appt_step (id, appointment, seq, service, staff, price) SELECT 100 + value, 100 + value, 0, 1, 4, 2900 FROM json_each('[1,2,3,4]');
INSERT INTO appt_phase (id, step, seq, kind, name, offset, minutes, staff, place, place_class) SELECT 100 + value, 100 + value, 0, 0, 'Schneiden', 0, 30, 4, 1, 1 FROM json_each('[1,2,3,4]');
