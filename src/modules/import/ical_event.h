/* ical_event.h: a VEVENT as it stands in the file, and the step from there to instances. */
#ifndef IMPORT_ICAL_EVENT_H
#define IMPORT_ICAL_EVENT_H
#include "modules/import/content_line.h"
#include "modules/import/ical_zone.h"

struct ical_moment {
	bool given, date;            /* date: no time of day */
	int64_t wall;                /* seconds on zone's clock */
	const struct ical_zone *zone;
};
struct ical_moments { struct ical_moment *at; size_t n, cap; };

struct ical_event {
	int line;
	const char *uid, *summary, *description, *location, *people, *calendar, *rule;
	struct ical_moment start, end, recurrence;
	struct ical_moments more, except;                    /* RDATE, EXDATE */
	int64_t duration;            /* seconds, -1 = not given */
	int64_t sequence, modified;
	bool and_future, cancelled, transparent, tentative, broken;
};

struct ical_reader {
	struct found *found;
	const char *file, *calendar;
	struct ical_zones *zones;
	bool zones_read;
	int64_t window_from, window_to;                      /* shop wall seconds */
	struct { struct ical_event **at; size_t n, cap; } events;
};

/* One property of the event; a fault is reported and only that property is lost. */
void ical_event_line(struct ical_reader *, struct ical_event *, const struct content_line *);
/* All instances of all events: series with their exceptions and moved ones, doubles left out. */
void ical_series_expand(struct ical_reader *);
#endif
