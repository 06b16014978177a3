-- Where backups go, and that the recovery sheet was printed and read back. How a backup went is not here but in the data
-- folder's backup/state.json: it belongs to this computer, and must not itself be a change that asks for a backup.
CREATE TABLE backup_target (
	id INTEGER PRIMARY KEY,
	name TEXT NOT NULL,
	kind TEXT NOT NULL DEFAULT 'disk' CHECK (kind IN ('disk', 'stick', 'nas')),
	folder TEXT NOT NULL UNIQUE,
	active INTEGER NOT NULL DEFAULT 1 CHECK (active IN (0, 1)),
	version INTEGER NOT NULL DEFAULT 1
) STRICT;

CREATE TABLE backup_sheet (                           -- one row each time somebody typed three words of it back
	id INTEGER PRIMARY KEY,
	shop TEXT NOT NULL,                               -- which keys: the shop's public name, hex
	staff INTEGER NOT NULL REFERENCES staff(id),
	at INTEGER NOT NULL
) STRICT;
