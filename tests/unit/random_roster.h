/* random_roster.h: random rows of a small salon around Christmas 2026, and a second opinion on them that looks at each minute. */
#ifndef TESTS_RANDOM_ROSTER_H
#define TESTS_RANDOM_ROSTER_H
#include "base/date.h"
#include "rules/duty.h"
#include "rules/holidays.h"
#include <stdlib.h>
#include <string.h>

enum { FIRST = 20808, DAYS = 14, MANY = 8 };        /* Monday, 21 December 2026, to Sunday, 3 January 2027 */
struct random_roster {
	struct worktime_rows rows;
	struct worktime_person people[2];
	struct worktime_opening openings[12];
	struct worktime_override overrides[2];
	struct worktime_pattern patterns[3];
	struct worktime_shift shifts[4 * MANY];
	struct worktime_exception exceptions[MANY];
	struct worktime_absence absences[MANY];
	struct duty_kind kinds[DUTY_KINDS];
	struct duty_contract contracts[2];
};

static inline int below(int n) { return rand() % n; }

static inline void some_span(int *start, int *end)
{
	*start = 480 + 30 * below(12);
	*end = *start + 30 * (1 + below(14));
}

static inline void random_people(struct random_roster *r)
{
	for (int i = 0; i < 2; i++) {
		r->people[i] = (struct worktime_person){ 7 - i, { NONE }, { below(3) ? NONE : FIRST + below(DAYS) }, { below(3) ? NONE : FIRST + below(DAYS) } };
		r->contracts[i] = (struct duty_contract){ 7 - i, { FIRST - 10 + below(16) }, 60 * (10 + below(30)), 1 + below(6), 28 };
	}
	for (int i = 0; i < 3; i++)
		r->patterns[i] = (struct worktime_pattern){ i + 1, i == 2 ? 6 : 7, { FIRST - 21 + 7 * (i == 1 ? 4 : below(3)) }, 1 + below(4) };
	for (int i = 0; i < 4 * MANY; i++) {
		struct worktime_shift *s = &r->shifts[i];
		*s = (struct worktime_shift){ .pattern = 1 + below(3), .week = below(4), .weekday = 1 + below(7), .kind = below(4) == 0 };
		some_span(&s->start, &s->end);
	}
}

static inline void random_days(struct random_roster *r)
{
	for (int i = 0; i < 12; i++) {
		r->openings[i].weekday = 1 + i / 2;
		some_span(&r->openings[i].start, &r->openings[i].end);
	}
	r->overrides[0] = (struct worktime_override){ { FIRST + below(DAYS) }, true, -1, -1 };
	r->overrides[1] = (struct worktime_override){ { r->overrides[0].day.n == FIRST + 4 ? FIRST + 5 : FIRST + 4 }, false, below(2) ? 600 : -1, 900 };
	for (int i = 0; i < MANY; i++) {
		struct worktime_exception *e = &r->exceptions[i];
		struct worktime_absence *x = &r->absences[i];
		*e = (struct worktime_exception){ .staff = 6 + below(2), .day = { FIRST + below(DAYS) }, .kind = below(3) };
		some_span(&e->start, &e->end);
		*x = (struct worktime_absence){ .id = i + 1, .staff = 6 + below(2), .kind = below(DUTY_KINDS), .granted = below(3) > 0, .from = { FIRST + below(DAYS) } };
		x->to.n = x->from.n + below(5);
		some_span(&x->start, &x->end);
		x->start = below(2) ? x->start : -1;
		x->end = x->start < 0 ? -1 : x->end;
	}
	for (int i = 0; i < DUTY_KINDS; i++)
		r->kinds[i] = (struct duty_kind){ below(2), below(2) };
}

static inline void random_roster(struct random_roster *r)
{
	random_people(r);
	random_days(r);
	r->rows = (struct worktime_rows){ .openings = r->openings, .nopenings = below(4) ? 12 : 0, .overrides = r->overrides, .noverrides = (size_t)below(3),
		.people = r->people, .npeople = 2, .patterns = r->patterns, .npatterns = (size_t)below(4), .shifts = r->shifts, .nshifts = (size_t)below(4 * MANY),
		.exceptions = r->exceptions, .nexceptions = (size_t)below(MANY), .absences = r->absences, .nabsences = (size_t)below(MANY), .country = "DE", .state = "NI" };
}

/* ---- the second opinion ---- */

static inline bool oracle_open(const struct random_roster *r, day on, bool holidays, bool open[1440])
{
	const struct worktime_rows *w = &r->rows;
	const struct worktime_override *o = NULL;
	memset(open, 0, 1440);
	for (size_t i = 0; i < w->noverrides; i++)
		o = w->overrides[i].day.n == on.n ? &w->overrides[i] : o;
	if (o != NULL && o->closed)
		return false;
	if (o == NULL && holidays && holidays_name("DE", "NI", on) != NULL)
		return false;
	if (o != NULL && o->start >= 0)
		memset(open + o->start, 1, (size_t)(o->end - o->start));
	for (size_t i = 0; (o == NULL || o->start < 0) && i < w->nopenings; i++)
		if (w->openings[i].weekday == date_weekday(on))
			memset(open + w->openings[i].start, 1, (size_t)(w->openings[i].end - w->openings[i].start));
	bool any = memchr(open, 1, 1440) != NULL;
	if (w->nopenings == 0 && (o == NULL || o->start < 0))
		memset(open, 1, 1440);
	else if (!any && o != NULL)
		memset(open, 1, 1440);
	return memchr(open, 1, 1440) != NULL;
}

static inline void oracle_pattern(const struct random_roster *r, int64_t staff, day on, bool plan[1440])
{
	const struct worktime_pattern *p = NULL;
	for (size_t i = 0; i < r->rows.npatterns; i++) {
		const struct worktime_pattern *q = &r->patterns[i];
		if (q->staff == staff && q->from.n <= on.n && (p == NULL || q->from.n > p->from.n))
			p = q;
	}
	for (int kind = 0; p != NULL && kind < 2; kind++)
		for (size_t i = 0; i < r->rows.nshifts; i++) {
			const struct worktime_shift *s = &r->shifts[i];
			if (s->pattern == p->id && s->kind == kind && s->weekday == date_weekday(on) && s->week == (on.n - p->from.n) / 7 % p->weeks)
				memset(plan + s->start, kind == 0, (size_t)(s->end - s->start));
		}
}

/* Which minutes are planned work, absences left out of account. */
static inline void oracle_plan(const struct random_roster *r, size_t person, day on, bool holidays, bool plan[1440])
{
	const struct worktime_person *p = &r->people[person];
	bool open[1440], own = false, is_open = oracle_open(r, on, holidays, open), closed = false;
	memset(plan, 0, 1440);
	for (size_t i = 0; i < r->rows.noverrides; i++)
		closed |= r->overrides[i].day.n == on.n && r->overrides[i].closed;
	if (closed || (p->joined.n != NONE && p->joined.n > on.n) || (p->left.n != NONE && p->left.n < on.n))
		return;
	for (int kind = 0; kind < 2; kind++)
		for (size_t i = 0; i < r->rows.nexceptions; i++) {
			const struct worktime_exception *e = &r->exceptions[i];
			if (e->staff != p->id || e->day.n != on.n)
				continue;
			own = true;
			if (e->kind == kind)
				memset(plan + e->start, kind == 0, (size_t)(e->end - e->start));
		}
	if (own || !is_open)
		return;
	oracle_pattern(r, p->id, on, plan);
	for (int m = 0; m < 1440; m++)
		plan[m] = plan[m] && open[m];
}

static inline bool oracle_covers(const struct worktime_absence *x, int64_t staff, day on, int minute)
{
	return x->staff == staff && x->from.n <= on.n && x->to.n >= on.n && (x->start < 0 || (x->start <= minute && x->end > minute));
}
#endif
