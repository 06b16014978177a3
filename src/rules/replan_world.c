#include "rules/replan_world.h"
#include "rules/breaks.h"
#include <stdlib.h>
#include <string.h>

enum { HOUR = 60 / RASTER };

struct spans { struct worktime_span *at; size_t n, cap; };
struct uses { struct use *at; size_t n, cap; };
struct ids { int64_t *at; size_t n, cap; };

static bool covers(const struct replan_absence *a, int64_t staff, day d)
{
	return a->staff == staff && a->from.n <= d.n && (a->to.n == NONE || a->to.n >= d.n) && (a->start < 0 || a->start < a->end);
}

static struct span hole_of(const struct replan_absence *a)
{
	return a->start < 0 ? (struct span){ 0, DAY_MINUTES } : (struct span){ a->start, a->end };
}

bool replan_world_away(const struct replan_world *w, int64_t staff, day d, int start, int end)
{
	const struct replan_question *q = w->question;
	for (size_t i = 0; i < q->nabsences; i++) {
		struct span hole = hole_of(&q->absences[i]);
		if (covers(&q->absences[i], staff, d) && hole.start < end && hole.end > start)
			return true;
	}
	return false;
}

/* What is left of a span after the absences from number i on; the parts taken away are shown as absence. */
static void cut(struct arena *a, const struct replan_question *q, struct worktime_span s, size_t i, struct spans *out)
{
	while (i < q->nabsences && !covers(&q->absences[i], s.staff, s.day))
		i++;
	if (s.start >= s.end)
		return;
	if (i == q->nabsences) {
		*arena_push(a, out) = s;
		return;
	}
	struct span hole = hole_of(&q->absences[i]);
	struct worktime_span before = s, after = s, gone = s;
	before.end = hole.start < s.end ? hole.start : s.end;
	after.start = hole.end > s.start ? hole.end : s.start;
	gone.start = hole.start > s.start ? hole.start : s.start;
	gone.end = hole.end < s.end ? hole.end : s.end;
	gone.kind = WORKTIME_ABSENT;
	cut(a, q, before, i + 1, out);
	if (after.start > before.end)
		cut(a, q, after, i + 1, out);
	if (gone.start < gone.end)
		*arena_push(a, out) = gone;
}

/* What is left of a span beside the holes from number i on. */
static void leave(struct arena *a, struct worktime_span s, const struct spans *holes, size_t i, struct spans *out)
{
	while (i < holes->n && (holes->at[i].staff != s.staff || holes->at[i].day.n != s.day.n || holes->at[i].start >= s.end || holes->at[i].end <= s.start))
		i++;
	if (i == holes->n) {
		if (s.start < s.end)
			*arena_push(a, out) = s;
		return;
	}
	struct worktime_span before = s, after = s;
	before.end = holes->at[i].start;
	after.start = holes->at[i].end;
	leave(a, before, holes, i + 1, out);
	leave(a, after, holes, i + 1, out);
}

/* Where the person's breaks that may move lie now, as breaks that stay. */
static void settle_day(struct arena *a, const struct slot_world *w, int64_t staff, day d, struct spans *out)
{
	struct breaks all = breaks_place(a, w->work, w->nwork, w->uses, w->nuses, staff, d);
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].moves)
			*arena_push(a, out) = (struct worktime_span){ .day = d, .staff = staff, .start = all.at[i].now.start, .end = all.at[i].now.end, .kind = WORKTIME_BREAK };
}

static bool settled(const struct spans *list, const struct worktime_span *s)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].staff == s->staff && list->at[i].day.n == s->day.n)
			return true;
	return false;
}

/* The world's spans, breaks that may move where they lie now; their own minutes are work then. */
static struct spans settle(struct arena *a, const struct slot_world *w)
{
	struct spans breaks = {0}, holes = {0}, out = {0};
	for (size_t i = 0; i < w->nwork; i++)
		if (breaks_moves(&w->work[i]) && !settled(&breaks, &w->work[i]))
			settle_day(a, w, w->work[i].staff, w->work[i].day, &breaks);
	for (size_t i = 0; i < breaks.n; i++)
		*arena_push(a, &holes) = breaks.at[i];
	for (size_t i = 0; i < w->nwork; i++)
		if (w->work[i].kind == WORKTIME_ABSENT)
			*arena_push(a, &holes) = w->work[i];
	for (size_t i = 0; i < w->nwork; i++) {
		struct worktime_span s = w->work[i];
		bool moves = breaks_moves(&s);
		s.kind = moves ? WORKTIME_WORK : s.kind;
		s.move_from = s.move_to = 0;
		if (s.kind == WORKTIME_WORK)
			leave(a, s, &holes, 0, &out);
		else
			*arena_push(a, &out) = s;
	}
	for (size_t i = 0; i < breaks.n; i++)
		*arena_push(a, &out) = breaks.at[i];
	return out;
}

static bool any_moves(const struct slot_world *w)
{
	for (size_t i = 0; i < w->nwork; i++)
		if (breaks_moves(&w->work[i]))
			return true;
	return false;
}

static struct spans work_left(struct arena *a, const struct replan_question *q, const struct slot_world *w)
{
	struct spans out = {0};
	for (size_t i = 0; i < w->nwork; i++) {
		const struct worktime_span *s = &w->work[i];
		if (s->kind == WORKTIME_WORK)
			cut(a, q, *s, 0, &out);
		else
			*arena_push(a, &out) = *s;
	}
	return out;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void sort_once(struct arena *a, struct ids *ids)
{
	size_t n = 0;
	if (ids->n == 0)
		ids->at = arena_new_of(a, int64_t);       /* nothing, but somewhere */
	qsort(ids->at, ids->n, sizeof *ids->at, by_number);
	for (size_t i = 0; i < ids->n; i++)
		if (n == 0 || ids->at[n - 1] != ids->at[i])
			ids->at[n++] = ids->at[i];
	ids->n = n;
}

static void hold(struct arena *a, int64_t appointment, const struct slot *s, struct uses *out)
{
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		const int64_t id[] = { c->staff, c->place, c->device };
		for (int k = 0; k < 3; k++)
			if (id[k] != 0 && c->start < c->end)
				*arena_push(a, out) = (struct use){ .day = s->day, .start = c->start, .end = c->end, .appointment = appointment,
					.resource = resource_of((enum resource_kind)(RESOURCE_PERSON + k), id[k]) };
	}
}

static struct uses fixed_uses(struct arena *a, const struct replan_question *q, const struct replan_row *const *rows, const struct slot *const *held, size_t n)
{
	struct ids moving = {0};
	struct uses out = {0};
	for (size_t i = 0; i < n; i++)
		*arena_push(a, &moving) = rows[i]->appointment;
	sort_once(a, &moving);
	for (size_t i = 0; i < q->world.nuses; i++) {
		const struct use *u = &q->world.uses[i];
		if (bsearch(&u->appointment, moving.at, moving.n, sizeof *moving.at, by_number) == NULL)
			*arena_push(a, &out) = *u;
	}
	for (size_t i = 0; i < n; i++)
		if (held[i] != NULL)
			hold(a, rows[i]->appointment, held[i], &out);
	return out;
}

/* A pool is met where nothing of it is left beside a fixed row's claim. */
static bool device_meets(const struct replan_world *w, const struct slot *s, const struct slot_claim *x, const struct slot_claim *y)
{
	int device = x->device != 0 && x->device == y->device ? replan_world_device(w, x->device) : -1;
	int64_t dayno = s->day.n - w->from.n;
	int from = x->start > y->start ? x->start : y->start, to = x->end < y->end ? x->end : y->end;
	for (int t = from / RASTER; device >= 0 && dayno >= 0 && dayno < w->ndays && t < (to + RASTER - 1) / RASTER && t < BITS_DAY; t++)
		if (w->left[(device * w->ndays + dayno) * BITS_DAY + t] < 1)
			return true;
	return false;
}

static bool slots_meet(const struct replan_world *w, const struct slot *a, const struct slot *b)
{
	for (size_t i = 0; i < a->nclaims && a->day.n == b->day.n; i++)
		for (size_t k = 0; k < b->nclaims; k++) {
			const struct slot_claim *x = &a->claims[i], *y = &b->claims[k];
			if (x->start < y->end && y->start < x->end && ((x->staff != 0 && x->staff == y->staff) || (x->place != 0 && x->place == y->place) || device_meets(w, a, x, y)))
				return true;
		}
	return false;
}

bool replan_world_meets_fixed(const struct replan_world *w, const struct slot *s)
{
	for (size_t i = 0; i < w->nheld; i++)
		if (w->held[i] != NULL && slots_meet(w, s, w->held[i]))
			return true;
	return false;
}

static void people_of_slot(struct arena *a, const struct slot *s, struct ids *ids)
{
	for (size_t i = 0; s != NULL && i < s->nclaims; i++)
		if (s->claims[i].staff != 0)
			*arena_push(a, ids) = resource_of(RESOURCE_PERSON, s->claims[i].staff);
}

static struct ids people_named(struct arena *a, const struct replan_row *const *rows, size_t n)
{
	struct ids ids = {0};
	for (size_t i = 0; i < n; i++) {
		people_of_slot(a, rows[i]->now, &ids);
		people_of_slot(a, rows[i]->pinned, &ids);
		for (size_t k = 0; k < rows[i]->nsteps; k++)
			for (size_t c = 0; c < rows[i]->steps[k].ncandidates; c++)
				*arena_push(a, &ids) = resource_of(RESOURCE_PERSON, rows[i]->steps[k].candidates[c].staff);
	}
	sort_once(a, &ids);
	return ids;
}

/* The days from the first to the last that a row may lie on, inside the world's. */
static void set_days(struct replan_world *w, const struct replan_row *const *rows, size_t n)
{
	const struct replan_question *q = w->question;
	int64_t first = INT64_MAX, last = INT64_MIN, from = q->world.from.n, end = from + q->world.ndays;
	for (size_t i = 0; i < n; i++) {
		const struct slot *both[] = { rows[i]->now, rows[i]->pinned };
		for (int k = 0; k < 2; k++) {
			if (both[k] == NULL || both[k]->day.n == NONE)
				continue;
			first = both[k]->day.n < first ? both[k]->day.n : first;
			last = both[k]->day.n > last ? both[k]->day.n : last;
		}
	}
	if (last == INT64_MIN)
		first = last = from;
	first -= q->rules.days_before;
	last += q->rules.days_after;
	first = first < from ? from : first > end ? end : first;
	last = last >= end ? end - 1 : last;
	w->from = (day){ first };
	w->ndays = last < first ? 0 : (int)(last - first + 1);
}

static void set_places(struct replan_world *w)
{
	const struct slot_world *s = &w->slots;
	struct ids places = {0}, classes = {0};
	for (size_t i = 0; i < s->nplaces; i++) {
		*arena_push(w->arena, &places) = resource_of(RESOURCE_PLACE, s->places[i].id);
		*arena_push(w->arena, &classes) = s->places[i].class;
	}
	sort_once(w->arena, &places);
	sort_once(w->arena, &classes);
	w->classes = classes.at;
	w->nclasses = (int)classes.n;
	w->places = slots_map_make(w->arena, s, places.at, places.n, w->from, w->ndays);
	w->nplaces = (int)w->places.n;
	w->class_of = arena_array(w->arena, int, w->places.n + 1);
	for (size_t i = 0; i < s->nplaces; i++)
		w->class_of[slots_map_row(&w->places, resource_of(RESOURCE_PLACE, s->places[i].id))] = replan_world_class(w, s->places[i].class);
}

static int by_device(const void *a, const void *b)
{
	const struct device *x = a, *y = b;
	return x->id != y->id ? (x->id < y->id ? -1 : 1) : x->quantity - y->quantity;
}

static void set_devices(struct replan_world *w)
{
	const struct slot_world *s = &w->slots;
	w->devices = arena_array(w->arena, struct device, s->ndevices + 1);
	if (s->ndevices > 0)
		memcpy(w->devices, s->devices, s->ndevices * sizeof *w->devices);
	qsort(w->devices, s->ndevices, sizeof *w->devices, by_device);
	for (size_t i = 0; i < s->ndevices; i++)
		if (w->ndevices == 0 || w->devices[w->ndevices - 1].id != w->devices[i].id)
			w->devices[w->ndevices++] = w->devices[i];
	w->left = arena_array(w->arena, int16_t, (size_t)w->ndevices * (size_t)w->ndays * BITS_DAY + 1);
	for (int i = 0; i < w->ndevices; i++)
		for (int t = 0; t < w->ndays * BITS_DAY; t++)
			w->left[i * w->ndays * BITS_DAY + t] = (int16_t)(w->devices[i].quantity < INT16_MAX ? w->devices[i].quantity : INT16_MAX);
	for (size_t i = 0; i < s->nuses; i++) {
		const struct use *u = &s->uses[i];
		int64_t dayno = u->day.n - w->from.n;
		int d = resource_kind(u->resource) == RESOURCE_DEVICE ? replan_world_device(w, resource_id(u->resource)) : -1;
		if (d < 0 || dayno < 0 || dayno >= w->ndays)
			continue;
		int16_t *left = &w->left[(d * w->ndays + dayno) * BITS_DAY];
		for (int t = u->start / RASTER; t < (u->end + RASTER - 1) / RASTER && t < BITS_DAY; t++)
			left[t] = (int16_t)(left[t] - (left[t] > INT16_MIN));
	}
}

static int count(const struct bits *b)
{
	int n = 0;
	for (int i = 0; i < BITS_WORDS; i++)
		n += __builtin_popcountll(b->w[i]);
	return n;
}

/* The more of the day is booked already, the less may be taken over. */
static void set_headroom(struct replan_world *w, const struct slots_map *work)
{
	w->headroom = arena_array(w->arena, int, (size_t)w->npeople * (size_t)w->ndays + 1);
	for (int d = 0; d < w->ndays; d++) {
		int sum = 0, working = 0;
		for (int i = 0; i < w->npeople; i++) {
			int all = count(slots_map_free(work, i, d)), booked = all - count(slots_map_free(&w->raw, i, d));
			w->headroom[i * w->ndays + d] = -booked;
			sum += booked;
			working += all > 0;
		}
		for (int i = 0; i < w->npeople; i++) {
			int *room = &w->headroom[i * w->ndays + d];
			*room += working > 0 ? sum / working : 0;
			*room = HOUR + (*room > 0 ? *room : 0);
		}
	}
}

struct replan_world replan_world_make(struct arena *a, const struct replan_question *q, const struct replan_row *const *rows, const struct slot *const *held, size_t n)
{
	struct replan_world w = { .arena = a, .question = q, .held = held, .nheld = n, .slots = q->world };
	if (any_moves(&q->world)) {
		struct spans still = settle(a, &q->world);
		w.slots.work = still.at;
		w.slots.nwork = still.n;
	}
	struct slot_world raw = w.slots;
	struct spans work = work_left(a, q, &raw);
	struct uses uses = fixed_uses(a, q, rows, held, n);
	struct ids people = people_named(a, rows, n);
	w.slots.work = work.at;
	w.slots.nwork = work.n;
	w.slots.uses = slots_map_sorted(a, uses.at, uses.n);
	w.slots.nuses = uses.n;
	w.slots.except = 0;
	w.slots.map = NULL;                                  /* a map of the world as it was knows nothing of what is held */
	set_days(&w, rows, n);
	const struct worktime_span *as_it_was = raw.work;
	size_t nwork = raw.nwork;
	raw = w.slots;
	raw.work = as_it_was;
	raw.nwork = nwork;
	w.raw = slots_map_make(a, &raw, people.at, people.n, w.from, w.ndays);
	w.npeople = (int)w.raw.n;
	raw.nuses = 0;
	struct slots_map unbooked = slots_map_make(a, &raw, people.at, people.n, w.from, w.ndays);
	set_headroom(&w, &unbooked);
	set_places(&w);
	set_devices(&w);
	return w;
}

int replan_world_person(const struct replan_world *w, int64_t staff)
{
	return slots_map_row(&w->raw, resource_of(RESOURCE_PERSON, staff));
}

int replan_world_class(const struct replan_world *w, int64_t place_class)
{
	int64_t *at = bsearch(&place_class, w->classes, (size_t)w->nclasses, sizeof *w->classes, by_number);
	return at == NULL ? -1 : (int)(at - w->classes);
}

int replan_world_device(const struct replan_world *w, int64_t device)
{
	for (int i = 0; i < w->ndevices; i++)
		if (w->devices[i].id == device)
			return i;
	return -1;
}

/* One after the other on the same resource is one piece: rounded outwards they would be in each other's way. What begins at
 * once is of two strands, each of which takes one of the pool. */
static void add_piece(const struct replan_world *w, struct replan_piece p, struct replan_pieces *out)
{
	for (size_t i = 0; i < out->n; i++) {
		struct replan_piece *q = &out->at[i];
		if (q->kind == p.kind && q->what == p.what && q->place == p.place && p.from <= q->to && p.from >= q->to - 1 && (p.kind != RESOURCE_DEVICE || p.from > q->from)) {
			q->to = p.to > q->to ? p.to : q->to;
			return;
		}
	}
	*arena_push(w->arena, out) = p;
}

void replan_world_pieces(const struct replan_world *w, const struct slot *s, struct replan_pieces *out)
{
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		int from = c->start / RASTER, to = (c->end + RASTER - 1) / RASTER;
		int person = c->staff != 0 ? replan_world_person(w, c->staff) : -1, device = c->device != 0 ? replan_world_device(w, c->device) : -1;
		int place = c->place != 0 ? slots_map_row(&w->places, resource_of(RESOURCE_PLACE, c->place)) : -1;
		if (person >= 0)
			add_piece(w, (struct replan_piece){ RESOURCE_PERSON, person, from, to, -1, -1 }, out);
		if (device >= 0)
			add_piece(w, (struct replan_piece){ RESOURCE_DEVICE, device, from, to, -1, -1 }, out);
		if (place >= 0)
			add_piece(w, (struct replan_piece){ RESOURCE_PLACE, w->class_of[place], from, to, place, -1 }, out);
	}
}

const int replan_world_unfair_from[REPLAN_UNFAIR_PARTS] = { 0, HOUR / 2, HOUR, 2 * HOUR, 4 * HOUR };

int replan_world_unfair(const struct replan_world *w, int person, int dayno, int units)
{
	int over = units - w->headroom[person * w->ndays + dayno], sum = 0;
	for (int i = 0; i < REPLAN_UNFAIR_PARTS && over > replan_world_unfair_from[i]; i++)
		sum += over - replan_world_unfair_from[i];
	return sum;
}
