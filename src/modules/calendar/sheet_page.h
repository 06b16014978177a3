/* sheet_page.h: the day sheet: a day (sheet.h) cut into A4 pages of two columns. */
#ifndef CALENDAR_SHEET_PAGE_H
#define CALENDAR_SHEET_PAGE_H
#include "modules/calendar/sheet.h"
#include "web/web.h"

/* Heights in points: those of paper.css, wrapped lines counted generously, so that no page runs over. */
enum { SHEET_COLUMN = 650, SHEET_HEADING = 28, SHEET_EMPTY = 16 };

/* What stands under a person's name; goes_on: the rest of a block that began in another column. */
struct sheet_block { const struct sheet_column *of; struct sheet_lines lines; bool goes_on; };
struct sheet_blocks { struct sheet_block *at; size_t n, cap; };
struct sheet_page { struct sheet_blocks columns[2]; int used[2]; };
struct sheet_pages { struct sheet_page *at; size_t n, cap; };

/* Puts each block into the shorter column where it fits; cuts it, two lines at least on each side, where it does not.
 * At least one page. Pure. */
struct sheet_pages sheet_pack(struct arena *, const struct sheet_blocks *, int column_height);

handler_fn page_print;
#endif
