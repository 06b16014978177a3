/* A literal is SQL, also in pieces. */
#include "db/db.h"
int64_t count(struct db *);
int64_t count(struct db *db) { return db_one(db, SQL("SELECT count(*) " "FROM staff WHERE id > ?"), B(1)); }
