/* worklaw.h: what the working time laws say about a roster. Germany only (ArbZG; under 18 JArbSchG). Warnings for the
 * person who plans, never a block: averages, agreements and exceptions are not known here. */
#ifndef RULES_WORKLAW_H
#define RULES_WORKLAW_H
#include "rules/worktime.h"

enum worklaw_code {                                /* arguments in brackets; times in minutes */
	WORKLAW_DAY_LONG,                          /* works a, b are allowed */
	WORKLAW_BREAK_SHORT,                       /* breaks of a, b are needed (parts under 15, minors' too, don't count) */
	WORKLAW_NO_BREAK,                          /* a without a break, b are allowed */
	WORKLAW_REST_SHORT,                        /* a since the end of the day before, b are needed */
	WORKLAW_SUNDAY, WORKLAW_HOLIDAY,           /* works then at all */
	WORKLAW_WEEK_LONG,                         /* works a in the week, b are allowed; day = its Monday */
	WORKLAW_WEEK_DAYS,                         /* minors: at work or a whole day at school on a days of the week, b are allowed; day = its Monday */
	WORKLAW_EARLY, WORKLAW_LATE,               /* minors: begins (ends) at a, allowed from (to) b */
	WORKLAW_SATURDAYS,                         /* minors: a free Saturdays in the month, b are wanted; day = its first */
};
struct worklaw_warning { int64_t staff; day day; enum worklaw_code code; int64_t a, b; };
struct worklaw_warnings { struct worklaw_warning *at; size_t n, cap; };

/* Of the days from .. from + ndays - 1, for which `spans` come from worktime_spans(). Weeks and months that lie only partly
 * in these days are not judged as such. In the order of the people given, then by day. */
struct worklaw_warnings worklaw_check(struct arena *, const struct worktime_rows *, const struct worktime_spans *spans, day from, int ndays);
/* In words, to follow the person's name: "works 10:05 hours, 10:00 are allowed". */
char *worklaw_text(struct arena *, const struct worklaw_warning *);
#endif
