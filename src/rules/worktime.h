/* worktime.h: who works when. Rows of the tables opening, day_override, staff, pattern, shift, staff_day and absence go
 * in; out come, for every person and day, the spans of work, breaks and absences, disjoint and in order.
 *   - A closed override shuts the day for all. A public holiday (unless an override opens it) and a weekday without
 *     opening hours shut it for all but those with an own exception on that day: that was said on purpose.
 *   - Patterns are cut to the opening hours (or the override's); exceptions are not. No opening rows at all = no cutting.
 *   - A break that may move lies at start..end by itself, and is shown whole even where an absence takes that time.
 *   - Granted absences take time away; absences asked for are shown (WORKTIME_ASKED) and take nothing.              */
#ifndef RULES_WORKTIME_H
#define RULES_WORKTIME_H
#include "rules/rules.h"

struct worktime_opening { int weekday, start, end; };
struct worktime_override { day day; bool closed; int start, end; };           /* start -1 = the usual hours */
struct worktime_person { int64_t id; day birthday, joined, left; };           /* .n = NONE where not given */
struct worktime_pattern { int64_t id, staff; day from; int weeks; };
struct worktime_shift {
	int64_t pattern; int week, weekday, kind, start, end;                     /* kind 0 work 1 break */
	int move_from, move_to;                                                   /* a break that may lie anywhere in between; both 0: it stays */
};
struct worktime_exception { int64_t staff; day day; int kind, start, end; };       /* kind 0 work 1 break 2 free */
struct worktime_absence { int64_t id, staff; int kind; bool granted; day from, to; int start, end; };  /* start -1 = whole days */

struct worktime_rows {                                /* any order */
	const struct worktime_opening *openings; size_t nopenings;
	const struct worktime_override *overrides; size_t noverrides;
	const struct worktime_person *people; size_t npeople;
	const struct worktime_pattern *patterns; size_t npatterns;
	const struct worktime_shift *shifts; size_t nshifts;
	const struct worktime_exception *exceptions; size_t nexceptions;
	const struct worktime_absence *absences; size_t nabsences;
	str country, state;                               /* "DE", "NI": whose public holidays; NULL = none */
};

enum worktime_kind {
	WORKTIME_WORK,                                    /* can be booked: breaks and absences are taken out */
	WORKTIME_BREAK,
	WORKTIME_ABSENT,                                  /* granted; whole days are 0..1440 */
	WORKTIME_ASKED,                                   /* asked for; lies over the others */
	WORKTIME_OFF,                                     /* 0..1440: this person does not work that day */
	WORKTIME_SHUT,                                    /* 0..1440: the shop is shut */
};
struct worktime_span {
	day day;
	int64_t staff;
	int start, end;                                   /* minutes since midnight */
	enum worktime_kind kind;
	int64_t absence; int absence_kind;                /* of ABSENT and ASKED: row id and kind (0 vacation 1 sick …) */
	int move_from, move_to;                           /* of BREAK: it may lie anywhere in between on this day (breaks.h); both 0: it stays */
};
struct worktime_spans { struct worktime_span *at; size_t n, cap; };

/* Do these bounds hold it? Others say nothing: the break stays. */
static inline bool worktime_can_move(int start, int end, int move_from, int move_to)
{
	return start < end && move_from >= 0 && move_to <= DAY_MINUTES && move_to - move_from >= end - start;
}

/* Sorted by day, person, start. A day that is OFF or SHUT for a person shows nothing else, not even an absence. */
struct worktime_spans worktime_spans(struct arena *, const struct worktime_rows *, day from, int ndays);
/* The shop's opening spans of a day, at most 2, in order. 0 = shut. Without any opening rows: one span of the whole day. */
int worktime_opening(const struct worktime_rows *, day, struct span out_r[2]);

#endif
