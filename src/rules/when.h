/* when.h: what a receptionist types for a day and time: "do 15", "m", "+6w", "24.12. 9:30", "fr nachm", "14", "in 6 wochen",
 * "+6w do", "do 14-16", "fr bis 12". */
#ifndef RULES_WHEN_H
#define RULES_WHEN_H
#include "rules/rules.h"

struct when {
	day day;                            /* the first day wished; n = NONE: no day was said */
	int earliest, latest;               /* of the start, minutes; -1 = not said */
};

/* German and English words, in any order and case. A weekday is the next one from today on (today counts); "+6w" and "+3t"
 * count from `shown`, the day in view; with a weekday, "+6w do" is the Thursday of that week. A date without a year is the next one. An empty text is understood as nothing wished.
 * false: not understood. */
bool when_read(struct arena *, const char *text, day today, day shown, struct when *when_r);
/* A folded word (text_fold): "do", "thursday" = 4; 0: no weekday. */
int when_weekday(const char *word);
#endif
