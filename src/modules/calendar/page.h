/* page.h: the book's page around its views: the bar on top, the grid, the panel beside it, the strip below. */
#ifndef CALENDAR_PAGE_H
#define CALENDAR_PAGE_H
#include "modules/calendar/day.h"
#include "web/web.h"

/* What the address says: ?day=2026-11-23&axis=place&appt=12&who=3. A missing or impossible day is today. Rooms and devices
 * stand side by side: both axis=place and axis=device show them, place= and device= name one. */
struct day_wish page_wish(struct request *);
/* The same view again, for addresses: "" for people, else "?axis=place" or, behind other parameters, "&axis=place". */
const char *page_axis(struct request *, char first);
/* The whole day page; panel writes the aside (may be NULL: none). */
typedef void panel_fn(struct request *, const struct day_view *, void *about);
void page_book(struct request *, const struct day_wish *, panel_fn *, void *about);
/* The same with the wide panel of the booking docket. */
void page_book_wide(struct request *, const struct day_wish *, panel_fn *, void *about);
/* The other views of that day and what is done with it: in the top bar, on a phone a sheet that the button opens. */
enum page_way { WAY_DAY, WAY_WEEK, WAY_MONTH, WAY_ROOMS };
void page_ways_html(struct out *, struct request *, day, enum page_way);
void page_ways_button_html(struct out *);
handler_fn page_day;
/* The panel of one appointment. */
void panel_appointment(struct request *, const struct day_view *, void *appt);
#endif
