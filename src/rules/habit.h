/* habit.h: how long a service really takes with one customer, from the times at which her visits began and ended. */
#ifndef RULES_HABIT_H
#define RULES_HABIT_H
#include "rules/rules.h"

enum { HABIT_VISITS = 5, HABIT_LEAST = 3, HABIT_MATTERS = 10 };

struct habit_visit { int planned, taken; };              /* minutes from the first phase's begin to the last active one's end */
struct habit { int minutes, visits; };                   /* what to plan instead; out of how many visits */

/* Visits newest first; the last HABIT_VISITS that are believable count (a stamp forgotten until evening is not: less than
 * a third or more than three times what was planned). true: HABIT_LEAST of them are there, the middle one differs by
 * HABIT_MATTERS minutes or more from what would be planned today, and two of three differ to the same side. */
bool habit_find(const struct habit_visit *visits, size_t n, int planned_today, struct habit *habit_r);
#endif
