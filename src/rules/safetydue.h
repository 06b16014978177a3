/* safetydue.h: when the program backs up and proves by itself: every hour, at once to a target that has nothing yet, and at
 * night; what was missed while the computer was off is made up for. */
#ifndef RULES_SAFETYDUE_H
#define RULES_SAFETYDUE_H
#include "rules/rules.h"

enum { SAFETY_EVERY = 3600, SAFETY_NIGHT = 3 * 60, SAFETY_AGAIN = 6 * 3600 };    /* seconds; minutes since midnight; seconds */

struct safety_facts {
	instant now;
	day today; int now_min;             /* local */
	int targets;                        /* in use */
	bool fresh;                         /* one of them was never tried */
	bool appeared;                      /* a stick that was missing at the last try is there */
	instant tried;                      /* the last backup; s = 0: never */
	bool any_good;                      /* there is something to prove */
	instant drilled; day drilled_day; int drilled_min;  /* the last try of a proof, local; s = 0: never */
	bool proof_failed;                  /* that one found a fault, or nothing that was there */
};
bool safety_backup_due(const struct safety_facts *);
bool safety_drill_due(const struct safety_facts *);
#endif
