/* settings.h: the shop's own data, opening hours, holidays, and the way to everything that is set. */
#ifndef MODULES_SETTINGS_SETTINGS_H
#define MODULES_SETTINGS_SETTINGS_H
#include "web/web.h"

struct entity_filter;
extern const struct module settings_module, settings_change;
/* The way to everything that is set, in the list's place (a route's .list). */
void settings_list(struct request *, const struct entity_filter *, int64_t current, bool may_change);

/* Hours of a day as people type them: "9-12:30, 13-18", "frei"; what lies between two spans is a break. "offen" is the
 * whole day, which the opening hours then cut. Nothing = closed or free. */
enum { SETTINGS_SPANS = 4, SETTINGS_DAY = 1440 };
struct settings_span { int start, end; };       /* minutes since midnight */
struct settings_hours { struct settings_span spans[SETTINGS_SPANS]; int n; };
/* false: not understood, out of order, overlapping or off the five minutes; hours_r is untouched. */
bool settings_hours_read(struct arena *, const char *text, struct settings_hours *hours_r);
const char *settings_hours_text(struct arena *, const struct settings_hours *);
#endif
