-- Appointments that belong together: companions who come at once, and the parts of a visit that was split. The party's number is
-- the id of the appointment it began with, in that one too; NULL = it stands for itself.
ALTER TABLE appointment ADD COLUMN party INTEGER REFERENCES appointment(id);
CREATE INDEX appointment_by_party ON appointment(party) WHERE party IS NOT NULL;
