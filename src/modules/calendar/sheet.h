/* sheet.h: one day as it goes on paper: per person, in order of time, with phone numbers. */
#ifndef CALENDAR_SHEET_H
#define CALENDAR_SHEET_H
#include "modules/calendar/book.h"
#include "modules/calendar/layout.h"

struct sheet_line {
	const struct book_appt *appt;
	size_t first, last;                 /* its steps by this person */
	int start, end;
	str phone;
	bool inside;                        /* lies in the waiting time of the one before */
	int height;                         /* on the day sheet, in points (sheet_page.c) */
};
struct sheet_lines { struct sheet_line *at; size_t n, cap; };
struct sheet_column { str name, code; struct sheet_lines lines; struct hours hours; };
struct sheet {
	day day;
	str shop, closed;                   /* closed: why nobody works; NULL */
	struct sheet_column *columns;
	size_t ncolumns, nlines;
};

void sheet_load(struct db *, day, struct sheet *sheet_r);
/* "Ansatzfarbe, wirkt bis 9:40, Schnitt, Föhnen" */
char *sheet_services(struct arena *, const struct sheet_line *);
#endif
