#include "rules/replan_state.h"
#include <stdlib.h>
#include <string.h>

enum { CALL = REPLAN_UNDECIDED + REPLAN_PHONE, MOST_TRIES = 2000 };

static size_t cell(const struct replan_state *s, int what, int dayno)
{
	return (size_t)what * (size_t)s->world->ndays + (size_t)dayno;
}

static bool is_clear(const struct bits *b, int from, int to) { return from >= to || bits_next(b, from, true) >= to; }
static bool is_free(const struct bits *b, int from, int to) { return bits_next(b, from, false) >= to; }

static bool place_free(const struct replan_state *s, int place, const struct replan_piece *p, int dayno)
{
	if (p->place >= 0)
		return p->place == place && is_clear(&s->held[cell(s, place, dayno)], p->from, p->to);
	return (p->only < 0 ? s->world->class_of[place] == p->what : p->only == place) && is_free(slots_map_free(&s->world->places, place, dayno), p->from, p->to) &&
		is_clear(&s->held[cell(s, place, dayno)], p->from, p->to);
}

static int first_place(const struct replan_state *s, const struct replan_piece *p, int dayno)
{
	for (int i = 0; i < s->world->nplaces; i++)
		if (place_free(s, i, p, dayno))
			return i;
	return -1;
}

/* Is there enough of the piece's pool for those of the option's pieces that want it at once? */
static bool pool_suffices(const struct replan_state *s, const struct replan_option *o, size_t piece)
{
	const struct replan_piece *p = &o->pieces.at[piece];
	size_t at = cell(s, replan_state_pool(s->world, p), o->dayno) * BITS_DAY;
	for (int t = p->from; t < p->to && t < BITS_DAY; t++) {
		int wanted = 0;
		for (size_t i = 0; i <= piece; i++) {
			const struct replan_piece *q = &o->pieces.at[i];
			wanted += q->kind == p->kind && q->what == p->what && q->from <= t && t < q->to;
		}
		if (s->used[at + (size_t)t] + wanted > s->there[at + (size_t)t])
			return false;
	}
	return true;
}

bool replan_state_fits(const struct replan_state *s, const struct replan_option *o, bool places)
{
	for (size_t i = 0; i < o->pieces.n; i++) {
		const struct replan_piece *p = &o->pieces.at[i];
		if (p->kind == RESOURCE_PERSON && !is_clear(&s->busy[cell(s, p->what, o->dayno)], p->from, p->to))
			return false;
		if (p->kind != RESOURCE_PERSON && p->place < 0 && !is_clear(&s->full[cell(s, replan_state_pool(s->world, p), o->dayno)], p->from, p->to))
			return false;
		if (o->strands && p->kind != RESOURCE_PERSON && !pool_suffices(s, o, i))
			return false;
		if (places && p->kind == RESOURCE_PLACE && first_place(s, p, o->dayno) < 0)
			return false;
	}
	return true;
}

static void hold_place(struct replan_state *s, int place, const struct replan_piece *p, int dayno, bool on)
{
	struct bits *b = &s->held[cell(s, place, dayno)];
	if (on)
		bits_set(b, p->from, p->to);
	else
		bits_clear(b, p->from, p->to);
}

/* ---- places: a run keeps one place, runs of a class and day share its places ---- */

struct run { const struct replan_piece *piece; int *place; };
struct runs { struct run *at; size_t n, cap; int dayno, tries; };

static int by_from(const void *a, const void *b)
{
	const struct run *x = a, *y = b;
	if ((x->piece->place >= 0) != (y->piece->place >= 0))
		return x->piece->place >= 0 ? -1 : 1;
	if (x->piece->from != y->piece->from)
		return x->piece->from - y->piece->from;
	return x->piece->to - y->piece->to;
}

static void add_runs(const struct replan_state *s, const struct replan_item *item, const struct replan_option *o, int class, struct runs *runs)
{
	for (size_t i = 0; i < o->pieces.n; i++)
		if (o->pieces.at[i].kind == RESOURCE_PLACE && o->pieces.at[i].what == class)
			*arena_push(s->world->arena, runs) = (struct run){ &o->pieces.at[i], &item->places[i] };
}

static bool arrange(struct replan_state *s, struct runs *runs, size_t n)
{
	if (n == runs->n)
		return true;
	for (int i = 0; i < s->world->nplaces; i++) {
		struct run *run = &runs->at[n];
		if (!place_free(s, i, run->piece, runs->dayno))
			continue;
		if (runs->tries-- <= 0)
			return false;
		hold_place(s, i, run->piece, runs->dayno, true);
		*run->place = i;
		if (arrange(s, runs, n + 1))
			return true;
		hold_place(s, i, run->piece, runs->dayno, false);
	}
	return false;
}

static void clear_class(struct replan_state *s, int class, int dayno)
{
	for (int i = 0; i < s->world->nplaces; i++)
		if (s->world->class_of[i] == class)
			s->held[cell(s, i, dayno)] = (struct bits){0};
}

/* All runs of the class on that day anew, the item's new ones among them. If that fails all is as it was. */
static bool rearrange(struct replan_state *s, int item, const struct replan_option *o, int class)
{
	struct runs runs = { .dayno = o->dayno, .tries = MOST_TRIES };
	for (int i = 0; i < s->nitems; i++) {
		const struct replan_option *other = replan_state_chosen(s, i);
		if (i != item && other != NULL && other->dayno == o->dayno)
			add_runs(s, &s->items[i], other, class, &runs);
	}
	add_runs(s, &s->items[item], o, class, &runs);
	int *before = arena_array(s->world->arena, int, runs.n + 1);
	struct run *as_was = arena_array(s->world->arena, struct run, runs.n + 1);
	memcpy(as_was, runs.at, runs.n * sizeof *as_was);
	for (size_t i = 0; i < runs.n; i++)
		before[i] = *runs.at[i].place;
	clear_class(s, class, o->dayno);
	qsort(runs.at, runs.n, sizeof *runs.at, by_from);
	if (arrange(s, &runs, 0))
		return true;
	clear_class(s, class, o->dayno);
	for (size_t i = 0; i < runs.n; i++) {
		*as_was[i].place = before[i];
		if (before[i] >= 0)
			hold_place(s, before[i], as_was[i].piece, o->dayno, true);
	}
	return false;
}

static void drop_places(struct replan_state *s, int item, const struct replan_option *o)
{
	for (size_t i = 0; i < o->pieces.n; i++) {
		int *place = &s->items[item].places[i];
		if (o->pieces.at[i].kind == RESOURCE_PLACE && *place >= 0)
			hold_place(s, *place, &o->pieces.at[i], o->dayno, false);
		*place = -1;
	}
}

static bool give_places(struct replan_state *s, int item, const struct replan_option *o, bool may_rearrange)
{
	for (size_t i = 0; i < o->pieces.n; i++)
		s->items[item].places[i] = -1;
	for (size_t i = 0; i < o->pieces.n; i++) {
		const struct replan_piece *p = &o->pieces.at[i];
		if (p->kind != RESOURCE_PLACE || s->items[item].places[i] >= 0)
			continue;
		int place = first_place(s, p, o->dayno);
		if (place >= 0) {
			hold_place(s, place, p, o->dayno, true);
			s->items[item].places[i] = place;
		} else if (!may_rearrange || !rearrange(s, item, o, p->what)) {
			drop_places(s, item, o);
			return false;
		}
	}
	return true;
}

/* ---- putting and taking ---- */

/* A present place may lie on what is taken: it does not count in its class. */
static void hold_pool(struct replan_state *s, const struct replan_piece *p, int dayno, int n)
{
	size_t at = cell(s, replan_state_pool(s->world, p), dayno);
	struct bits *full = &s->full[at];
	int16_t *used = &s->used[at * BITS_DAY], *there = &s->there[at * BITS_DAY];
	if (p->place >= 0)
		return;
	bits_clear(full, p->from, p->to);
	for (int t = p->from; t < p->to && t < BITS_DAY; t++) {
		used[t] = (int16_t)(used[t] + n);
		full->w[t >> 6] |= (uint64_t)(used[t] >= there[t]) << (t & 63);
	}
}

static void hold(struct replan_state *s, const struct replan_option *o, bool on)
{
	for (size_t i = 0; i < o->pieces.n; i++) {
		const struct replan_piece *p = &o->pieces.at[i];
		if (p->kind == RESOURCE_PERSON && on)
			bits_set(&s->busy[cell(s, p->what, o->dayno)], p->from, p->to);
		else if (p->kind == RESOURCE_PERSON)
			bits_clear(&s->busy[cell(s, p->what, o->dayno)], p->from, p->to);
		else
			hold_pool(s, p, o->dayno, on ? 1 : -1);
	}
}

/* How many more unfair points there are with these units, and writes them down if told to. */
static int taken_points(const struct replan_state *s, const struct replan_takens *takens, int dayno, int sign)
{
	int sum = 0;
	for (size_t i = 0; i < takens->n; i++) {
		const struct replan_taken *t = &takens->at[i];
		int units = s->taken[cell(s, t->person, dayno)];
		sum += replan_world_unfair(s->world, t->person, dayno, units + sign * t->units) - replan_world_unfair(s->world, t->person, dayno, units);
	}
	return sum;
}

static void take_over(struct replan_state *s, const struct replan_takens *takens, int dayno, int sign)
{
	s->cost += taken_points(s, takens, dayno, sign);
	for (size_t i = 0; i < takens->n; i++)
		s->taken[cell(s, takens->at[i].person, dayno)] += sign * takens->at[i].units;
}

int replan_state_unfair(const struct replan_state *s, const struct replan_option *o)
{
	return taken_points(s, &o->taken, o->dayno, 1);
}

static void put(struct replan_state *s, int item, int option)
{
	const struct replan_option *o = &s->items[item].options.at[option];
	hold(s, o, true);
	take_over(s, &o->taken, o->dayno, 1);
	s->cost += o->cost - CALL;
	s->items[item].chosen = option;
}

bool replan_state_put(struct replan_state *s, int item, int option, bool may_rearrange)
{
	const struct replan_option *o = &s->items[item].options.at[option];
	if (!replan_state_fits(s, o, false) || !give_places(s, item, o, may_rearrange))
		return false;
	put(s, item, option);
	return true;
}

bool replan_state_places(struct replan_state *s, int item, const struct replan_option *o, int *places_r)
{
	if (!replan_state_fits(s, o, true) || !give_places(s, item, o, false))
		return false;
	for (size_t i = 0; i < o->pieces.n; i++)
		places_r[i] = s->items[item].places[i];
	drop_places(s, item, o);
	return true;
}

void replan_state_take(struct replan_state *s, int item)
{
	const struct replan_option *o = replan_state_chosen(s, item);
	if (o == NULL)
		return;
	drop_places(s, item, o);
	hold(s, o, false);
	take_over(s, &o->taken, o->dayno, -1);
	s->cost += CALL - o->cost;
	s->items[item].chosen = -1;
}

/* Of a device at least one piece, for whoever has it already. */
static void make_pools(struct arena *a, struct replan_state *s)
{
	const struct replan_world *w = s->world;
	size_t n = (size_t)(w->ndevices + w->nclasses) * (size_t)w->ndays, devices = (size_t)w->ndevices * (size_t)w->ndays * BITS_DAY;
	s->used = arena_array(a, int16_t, n * BITS_DAY + 1);
	s->there = arena_array(a, int16_t, n * BITS_DAY + 1);
	s->full = arena_array(a, struct bits, n + 1);
	for (size_t i = 0; i < devices; i++)
		s->there[i] = w->left[i] > 1 ? w->left[i] : 1;
	for (int i = 0; i < w->nplaces; i++)
		for (int d = 0; d < w->ndays; d++)
			for (int t = 0; t < BITS_DAY; t++)
				s->there[devices + ((size_t)w->class_of[i] * (size_t)w->ndays + (size_t)d) * BITS_DAY + (size_t)t] += bits_get(slots_map_free(&w->places, i, d), t);
	for (size_t i = 0; i < n * BITS_DAY; i++)
		s->full[i / BITS_DAY].w[i % BITS_DAY >> 6] |= (uint64_t)(s->there[i] <= 0) << (i % BITS_DAY & 63);
}

struct replan_state replan_state_make(struct arena *a, const struct replan_world *w, struct replan_item *items, int n)
{
	size_t days = (size_t)w->ndays;
	struct replan_state s = { .world = w, .items = items, .nitems = n };
	s.busy = arena_array(a, struct bits, (size_t)w->npeople * days + 1);
	s.held = arena_array(a, struct bits, (size_t)w->nplaces * days + 1);
	make_pools(a, &s);
	s.taken = arena_array(a, int, (size_t)w->npeople * days + 1);
	for (int i = 0; i < n; i++) {
		size_t most = 0;
		for (size_t k = 0; k < items[i].row->nsteps; k++)
			most += items[i].row->steps[k].nphases * 3;
		if (items[i].row->now != NULL)
			most += items[i].row->now->nclaims * 3;
		items[i].places = arena_array(a, int, most + 1);
		s.npieces = (int)most > s.npieces ? (int)most : s.npieces;
		if (!items[i].fixed)
			s.cost += CALL;
	}
	return s;
}

void replan_state_count(struct replan_state *s, int item, const struct slot *slot)
{
	struct replan_takens takens = {0};
	int64_t dayno = slot->day.n - s->world->from.n;
	s->cost += replan_options_choice(s->world, &s->items[item], slot).price.total;
	replan_options_taken(s->world, &s->items[item], slot, &takens);
	if (dayno >= 0 && dayno < s->world->ndays)
		take_over(s, &takens, (int)dayno, 1);
}

struct replan_saved replan_state_saved(struct arena *a, const struct replan_state *s)
{
	struct replan_saved saved = { .chosen = arena_array(a, int, (size_t)s->nitems + 1), .places = arena_array(a, int *, (size_t)s->nitems + 1) };
	for (int i = 0; i < s->nitems; i++)
		saved.places[i] = arena_array(a, int, (size_t)s->npieces + 1);
	return saved;
}

void replan_state_save(const struct replan_state *s, struct replan_saved *saved)
{
	for (int i = 0; i < s->nitems; i++) {
		const struct replan_option *o = replan_state_chosen(s, i);
		saved->chosen[i] = s->items[i].chosen;
		for (size_t k = 0; o != NULL && k < o->pieces.n; k++)
			saved->places[i][k] = s->items[i].places[k];
	}
}

void replan_state_restore_item(struct replan_state *s, const struct replan_saved *saved, int item)
{
	if (saved->chosen[item] < 0)
		return;
	put(s, item, saved->chosen[item]);
	const struct replan_option *o = replan_state_chosen(s, item);
	for (size_t k = 0; k < o->pieces.n; k++) {
		s->items[item].places[k] = saved->places[item][k];
		if (saved->places[item][k] >= 0)
			hold_place(s, saved->places[item][k], &o->pieces.at[k], o->dayno, true);
	}
}

void replan_state_restore(struct replan_state *s, const struct replan_saved *saved)
{
	for (int i = 0; i < s->nitems; i++)
		replan_state_take(s, i);
	for (int i = 0; i < s->nitems; i++)
		replan_state_restore_item(s, saved, i);
}

/* ---- the end ---- */

static bool is_present(const struct replan_state *s, const struct replan_item *item, int place, int from, int to)
{
	const struct slot *now = item->row->now;
	for (size_t i = 0; i < now->nclaims; i++)
		if (now->claims[i].place == resource_id(s->world->places.resources[place]) && now->claims[i].start < to * RASTER && now->claims[i].end > from * RASTER)
			return true;
	return false;
}

void replan_state_settle_places(struct replan_state *s)
{
	for (int n = 0; n < s->nitems; n++) {
		const struct replan_option *o = replan_state_chosen(s, n);
		for (size_t i = 0; o != NULL && i < o->pieces.n; i++) {
			const struct replan_piece *p = &o->pieces.at[i];
			int *place = &s->items[n].places[i];
			if (p->kind != RESOURCE_PLACE || p->place >= 0 || is_present(s, &s->items[n], *place, p->from, p->to))
				continue;
			hold_place(s, *place, p, o->dayno, false);
			for (int k = 0; k < s->world->nplaces; k++)
				if (place_free(s, k, p, o->dayno) && is_present(s, &s->items[n], k, p->from, p->to))
					*place = k;
			hold_place(s, *place, p, o->dayno, true);
		}
	}
}
