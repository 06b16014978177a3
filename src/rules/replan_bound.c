#include "rules/replan_bound.h"
#include <limits.h>
#include <string.h>

enum { CALL = REPLAN_UNDECIDED + REPLAN_PHONE, HOUR = 60 / RASTER, PATIENCE = 6, FULL_STEP = 256, LEAST_STEP = 8 };

/* others: so many wants after this one would do as well (the same stretch on other places). */
struct want { int cell, from, to, others; };
struct replan_wants { struct want *at; size_t n, cap; struct want *taken; size_t ntaken; };   /* taken: cell of a person's day, units in to */

/* One resource's day. */
struct priced {
	enum resource_kind kind; int what, dayno, lo, hi;   /* a place is one of them here; units lo .. hi - 1 are wanted at all */
	int cap[BITS_DAY], use[BITS_DAY];
	int64_t price[BITS_DAY], best[BITS_DAY], sum[BITS_DAY + 1];
};
/* What one person takes over on a day: paid by the unit, and worth what the unfair points then are. */
struct overtaken { int person, dayno, before, most, units; int64_t price, best, worth; int wanted; };

struct replan_bound {
	struct replan_part *part;
	struct { struct priced *at; size_t n, cap; } cells;
	struct { struct overtaken *at; size_t n, cap; } days;
	int *cell_of, *day_of;                            /* -1 = none yet */
	int64_t top;
	int step, idle;
};

/* ---- what is wanted ---- */

static int *cell_number(const struct replan_bound *b, enum resource_kind kind, int what, int dayno)
{
	const struct replan_world *w = b->part->state->world;
	int before = kind == RESOURCE_PERSON ? 0 : kind == RESOURCE_PLACE ? w->npeople : w->npeople + w->nplaces;
	return &b->cell_of[(size_t)(before + what) * (size_t)w->ndays + (size_t)dayno];
}

/* Places of one class that are free at the same times are as good as one place for several: the first stands for all. */
static int alike(const struct replan_world *w, int place, int dayno)
{
	int i = 0;
	while (w->class_of[i] != w->class_of[place] || memcmp(slots_map_free(&w->places, i, dayno), slots_map_free(&w->places, place, dayno), sizeof(struct bits)) != 0)
		i++;
	return i;
}

static int capacity(const struct replan_state *s, const struct priced *c, int t)
{
	size_t at = ((size_t)c->what * (size_t)s->world->ndays + (size_t)c->dayno) * BITS_DAY + (size_t)t;
	if (c->kind == RESOURCE_PERSON)
		return 1;
	if (c->kind == RESOURCE_PLACE) {
		int n = 0;
		for (int i = c->what; i < s->world->nplaces; i++)
			n += alike(s->world, i, c->dayno) == c->what;
		return n;
	}
	return s->there[at] - s->used[at];
}

static void add_want(struct replan_bound *b, const struct replan_piece *p, int what, int dayno, struct replan_wants *out)
{
	int *number = cell_number(b, p->kind, what, dayno);
	if (*number < 0) {
		*number = (int)b->cells.n;
		*arena_push(b->part->arena, &b->cells) = (struct priced){ .kind = p->kind, .what = what, .dayno = dayno, .lo = BITS_DAY };
	}
	struct priced *c = &b->cells.at[*number];
	c->lo = p->from < c->lo ? p->from : c->lo;
	c->hi = p->to > c->hi ? p->to : c->hi;
	*arena_push(b->part->arena, out) = (struct want){ *number, p->from, p->to, 0 };
}

/* Could the piece be on this place? If that stands free; the present one, free or not. What others hold could be rearranged. */
static bool takes(const struct replan_world *w, const struct replan_piece *p, int place, int dayno)
{
	if (p->place >= 0)
		return p->place == place;
	return (p->only >= 0 ? p->only == place : w->class_of[place] == p->what && alike(w, place, dayno) == place) &&
		bits_next(slots_map_free(&w->places, place, dayno), p->from, false) >= p->to;
}

static void add_place(struct replan_bound *b, const struct replan_piece *p, int dayno, struct replan_wants *out)
{
	const struct replan_world *w = b->part->state->world;
	size_t first = out->n;
	for (int i = 0; i < w->nplaces; i++)
		if (takes(w, p, i, dayno))
			add_want(b, p, alike(w, i, dayno), dayno, out);
	for (size_t i = first; i < out->n; i++)
		out->at[i].others = (int)(out->n - 1 - i);
}

static void add_wants(struct replan_bound *b, const struct replan_option *o, struct replan_wants *out)
{
	for (size_t i = 0; i < o->pieces.n; i++) {
		const struct replan_piece *p = &o->pieces.at[i];
		if (p->from >= p->to || p->to > BITS_DAY)
			continue;
		if (p->kind == RESOURCE_PLACE)
			add_place(b, p, o->dayno, out);
		else
			add_want(b, p, p->what, o->dayno, out);
	}
}

static void add_taken(struct replan_bound *b, const struct replan_option *o, struct replan_wants *out)
{
	const struct replan_state *s = b->part->state;
	out->taken = arena_array(b->part->arena, struct want, o->taken.n + 1);
	for (size_t i = 0; i < o->taken.n; i++) {
		const struct replan_taken *t = &o->taken.at[i];
		size_t at = (size_t)t->person * (size_t)s->world->ndays + (size_t)o->dayno;
		int *number = &b->day_of[at];
		if (*number < 0) {
			*number = (int)b->days.n;
			*arena_push(b->part->arena, &b->days) = (struct overtaken){ .person = t->person, .dayno = o->dayno, .before = s->taken[at] };
		}
		b->days.at[*number].most += t->units;
		out->taken[out->ntaken++] = (struct want){ .cell = *number, .to = t->units };
	}
}

static int *minus_ones(struct arena *a, size_t n)
{
	int *list = arena_buffer(a, (n + 1) * sizeof *list);
	memset(list, 0xff, (n + 1) * sizeof *list);
	return list;
}

struct replan_bound *replan_bound_make(struct replan_part *part)
{
	const struct replan_world *w = part->state->world;
	struct replan_bound *b = arena_new_of(part->arena, struct replan_bound);
	*b = (struct replan_bound){ .part = part, .top = INT64_MIN, .step = FULL_STEP };
	b->cell_of = minus_ones(part->arena, (size_t)(w->npeople + w->nplaces + w->ndevices) * (size_t)w->ndays);
	b->day_of = minus_ones(part->arena, (size_t)w->npeople * (size_t)w->ndays);
	for (int i = 0; i < part->n; i++)
		for (int k = 0; k < part->nlist[i]; k++) {
			struct replan_candidate *c = &part->list[i][k];
			struct replan_wants *wants = arena_new_of(part->arena, struct replan_wants);
			const struct replan_option *o = c->option < 0 ? NULL : &part->state->items[part->items[i]].options.at[c->option];
			if (o != NULL) {
				add_wants(b, o, wants);
				add_taken(b, o, wants);
			}
			c->wants = wants;
		}
	for (size_t i = 0; i < b->cells.n; i++)
		for (int t = b->cells.at[i].lo; t < b->cells.at[i].hi; t++)
			b->cells.at[i].cap[t] = capacity(part->state, &b->cells.at[i], t);
	return b;
}

/* ---- a round ---- */

/* The cheapest of a want and the others that would do as well; its number. */
static size_t cheapest(const struct replan_bound *b, const struct replan_wants *wants, size_t i, int64_t *price_r)
{
	size_t best = i, end = i + (size_t)wants->at[i].others;
	*price_r = INT64_MAX;
	for (; i <= end; i++) {
		const struct want *w = &wants->at[i];
		int64_t price = b->cells.at[w->cell].sum[w->to] - b->cells.at[w->cell].sum[w->from];
		if (price >= *price_r)
			continue;
		*price_r = price;
		best = i;
	}
	return best;
}

static int64_t reduced(const struct replan_bound *b, int item, const struct replan_candidate *c)
{
	int cost = c->option < 0 ? CALL : b->part->state->items[item].options.at[c->option].cost;
	int64_t sum = (int64_t)cost * REPLAN_SCALE;
	for (size_t i = 0; i < c->wants->n; i += (size_t)c->wants->at[i].others + 1) {
		int64_t price;
		cheapest(b, c->wants, i, &price);
		sum += price;
	}
	for (size_t i = 0; i < c->wants->ntaken; i++)
		sum += b->days.at[c->wants->taken[i].cell].price * c->wants->taken[i].to;
	return sum;
}

/* The least of unfair points less the price, over all that could be taken over; convex, so at an end of one of its parts. */
static void weigh(const struct replan_world *w, struct overtaken *d)
{
	int room = w->headroom[d->person * w->ndays + d->dayno] - d->before;
	int now = replan_world_unfair(w, d->person, d->dayno, d->before);
	d->worth = 0;
	d->wanted = 0;
	for (int i = 0; i <= REPLAN_UNFAIR_PARTS; i++) {
		int end = i < REPLAN_UNFAIR_PARTS ? room + replan_world_unfair_from[i] : d->most, y = end < 0 ? 0 : end > d->most ? d->most : end;
		int64_t worth = (int64_t)(replan_world_unfair(w, d->person, d->dayno, d->before + y) - now) * REPLAN_SCALE - d->price * y;
		if (worth >= d->worth)
			continue;
		d->worth = worth;
		d->wanted = y;
	}
}

static int64_t set_worth(struct replan_bound *b)
{
	int64_t worth = 0;
	for (size_t i = 0; i < b->cells.n; i++) {
		struct priced *c = &b->cells.at[i];
		for (int t = c->lo; t < c->hi; t++) {
			c->sum[t + 1] = c->sum[t] + c->price[t];
			worth -= c->price[t] * c->cap[t];
			c->use[t] = 0;
		}
	}
	for (size_t i = 0; i < b->days.n; i++) {
		weigh(b->part->state->world, &b->days.at[i]);
		worth += b->days.at[i].worth;
		b->days.at[i].units = 0;
	}
	return worth;
}

static void want(struct replan_bound *b, const struct replan_wants *w)
{
	for (size_t i = 0; i < w->n; i += (size_t)w->at[i].others + 1) {
		int64_t price;
		const struct want *best = &w->at[cheapest(b, w, i, &price)];
		for (int t = best->from; t < best->to; t++)
			b->cells.at[best->cell].use[t]++;
	}
	for (size_t i = 0; i < w->ntaken; i++)
		b->days.at[w->taken[i].cell].units += w->taken[i].to;
}

static int64_t price_all(struct replan_bound *b)
{
	struct replan_part *p = b->part;
	p->worth = set_worth(b);
	int64_t bound = p->worth;
	for (int i = 0; i < p->n; i++) {
		struct replan_candidate *best = NULL;
		for (int k = 0; k < p->nlist[i]; k++) {
			struct replan_candidate *c = &p->list[i][k];
			c->reduced = reduced(b, p->items[i], c);
			if (best == NULL || c->reduced < best->reduced)
				best = c;
		}
		bound += best->reduced;
		want(b, best->wants);
	}
	return bound;
}

/* How far the wishes are from what there is. */
static int64_t distance(const struct replan_bound *b)
{
	int64_t sum = 0;
	for (size_t i = 0; i < b->cells.n; i++) {
		const struct priced *c = &b->cells.at[i];
		for (int t = c->lo; t < c->hi; t++) {
			int over = c->use[t] - c->cap[t];
			if (over > 0 || (over < 0 && c->price[t] > 0))
				sum += over * over;
		}
	}
	for (size_t i = 0; i < b->days.n; i++) {
		int64_t over = b->days.at[i].units - b->days.at[i].wanted;
		sum += (over * over + HOUR * HOUR - 1) / (HOUR * HOUR);
	}
	return sum;
}

static int64_t between(int64_t x, int64_t least, int64_t most) { return x < least ? least : x > most ? most : x; }

static void move_prices(struct replan_bound *b, int64_t step)
{
	for (size_t i = 0; i < b->cells.n; i++) {
		struct priced *c = &b->cells.at[i];
		for (int t = c->lo; t < c->hi; t++)
			c->price[t] = between(c->price[t] + step * (c->use[t] - c->cap[t]), 0, (int64_t)CALL * REPLAN_SCALE);
	}
	for (size_t i = 0; i < b->days.n; i++) {
		struct overtaken *d = &b->days.at[i];
		d->price = between(d->price + step * (d->units - d->wanted) / (HOUR * HOUR), 0, REPLAN_UNFAIR_PARTS * REPLAN_SCALE);
	}
}

static void remember(struct replan_bound *b)
{
	for (size_t i = 0; i < b->cells.n; i++)
		memcpy(b->cells.at[i].best, b->cells.at[i].price, sizeof b->cells.at[i].best);
	for (size_t i = 0; i < b->days.n; i++)
		b->days.at[i].best = b->days.at[i].price;
}

int64_t replan_bound_round(struct replan_bound *b, int64_t upper, bool *more_r)
{
	int64_t bound = price_all(b);
	if (bound > b->top) {
		b->top = bound;
		b->idle = 0;
		remember(b);
	} else if (++b->idle >= PATIENCE) {
		b->idle = 0;
		b->step = b->step * 2 / 3;
	}
	int64_t far = distance(b), gap = upper * REPLAN_SCALE - bound;
	*more_r = far > 0 && b->top <= (upper - 1) * REPLAN_SCALE && b->step >= LEAST_STEP;
	if (*more_r)
		move_prices(b, gap * b->step / (FULL_STEP * far));
	return bound;
}

int64_t replan_bound_best(struct replan_bound *b)
{
	for (size_t i = 0; i < b->cells.n; i++)
		memcpy(b->cells.at[i].price, b->cells.at[i].best, sizeof b->cells.at[i].best);
	for (size_t i = 0; i < b->days.n; i++)
		b->days.at[i].price = b->days.at[i].best;
	return price_all(b);
}
