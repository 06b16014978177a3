/* ical_read.h: calendars (RFC 5545) as instances on the shop's clock. Lines and components are read one by one, so that
 * a bad one costs only itself; libical is asked for what is hard: rules and time zones. */
#ifndef IMPORT_ICAL_READ_H
#define IMPORT_ICAL_READ_H
#include "modules/import/found.h"

enum { ICAL_YEARS_BACK = 10, ICAL_YEARS_AHEAD = 2 };         /* the window in which series give instances */

void ical_read(struct found *, const struct found_file *, day today);
#endif
