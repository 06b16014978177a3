/* A string without SQL() is not taken. */
#include "db/db.h"
int64_t count(struct db *);
int64_t count(struct db *db) { return db_one(db, "SELECT count(*) FROM staff"); }
