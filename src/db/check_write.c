#include "db/check_write.h"
#include "db/journal_private.h"
#include "base/lang.h"
#include <string.h>

static int check_file(struct db *db, struct out *faults)
{
	int n = 0;
	struct query q = db_query(db, SQL("SELECT integrity_check FROM pragma_integrity_check"));
	while (db_step(&q)) {
		const char *said = db_text(&q, 0);
		if (strcmp(said, "ok") == 0)
			continue;
		journal_fault(faults, _("Database file: %s"), said);
		n++;
	}
	return n;
}

static int check_references(struct db *db, struct out *faults)
{
	int n = 0;
	struct query q = db_query(db, SQL("SELECT \"table\", rowid, parent FROM pragma_foreign_key_check"));
	while (db_step(&q)) {
		journal_fault(faults, _("Record %lld of table %s refers to a record of table %s that is not there."),
		    (long long)db_int(&q, 1), db_text(&q, 0), db_text(&q, 2));
		n++;
	}
	return n;
}

static int check_open(struct db *db, struct out *faults)
{
	db_begin_read(db);
	int n = check_file(db, faults) + check_references(db, faults), chain = journal_check_chain(db, faults);
	bool failed = db_failed(db) || chain < 0;
	db_end_read(db);
	return failed ? -1 : n + chain;
}

int check_data_folder(const char *dir, struct out *faults)
{
	struct arena *own = arena_new();
	struct db *db = db_open(own, db_path(own, dir));
	int n = db == NULL ? -1 : check_open(db, faults);
	db_close(db);
	arena_free(own);
	int replay = n < 0 ? -1 : journal_replay_check(dir, faults);
	return replay < 0 ? -1 : n + replay;
}
