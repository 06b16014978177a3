#include "rules/duty.h"
#include "rules/holidays.h"

static size_t place_of(const struct worktime_rows *rows, int64_t staff)
{
	size_t i = 0;
	while (rows->people[i].id != staff)
		i++;
	return i;
}

static void add_planned(struct duty_day *d, const struct worktime_span *s)
{
	d->start = d->planned == 0 ? s->start : d->start;
	d->end = s->end;
	d->planned += s->end - s->start;
}

static void add_worked(struct duty_day *d, const struct worktime_span *s)
{
	if (d->nwork < DUTY_SPANS)
		d->work[d->nwork++] = (struct span){ s->start, s->end };
	d->worked += s->end - s->start;
}

/* Planned minutes within start..end that no granted absence took before this one. */
static int taken_of(const struct worktime_spans *planned, int64_t staff, day on, int start, int end)
{
	int n = 0;
	for (size_t i = 0; i < planned->n; i++) {
		const struct worktime_span *s = &planned->at[i];
		if (s->staff != staff || s->day.n != on.n || s->kind != WORKTIME_WORK)
			continue;
		int from = s->start > start ? s->start : start, to = s->end < end ? s->end : end;
		n += to > from ? to - from : 0;
	}
	return n;
}

static struct worktime_rows without_absences(const struct worktime_rows *rows)
{
	struct worktime_rows r = *rows;
	r.absences = NULL;
	r.nabsences = 0;
	return r;
}

static bool is_kind(int kind) { return kind >= 0 && kind < DUTY_KINDS; }

/* The spans of one day are a small slice of all: they are sorted by day. */
static struct worktime_spans slice(const struct worktime_spans *all, day on)
{
	size_t low = 0, high = all->n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (all->at[middle].day.n < on.n)
			low = middle + 1;
		else
			high = middle;
	}
	size_t end = low;
	while (end < all->n && all->at[end].day.n == on.n)
		end++;
	return (struct worktime_spans){ .at = all->at + low, .n = end - low };
}

bool duty_whole_school(const struct worktime_rows *rows, int64_t staff, day on)
{
	for (size_t i = 0; i < rows->nabsences; i++) {
		const struct worktime_absence *x = &rows->absences[i];
		if (x->staff == staff && x->kind == DUTY_SCHOOL && x->granted && x->start < 0 && x->from.n <= on.n && x->to.n >= on.n)
			return true;
	}
	return false;
}

struct making {
	const struct worktime_rows *rows;
	const struct duty_kind *kinds;
	const struct duty_contract *contracts;
	size_t ncontracts;
	struct duty *duty;
};

static struct duty_day *day_of(const struct making *m, int64_t staff, day on)
{
	return &m->duty->days[place_of(m->rows, staff) * (size_t)m->duty->ndays + (size_t)(on.n - m->duty->from.n)];
}

static void credit_absences(const struct making *m, const struct worktime_spans *actual, const struct worktime_spans *planned)
{
	for (size_t i = 0; i < actual->n; i++) {
		const struct worktime_span *s = &actual->at[i];
		if (s->kind == WORKTIME_WORK)
			add_worked(day_of(m, s->staff, s->day), s);
		if (s->kind != WORKTIME_ABSENT || !is_kind(s->absence_kind) || !m->kinds[s->absence_kind].work)
			continue;
		struct worktime_spans today = slice(planned, s->day);
		day_of(m, s->staff, s->day)->credited += taken_of(&today, s->staff, s->day, s->start, s->end);
	}
}

static void credit_school(const struct making *m)
{
	for (size_t p = 0; m->kinds[DUTY_SCHOOL].work && p < m->rows->npeople; p++)
		for (int i = 0; i < m->duty->ndays; i++) {
			day on = { m->duty->from.n + i };
			const struct duty_contract *c = duty_contract_on(m->contracts, m->ncontracts, m->rows->people[p].id, on);
			struct duty_day *d = &m->duty->days[p * (size_t)m->duty->ndays + (size_t)i];
			if (d->planned == 0 && d->credited == 0 && c != NULL && c->days_per_week > 0 && duty_whole_school(m->rows, c->staff, on))
				d->credited = c->minutes_per_week / c->days_per_week;
		}
}

/* The holiday's hours are those that the same rows have where no day is a holiday. */
static void credit_holidays(struct arena *a, const struct making *m)
{
	struct worktime_rows workaday = without_absences(m->rows);
	bool any = false;
	for (int i = 0; i < m->duty->ndays && !any; i++)
		any = holidays_name(m->rows->country, m->rows->state, (day){ m->duty->from.n + i }) != NULL;
	if (!any)
		return;
	workaday.country = workaday.state = NULL;
	struct worktime_spans spans = worktime_spans(a, &workaday, m->duty->from, m->duty->ndays);
	for (size_t i = 0; i < spans.n; i++) {
		const struct worktime_span *s = &spans.at[i];
		if (s->kind == WORKTIME_WORK && day_of(m, s->staff, s->day)->holiday && day_of(m, s->staff, s->day)->shut)
			day_of(m, s->staff, s->day)->credited += s->end - s->start;
	}
}

static void mark_days(const struct making *m)
{
	for (int i = 0; i < m->duty->ndays; i++) {
		day on = { m->duty->from.n + i };
		struct span open[2];
		bool shut = worktime_opening(m->rows, on, open) == 0, holiday = holidays_name(m->rows->country, m->rows->state, on) != NULL;
		for (size_t p = 0; p < m->rows->npeople; p++)
			m->duty->days[p * (size_t)m->duty->ndays + (size_t)i] = (struct duty_day){ .shut = shut, .holiday = holiday, .start = -1, .end = -1 };
	}
	for (size_t i = 0; i < m->rows->nexceptions; i++) {
		const struct worktime_exception *e = &m->rows->exceptions[i];
		if (e->day.n < m->duty->from.n || e->day.n >= m->duty->from.n + m->duty->ndays)
			continue;
		for (size_t p = 0; p < m->rows->npeople; p++)
			if (m->rows->people[p].id == e->staff)
				day_of(m, e->staff, e->day)->exception = true;
	}
}

struct duty duty_days(struct arena *a, const struct worktime_rows *rows, const struct duty_kind kinds[DUTY_KINDS],
    const struct duty_contract *contracts, size_t ncontracts, day from, int ndays)
{
	struct duty duty = { .from = from, .ndays = ndays, .npeople = rows->npeople };
	struct making m = { rows, kinds, contracts, ncontracts, &duty };
	duty.days = arena_array(a, struct duty_day, rows->npeople * (size_t)ndays + 1);
	mark_days(&m);
	struct worktime_rows plan = without_absences(rows);
	struct worktime_spans planned = worktime_spans(a, &plan, from, ndays), actual = worktime_spans(a, rows, from, ndays);
	for (size_t i = 0; i < planned.n; i++)
		if (planned.at[i].kind == WORKTIME_WORK)
			add_planned(day_of(&m, planned.at[i].staff, planned.at[i].day), &planned.at[i]);
	credit_absences(&m, &actual, &planned);
	credit_school(&m);
	credit_holidays(a, &m);
	return duty;
}

const struct duty_contract *duty_contract_on(const struct duty_contract *contracts, size_t n, int64_t staff, day on)
{
	const struct duty_contract *found = NULL;
	for (size_t i = 0; i < n; i++)
		if (contracts[i].staff == staff && contracts[i].from.n <= on.n && (found == NULL || contracts[i].from.n > found->from.n))
			found = &contracts[i];
	return found;
}

int64_t duty_target(const struct duty_contract *contracts, size_t n, const struct worktime_person *p, day from, int ndays)
{
	int64_t sevenths = 0;
	bool any = false;
	for (int i = 0; i < ndays; i++) {
		day on = { from.n + i };
		const struct duty_contract *c = duty_contract_on(contracts, n, p->id, on);
		bool here = (p->joined.n == NONE || p->joined.n <= on.n) && (p->left.n == NONE || p->left.n >= on.n);
		any = any || c != NULL;
		sevenths += c != NULL && here ? c->minutes_per_week : 0;
	}
	return any ? (sevenths + 3) / 7 : -1;
}
