/* person.h: the panel of one employee on one day, behind the head of her column: hours, what is booked, what can be done. */
#ifndef CALENDAR_PERSON_H
#define CALENDAR_PERSON_H
#include "modules/calendar/day.h"
#include "web/web.h"

/* about: points to the staff id. */
void person_panel(struct request *, const struct day_view *, void *about);
#endif
