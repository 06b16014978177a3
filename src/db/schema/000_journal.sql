-- The journal: one record for each migration and each command, from this one on. journal.h says how it is chained.
CREATE TABLE journal (
	seq INTEGER PRIMARY KEY,                          -- 1, 2, 3 … without a gap
	at INTEGER NOT NULL,                              -- UTC seconds
	user INTEGER NOT NULL DEFAULT 0,                  -- staff id; 0 = the program itself
	station TEXT,
	command TEXT NOT NULL,                            -- "appointment.move"; of a migration: its file
	command_id TEXT UNIQUE,                           -- from the browser, so that a repeated command is known
	text TEXT,                                        -- one sentence for people
	subject_kind TEXT, subject INTEGER,
	kind INTEGER NOT NULL CHECK (kind IN (0, 1)),     -- 0 schema (payload: SQL) 1 change (payload: session changeset)
	undoes INTEGER REFERENCES journal(seq),
	no_undo INTEGER NOT NULL DEFAULT 0 CHECK (no_undo IN (0, 1)),
	salt BLOB, payload BLOB,
	payload_hash BLOB NOT NULL, prev BLOB NOT NULL, hash BLOB NOT NULL
) STRICT;
CREATE INDEX journal_by_subject ON journal(subject_kind, subject, seq);
CREATE INDEX journal_by_user ON journal(user, seq);
CREATE INDEX journal_by_undoes ON journal(undoes, seq) WHERE undoes IS NOT NULL;
CREATE INDEX journal_schema ON journal(seq) WHERE kind = 0;
