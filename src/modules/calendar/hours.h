/* hours.h: who works when and what is taken, read from the database for the rules: a handful of queries for any range
 * of days, none of them per day or person. */
#ifndef CALENDAR_HOURS_H
#define CALENDAR_HOURS_H
#include "db/db.h"
#include "modules/calendar/layout.h"
#include "rules/slots.h"
#include "rules/worktime.h"

/* The rows that decide about the days from..to (both included). */
struct worktime_rows hours_rows(struct db *, day from, day to);
/* One person's day as the book draws it, out of spans of worktime_spans(). Breaks that may move lie where the appointments of that
 * day leave them room. */
struct hours hours_of(struct arena *, const struct worktime_rows *, const struct worktime_spans *, const struct book_appts *, int64_t staff, day);
/* The name of the public holiday or the reason of an override that shuts the shop on this day; NULL = none. */
str hours_closed_reason(struct arena *, const struct worktime_rows *, struct db *, day);

/* Everything the slot finder needs for the days from..from+ndays-1. */
struct slot_world hours_world(struct db *, day from, int ndays);
/* The same, read anew. */
struct slot_world hours_read_world(struct db *, day from, int ndays);

/* The same in two steps, for whoever looks at single days of a long time: who works when and what there is, once; then
 * what is taken on some of its days. A world points into its frame. */
struct hours_frame {
	day from; int ndays;
	struct worktime_rows rows;
	struct worktime_spans spans;
	const struct place *places; size_t nplaces;
	const struct device *devices; size_t ndevices;
	const struct slot_missing *missing; size_t nmissing;
};
struct hours_frame hours_frame(struct db *, day from, int ndays);
struct slot_world hours_frame_world(struct db *, const struct hours_frame *, day from, int ndays);
#endif
