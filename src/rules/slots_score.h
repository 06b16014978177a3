/* slots_score.h: a part of the slot finder: who does it at a start that is possible, how well it suits, and why. */
#ifndef RULES_SLOTS_SCORE_H
#define RULES_SLOTS_SCORE_H
#include "rules/slots_plan.h"

/* What fits decides; among those: the person wished, then the one of the step before, then last time's, then who is
 * left with the fewest unsaleable rests, then the lower id. option_r has room for nsteps. 0..100. */
int slots_score(const struct slots_plan *, int dayno, int t, int *option_r);
/* How well the option suits for this step from unit t on, after the person of the step before (0 = none): the higher the rather. */
int slots_score_value(const struct slots_plan *, int dayno, int t, const struct slots_step *, int option, int64_t before);
/* No start on this day scores higher. */
int slots_score_bound(const struct slots_plan *, int dayno);
/* The whole slot with claims and reasons. soonest: nothing fits before it. */
struct slot slots_score_slot(struct slots_plan *, int dayno, int t, bool soonest);
/* The same with these people (option: one index for each step; fits must allow it), without a score. */
struct slot slots_score_of(struct slots_plan *, int dayno, int t, const int *option, bool soonest);
#endif
