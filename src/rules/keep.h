/* keep.h: which backups stay at a target. Counted are periods in which something arrived, not time that passed: a clock that
 * jumps by a year lets nothing go. Of each period the newest stays, and the last few in any case. */
#ifndef RULES_KEEP_H
#define RULES_KEEP_H
#include "rules/rules.h"

enum { KEEP_NEWEST = 3, KEEP_HOURS = 48, KEEP_DAYS = 60, KEEP_MONTHS = 24, KEEP_YEARS = 10 };

/* arrived: at the target, in the order in which they came, oldest first. */
void keep_generations(const instant *arrived, size_t n, bool *keep_r);
#endif
