/* slots_hours.h: random rows of opening hours, patterns, exceptions and absences, and an oracle that tells minute by minute
 * who works, read straight off worktime.h. For slots_test.c, which brings dice() and chance(). */
#ifndef TESTS_SLOTS_HOURS_H
#define TESTS_SLOTS_HOURS_H
#include "base/date.h"
#include <stdlib.h>
#include "rules/holidays.h"
#include "rules/worktime.h"

static int dice(int n);
static bool chance(int percent);

enum { HOURS_PEOPLE = 3, HOURS_DAYS = 2 };
struct hours_rows {
	struct worktime_rows rows;
	struct worktime_opening openings[14];
	struct worktime_override overrides[HOURS_DAYS];
	struct worktime_person people[HOURS_PEOPLE];
	struct worktime_pattern patterns[HOURS_PEOPLE * 2];
	struct worktime_shift shifts[HOURS_PEOPLE * 2 * 14 * 3];
	struct worktime_exception exceptions[HOURS_PEOPLE * 3];
	struct worktime_absence absences[HOURS_PEOPLE * 2 + 1];
};

/* From a bit before the salon's first minute to a bit after its last. */
static struct span hours_span(int open)
{
	int start = open - 10 + dice(60);
	return (struct span){ start < 0 ? 0 : start, open + 60 + dice(120) };
}

static void hours_shop(struct hours_rows *h, day from, int open)
{
	struct worktime_rows *r = &h->rows;
	for (int weekday = 1; weekday <= 7 && !chance(10); weekday++) {
		struct span s = hours_span(open);
		if (chance(85))
			h->openings[r->nopenings++] = (struct worktime_opening){ weekday, s.start, s.end };
		if (chance(15))
			h->openings[r->nopenings++] = (struct worktime_opening){ weekday, s.end + dice(15), s.end + 20 + dice(40) };
	}
	for (int d = 0; d < HOURS_DAYS; d++) {
		struct span s = hours_span(open);
		bool own = chance(60);
		if (chance(15))
			h->overrides[r->noverrides++] = (struct worktime_override){ { from.n + d }, chance(30), own ? s.start : -1, own ? s.end : -1 };
	}
	r->openings = h->openings;
	r->overrides = h->overrides;
	r->country = chance(70) ? "DE" : NULL;
	r->state = "NI";
}

/* Stays where it is, or may move. */
static void hours_break(struct hours_rows *h, int64_t pattern, int k, int at)
{
	struct worktime_shift *s = &h->shifts[h->rows.nshifts++];
	*s = (struct worktime_shift){ pattern, k / 7, k % 7 + 1, 1, at, at + 5 + dice(30), 0, 0 };
	if (chance(60)) {
		s->move_from = at - dice(50);
		s->move_to = s->end + dice(50);
	}
}

static void hours_pattern(struct hours_rows *h, int64_t id, int64_t staff, day from, int open)
{
	struct worktime_rows *r = &h->rows;
	int weeks = 1 + dice(2);
	h->patterns[r->npatterns++] = (struct worktime_pattern){ id, staff, from, weeks };
	for (int k = 0; k < weeks * 7; k++) {
		struct span s = hours_span(open);
		if (chance(90))
			h->shifts[r->nshifts++] = (struct worktime_shift){ id, k / 7, k % 7 + 1, 0, s.start, s.end, 0, 0 };
		for (int b = 0; b < 2 && chance(25); b++)
			hours_break(h, id, k, open + dice(120));
	}
}

static void hours_absence(struct hours_rows *h, int64_t staff, day from, int open, bool granted)
{
	struct worktime_rows *r = &h->rows;
	struct span s = hours_span(open);
	bool whole = chance(25);
	int64_t first = from.n - dice(3), last = from.n + dice(3) - 1;
	h->absences[r->nabsences++] = (struct worktime_absence){ .id = (int64_t)r->nabsences + 1, .staff = staff, .kind = dice(3), .granted = granted,
		.from = { first }, .to = { last < first ? first : last }, .start = whole ? -1 : s.start, .end = whole ? -1 : s.start + 5 + dice(60) };
	r->absences = h->absences;
}

static void hours_make(struct hours_rows *h, day from, int open)
{
	struct worktime_rows *r = &h->rows;
	*h = (struct hours_rows){ .rows = { .country = NULL } };
	hours_shop(h, from, open);
	for (int64_t p = 1; p <= HOURS_PEOPLE; p++) {
		h->people[r->npeople++] = (struct worktime_person){ p, { NONE }, { chance(10) ? from.n + dice(3) : NONE }, { chance(10) ? from.n + dice(2) : NONE } };
		hours_pattern(h, p, p, (day){ from.n - dice(30) }, open);
		if (chance(25))
			hours_pattern(h, p + 10, p, (day){ from.n - 10 + dice(14) + 31 * (h->patterns[r->npatterns - 1].from.n >= from.n - 10) }, open);
		for (int k = 0; k < 3 && chance(15); k++) {
			struct span s = hours_span(open);
			h->exceptions[r->nexceptions++] = (struct worktime_exception){ p, { from.n + dice(HOURS_DAYS) }, dice(3), s.start, s.end };
		}
		for (int k = 0; k < 2 && chance(30); k++)
			hours_absence(h, p, from, open, chance(60));
	}
	r->people = h->people;
	r->patterns = h->patterns;
	r->shifts = h->shifts;
	r->exceptions = h->exceptions;
	r->absences = h->absences;
}

/* ---- the oracle ---- */

static bool hours_can_move(const struct worktime_shift *s)
{
	return s->kind == 1 && s->move_from >= 0 && s->move_to <= DAY_MINUTES && s->move_to - s->move_from >= s->end - s->start;
}

static const struct worktime_override *hours_override(const struct worktime_rows *r, day d)
{
	for (size_t i = 0; i < r->noverrides; i++)
		if (r->overrides[i].day.n == d.n)
			return &r->overrides[i];
	return NULL;
}

static bool hours_usual(const struct worktime_rows *r, day d, int minute)
{
	for (size_t i = 0; i < r->nopenings; i++)
		if (r->openings[i].weekday == date_weekday(d) && r->openings[i].start <= minute && minute < r->openings[i].end)
			return true;
	return r->nopenings == 0;
}

static bool hours_any(const struct worktime_rows *r, day d)
{
	for (int minute = 0; minute < DAY_MINUTES; minute++)
		if (hours_usual(r, d, minute))
			return true;
	return false;
}

/* Is the shop's door open in this minute? An override without hours opens a holiday, and a weekday without hours all day. */
static bool hours_open(const struct worktime_rows *r, day d, int minute)
{
	const struct worktime_override *o = hours_override(r, d);
	if (o != NULL && o->closed)
		return false;
	if (o != NULL && o->start >= 0)
		return o->start <= minute && minute < o->end;
	if (o == NULL && holidays_name(r->country, r->state, d) != NULL)
		return false;
	return hours_usual(r, d, minute) || (o != NULL && !hours_any(r, d));
}

/* The pattern that holds on this day. */
static const struct worktime_pattern *hours_pattern_on(const struct worktime_rows *r, day d, int64_t staff)
{
	const struct worktime_pattern *p = NULL;
	for (size_t i = 0; i < r->npatterns; i++)
		if (r->patterns[i].staff == staff && r->patterns[i].from.n <= d.n && (p == NULL || r->patterns[i].from.n > p->from.n))
			p = &r->patterns[i];
	return p;
}

static bool hours_shift_on(const struct worktime_pattern *p, const struct worktime_shift *s, day d)
{
	int week = (int)((date_monday(d).n - date_monday(p->from).n) / 7 % p->weeks);
	return s->pattern == p->id && s->week == week && s->weekday == date_weekday(d);
}

/* Breaks that may move take nothing. */
static bool hours_in_pattern(const struct worktime_rows *r, day d, int64_t staff, int minute, int kind)
{
	const struct worktime_pattern *p = hours_pattern_on(r, d, staff);
	for (size_t i = 0; p != NULL && i < r->nshifts; i++) {
		const struct worktime_shift *s = &r->shifts[i];
		if (hours_shift_on(p, s, d) && s->kind == kind && !hours_can_move(s) && s->start <= minute && minute < s->end)
			return true;
	}
	return false;
}

static bool hours_in_exception(const struct worktime_rows *r, day d, int64_t staff, int minute, int kind)
{
	for (size_t i = 0; i < r->nexceptions; i++) {
		const struct worktime_exception *e = &r->exceptions[i];
		if (e->staff == staff && e->day.n == d.n && (kind < 0 || (e->kind == kind && e->start <= minute && minute < e->end)))
			return true;
	}
	return false;
}

/* Absences granted or not: breaks don't look at them. */
static bool hours_planned(const struct worktime_rows *r, day d, int64_t staff, int minute)
{
	const struct worktime_override *o = hours_override(r, d);
	const struct worktime_person *p = NULL;
	for (size_t i = 0; i < r->npeople; i++)
		p = r->people[i].id == staff ? &r->people[i] : p;
	if (p == NULL || (p->joined.n != NONE && d.n < p->joined.n) || (p->left.n != NONE && d.n > p->left.n) || (o != NULL && o->closed))
		return false;
	if (hours_in_exception(r, d, staff, 0, -1))
		return hours_in_exception(r, d, staff, minute, 0) && !hours_in_exception(r, d, staff, minute, 1);
	return hours_open(r, d, minute) && hours_in_pattern(r, d, staff, minute, 0) && !hours_in_pattern(r, d, staff, minute, 1);
}

static bool hours_works(const struct worktime_rows *r, day d, int64_t staff, int minute)
{
	for (size_t i = 0; i < r->nabsences; i++) {
		const struct worktime_absence *x = &r->absences[i];
		if (x->granted && x->staff == staff && x->from.n <= d.n && d.n <= x->to.n && (x->start < 0 || (x->start <= minute && minute < x->end)))
			return false;
	}
	return hours_planned(r, d, staff, minute);
}

/* A break that may move, as it is without uses: its length, and its bounds. */
struct hours_rest { int64_t staff; int day, start, end, move_from, move_to; };

static int hours_by_start(const void *a, const void *b)
{
	const struct worktime_shift *x = a, *y = b;
	int l[] = { x->start, x->end, x->move_from, x->move_to }, r[] = { y->start, y->end, y->move_from, y->move_to };
	for (int i = 0; i < 4; i++)
		if (l[i] != r[i])
			return l[i] - r[i];
	return 0;
}

/* Of a pattern's day: what of them lies in planned time and on none before. */
static size_t hours_rests(const struct worktime_rows *r, day d, int dayno, int64_t staff, struct hours_rest *out, size_t most)
{
	struct worktime_shift list[14];
	const struct worktime_pattern *p = hours_pattern_on(r, d, staff);
	size_t n = 0, made = 0;
	int last = 0;
	for (size_t i = 0; p != NULL && !hours_in_exception(r, d, staff, 0, -1) && i < r->nshifts && n < 14; i++)
		if (hours_shift_on(p, &r->shifts[i], d) && hours_can_move(&r->shifts[i]))
			list[n++] = r->shifts[i];
	qsort(list, n, sizeof *list, hours_by_start);
	for (size_t i = 0; i < n; i++) {
		bool open = false;
		for (int minute = list[i].start > last ? list[i].start : last; minute < list[i].end; minute++) {
			bool in = hours_planned(r, d, staff, minute);
			if (in && !open && made < most)
				out[made++] = (struct hours_rest){ staff, dayno, minute, minute, list[i].move_from, list[i].move_to };
			open = in;
			if (in)
				out[made - 1].end = minute + 1;
		}
		last = list[i].end > last ? list[i].end : last;
	}
	return made;
}
#endif
