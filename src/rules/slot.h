/* slot.h: what the slot finder (slots.h) answers: a start with its claims, score and reasons, or what stands against one. */
#ifndef RULES_SLOT_H
#define RULES_SLOT_H
#include "rules/rules.h"

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
	SLOT_ASKED_FOR,                                   /* has asked to be away then, not granted yet (staff, absence) */
};
struct slot_reason { enum slot_reason_code code; int64_t a, b; };
struct slot_claim { int step, phase, start, end; int64_t staff, place, device; };   /* one per phase; 0 = not claimed */
struct slot {
	day day; int start, end;                          /* end of the last phase; of strands: of the one that is over last */
	int score;                                        /* 0..100 */
	struct slot_claim *claims; size_t nclaims;
	struct slot_reason *reasons; size_t nreasons;     /* weightiest first */
};

struct slot_bound { day day; int minute; };           /* day.n NONE (or 0) = none */

enum slot_block_code {
	SLOT_POSSIBLE, SLOT_PAST, SLOT_SHUT, SLOT_NOBODY,       /* NOBODY: no candidate does this service */
	SLOT_ABSENT, SLOT_BREAK, SLOT_NOT_WORKING,              /* (staff, absence id and kind) */
	SLOT_PERSON_TAKEN, SLOT_PLACES_TAKEN, SLOT_DEVICE_TAKEN,/* until when, by which appointment (places: of the one free first) */
	SLOT_NO_SUCH_TIME,                                /* the clock is put forward: until when */
	SLOT_OUTSIDE,                                     /* the service's own hours or weekdays (window; until: begins, 1440 = not on this day) */
	SLOT_TOO_SOON, SLOT_TOO_LATE,                     /* the request's bounds (bound; until: from then on, 1440 = not on this day) */
	SLOT_NO_BREAK,                                    /* a break that may move would no longer fit (staff; until: its bounds end) */
	SLOT_AT_ONCE,                                     /* each strand alone would do: both need the same (staff, place_class or device; until) */
};
struct slot_block {
	enum slot_block_code code;
	int step, phase;                                  /* where it fails */
	int64_t staff, place_class, place, device, absence, appointment;   /* what the code speaks of; else 0 (place: any of the class) */
	int absence_kind;
	int until;                                        /* minutes; free again from then on, 1440 = not on this day */
	struct span window;                               /* OUTSIDE: the step's own hours, 0..1440 where it has none */
	struct slot_bound bound;                          /* TOO_SOON, TOO_LATE */
	int64_t asked; int asked_kind;                    /* besides, the staff named has asked to be away then, not granted yet: absence and its kind; 0 = not */
};
#endif
