/* after_change.h: what every change of an appointment begins and ends with. */
#ifndef CALENDAR_AFTER_CHANGE_H
#define CALENDAR_AFTER_CHANGE_H
#include "modules/calendar/book.h"
#include "web/web.h"

/* The appointment as the person saw it (version=). false: the page was written (gone, or changed by somebody else). */
bool after_load(struct request *, int64_t id, struct book_appt *appt_r);
bool after_seen(struct request *, struct book_appt *appt_r);   /* that of the path */
/* Names the change in the log and shows the book of this day with the appointment's panel; a = as it was before. */
void after_done(struct request *, const struct book_appt *a, day shown, const char *text);
/* The same, but what to do with the time that came free is a question for the modules above. */
void after_freeing(struct request *, const struct book_appt *before, day shown, const char *text);
#endif
