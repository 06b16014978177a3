/* durations.h: what is planned and what is true. Proposes own durations out of the times at which visits began and ended,
 * and shows booked appointments whose price or length is no longer that of the list. Nothing changes by itself. */
#ifndef DURATIONS_DURATIONS_H
#define DURATIONS_DURATIONS_H
#include "modules/calendar/calendar.h"
#include "rules/habit.h"

struct duration_hint {
	int64_t customer, service, staff;       /* staff: did all of these visits; 0 = several people did */
	str customer_name, service_name, staff_name;
	int planned, minutes, visits;
	int extra;                              /* what customer_duration.extra_minutes has to be for it */
};
struct duration_hints { struct duration_hint *at; size_t n, cap; };

/* Of one customer; 0 = of all, from their visits of the last year and a half. Without those that were said no to. */
struct duration_hints durations_find(struct db *, int64_t customer, day today);

/* A booked appointment and what the list says today. */
struct stale_visit {
	struct book_appt appt;
	struct chain chain;
	money price;
	int minutes;
	bool fits;                              /* with today's length, at the same time with the same people */
	struct slot slot;
	str why;
};
struct stale_visits { struct stale_visit *at; size_t n, cap; };
/* From today on, not begun; at most `most`. ids: only these (n = 0: all). */
struct stale_visits durations_stale(struct request *, const int64_t *ids, size_t n, size_t most);

extern const struct module durations_module, durations_change;
#endif
