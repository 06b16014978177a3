/* visit.h: what a service asks of a visit besides free time: who comes for the first time takes longer, a refill is one only
 * for so many days, a colour wants a patch test, some services have an age or hours of their own. The rules judge; a person
 * decides. */
#ifndef RULES_VISIT_H
#define RULES_VISIT_H
#include "rules/slot.h"

enum { VISIT_TEST_HOURS = 48 };                        /* where a service asks for a test and does not say how long before */

/* Of one service. Numbers are 0 where there is no such rule. */
struct visit_rule {
	int64_t service;
	int new_extra; int64_t new_to;                    /* minutes longer, or another service, for who is new: */
	int64_t new_group;                                /* who never had anything of this group; 0 = who was never here */
	bool longer; int64_t instead_of;                  /* she is, and so it is longer, or stands for that service */
	int refill_days; int64_t refill_to;               /* days since the last visit with service or refill_to */
	int64_t test; int test_hours, test_days;
	int min_age, lead_hours;
	int from, until;                                  /* as slot_step */
	unsigned not_days;                                /* bit 1 << weekday (1 Monday) */
};

/* A visit that took or will take place, or a test that was looked at. reaction: only of tests. */
struct visit_past { int64_t service, group; day day; int minute; bool test, reaction; };
struct visit_facts {
	bool known, first;                                /* a customer with a name; was never here */
	day birthday;                                     /* .n = NONE: not known, or only day and month */
	const struct visit_past *past; size_t npast;      /* in any order */
};

enum visit_code {
	VISIT_FIRST,                                      /* takes longer (minutes) */
	VISIT_FIRST_OTHER,                                /* stands for (service), because she is new */
	VISIT_REFILL_LATE,                                /* (days since the last one, NONE = there was none; days allowed; refill_to) */
	VISIT_AGE_UNKNOWN,                                /* (age asked for) */
	/* Against these only with a reason that is kept: */
	VISIT_NO_TEST,                                    /* (test, hours) possible from (bound) on if it is made now */
	VISIT_TEST_FRESH,                                 /* possible from (bound) on */
	VISIT_TEST_OLD,                                   /* (day of the test, days it holds) as above (bound) */
	VISIT_REACTION,                                   /* (day of the test) */
	VISIT_TOO_YOUNG,                                  /* (age then, age asked for) */
	VISIT_OUTSIDE,                                    /* outside the service's hours or weekdays (from, until) */
	VISIT_TOO_SOON,                                   /* (hours asked for) possible from (bound) on */
};
struct visit_verdict { enum visit_code code; size_t step; int64_t a, b, c; struct slot_bound bound; };
static inline bool visit_needs_reason(enum visit_code code) { return code >= VISIT_NO_TEST; }
/* Is she new for this service? */
bool visit_is_new(const struct visit_rule *, const struct visit_facts *, day today);

/* When a step lies: minutes of the day; end: of its last active phase. */
struct visit_when { day day; int start, end; };
struct visit_verdicts { struct visit_verdict at[24]; size_t n; };

/* Step i of the visit has rules[i] and lies at when[i]. now: of the booking. In order of steps; at most 24. */
void visit_judge(const struct visit_rule *rules, const struct visit_when *when, size_t n, const struct visit_facts *, struct slot_bound now,
    struct visit_verdicts *verdicts_r);
/* Between which moments such a visit can begin for these reasons: lead time, and tests that are too fresh or become too old. What
 * can only be tested anew is possible after a test made now; what nobody can wait for (a reaction) sets no bound. */
void visit_bounds(const struct visit_rule *rules, size_t n, const struct visit_facts *, struct slot_bound now, struct slot_bound *not_before_r,
    struct slot_bound *not_after_r);
/* Full years on that day; who was born on 29 February becomes older on 1 March (BGB section 188 (2)). */
int visit_age(day birthday, day on);
#endif
