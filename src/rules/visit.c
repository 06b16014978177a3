#include "rules/visit.h"
#include "base/date.h"

static int64_t minutes_of(day d, int minute) { return d.n * DAY_MINUTES + minute; }
static struct slot_bound moment(int64_t at) { return (struct slot_bound){ { at / DAY_MINUTES }, (int)(at % DAY_MINUTES) }; }

int visit_age(day birthday, day on)
{
	struct civil born = date_civil(birthday), then = date_civil(on);
	bool before = then.month < born.month || (then.month == born.month && then.day < born.day);
	return then.year - born.year - before;
}

static struct visit_verdict *add(struct visit_verdicts *v, enum visit_code code, size_t step)
{
	static _Thread_local struct visit_verdict none;      /* more than anybody would read */
	struct visit_verdict *one = v->n < sizeof v->at / sizeof *v->at ? &v->at[v->n++] : &none;
	*one = (struct visit_verdict){ .code = code, .step = step };
	return one;
}

bool visit_is_new(const struct visit_rule *r, const struct visit_facts *f, day today)
{
	if (f->first || !f->known || r->new_group == 0)
		return f->first;
	for (size_t i = 0; i < f->npast; i++)
		if (!f->past[i].test && f->past[i].group == r->new_group && f->past[i].day.n < today.n)
			return false;
	return true;
}

/* The last visit before this one in which it or the new set was done. */
static void judge_refill(const struct visit_rule *r, const struct visit_when *w, size_t step, const struct visit_facts *f, struct visit_verdicts *v)
{
	int64_t last = NONE;
	if (r->refill_days == 0 || (!f->known && !f->first))
		return;
	for (size_t i = 0; i < f->npast; i++) {
		const struct visit_past *p = &f->past[i];
		if (!p->test && (p->service == r->service || p->service == r->refill_to) && p->day.n < w->day.n && (last == NONE || p->day.n > last))
			last = p->day.n;
	}
	if (last != NONE && w->day.n - last <= r->refill_days)
		return;
	struct visit_verdict *one = add(v, VISIT_REFILL_LATE, step);
	one->a = last == NONE ? NONE : w->day.n - last;
	one->b = r->refill_days;
	one->c = r->refill_to;
}

/* The newest test, or visit for one, before that moment; NULL: none. */
static const struct visit_past *last_test(const struct visit_rule *r, const struct visit_facts *f, int64_t before)
{
	const struct visit_past *last = NULL;
	for (size_t i = 0; i < f->npast; i++) {
		const struct visit_past *p = &f->past[i];
		if (p->service != r->test || minutes_of(p->day, p->minute) >= before)
			continue;
		int64_t later = last == NULL ? 1 : minutes_of(p->day, p->minute) - minutes_of(last->day, last->minute);
		if (later > 0 || (later == 0 && p->reaction))
			last = p;
	}
	return last;
}

/* A reaction stands until a later test went well. */
static const struct visit_past *reaction(const struct visit_rule *r, const struct visit_facts *f, int64_t before)
{
	const struct visit_past *last = NULL;
	for (size_t i = 0; i < f->npast; i++) {
		const struct visit_past *p = &f->past[i];
		if (p->test && p->service == r->test && minutes_of(p->day, p->minute) < before &&
		    (last == NULL || minutes_of(p->day, p->minute) > minutes_of(last->day, last->minute) ||
		     (p->reaction && minutes_of(p->day, p->minute) == minutes_of(last->day, last->minute))))
			last = p;
	}
	return last != NULL && last->reaction ? last : NULL;
}

/* A test that is both old enough and not too old at that moment. */
static bool tested(const struct visit_rule *r, const struct visit_facts *f, day on, int64_t at)
{
	for (size_t i = 0; i < f->npast; i++) {
		const struct visit_past *p = &f->past[i];
		if (p->service == r->test && minutes_of(p->day, p->minute) < at && minutes_of(p->day, p->minute) + r->test_hours * 60 <= at &&
		    (r->test_days == 0 || on.n - p->day.n <= r->test_days))
			return true;
	}
	return false;
}

static void judge_test(const struct visit_rule *r, const struct visit_when *w, size_t step, const struct visit_facts *f, struct slot_bound now,
    struct visit_verdicts *v)
{
	int64_t at = minutes_of(w->day, w->start), anew = minutes_of(now.day, now.minute) + r->test_hours * 60;
	if (r->test == 0)
		return;
	const struct visit_past *bad = reaction(r, f, at), *last = last_test(r, f, at);
	if (bad != NULL) {
		add(v, VISIT_REACTION, step)->a = bad->day.n;
	} else if (tested(r, f, w->day, at)) {
		return;
	} else if (last == NULL) {
		struct visit_verdict *one = add(v, VISIT_NO_TEST, step);
		one->a = r->test;
		one->b = r->test_hours;
		one->bound = moment(anew);
	} else if (minutes_of(last->day, last->minute) + r->test_hours * 60 > at) {
		add(v, VISIT_TEST_FRESH, step)->bound = moment(minutes_of(last->day, last->minute) + r->test_hours * 60);
	} else {
		struct visit_verdict *one = add(v, VISIT_TEST_OLD, step);
		one->a = last->day.n;
		one->b = r->test_days;
		one->bound = moment(anew);
	}
}

static void judge_age(const struct visit_rule *r, const struct visit_when *w, size_t step, const struct visit_facts *f, struct visit_verdicts *v)
{
	if (r->min_age == 0)
		return;
	if (f->birthday.n == NONE) {
		add(v, VISIT_AGE_UNKNOWN, step)->a = r->min_age;
		return;
	}
	int age = visit_age(f->birthday, w->day);
	if (age >= r->min_age)
		return;
	struct visit_verdict *one = add(v, VISIT_TOO_YOUNG, step);
	one->a = age;
	one->b = r->min_age;
}

static void judge_time(const struct visit_rule *r, const struct visit_when *w, size_t step, struct slot_bound now, struct visit_verdicts *v)
{
	unsigned weekday = (unsigned)((w->day.n + 3) % 7 + 1);
	if ((r->not_days & 1u << weekday) || (r->from > 0 && w->start < r->from) || (r->until > 0 && w->end > r->until)) {
		struct visit_verdict *one = add(v, VISIT_OUTSIDE, step);
		one->a = r->not_days & 1u << weekday ? NONE : r->from;
		one->b = r->until;
	}
	int64_t from = minutes_of(now.day, now.minute) + r->lead_hours * 60;
	if (r->lead_hours > 0 && minutes_of(w->day, w->start) < from) {
		struct visit_verdict *one = add(v, VISIT_TOO_SOON, step);
		one->a = r->lead_hours;
		one->bound = moment(from);
	}
}

void visit_judge(const struct visit_rule *rules, const struct visit_when *when, size_t n, const struct visit_facts *f, struct slot_bound now,
    struct visit_verdicts *v)
{
	v->n = 0;
	for (size_t i = 0; i < n; i++) {
		if (rules[i].longer)
			add(v, VISIT_FIRST, i)->a = rules[i].new_extra;
		if (rules[i].instead_of != 0)
			add(v, VISIT_FIRST_OTHER, i)->a = rules[i].instead_of;
		judge_refill(&rules[i], &when[i], i, f, v);
		judge_test(&rules[i], &when[i], i, f, now, v);
		judge_age(&rules[i], &when[i], i, f, v);
		judge_time(&rules[i], &when[i], i, now, v);
	}
}

/* Each wants the visit in a time of its own: when the newest test is old enough, while any test still holds. */
static void bound_by_test(const struct visit_rule *r, const struct visit_facts *f, int64_t *from, int64_t *until)
{
	const struct visit_past *last = last_test(r, f, INT64_MAX);
	int64_t first = NONE, start = *from;
	if (r->test == 0 || reaction(r, f, INT64_MAX) != NULL)
		return;
	int64_t over = last == NULL || r->test_days == 0 ? INT64_MAX : minutes_of((day){ last->day.n + r->test_days + 1 }, 0) - 1;
	if (last == NULL || over < start) {
		*from = start + r->test_hours * 60;
		return;
	}
	for (size_t i = 0; i < f->npast; i++)
		if (f->past[i].service == r->test) {
			int64_t ready = minutes_of(f->past[i].day, f->past[i].minute) + r->test_hours * 60;
			first = first == NONE || ready < first ? ready : first;
		}
	*from = first > *from ? first : *from;
	if (r->test_days > 0)
		*until = over;
}

void visit_bounds(const struct visit_rule *rules, size_t n, const struct visit_facts *f, struct slot_bound now, struct slot_bound *not_before,
    struct slot_bound *not_after)
{
	int64_t start = minutes_of(now.day, now.minute), from = start, until = NONE;
	for (size_t i = 0; i < n; i++) {
		int64_t lead = start + rules[i].lead_hours * 60;
		from = lead > from ? lead : from;
		int64_t test_from = start;
		int64_t test_until = NONE;
		bound_by_test(&rules[i], f, &test_from, &test_until);
		from = test_from > from ? test_from : from;
		until = test_until != NONE && (until == NONE || test_until < until) ? test_until : until;
	}
	*not_before = from > start ? moment(from) : (struct slot_bound){ { NONE }, 0 };
	*not_after = until != NONE ? moment(until) : (struct slot_bound){ { NONE }, 0 };
}
