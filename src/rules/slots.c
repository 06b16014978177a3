#include "rules/slots.h"
#include "rules/slots_score.h"

enum { APART = 30 / RASTER };                     /* proposals of one day: 15:00 and 15:05 are the same to a customer */

/* The starts that the request's window and the clock allow on a day. */
static struct bits window(const struct slot_world *w, const struct slot_request *q, day d)
{
	struct bits b = {0};
	int from = (q->earliest + RASTER - 1) / RASTER, to = q->latest > 0 && q->latest < DAY_MINUTES ? q->latest / RASTER + 1 : BITS_DAY;
	if (q->weekdays != 0 && !slots_plan_on(q->weekdays, d))
		return b;
	if (w->today.n != NONE && d.n < w->today.n)
		return b;
	if (w->today.n != NONE && d.n == w->today.n && from < (w->now + RASTER - 1) / RASTER)
		from = (w->now + RASTER - 1) / RASTER;
	if (from < to)
		bits_set(&b, from < 0 ? 0 : from, to);
	slots_plan_bounds(q, d, &b);
	return b;
}

/* The first day that can be offered at all. */
static day first_day(const struct slot_world *w, const struct slot_request *q)
{
	day first = q->first.n != NONE && q->first.n > w->from.n ? q->first : w->from;
	return w->today.n != NONE && w->today.n > first.n ? w->today : first;
}

/* The request made ready in all its ways (slots_plan.h), mostly one. */
struct finder { struct slots_plan *ways; size_t n; };

static bool finder_make(struct arena *a, const struct slot_world *w, const struct slot_request *q, day first, day last, struct finder *f)
{
	struct slots_plan p;
	if (!slots_plan_make(a, w, q, first, last, &p))
		return false;
	f->n = slots_plan_ways(&p, &f->ways);
	return true;
}

static struct bits day_starts(struct finder *f, int dayno)
{
	const struct slots_plan *p = f->ways;
	struct bits b = window(p->world, p->request, (day){ p->map.from.n + dayno }), any = {0};
	if (bits_none(&b))
		return b;
	for (size_t i = 0; i < f->n; i++) {
		struct bits all = slots_plan_day(&f->ways[i], dayno);
		bits_or(&any, &all);
	}
	bits_and(&b, &any);
	return b;
}

/* Of the ways that are possible at this start: rather one without waiting, then by score. */
static struct slots_plan *best_way(const struct finder *f, int dayno, int t, int *score_r)
{
	struct slots_plan *best = NULL;
	for (size_t i = 0; i < f->n; i++) {
		struct slots_plan *p = &f->ways[i];
		if (!bits_get(&p->starts[dayno], t) || (best != NULL && p->delays > best->delays))
			continue;
		int score = slots_score(p, dayno, t, p->option);
		if (best != NULL && p->delays == best->delays && score <= *score_r)
			continue;
		best = p;
		*score_r = score;
	}
	return best;
}

static int changes_of_place(const struct slot *s)
{
	int n = 0;
	int64_t before = 0;
	for (size_t i = 0; i < s->nclaims; i++) {
		if (s->claims[i].place == 0)
			continue;
		n += before != 0 && before != s->claims[i].place;
		before = s->claims[i].place;
	}
	return n;
}

/* The slot itself; of ways that are equally good the one in which the customer is led about least. */
static struct slot best_slot(const struct finder *f, int dayno, int t, bool soonest)
{
	int score = 0;
	struct slots_plan *best = best_way(f, dayno, t, &score);
	struct slot slot = slots_score_slot(best, dayno, t, soonest);
	for (struct slots_plan *p = best + 1; p < f->ways + f->n; p++) {
		if (!bits_get(&p->starts[dayno], t) || p->delays != best->delays)
			continue;
		struct slot other = slots_score_slot(p, dayno, t, soonest);
		if (other.score == slot.score && changes_of_place(&other) < changes_of_place(&slot))
			slot = other;
	}
	return slot;
}

size_t slots_starts(struct arena *a, const struct slot_world *w, const struct slot_request *q, struct slot_start **starts_r)
{
	struct finder f;
	struct { struct slot_start *at; size_t n, cap; } list = {0};
	*starts_r = NULL;
	if (!finder_make(a, w, q, first_day(w, q), q->last, &f))
		return 0;
	for (int d = 0; d < f.ways->map.ndays; d++) {
		struct bits b = day_starts(&f, d);
		for (int t = bits_next(&b, 0, true); t < BITS_DAY; t = bits_next(&b, t + 1, true))
			*arena_push(a, &list) = (struct slot_start){ { f.ways->map.from.n + d }, t * RASTER };
	}
	*starts_r = list.at;
	return list.n;
}

struct pick { int score, dayno, t; };

/* Keeps the k best, best first; what is equal keeps the order of time. */
static size_t insert(struct pick *list, size_t n, size_t k, struct pick one)
{
	size_t at = n;
	while (at > 0 && list[at - 1].score < one.score)
		at--;
	if (at >= k)
		return n;
	size_t last = n < k ? n : k - 1;
	for (size_t i = last; i > at; i--)
		list[i] = list[i - 1];
	list[at] = one;
	return n < k ? n + 1 : k;
}

/* Takes the best of a day's starts into the list, again and again, each time leaving out what lies too near. */
static size_t pick_day(const struct finder *f, int dayno, struct bits starts, struct pick *list, size_t n, size_t k)
{
	int score[BITS_DAY];
	for (int t = bits_next(&starts, 0, true); t < BITS_DAY; t = bits_next(&starts, t + 1, true))
		(void)best_way(f, dayno, t, &score[t]);
	for (size_t i = 0; i < k && !bits_none(&starts); i++) {
		int best = -1;
		for (int t = bits_next(&starts, 0, true); t < BITS_DAY; t = bits_next(&starts, t + 1, true))
			if (best < 0 || score[t] > score[best])
				best = t;
		n = insert(list, n, k, (struct pick){ score[best], dayno, best });
		int from = best - APART + 1, to = best + APART;
		bits_clear(&starts, from < 0 ? 0 : from, to);
	}
	return n;
}

static struct slots find_best(struct finder *f, size_t k)
{
	const struct slots_plan *p = f->ways;
	struct pick *list = arena_array(p->arena, struct pick, k);
	struct pick soonest = { 0, -1, 0 };
	size_t n = 0;
	int64_t wish = p->request->wish_day.n;
	for (int d = 0; d < p->map.ndays; d++) {
		bool worse_to_come = wish == NONE || p->map.from.n + d >= wish;
		if (n == k && worse_to_come && list[k - 1].score >= slots_score_bound(p, d))
			break;
		struct bits b = day_starts(f, d);
		if (bits_none(&b))
			continue;
		if (soonest.dayno < 0)
			soonest = (struct pick){ 0, d, bits_next(&b, 0, true) };
		n = pick_day(f, d, b, list, n, k);
	}
	struct slots r = {0};
	for (size_t i = 0; i < n; i++) {
		struct slot s = best_slot(f, list[i].dayno, list[i].t, list[i].dayno == soonest.dayno && list[i].t == soonest.t);
		*arena_push(p->arena, &r) = s;
	}
	return r;
}

struct slots slots_find(struct arena *a, const struct slot_world *w, const struct slot_request *q, size_t k)
{
	struct finder f;
	struct slots r = {0};
	if (!finder_make(a, w, q, first_day(w, q), q->last, &f))
		return r;
	if (k > 0)
		return find_best(&f, k);
	for (int d = 0; d < f.ways->map.ndays; d++) {
		struct bits b = day_starts(&f, d);
		for (int t = bits_next(&b, 0, true); t < BITS_DAY; t = bits_next(&b, t + 1, true)) {
			struct slot s = best_slot(&f, d, t, r.n == 0);
			*arena_push(a, &r) = s;
		}
	}
	return r;
}

bool slots_at(struct arena *a, const struct slot_world *w, const struct slot_request *q, day d, int start, struct slot *slot_r)
{
	struct slot_request one = *q;
	struct finder f;
	one.done_by = 0;
	bool past = w->today.n != NONE && (d.n < w->today.n || (d.n == w->today.n && start + RASTER <= w->now));
	if (past || start < 0 || start >= DAY_MINUTES || start % RASTER != 0 || !finder_make(a, w, &one, d, d, &f) || f.ways->map.from.n != d.n)
		return false;
	bool possible = false;
	for (size_t i = 0; i < f.n; i++) {
		struct bits b = slots_plan_day(&f.ways[i], 0);
		slots_plan_bounds(q, d, &b);
		possible = possible || bits_get(&b, start / RASTER);
	}
	if (possible)
		*slot_r = best_slot(&f, 0, start / RASTER, false);
	return possible;
}
