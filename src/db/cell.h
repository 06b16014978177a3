/* cell.h: one value of a row, as SQLite's changesets write it: a byte for its kind, then eight bytes (the highest first), or a
 * length and so many bytes. */
#ifndef DB_CELL_H
#define DB_CELL_H
#include "base/out.h"
#include "db/db.h"

enum { CELL_UNCHANGED = 0 };             /* stands for a kind: this column is not told */

/* type: SQLITE_INTEGER … SQLITE_NULL. Bytes belong to whom the value was read from. */
struct cell { int type; int64_t i; double real; const void *bytes; size_t n; };

struct cell cell_of_value(sqlite3_value *);
struct cell cell_of_column(sqlite3_stmt *, int column);
bool cell_same(const struct cell *, const struct cell *);

void cell_put(struct out *, const struct cell *);
void cell_put_byte(struct out *, int byte);
void cell_put_length(struct out *, size_t);
/* Of what cell_put() wrote; gives where the next one begins. */
const unsigned char *cell_get(const unsigned char *, struct cell *cell_r);
#endif
