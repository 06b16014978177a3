/* replan_bound.h: a part of the re-planning engine: how little could it cost? Each stretch of time that several want gets a
 * price; then each item takes its cheapest choice alone, and what they pay less what the time is worth is a lower bound
 * (Lagrange). Prices rise where too many want in and fall where nobody does. All in whole numbers, in 1/SCALE points. */
#ifndef RULES_REPLAN_BOUND_H
#define RULES_REPLAN_BOUND_H
#include "rules/replan_state.h"

enum { REPLAN_SCALE = 64 };

struct replan_candidate { int option; int64_t reduced; const struct replan_wants *wants; };   /* option -1: call first */
/* Items that are planned together, taken out of the state, and what fits each of them beside all others. */
struct replan_part {
	struct arena *arena;
	struct replan_state *state;
	int items[REPLAN_TOGETHER], n;
	struct replan_candidate *list[REPLAN_TOGETHER]; int nlist[REPLAN_TOGETHER];
	int64_t base;                                     /* the state's cost without these items */
	int64_t worth;                                    /* what all the priced time is worth: added to the sum of reduced costs */
};
struct replan_bound;

struct replan_bound *replan_bound_make(struct replan_part *);
/* One round; upper: points of the best plan known for the part. Sets the candidates' reduced costs and the part's worth
 * by its prices, then changes the prices. Returns the bound in 1/SCALE points, without base. *more_r = false: no use to go on. */
int64_t replan_bound_round(struct replan_bound *, int64_t upper, bool *more_r);
/* Back to the prices of the best round. */
int64_t replan_bound_best(struct replan_bound *);
#endif
