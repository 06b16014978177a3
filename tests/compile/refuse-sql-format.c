/* Nor is a text that was put together. */
#include "db/db.h"
int64_t count(struct db *, const char *);
int64_t count(struct db *db, const char *table) { return db_one(db, SQL(arena_printf(db_arena(db), "SELECT count(*) FROM %s", table))); }
