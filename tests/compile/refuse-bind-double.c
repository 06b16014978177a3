/* Money and times are whole numbers: a double is not bound. */
#include "db/db.h"
int64_t count(struct db *);
int64_t count(struct db *db) { return db_one(db, SQL("SELECT count(*) FROM service WHERE price > ?"), B(1.5)); }
