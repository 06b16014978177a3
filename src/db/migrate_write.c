/* migrate_write.c: the schema is the journal's first records; each later step is one more. A step that was taken is never
 * edited: the SQL in the journal must be the SQL in the program. */
#include "db/write_private.h"
#include "base/embedded.h"
#include "base/log.h"
#include <string.h>
#include <time.h>

static int64_t steps_taken(struct db *db)
{
	if (db_one(db, SQL("SELECT count(*) FROM sqlite_schema WHERE name = 'journal'")) == 0)
		return 0;
	return db_one(db, SQL("SELECT count(*) FROM journal WHERE kind = 0"));
}

static int compare(struct db *db, int64_t taken)
{
	if (taken > (int64_t)schema_files_count) {
		log_fault("this data folder was made by a newer program: install that one");
		return -1;
	}
	struct query q = db_query(db, SQL("SELECT command, CAST(payload AS TEXT) FROM journal WHERE kind = 0 ORDER BY seq"));
	int same = 0;
	for (size_t i = 0; same == 0 && db_step(&q); i++)
		if (strcmp(db_text(&q, 0), schema_files[i].name) != 0 || strcmp(db_text(&q, 1), schema_files[i].bytes) != 0) {
			log_fault("this data folder was made by a draft of this program (%s differs): begin with an empty folder",
			    schema_files[i].name);
			same = -1;
		}
	db_done(&q);
	return db_failed(db) ? -1 : same;
}

static int take_step(struct db *db, const struct embedded *file)
{
	if (sqlite3_exec(db->h, file->bytes, NULL, NULL, NULL) != SQLITE_OK) {
		db_fail(db, file->name);
		return -1;
	}
	struct journal_record r = { .at = (int64_t)time(NULL), .command = file->name, .subject = NONE, .undoes = NONE,
		.kind = JOURNAL_SCHEMA, .no_undo = true, .payload = { file->bytes, strlen(file->bytes) } };
	return db_journal_add(db, &r);
}

static int take_steps(struct db *db, int64_t taken)
{
	for (size_t i = (size_t)taken; i < schema_files_count; i++)
		if (take_step(db, &schema_files[i]) != 0)
			return -1;
	if (db_one(db, SQL("SELECT count(*) FROM pragma_foreign_key_check")) != 0) {
		log_fault("the new schema would break references between records");
		return -1;
	}
	return 0;
}

int migrate_database(struct db *db)
{
	int64_t taken = steps_taken(db);
	if (db_failed(db) || (taken > 0 && compare(db, taken) != 0))
		return -1;
	if (taken == (int64_t)schema_files_count)
		return 0;
	if (db_group_begin(db) != 0)
		return -1;
	if (take_steps(db, taken) == 0)
		return db_group_end(db);
	db->writer->group = false;
	sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	return -1;
}
