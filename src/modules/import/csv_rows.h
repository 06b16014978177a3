/* csv_rows.h: the rows of a list in UTF-8 whose separator nobody told. */
#ifndef IMPORT_CSV_ROWS_H
#define IMPORT_CSV_ROWS_H
#include "base/arena.h"
#include "base/values.h"

struct csv_row { int line; const char **cells; size_t n; bool broken; };     /* broken: a quote without its end */
struct csv_rows { struct csv_row *at; size_t n, cap; char separator; };

/* LF, CR and CRLF end a row; a quoted cell may hold them. A quote that is not closed within 50 lines is taken as an
 * ordinary character, so that it costs one row and not the rest of the file. Empty rows are left out. */
struct csv_rows csv_rows_split(struct arena *, const char *text, size_t n);
#endif
