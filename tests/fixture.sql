-- The shop that every text test begins with. Monday 23 November 2026, 10:00 in Berlin (day 20780), is "now".
INSERT INTO shop (id, name, street, postcode, town, phone, state, set_up) VALUES (1, 'Salon Brandt', 'Lange Straße 1', '30159', 'Hannover', '030 23125 100', 'NI', 3);
INSERT INTO opening (weekday, start, end) VALUES (1, 540, 1080), (2, 540, 1080), (3, 540, 1080), (4, 540, 1080), (5, 540, 1080), (6, 540, 840);

INSERT INTO staff (id, name, code, role, in_book, colour, sort) VALUES
	(1, 'Susanne Brandt', 'SU', 5, 1, 'blue', 1),
	(2, 'Katharina Oberländer', 'KA', 4, 1, 'green', 2),
	(3, 'Renate Vogt', 'RE', 3, 0, 'grey', 3),
	(4, 'Julia Wiesner', 'JU', 2, 1, 'red', 4),
	(5, 'Leonie Schäfer', 'LE', 1, 1, 'ochre', 5);
INSERT INTO pattern (id, staff, from_day, weeks) VALUES (1, 1, 20444, 1), (2, 2, 20444, 1), (4, 4, 20444, 1), (5, 5, 20444, 1);
INSERT INTO shift (pattern, week, weekday, kind, start, end)
	SELECT p.id, 0, w.value, 0, 540, 1080 FROM pattern p, json_each('[1,2,3,4,5]') w;
INSERT INTO shift (pattern, week, weekday, kind, start, end) SELECT p.id, 0, w.value, 1, 750, 780 FROM pattern p, json_each('[1,2,3,4,5]') w;

INSERT INTO place_class (id, name, sort) VALUES (1, 'Bedienplatz', 1), (2, 'Waschplatz', 2), (3, 'Kabine', 3);
INSERT INTO place (id, name, class, sort) VALUES (1, 'Platz 1', 1, 1), (2, 'Platz 2', 1, 2), (3, 'Platz 3', 1, 3), (4, 'Waschplatz 1', 2, 4), (5, 'Kabine 1', 3, 5);
INSERT INTO device (id, name, quantity) VALUES (1, 'Climazone', 1);
INSERT INTO skill (id, name) VALUES (1, 'Balayage');

INSERT INTO service_group (id, name, style, sort) VALUES (1, 'Schnitt', 'schnitt', 1), (2, 'Farbe', 'farbe', 2), (3, 'Kosmetik', 'kosmetik', 3);
INSERT INTO service (id, name, short, service_group, price, sort) VALUES
	(1, 'Herrenschnitt', 'hsc', 1, 2900, 1),
	(2, 'Ansatzfarbe', 'afb', 2, 5800, 2),
	(3, 'Gesichtsbehandlung', 'ges', 3, 6500, 3),
	(4, 'Probeleistung', 'pro', 1, 1000, 4);
INSERT INTO service_phase (service, seq, kind, name, minutes, place_class, device) VALUES
	(1, 0, 0, 'Schneiden', 30, 1, NULL),
	(2, 0, 0, 'Auftragen', 30, 1, NULL), (2, 1, 1, 'Einwirken', 35, 1, NULL), (2, 2, 0, 'Auswaschen', 15, 2, NULL),
	(3, 0, 0, NULL, 60, 3, NULL), (3, 1, 2, 'Lüften', 10, 3, NULL),
	(4, 0, 0, NULL, 15, NULL, NULL);
INSERT INTO staff_service (staff, service, extra_minutes, price) VALUES (1, 1, 0, NULL), (1, 2, 0, NULL), (2, 1, 5, NULL), (2, 2, 0, 6200), (2, 3, 0, NULL), (4, 1, 0, NULL);

INSERT INTO customer (id, last, first, mobile, mail, usual_staff, since) VALUES
	(1, 'Falkenstein', 'Marei', '0171 3920001', 'marei@example.org', 1, 20000),
	(2, 'Grünewald', 'Sigrid', '0171 3920002', NULL, NULL, 20100),
	(3, 'Bäcker', 'Jörg', '0171 3920003', 'joerg@example.org', 4, 20200);

-- Marei Falkenstein, Monday 11:00, a cut by Susanne at seat 1.
INSERT INTO appointment (id, kind, customer, day, start, end, status, booked_by, booked_at) VALUES (1, 0, 1, 20780, 660, 690, 2, 3, 1795000000);
INSERT INTO appt_step (id, appointment, seq, service, staff, price) VALUES (1, 1, 0, 1, 1, 2900);
INSERT INTO appt_phase (id, step, seq, kind, name, offset, minutes, staff, place, place_class) VALUES (1, 1, 0, 0, 'Schneiden', 0, 30, 1, 1, 1);
INSERT INTO use (day, resource, start, end, appointment, phase) VALUES (20780, 5, 660, 690, 1, 1), (20780, 6, 660, 690, 1, 1);
