#include "rules/vacation.h"
#include "base/date.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

/* A day's planned spans out of all days' of this person. */
struct plan { const struct worktime_spans *spans; size_t at; };

static int worked_within(const struct plan *p, day on, int start, int end)
{
	int n = 0;
	for (size_t i = p->at; i < p->spans->n && p->spans->at[i].day.n == on.n; i++) {
		const struct worktime_span *s = &p->spans->at[i];
		int from = s->start > start ? s->start : start, to = s->end < end ? s->end : end;
		n += s->kind == WORKTIME_WORK && to > from ? to - from : 0;
	}
	return n;
}

static bool covers(const struct worktime_absence *x, int64_t staff, day on)
{
	return x->staff == staff && x->from.n <= on.n && x->to.n >= on.n;
}

static bool ill(const struct worktime_rows *rows, int64_t staff, day on)
{
	for (size_t i = 0; i < rows->nabsences; i++)
		if (covers(&rows->absences[i], staff, on) && rows->absences[i].kind == DUTY_SICK && rows->absences[i].granted && rows->absences[i].start < 0)
			return true;
	return false;
}

static int halves_of(const struct plan *p, const struct worktime_absence *x, day on)
{
	int all = worked_within(p, on, 0, DAY_MINUTES), taken = x->start < 0 ? all : worked_within(p, on, x->start, x->end);
	return taken == 0 ? 0 : taken == all ? VACATION_DAY : 1;
}

/* A day has two halves, whatever lies on it; the granted ones come first. */
static void count_day(struct arena *a, const struct worktime_rows *rows, const struct duty_kind *kinds, int64_t staff, day on, const struct plan *p,
    struct vacation_days *out)
{
	int room = VACATION_DAY;
	for (int granted = 1; granted >= 0; granted--)
		for (size_t i = 0; i < rows->nabsences && room > 0; i++) {
			const struct worktime_absence *x = &rows->absences[i];
			if (x->granted != granted || x->kind < 0 || x->kind >= DUTY_KINDS || !kinds[x->kind].vacation || !covers(x, staff, on))
				continue;
			int halves = halves_of(p, x, on);
			halves = halves > room ? room : halves;
			room -= halves;
			if (halves > 0)
				*arena_push(a, out) = (struct vacation_day){ on, halves, x->granted, x->id };
		}
}

struct vacation_days vacation_count(struct arena *a, const struct worktime_rows *rows, const struct duty_kind kinds[DUTY_KINDS], int64_t staff,
    day from, day to)
{
	struct vacation_days out = {0};
	struct worktime_rows plan = *rows;
	for (size_t i = 0; i < rows->npeople; i++)
		if (rows->people[i].id == staff)
			plan.people = &rows->people[i];
	plan.npeople = rows->npeople > 0 && plan.people->id == staff;
	plan.absences = NULL;
	plan.nabsences = 0;
	if (plan.npeople == 0 || to.n < from.n)
		return out;
	struct worktime_spans spans = worktime_spans(a, &plan, from, (int)(to.n - from.n + 1));
	struct plan p = { &spans, 0 };
	for (day on = from; on.n <= to.n; on.n++) {
		while (p.at < spans.n && spans.at[p.at].day.n < on.n)
			p.at++;
		if (!ill(rows, staff, on))
			count_day(a, rows, kinds, staff, on, &p, &out);
	}
	return out;
}

/* The account's postings, without what is taken. */
static void add_postings(const struct vacation_posting *postings, size_t n, struct vacation_account *c)
{
	for (size_t i = 0; i < n; i++) {
		const struct vacation_posting *p = &postings[i];
		c->posted |= p->kind == VACATION_ENTITLED;
		c->entitled += p->kind == VACATION_ENTITLED ? p->halves : 0;
		c->corrected += p->kind == VACATION_CORRECTED ? p->halves : 0;
		if (p->kind != VACATION_CARRIED)
			continue;
		c->carried_out += p->halves < 0 ? -p->halves : 0;
		c->carried += p->halves > 0 ? p->halves : 0;
		if (p->halves > 0 && p->expires.n != NONE)
			c->expires = p->expires;
	}
	for (size_t i = 0; i < n; i++)
		c->told |= postings[i].kind == VACATION_TOLD && postings[i].posted.n <= c->expires.n;
}

struct vacation_account vacation_account(const struct vacation_posting *postings, size_t n, const struct vacation_days *days, day on)
{
	struct vacation_account c = { .expires = { NONE } };
	int in_time = 0;                              /* taken while what was carried over could still be used: it goes first */
	add_postings(postings, n, &c);
	for (size_t i = 0; i < days->n; i++) {
		const struct vacation_day *d = &days->at[i];
		c.taken += d->granted ? d->halves : 0;
		c.asked += d->granted ? 0 : d->halves;
		in_time += d->granted && d->day.n <= c.expires.n ? d->halves : 0;
	}
	int unused = c.expires.n != NONE && c.carried > in_time ? c.carried - in_time : 0;
	bool over = c.expires.n != NONE && on.n > c.expires.n;
	c.lapsed = over && c.told ? unused : 0;
	c.lapsing = over ? 0 : unused;
	c.left = c.entitled + c.carried - c.carried_out + c.corrected - c.lapsed - c.taken;
	return c;
}

/* Full months of employment from..to, counted from the day of joining (BUrlG § 5). */
static int full_months(day from, day to)
{
	int n = 0;
	while (n < 12 && date_add_months(from, n + 1).n <= to.n + 1)
		n++;
	return n;
}

/* A fraction of half a day and more is a whole one; less than that is given as half a day. */
static int twelfths(int days_per_year, int months)
{
	int whole = days_per_year * months / 12, rest = days_per_year * months % 12;
	return whole * VACATION_DAY + (rest >= 6 ? VACATION_DAY : rest > 0 ? 1 : 0);
}

int vacation_entitlement(int days_per_year, int year, day joined, day left)
{
	day first = date_day(year, 1, 1), last = date_day(year, 12, 31), july = date_day(year, 7, 1);
	day from = joined.n != NONE && joined.n > first.n ? joined : first, to = left.n != NONE && left.n < last.n ? left : last;
	if (from.n > to.n)
		return 0;
	bool joined_late = joined.n != NONE && joined.n >= july.n;
	bool left_early = left.n != NONE && left.n < july.n;
	bool left_waiting = left.n != NONE && left.n <= last.n && joined.n != NONE && date_add_months(joined, 6).n > left.n + 1;
	if (joined_late || left_early || left_waiting)
		return twelfths(days_per_year, full_months(from, to));
	return days_per_year * VACATION_DAY;
}

/* Working days of a six-day week in a year. */
static int least_weekdays(str country, int age)
{
	if (strcmp(country, "AT") == 0)
		return 30;
	if (strcmp(country, "CH") == 0)
		return age < 20 ? 30 : 24;
	if (strcmp(country, "DE") != 0)
		return 0;
	return age < 16 ? 30 : age < 17 ? 27 : age < 18 ? 25 : 24;
}

int vacation_least(str country, int days_per_week, int year, day birthday)
{
	int age = 99;
	if (birthday.n != NONE) {                     /* on 1 January */
		struct civil born = date_civil(birthday);
		age = year - born.year - (born.month > 1 || born.day > 1);
	}
	return country == NULL ? 0 : (least_weekdays(country, age) * days_per_week * VACATION_DAY + 5) / 6;
}

char *vacation_text(struct arena *a, int halves)
{
	int size = abs(halves);
	const char *minus = halves < 0 ? "-" : "";
	if (size % 2 == 0)
		return arena_printf(a, "%s%d", minus, size / 2);
	return size == 1 ? arena_printf(a, "%s½", minus) : arena_printf(a, "%s%d½", minus, size / 2);
}

bool vacation_read(const char *text, int *halves_r)
{
	char typed[24];
	money days = { 0 };
	size_t n = text == NULL ? 0 : strlen(text);
	while (n > 0 && text[n - 1] == ' ')
		n--;
	bool half = n >= 2 && memcmp(text + n - 2, "½", 2) == 0;
	n -= half ? 2 : 0;
	if (text == NULL || n >= sizeof typed || (n == 0 && !half))
		return false;
	memcpy(typed, text, n);
	typed[n] = '\0';
	bool minus = strchr(typed, '-') != NULL, bare = typed[strspn(typed, " -")] == '\0';
	if (!(half && bare) && !read_money(typed, &days))
		return false;
	if (days.cents % 50 != 0 || (half && days.cents % 100 != 0) || llabs(days.cents) > 100000)
		return false;
	*halves_r = (int)(days.cents / 50) + (half ? minus ? -1 : 1 : 0);
	return true;
}
