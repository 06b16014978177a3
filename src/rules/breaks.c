#include "rules/breaks.h"
#include <stdlib.h>

enum { SHOWN = 32 };                              /* of one person's day */

bool breaks_moves(const struct worktime_span *s)
{
	return s->kind == WORKTIME_BREAK && worktime_can_move(s->start, s->end, s->move_from, s->move_to);
}

struct breaks_moving breaks_moving_of(const struct worktime_span *s)
{
	return (struct breaks_moving){ .own = s->start / RASTER, .length = (s->end - s->start + RASTER - 1) / RASTER,
		.from = (s->move_from + RASTER - 1) / RASTER, .to = s->move_to / RASTER,
		.reach_from = s->move_from / RASTER, .reach_to = (s->move_to + RASTER - 1) / RASTER };
}

static bool same_day(const struct worktime_span *a, const struct worktime_span *b)
{
	return a->staff == b->staff && a->day.n == b->day.n;
}

/* Does the person work in this minute, or has a break that may move? */
static bool covered(const struct worktime_span *of, const struct worktime_span *all, size_t n, int minute)
{
	bool there = false;
	for (size_t i = 0; i < n; i++) {
		const struct worktime_span *s = &all[i];
		if (!same_day(s, of) || s->start > minute || s->end <= minute)
			continue;
		if (s->kind == WORKTIME_ABSENT)
			return false;
		there = there || s->kind == WORKTIME_WORK || breaks_moves(s);
	}
	return there;
}

/* Five minutes of which the break has a part: the rest may be work. */
static void open_unit(struct bits *b, const struct worktime_span *of, const struct worktime_span *all, size_t n, int unit)
{
	for (int minute = unit * RASTER; minute < (unit + 1) * RASTER; minute++)
		if (!covered(of, all, n, minute))
			return;
	bits_set(b, unit, unit + 1);
}

void breaks_open(struct bits *b, const struct worktime_span *s, const struct worktime_span *all, size_t n)
{
	bits_set(b, (s->start + RASTER - 1) / RASTER, s->end / RASTER);
	if (s->start % RASTER != 0)
		open_unit(b, s, all, n, s->start / RASTER);
	if (s->end % RASTER != 0)
		open_unit(b, s, all, n, s->end / RASTER);
}

void breaks_shut(struct bits *b, const struct worktime_span *s, const struct worktime_span *absent)
{
	int start = absent->start > s->start ? absent->start : s->start, end = absent->end < s->end ? absent->end : s->end;
	if (start < end)
		bits_clear(b, start / RASTER, (end + RASTER - 1) / RASTER);
}

/* The first place from unit t on; -1 if there is none. */
static int first_place(const struct bits *free, const struct breaks_moving *m, int t)
{
	struct bits run = bits_run(free, m->length);
	t = bits_next(&run, t > m->from ? t : m->from, true);
	return t + m->length <= m->to ? t : -1;
}

/* In each order of time, each as soon as possible. */
static bool fit_from(const struct bits *free, const struct breaks_moving *list, int n, unsigned left, int t)
{
	if (left == 0)
		return true;
	for (int i = 0; i < n; i++) {
		int at = left & 1u << i ? first_place(free, &list[i], t) : -1;
		if (at >= 0 && fit_from(free, list, n, left & ~(1u << i), at + list[i].length))
			return true;
	}
	return false;
}

bool breaks_fit(const struct bits *free, const struct breaks_moving *list, int n)
{
	return n <= BREAKS_MOST && fit_from(free, list, n, (1u << n) - 1, 0);
}

/* ---- one person's day ---- */

struct own_day {
	struct bits free;
	struct breaks breaks;
	struct { struct breaks_moving *at; size_t n, cap; } moving;   /* of the breaks that move, in the same order */
};

static struct bits day_free(const struct worktime_span *spans, size_t n, const struct use *uses, size_t nuses, int64_t staff, day d)
{
	struct worktime_span own = { .staff = staff, .day = d };
	struct bits free = {0};
	for (size_t i = 0; i < n; i++)
		if (same_day(&spans[i], &own) && spans[i].kind == WORKTIME_WORK)
			bits_set(&free, (spans[i].start + RASTER - 1) / RASTER, spans[i].end / RASTER);
	for (size_t i = 0; i < n; i++) {
		if (!same_day(&spans[i], &own) || !breaks_moves(&spans[i]))
			continue;
		breaks_open(&free, &spans[i], spans, n);
		for (size_t k = 0; k < n; k++)
			if (same_day(&spans[k], &own) && spans[k].kind == WORKTIME_ABSENT)
				breaks_shut(&free, &spans[i], &spans[k]);
	}
	for (size_t i = 0; i < nuses; i++)
		if (uses[i].day.n == d.n && uses[i].resource == resource_of(RESOURCE_PERSON, staff))
			bits_clear(&free, uses[i].start / RASTER, (uses[i].end + RASTER - 1) / RASTER);
	return free;
}

static int by_start(const void *a, const void *b)
{
	const struct worktime_span *const *x = a, *const *y = b;
	if ((*x)->start != (*y)->start)
		return (*x)->start - (*y)->start;
	if ((*x)->end != (*y)->end)
		return (*x)->end - (*y)->end;
	return (*x)->move_from != (*y)->move_from ? (*x)->move_from - (*y)->move_from : (*x)->move_to - (*y)->move_to;
}

static struct own_day day_of(struct arena *a, const struct worktime_span *spans, size_t n, int64_t staff, day d)
{
	struct own_day o = { .breaks.fit = true };
	struct { const struct worktime_span **at; size_t n, cap; } list = {0};
	for (size_t i = 0; i < n; i++)
		if (spans[i].staff == staff && spans[i].day.n == d.n && spans[i].kind == WORKTIME_BREAK)
			*arena_push(a, &list) = &spans[i];
	if (list.n > 1)
		qsort(list.at, list.n, sizeof *list.at, by_start);
	for (size_t i = 0; i < list.n && i < SHOWN; i++) {
		struct span own = { list.at[i]->start, list.at[i]->end };
		*arena_push(a, &o.breaks) = (struct breaks_one){ own, own, breaks_moves(list.at[i]), true };
		*arena_push(a, &o.moving) = breaks_moving_of(list.at[i]);
	}
	return o;
}

/* To the minute: one that stays where it is by itself may reach into the raster of the next one's bounds. */
static bool together(const struct breaks_moving *a, const struct breaks_moving *b)
{
	return a->reach_from < b->reach_to && b->reach_from < a->reach_to;
}

/* Those that have to share their bounds with number `first`, itself among them. */
static unsigned share(const struct own_day *o, size_t first)
{
	unsigned group = 1u << first;
	for (bool more = true; more;) {
		more = false;
		for (size_t i = 0; i < o->breaks.n; i++)
			for (size_t k = 0; k < o->breaks.n; k++)
				if (o->breaks.at[i].moves && !(group & 1u << i) && (group & 1u << k) && together(&o->moving.at[i], &o->moving.at[k])) {
					group |= 1u << i;
					more = true;
				}
	}
	return group;
}

static bool rest_fits(const struct own_day *o, const struct bits *free, unsigned group)
{
	struct breaks_moving rest[BREAKS_MOST];
	int n = 0;
	for (size_t i = 0; i < o->breaks.n; i++)
		if ((group & 1u << i) && n++ < BREAKS_MOST)
			rest[n - 1] = o->moving.at[i];
	return n <= BREAKS_MOST && breaks_fit(free, rest, n);
}

static bool place_at(struct own_day *o, size_t i, int t, unsigned rest)
{
	const struct breaks_moving *m = &o->moving.at[i];
	struct bits left = o->free;
	if (t < m->from || t + m->length > m->to || bits_next(&o->free, t, false) < t + m->length)
		return false;
	bits_clear(&left, t, t + m->length);
	if (!rest_fits(o, &left, rest))
		return false;
	struct breaks_one *b = &o->breaks.at[i];
	b->now = (struct span){ t * RASTER, t * RASTER + b->own.end - b->own.start };
	o->free = left;
	return true;
}

/* To the minute where it is by itself. */
static bool place_own(struct own_day *o, size_t i, unsigned rest)
{
	const struct span own = o->breaks.at[i].own;
	struct bits left = o->free;
	int from = own.start / RASTER, to = (own.end + RASTER - 1) / RASTER;
	if (from < o->moving.at[i].reach_from || to > o->moving.at[i].reach_to || bits_next(&o->free, from, false) < to)
		return false;
	bits_clear(&left, from, to);
	if (!rest_fits(o, &left, rest))
		return false;
	o->free = left;
	return true;
}

/* As near as the others of the group let it; rather sooner than later. */
static void place_group(struct own_day *o, unsigned group)
{
	bool fits = rest_fits(o, &o->free, group);
	for (size_t i = 0; i < o->breaks.n; i++) {
		if (!(group & 1u << i))
			continue;
		group &= ~(1u << i);
		bool stays = place_own(o, i, group);
		o->breaks.at[i].fits = stays || fits;
		o->breaks.fit = o->breaks.fit && (stays || fits);
		int own = o->moving.at[i].own;
		for (int away = 0; !stays && fits && away < BITS_DAY; away++)
			if (place_at(o, i, own - away, group) || place_at(o, i, own + away, group))
				break;
	}
}

struct breaks breaks_place(struct arena *a, const struct worktime_span *spans, size_t nspans, const struct use *uses, size_t nuses, int64_t staff, day d)
{
	struct own_day o = day_of(a, spans, nspans, staff, d);
	unsigned done = 0;
	o.free = day_free(spans, nspans, uses, nuses, staff, d);
	for (size_t i = 0; i < o.breaks.n; i++) {
		if (!o.breaks.at[i].moves || (done & 1u << i))
			continue;
		unsigned group = share(&o, i);
		done |= group;
		place_group(&o, group);
	}
	return o.breaks;
}
