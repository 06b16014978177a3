/* day_private.h: shared by day.c, day_text.c, sheet_page.c and their templates, nobody else. */
#ifndef CALENDAR_DAY_PRIVATE_H
#define CALENDAR_DAY_PRIVATE_H
#include "modules/calendar/day.h"

const char *day_absence_icon(int kind);
char *day_absence_label(struct arena *, const struct absent *);
char *day_absence_note(struct arena *, day today, const struct absent *);
char *day_first_word(struct arena *, const char *name);
char *day_last_name(struct arena *, const char *name);
void day_visit_heading(struct out *, const struct item *);
void day_visit_classes(struct out *, const struct day_view *, const struct item *);
const char *day_body_label(struct arena *, const struct item *, const struct body *);   /* "Waschen, Schneiden, Föhnen" */
bool day_goes_on(const struct day_view *, const struct book_appt *, const struct body *);   /* here the visit stands now */
char *day_length(struct arena *, int minutes);               /* "45′", "3 h 30" */
char *day_extra_line(struct arena *, const struct day_view *, const struct item *);   /* NULL = none */
char *day_parked_text(struct arena *, const struct book_appt *);
char *day_book_label(struct arena *, const struct day_view *);
void day_off_text(struct out *, const struct day_view *, const struct column *, const struct item *);
char *day_why_away(struct arena *, day, const struct hours *);
void day_head_state(struct out *, const struct day_view *, const struct column *);
char *day_sum(struct arena *, const struct day_view *);      /* "7 Termine · 6 h 05" of a week's day */
#endif
