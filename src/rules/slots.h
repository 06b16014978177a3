/* slots.h: the slot finder. Answers "when can this chain of services be done" over people, places and devices together.
 * Steps follow one another without a gap, so do a step's phases. An active phase claims person, place and device, a wait
 * claims place and device and frees the person, a buffer claims the place only. While the buffers at a step's end last
 * (its tail: airing, cleaning), the next step goes on already; if that needs a place of the same class, on another one, or
 * on the same after the tail. One person does all active phases of a step; consecutive phases of a step with the same place class keep the same place, unless each may only have its own. A step without an active phase needs
 * nobody, but lies, as every start does, between the first one's coming and the last one's going. Counts in steps of RASTER minutes:
 * lengths are rounded up, uses outwards, working spans inwards. No step lies in, or reaches over, minutes that the day does not have.
 * A step that is `beside` begins a strand: it starts together with the request, and the steps up to the next such one follow it. Strands
 * run at once (one customer at several hands, or companions side by side) and take nothing from one another: no person and no place
 * twice in the same minutes, of a pool no more than there is.
 * A break that may move (worktime.h) is bookable time as long as it still has a place (breaks.h): what reaches into its bounds is
 * possible only if afterwards it still fits somewhere inside them, in one piece, in working time.
 * Everything found lives in the arena given. */
#ifndef RULES_SLOTS_H
#define RULES_SLOTS_H
#include "rules/slot.h"
#include "rules/worktime.h"

struct slot_phase {
	enum phase_kind kind; int minutes;
	int64_t place_class, device;                      /* 0 = none needed */
	int64_t place; bool only_place;                   /* this place of the class if possible; and no other. 0 = any */
};
struct slot_candidate { int64_t staff; int extra_minutes; };   /* extra: added to the longest active phase, which keeps >= 5 */
struct slot_step {
	const struct slot_phase *phases; size_t nphases;
	const struct slot_candidate *candidates; size_t ncandidates;   /* who can do it; a step without active phase needs none */
	int64_t wished;                                   /* this person if possible; 0 = anyone */
	bool only_wished;                                 /* and nobody else */
	int64_t last;                                     /* who did it last time; 0 = not known */
	bool beside;                                      /* begins a strand, at the request's start; of the first step it says nothing */
	int from, until;                                  /* not begun before, and its last active phase (if none is, its last phase) over by: minutes; 0 = any */
	unsigned weekdays;                                /* done on these only: bit 1 << weekday (1 Monday); 0 = any */
};
/* Minutes that a day does not have: the clock is put forward in them. */
struct slot_missing { day day; int start, end; };
struct slots_map;                                     /* slots_map.h */
struct slot_world {                                   /* rows in any order */
	day from; int ndays;                              /* the days that the rows cover */
	const struct worktime_span *work; size_t nwork;   /* from worktime_spans() */
	const struct use *uses; size_t nuses;
	const struct place *places; size_t nplaces;
	const struct device *devices; size_t ndevices;
	const struct slot_missing *missing; size_t nmissing;
	const struct slots_map *map;                      /* of all these rows (slots_map_all), made once for many questions; NULL: each makes its own */
	int64_t except;                                   /* this appointment's uses don't count: it is being moved; 0 = none */
	day today; int now;                               /* nothing is offered before; today.n = NONE: no such limit */
};
struct slot_request {
	const struct slot_step *steps; size_t nsteps;
	day first, last;                                  /* starts on these days; .n = NONE: the world's */
	unsigned weekdays;                                /* bit 1 << weekday (1 Monday); 0 = any */
	int earliest, latest;                             /* of the start, minutes; latest 0 = any */
	int done_by;                                      /* over at this time; 0 = any */
	struct slot_bound not_before, not_after;          /* of the start: lead time, a test still too fresh; a test no longer valid. Rules, no wish: they hold for slots_at() too */
	day wish_day;                                     /* for "n days later than wished"; .n = NONE: none */
};

struct slots { struct slot *at; size_t n, cap; };

/* The tail: the number of buffers at a step's end that lie in one place (or none) and have something before them. */
size_t slots_tail(const struct slot_step *);

/* The best k by score (then by time), on one day at least 30 minutes apart; or with k = 0 all, by time. Each start is
 * there once, with the people and places that suit it best. */
struct slots slots_find(struct arena *, const struct slot_world *, const struct slot_request *, size_t k);
/* Only when, not who and where: all starts by time. The quick way over many days. */
struct slot_start { day day; int start; };
size_t slots_starts(struct arena *, const struct slot_world *, const struct slot_request *, struct slot_start **starts_r);
/* The best of just this time; false if it is impossible (then ask slots_why_not). The request's window does not count,
 * its bounds and the steps' own hours do. */
bool slots_at(struct arena *, const struct slot_world *, const struct slot_request *, day, int start, struct slot *slot_r);

struct slot_block slots_why_not(struct arena *, const struct slot_world *, const struct slot_request *, day, int start);
#endif
