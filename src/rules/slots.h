/* slots.h: the slot finder. Answers "when can this chain of services be done" over people, places and devices together.
 * Steps follow one another without a gap, so do a step's phases. An active phase claims person, place and device, a wait
 * claims place and device and frees the person, a buffer claims the place only. One person does all active phases of a
 * step; consecutive phases of a step with the same place class keep the same place. A step without an active phase needs
 * nobody, but lies, as every start does, between the first one's coming and the last one's going. Counts in steps of RASTER minutes:
 * lengths are rounded up, uses outwards, working spans inwards. Everything found lives in the arena given. */
#ifndef RULES_SLOTS_H
#define RULES_SLOTS_H
#include "rules/worktime.h"

struct slot_phase { enum phase_kind kind; int minutes; int64_t place_class, device; };   /* 0 = none needed */
struct slot_candidate { int64_t staff; int extra_minutes; };   /* extra: added to the longest active phase, which keeps >= 5 */
struct slot_step {
	const struct slot_phase *phases; size_t nphases;
	const struct slot_candidate *candidates; size_t ncandidates;   /* who can do it; a step without active phase needs none */
	int64_t wished;                                   /* this person if possible; 0 = anyone */
	bool only_wished;                                 /* and nobody else */
	int64_t last;                                     /* who did it last time; 0 = not known */
};
struct slot_world {                                   /* rows in any order */
	day from; int ndays;                              /* the days that the rows cover */
	const struct worktime_span *work; size_t nwork;   /* from worktime_spans() */
	const struct use *uses; size_t nuses;
	const struct place *places; size_t nplaces;
	const struct device *devices; size_t ndevices;
	int64_t except;                                   /* this appointment's uses don't count: it is being moved; 0 = none */
	day today; int now;                               /* nothing is offered before; today.n = NONE: no such limit */
};
struct slot_request {
	const struct slot_step *steps; size_t nsteps;
	day first, last;                                  /* starts on these days; .n = NONE: the world's */
	unsigned weekdays;                                /* bit 1 << weekday (1 Monday); 0 = any */
	int earliest, latest;                             /* of the start, minutes; latest 0 = any */
	int done_by;                                      /* over at this time; 0 = any */
	day wish_day;                                     /* for "n days later than wished"; .n = NONE: none */
};

enum slot_reason_code {                               /* arguments in brackets */
	SLOT_CLOSES_GAP,                                  /* fits between two ends exactly */
	SLOT_JOINS_BEFORE,                                /* begins where something ends (time) */
	SLOT_JOINS_AFTER,                                 /* ends where something begins (time) */
	SLOT_LEAVES_REST,                                 /* leaves a rest too short to sell (minutes, time) */
	SLOT_USES_WAIT,                                   /* lies in a waiting phase of another appointment (time it began, appointment) */
	SLOT_WISHED_PERSON, SLOT_LAST_PERSON,             /* (staff) */
	SLOT_OTHER_PERSON,                                /* (staff, staff wished) */
	SLOT_DAYS_LATER,                                  /* (days, negative = earlier) */
	SLOT_SOONEST,                                     /* nothing fits before */
};
struct slot_reason { enum slot_reason_code code; int64_t a, b; };
struct slot_claim { int step, phase, start, end; int64_t staff, place, device; };   /* one per phase; 0 = not claimed */
struct slot {
	day day; int start, end;                          /* end of the last phase */
	int score;                                        /* 0..100 */
	struct slot_claim *claims; size_t nclaims;
	struct slot_reason *reasons; size_t nreasons;     /* weightiest first */
};
struct slots { struct slot *at; size_t n, cap; };

/* The best k by score (then by time), on one day at least 30 minutes apart; or with k = 0 all, by time. Each start is
 * there once, with the people and places that suit it best. */
struct slots slots_find(struct arena *, const struct slot_world *, const struct slot_request *, size_t k);
/* Only when, not who and where: all starts by time. The quick way over many days. */
struct slot_start { day day; int start; };
size_t slots_starts(struct arena *, const struct slot_world *, const struct slot_request *, struct slot_start **starts_r);
/* The best of just this time; false if it is impossible (then ask slots_why_not). The request's window does not count. */
bool slots_at(struct arena *, const struct slot_world *, const struct slot_request *, day, int start, struct slot *slot_r);

enum slot_block_code {
	SLOT_POSSIBLE, SLOT_PAST, SLOT_SHUT, SLOT_NOBODY,       /* NOBODY: no candidate does this service */
	SLOT_ABSENT, SLOT_BREAK, SLOT_NOT_WORKING,              /* (staff, absence id and kind) */
	SLOT_PERSON_TAKEN, SLOT_PLACES_TAKEN, SLOT_DEVICE_TAKEN,/* until when, by which appointment (places: of the one free first) */
};
struct slot_block {
	enum slot_block_code code;
	int step, phase;                                  /* where it fails */
	int64_t staff, place_class, device, absence, appointment;   /* what the code speaks of; else 0 */
	int absence_kind;
	int until;                                        /* minutes; free again from then on, 1440 = not on this day */
};
struct slot_block slots_why_not(struct arena *, const struct slot_world *, const struct slot_request *, day, int start);
#endif
