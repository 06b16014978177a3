/* db_kept.c: what was read once and stays with a looking connection until the database changes. */
#include "db/db_private.h"

void db_forget(struct db *db)
{
	if (db->kept.arena != NULL) {
		arena_reset(db->kept.arena);
		arena_reset(db->made_in);
	}
	db->kept.what = NULL;
	db->nmade = 0;
}

/* Within a read transaction the version stays; another connection's commit shows in the next one. Outside of any, what is
 * kept could go while somebody still uses it. */
struct db_kept *db_kept(struct db *db)
{
	if (db->writer != NULL || sqlite3_get_autocommit(db->h))
		return NULL;
	if (db->kept_known)
		return &db->kept;
	int64_t version = db_one(db, SQL("PRAGMA data_version"));
	if (db->kept.arena == NULL) {
		db->kept.arena = arena_new();
		db->made_in = arena_new();
	}
	if (version == NONE || version != db->kept_version)
		db_forget(db);
	db->kept.given = false;
	db->kept_version = version;
	db->kept_known = version != NONE;
	return version == NONE ? NULL : &db->kept;
}

void *db_keep(struct db *db, db_make_fn *make)
{
	struct db_kept *kept = db_kept(db);
	if (kept == NULL)
		return make(db);
	for (size_t i = 0; i < db->nmade; i++)
		if (db->made[i].make == make)
			return db->made[i].value;
	struct arena *request = db_arena_in(db, db->made_in);
	void *value = make(db);
	db_arena_in(db, request);
	if (!db->failed && db->nmade < KEPT_MOST) {
		db->made[db->nmade].make = make;
		db->made[db->nmade++].value = value;
	}
	return value;
}
