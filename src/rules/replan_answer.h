/* replan_answer.h: a part of the re-planning engine: the plan that was found, in words' numbers. */
#ifndef RULES_REPLAN_ANSWER_H
#define RULES_REPLAN_ANSWER_H
#include "rules/replan_state.h"

/* Fills rows, sum and unfair; rows and held as in replan_world.h, one for each item. */
void replan_answer(struct arena *, struct replan_state *, const struct replan_row *const *rows, const struct slot *const *held, struct replan *answer_r);
#endif
