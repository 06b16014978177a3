-- Services with rules. Monday 23 November 2026 (day 20780), 10:00, is "now".
INSERT INTO service (id, name, short, service_group, price, sort) VALUES
	(10, 'Verträglichkeitstest', 'vt', 2, 0, 10), (11, 'Intensivfarbe', 'inf', 2, 7000, 11), (12, 'Auffüllen', 'auf', 3, 4500, 12),
	(13, 'Neumodellage', 'neu', 3, 7500, 13), (14, 'Dauerwelle', 'dw', 1, 6900, 14), (15, 'Hochzeitsfrisur', 'hf', 1, 12000, 15);
INSERT INTO service_phase (service, seq, kind, minutes) VALUES (10, 0, 0, 10), (11, 0, 0, 60), (12, 0, 0, 45), (13, 0, 0, 90), (14, 0, 0, 60), (15, 0, 0, 60);
INSERT INTO staff_service (staff, service) SELECT 1, value FROM json_each('[10,11,12,13,14,15]');
UPDATE service SET test = 10, test_hours = 48, test_days = 180, new_extra = 15, min_age = 16 WHERE id = 11;
UPDATE service SET refill_days = 28, refill_to = 13 WHERE id = 12;
UPDATE service SET from_time = 540, until_time = 900, not_sat = 1, not_tue = 1 WHERE id = 14;
UPDATE service SET lead_hours = 72 WHERE id = 15;
INSERT INTO customer (id, last, first, birthday, birthday_year) VALUES (10, 'Neumann', 'Nele', 12000, 1), (11, 'Probst', 'Paula', 10000, 1), (12, 'Kindler', 'Kim', 16000, 1);
-- Waltraud was here often, never for nails. Strähnen are longer for who never had a colour, Lackwechsel for who never had nails.
INSERT INTO service (id, name, short, service_group, price, sort) VALUES (16, 'Erstberatung und Strähnen', 'eus', 2, 9000, 16), (17, 'Strähnen', 'str', 2, 7000, 17),
	(18, 'Lackwechsel', 'lac', 3, 2000, 18), (19, 'Waschen und Legen', 'wul', 1, 3000, 19);
INSERT INTO service_phase (service, seq, kind, minutes) VALUES (16, 0, 0, 120), (17, 0, 0, 60), (18, 0, 0, 30), (19, 0, 0, 30);
INSERT INTO staff_service (staff, service) SELECT 1, value FROM json_each('[16,17,18,19]');
UPDATE service SET new_to = 16, new_group = 1 WHERE id = 17;
UPDATE service SET new_extra = 30, new_group = 1 WHERE id = 18;
UPDATE service SET not_tue = 1 WHERE id = 19;
INSERT INTO customer (id, last, first) VALUES (13, 'Wiese', 'Waltraud'), (14, 'Nagel', 'Nora');
INSERT INTO appointment (id, kind, customer, day, start, end, status, booked_at) VALUES (40, 0, 13, 20700, 600, 660, 5, 1), (41, 0, 14, 20775, 600, 690, 5, 1),
	(30, 0, 14, 20794, 600, 630, 2, 1), (31, 0, 14, 20790, 600, 645, 2, 1);
INSERT INTO appt_step (id, appointment, seq, service, staff) VALUES (40, 40, 0, 17, 1), (41, 41, 0, 13, 1), (30, 30, 0, 19, 1), (31, 31, 0, 12, 1);
INSERT INTO appt_phase (id, step, seq, kind, offset, minutes, staff) VALUES (30, 30, 0, 0, 0, 30, 1), (31, 31, 0, 0, 0, 45, 1);
-- Paula had a new set 30 days ago, and a test on Saturday at 12:00.
INSERT INTO appointment (id, kind, customer, day, start, end, status, booked_at) VALUES (50, 0, 11, 20750, 600, 690, 5, 1), (51, 0, 11, 20778, 720, 730, 5, 1);
INSERT INTO appt_step (id, appointment, seq, service, staff) VALUES (50, 50, 0, 13, 1), (51, 51, 0, 10, 1);
INSERT INTO appt_phase (id, step, seq, kind, offset, minutes, staff) VALUES (50, 50, 0, 0, 0, 90, 1), (51, 51, 0, 0, 0, 10, 1);
