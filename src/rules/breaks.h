/* breaks.h: breaks that may move within bounds (worktime.h). Such a break's minutes can be booked as long as it still has a place:
 * inside its bounds and the person's working time, in one piece, on nothing that is booked and on no other break. Counts in RASTER
 * minutes: working time and bounds are rounded inwards, what is booked and the break's length outwards. */
#ifndef RULES_BREAKS_H
#define RULES_BREAKS_H
#include "rules/bits.h"
#include "rules/worktime.h"

struct breaks_one {
	struct span own, now;                             /* by itself; and where it lies now, as near to that as possible */
	bool moves;                                       /* may move */
	bool fits;                                        /* false: there is no place left, `now` is its own */
};
struct breaks {
	struct breaks_one *at; size_t n, cap;             /* by own start */
	bool fit;                                         /* all of them do */
};
/* All breaks of one person's day, those that stay too. spans and uses may hold other people's and days'; of the uses, those
 * of the day's appointments, with one that is to be booked added and one that is moved left out. */
struct breaks breaks_place(struct arena *, const struct worktime_span *spans, size_t nspans, const struct use *uses, size_t nuses, int64_t staff, day);

/* ---- for the slot finder ---- */

struct breaks_moving { int own, length, from, to, reach_from, reach_to; };   /* units of RASTER: own begin; bounds; and their minutes rounded outwards */
enum { BREAKS_MOST = 4 };                             /* that have to share their bounds; more fit nowhere */

/* Is it a break with bounds that can hold it? Others stay where they are. */
bool breaks_moves(const struct worktime_span *);
struct breaks_moving breaks_moving_of(const struct worktime_span *);
/* Adds the break's own minutes to the bits of the person's working time. all: this person's spans of the day are among them. */
void breaks_open(struct bits *, const struct worktime_span *moving, const struct worktime_span *all, size_t nall);
/* Takes an absence out of a moving break's minutes. */
void breaks_shut(struct bits *, const struct worktime_span *moving, const struct worktime_span *absent);
/* Have they all a place in what is free? Any order. */
bool breaks_fit(const struct bits *free, const struct breaks_moving *, int n);
#endif
