#include "rules/slots.h"
#include "rules/slots_score.h"

enum { APART = 30 / RASTER };                     /* proposals of one day: 15:00 and 15:05 are the same to a customer */

/* The starts that the request's window and the clock allow on a day. */
static struct bits window(const struct slot_world *w, const struct slot_request *q, day d)
{
	struct bits b = {0};
	int from = (q->earliest + RASTER - 1) / RASTER, to = q->latest > 0 && q->latest < DAY_MINUTES ? q->latest / RASTER + 1 : BITS_DAY;
	if (q->weekdays != 0 && !(q->weekdays & 1u << (unsigned)((d.n + 3) % 7 + 1)))
		return b;
	if (w->today.n != NONE && d.n < w->today.n)
		return b;
	if (w->today.n != NONE && d.n == w->today.n && from < (w->now + RASTER - 1) / RASTER)
		from = (w->now + RASTER - 1) / RASTER;
	if (from < to)
		bits_set(&b, from < 0 ? 0 : from, to);
	return b;
}

/* The first day that can be offered at all. */
static day first_day(const struct slot_world *w, const struct slot_request *q)
{
	day first = q->first.n != NONE && q->first.n > w->from.n ? q->first : w->from;
	return w->today.n != NONE && w->today.n > first.n ? w->today : first;
}

static struct bits day_starts(struct slots_plan *p, int dayno)
{
	struct bits b = window(p->world, p->request, (day){ p->map.from.n + dayno });
	if (bits_none(&b))
		return b;
	struct bits all = slots_plan_day(p, dayno);
	bits_and(&b, &all);
	return b;
}

size_t slots_starts(struct arena *a, const struct slot_world *w, const struct slot_request *q, struct slot_start **starts_r)
{
	struct slots_plan p;
	struct { struct slot_start *at; size_t n, cap; } list = {0};
	*starts_r = NULL;
	if (!slots_plan_make(a, w, q, first_day(w, q), q->last, &p))
		return 0;
	for (int d = 0; d < p.map.ndays; d++) {
		struct bits b = day_starts(&p, d);
		for (int t = bits_next(&b, 0, true); t < BITS_DAY; t = bits_next(&b, t + 1, true))
			*arena_push(a, &list) = (struct slot_start){ { p.map.from.n + d }, t * RASTER };
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
static size_t pick_day(struct slots_plan *p, int dayno, struct bits starts, struct pick *list, size_t n, size_t k)
{
	int score[BITS_DAY];
	for (int t = bits_next(&starts, 0, true); t < BITS_DAY; t = bits_next(&starts, t + 1, true))
		score[t] = slots_score(p, dayno, t, p->option);
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

static void push(struct slots_plan *p, struct slots *list, struct pick pick, bool soonest)
{
	struct slot s = slots_score_slot(p, pick.dayno, pick.t, soonest);
	*arena_push(p->arena, list) = s;
}

static struct slots find_best(struct slots_plan *p, size_t k)
{
	struct pick *list = arena_array(p->arena, struct pick, k);
	struct pick soonest = { 0, -1, 0 };
	size_t n = 0;
	int64_t wish = p->request->wish_day.n;
	for (int d = 0; d < p->map.ndays; d++) {
		bool worse_to_come = wish == NONE || p->map.from.n + d >= wish;
		if (n == k && worse_to_come && list[k - 1].score >= slots_score_bound(p, d))
			break;
		struct bits b = day_starts(p, d);
		if (bits_none(&b))
			continue;
		if (soonest.dayno < 0)
			soonest = (struct pick){ 0, d, bits_next(&b, 0, true) };
		n = pick_day(p, d, b, list, n, k);
	}
	struct slots r = {0};
	for (size_t i = 0; i < n; i++)
		push(p, &r, list[i], list[i].dayno == soonest.dayno && list[i].t == soonest.t);
	return r;
}

struct slots slots_find(struct arena *a, const struct slot_world *w, const struct slot_request *q, size_t k)
{
	struct slots_plan p;
	struct slots r = {0};
	if (!slots_plan_make(a, w, q, first_day(w, q), q->last, &p))
		return r;
	if (k > 0)
		return find_best(&p, k);
	for (int d = 0; d < p.map.ndays; d++) {
		struct bits b = day_starts(&p, d);
		for (int t = bits_next(&b, 0, true); t < BITS_DAY; t = bits_next(&b, t + 1, true))
			push(&p, &r, (struct pick){ 0, d, t }, r.n == 0);
	}
	return r;
}

bool slots_at(struct arena *a, const struct slot_world *w, const struct slot_request *q, day d, int start, struct slot *slot_r)
{
	struct slot_request one = *q;
	struct slots_plan p;
	one.done_by = 0;
	bool past = w->today.n != NONE && (d.n < w->today.n || (d.n == w->today.n && start + RASTER <= w->now));
	if (past || start < 0 || start >= DAY_MINUTES || start % RASTER != 0 || !slots_plan_make(a, w, &one, d, d, &p) || p.map.from.n != d.n)
		return false;
	struct bits b = slots_plan_day(&p, 0);
	if (!bits_get(&b, start / RASTER))
		return false;
	*slot_r = slots_score_slot(&p, 0, start / RASTER, false);
	return true;
}
