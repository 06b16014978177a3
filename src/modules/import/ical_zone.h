/* ical_zone.h: the zones of one calendar file. A known IANA name beats the VTIMEZONE beside it (exports carry broken
 * ones); a conflict is reported, a name nobody knows too: nothing is silently taken as local time.
 * Wall times are seconds since 1970-01-01 00:00 on the zone's own clock. */
#ifndef IMPORT_ICAL_ZONE_H
#define IMPORT_ICAL_ZONE_H
#include "modules/import/found.h"

struct ical_zone;
struct ical_zones;

struct ical_zones *ical_zone_start(struct found *, const char *file, day today);
/* The lines of a VTIMEZONE, BEGIN and END included. */
void ical_zone_line(struct ical_zones *, int line, const char *name, const char *raw);
/* name NULL: the shop's own (a floating time). "UTC" is UTC. Never NULL. */
const struct ical_zone *ical_zone_find(struct ical_zones *, const char *name, int line);
const struct ical_zone *ical_zone_utc(struct ical_zones *);
int64_t ical_zone_utc_of(const struct ical_zone *, int64_t wall);     /* wall time → UTC seconds */
int64_t ical_zone_wall_of(const struct ical_zone *, int64_t utc);
int64_t ical_zone_shop_wall(const struct ical_zone *, int64_t wall);  /* the same moment on the shop's clock */
void ical_zone_end(struct ical_zones *);                              /* libical's own memory */
#endif
