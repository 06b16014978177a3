-- Appointments that belong together: companions who come at once, and the parts of a visit that was split. The party's number is
-- the id of the appointment it began with, in that one too; NULL = it stands for itself.
ALTER TABLE appointment ADD COLUMN party INTEGER REFERENCES appointment(id);
CREATE INDEX appointment_by_party ON appointment(party) WHERE party IS NOT NULL;

CREATE TABLE journal_also (                            -- a change tells of these too, besides journal.subject: both parts, all companions
	subject_kind TEXT NOT NULL, subject INTEGER NOT NULL,
	seq INTEGER NOT NULL,
	PRIMARY KEY (subject_kind, subject, seq)
) STRICT, WITHOUT ROWID;

-- 1 = at once with the visit's begin, at somebody else's hands ("12+15"); 0 = after the one before.
ALTER TABLE waiting_service ADD COLUMN beside INTEGER NOT NULL DEFAULT 0 CHECK (beside IN (0, 1));
