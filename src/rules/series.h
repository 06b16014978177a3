/* series.h: an appointment that comes again: "every 4 weeks on Thursday at 10:00", "every third Tuesday of the month". */
#ifndef RULES_SERIES_H
#define RULES_SERIES_H
#include "rules/rules.h"

enum series_unit { SERIES_WEEKS, SERIES_MONTHS };            /* as series.unit */
enum { SERIES_MOST = 120, SERIES_LAST = 5, SERIES_YEARS = 3 };

struct series_rule {
	enum series_unit unit;
	int every;                          /* 1..52 weeks or 1..12 months */
	int weekday;                        /* 1 Monday .. 7 Sunday */
	int nth;                            /* of months: the 1st .. 4th such weekday, SERIES_LAST = the last one; of weeks: 0 */
	int start;                          /* minutes since midnight, in steps of RASTER */
	day anchor;                         /* the rhythm is counted from this day's week (or month) */
	day first, last;                    /* no day before, none after */
};

/* The rule's days in order, at most SERIES_MOST. */
size_t series_days(struct arena *, const struct series_rule *, day **days_r);

/* What is typed, in German or English, in any order: "4 do 10", "alle 6 wochen", "14-tägig fr", "3. di 9:30",
 * "letzter freitag", "alle 2 monate 1. mo". A number before the weekday is the rhythm, one after it the time. What is not
 * said stays as it is in the rule. false: not understood, or impossible (0 weeks, 25:00); the rule is untouched. */
bool series_read(struct arena *, const char *text, struct series_rule *);
/* "alle 4 Wochen, Donnerstag 10:00"; "every 3rd Tuesday of the month, 9:30" */
char *series_text(struct arena *, const struct series_rule *);
#endif
