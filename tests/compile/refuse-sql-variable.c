/* A variable is no SQL. */
#include "db/db.h"
int64_t count(struct db *, const char *);
int64_t count(struct db *db, const char *text) { return db_one(db, SQL(text)); }
