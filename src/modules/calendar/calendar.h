/* calendar.h: the appointment book. Looking: day, rooms, week, month, the booking panel, the day sheet.
 * What modules above it may use: the book's rows (book.h), who works when (hours.h), chains of services (chain.h), the
 * words for proposals (booking.h), the page with a panel of their own (page.h),
 * a day on paper (sheet.h); in x_change.c also calendar_change.h. */
#ifndef CALENDAR_CALENDAR_H
#define CALENDAR_CALENDAR_H
#include "modules/calendar/booking_parts.h"
#include "modules/calendar/hours.h"
#include "modules/calendar/page.h"
#include "modules/calendar/sheet.h"
#include "web/web.h"

extern const struct module calendar_module, calendar_change;
#endif
