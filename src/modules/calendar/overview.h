/* overview.h: one person's week, the month as a density map. */
#ifndef CALENDAR_OVERVIEW_H
#define CALENDAR_OVERVIEW_H
#include "web/web.h"

handler_fn page_week, page_month;
#endif
