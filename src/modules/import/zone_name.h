/* zone_name.h: the IANA name behind what programs write as a zone's name. */
#ifndef IMPORT_ZONE_NAME_H
#define IMPORT_ZONE_NAME_H
#include "base/arena.h"
#include "base/values.h"

/* "/mozilla.org/20050126_1/Europe/Berlin", "W. Europe Standard Time", "(UTC+01:00) Amsterdam, Berlin, Bern", "MEZ".
 * NULL: not known. What is given may still be no zone of this computer. */
const char *zone_name_iana(struct arena *, const char *name);
/* "UTC+01:", "(GMT-05.30) …", "GMT+0100": seconds east of UTC. */
bool zone_name_offset(const char *name, int *seconds_r);
#endif
