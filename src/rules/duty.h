/* duty.h: what the days of a roster come to: planned, worked and credited minutes of every person and day, and the hours a
 * contract asks for. Built on worktime.h; the same rows go in.
 *   - planned: what pattern or exception say, absences left out of account. A day on which the shop is shut has none.
 *   - worked: planned less granted absences.
 *   - credited: counts as if worked. What a granted absence takes of the planned minutes, if its kind says so; on a public
 *     holiday that shuts the shop, what the pattern would have had (EFZG § 2); a whole day of vocational school without any
 *     planned minutes at the average day of the contract (BBiG § 15). */
#ifndef RULES_DUTY_H
#define RULES_DUTY_H
#include "rules/worktime.h"

enum duty_kind_id { DUTY_VACATION, DUTY_SICK, DUTY_CHILD_SICK, DUTY_SCHOOL, DUTY_TRAINING, DUTY_TIME_OFF, DUTY_OTHER, DUTY_KINDS };
struct duty_kind { bool work, vacation; };          /* by absence.kind: counts as work, is taken from the vacation account */
struct duty_contract { int64_t staff; day from; int minutes_per_week, days_per_week, vacation_days; };   /* until the next one */

enum { DUTY_SPANS = 6 };
struct duty_day {
	bool shut, holiday, exception;              /* the shop is; it is a public holiday; own hours instead of the pattern's */
	struct span work[DUTY_SPANS]; int nwork;    /* what is worked, in order */
	int start, end;                             /* from the first to the last planned minute; start -1 = none */
	int planned, worked, credited;
};
struct duty { day from; int ndays; size_t npeople; struct duty_day *days; };

/* Of rows->people, in their order; contracts in any order. */
struct duty duty_days(struct arena *, const struct worktime_rows *, const struct duty_kind kinds[DUTY_KINDS],
    const struct duty_contract *contracts, size_t ncontracts, day from, int ndays);
static inline const struct duty_day *duty_at(const struct duty *d, size_t person, day on)
{
	return &d->days[person * (size_t)d->ndays + (size_t)(on.n - d->from.n)];
}
/* The contract in force on a day; NULL = none yet. */
const struct duty_contract *duty_contract_on(const struct duty_contract *, size_t n, int64_t staff, day);
/* A whole day of vocational school is entered for this person and day. */
bool duty_whole_school(const struct worktime_rows *, int64_t staff, day);
/* Minutes that the contracts ask of a person for these days: a seventh of the week for each day of employment, rounded at the
 * end. -1: no contract on any of them. */
int64_t duty_target(const struct duty_contract *, size_t n, const struct worktime_person *, day from, int ndays);
#endif
