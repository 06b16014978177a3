/* calendar.h: the appointment book. Looking: day, rooms, week, month, the booking panel, the day sheet. */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H
#include "web/web.h"

extern const struct module calendar_module, calendar_change;
#endif
