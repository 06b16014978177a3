#include "modules/calendar/layout.h"
#include "base/text.h"
#include <string.h>

enum { SLOT = 5, SLOTS = 24 * 60 / SLOT, SHORTEST_GAP = 15 };
enum { ROOM_FOR_NAME = 30, ROOM_FOR_LINE = 15 };    /* minutes high enough for a name with a line under it, for a line alone */
enum { WORKING = 1, TAKEN = 2, WAITING = 4, ABSENT = 8 };

struct items { struct item *at; size_t n, cap; };

struct laying {
	struct arena *arena;
	const struct layout_day *on;
	enum axis axis;
	struct column *column;
	struct items items;
	unsigned char slot[SLOTS];          /* WORKING, TAKEN, WAITING, ABSENT */
};

static int64_t owner(enum axis axis, const struct book_step *s, const struct book_phase *p)
{
	switch (axis) {
	case AXIS_STAFF:  return s->staff;
	case AXIS_PLACE:  return p->place;
	case AXIS_DEVICE: return p->device;
	}
	return 0;
}

static bool takes(enum axis axis, const struct book_phase *p)
{
	return axis == AXIS_STAFF ? p->kind == PHASE_ACTIVE : true;
}

/* While a room is aired, the same person goes on with the next step: then it is the room's alone. */
static bool goes_on(const struct book_appt *a, size_t step, size_t phase)
{
	const struct book_step *s = &a->steps[step], *next = s + 1;
	const struct book_phase *p = &s->phases[phase];
	return p->kind == PHASE_BUFFER && step + 1 < a->nsteps && next->staff == s->staff && next->nphases > 0 && next->phases[0].start < p->end &&
	    next->phases[0].start > s->phases[0].start;
}

/* One visit, cut where it goes to another owner or has a pause; each run in this column is an item. */
static void add_visit(struct laying *l, const struct book_appt *a)
{
	struct { struct segment *at; size_t n, cap; } segments = { 0 };
	size_t first = l->items.n;
	int part = 0, at = -1;
	int64_t last = 0;
	for (size_t i = 0; i < a->nsteps; i++) {
		const struct book_step *s = &a->steps[i];
		for (size_t k = 0; k < s->nphases; k++) {
			const struct book_phase *p = &s->phases[k];
			int64_t who = owner(l->axis, s, p);
			if (l->axis == AXIS_STAFF && goes_on(a, i, k))
				continue;
			if (who != last || p->start != at) {
				part += who != 0;
				if (who == l->column->id) {
					*arena_push(l->arena, &l->items) = (struct item){ .kind = ITEM_VISIT, .appt = a, .start = p->start, .part = part };
					segments.at = NULL;
					segments.n = segments.cap = 0;
				}
			}
			last = who;
			at = p->end;
			if (who != l->column->id)
				continue;
			*arena_push(l->arena, &segments) = (struct segment){ p, s, k == 0 };
			struct item *item = &l->items.at[l->items.n - 1];
			item->segments = segments.at;
			item->nsegments = segments.n;
			item->end = p->end;
		}
	}
	for (size_t i = first; i < l->items.n; i++)
		l->items.at[i].parts = part;
}

static enum body_kind kind_of(enum axis axis, const struct book_phase *p)
{
	return p->kind == PHASE_BUFFER ? BODY_BUFFER : axis == AXIS_STAFF && p->kind == PHASE_WAIT ? BODY_WAIT : BODY_TAKEN;
}

/* Of one look: a place is as taken while somebody waits on it, but waiting has a word of its own. */
static bool alike(const struct segment *x, const struct segment *y)
{
	return text_equal(x->step->style, y->step->style) && (x->phase->kind == PHASE_WAIT) == (y->phase->kind == PHASE_WAIT);
}

/* Minutes from segment k on that look as it does. */
static int run_length(enum axis axis, const struct item *item, size_t k)
{
	const struct segment *first = &item->segments[k];
	size_t last = k;
	while (last + 1 < item->nsegments && alike(first, &item->segments[last + 1]) &&
	    kind_of(axis, item->segments[last + 1].phase) == kind_of(axis, first->phase))
		last++;
	return item->segments[last].phase->end - first->phase->start;
}

static bool joins(enum axis axis, const struct item *item, const struct body *b, size_t k)
{
	if (kind_of(axis, item->segments[k].phase) != b->kind || b->kind != BODY_TAKEN)
		return false;
	return alike(&item->segments[k - 1], &item->segments[k]) || b->end - b->start < (b->first == 0 ? ROOM_FOR_NAME : ROOM_FOR_LINE) ||
	    run_length(axis, item, k) < ROOM_FOR_LINE;
}

/* The style that most of its minutes have. */
static void choose_style(const struct item *item, struct body *b)
{
	int most = 0;
	for (size_t i = b->first; i < b->first + b->n; i++) {
		str style = item->segments[i].step->style;
		int length = 0;
		for (size_t k = b->first; k < b->first + b->n; k++)
			if (text_equal(item->segments[k].step->style, style))
				length += item->segments[k].phase->end - item->segments[k].phase->start;
		b->mixed |= !text_equal(style, item->segments[b->first].step->style);
		if (length > most) {
			most = length;
			b->style = style;
		}
	}
}

static void add_bodies(struct laying *l, struct item *item)
{
	struct { struct body *at; size_t n, cap; } bodies = { 0 };
	for (size_t k = 0; k < item->nsegments; k++) {
		const struct book_phase *p = item->segments[k].phase;
		struct body *last = bodies.n > 0 ? &bodies.at[bodies.n - 1] : NULL;
		if (last == NULL || !joins(l->axis, item, last, k)) {
			*arena_push(l->arena, &bodies) = (struct body){ .kind = kind_of(l->axis, p), .start = p->start, .first = k };
			last = &bodies.at[bodies.n - 1];
		}
		last->end = p->end;
		last->n++;
	}
	for (size_t i = 0; i < bodies.n; i++)
		choose_style(item, &bodies.at[i]);
	item->bodies = bodies.at;
	item->nbodies = bodies.n;
}

static void mark(struct laying *l, int start, int end, unsigned char what)
{
	for (int t = start / SLOT; t < (end + SLOT - 1) / SLOT && t < SLOTS; t++)
		l->slot[t] |= what;
}

static void mark_slots(struct laying *l)
{
	const struct hours *h = &l->column->hours;
	for (size_t i = 0; i < h->nwork; i++)
		mark(l, h->work[i].start, h->work[i].end, WORKING);
	for (size_t i = 0; i < h->nbreaks; i++)
		mark(l, h->breaks[i].start, h->breaks[i].end, TAKEN);
	for (size_t i = 0; i < h->nabsent; i++)
		for (int t = h->absent[i].span.start / SLOT; t < (h->absent[i].span.end + SLOT - 1) / SLOT && t < SLOTS; t++)
			if (h->absent[i].granted || (l->slot[t] & WORKING))
				l->slot[t] |= ABSENT;
	for (size_t i = 0; i < l->items.n; i++) {
		const struct item *item = &l->items.at[i];
		for (size_t k = 0; k < item->nsegments; k++) {
			const struct book_phase *p = item->segments[k].phase;
			mark(l, p->start, p->end, takes(l->axis, p) ? TAKEN : WAITING);
		}
	}
}

static bool busy_at(enum axis axis, const struct item *i, int t)
{
	for (size_t k = 0; k < i->nsegments; k++)
		if (takes(axis, i->segments[k].phase) && i->segments[k].phase->start <= t && t < i->segments[k].phase->end)
			return true;
	return false;
}

static bool both_busy(enum axis axis, const struct item *x, const struct item *y)
{
	int from = x->start > y->start ? x->start : y->start, to = x->end < y->end ? x->end : y->end;
	for (int t = from; t < to; t += SLOT)
		if (busy_at(axis, x, t) && busy_at(axis, y, t))
			return true;
	return false;
}

static bool waits_at(const struct item *i, int t)
{
	for (size_t k = 0; k < i->nsegments; k++)
		if (i->segments[k].phase->kind == PHASE_WAIT && i->segments[k].phase->start <= t && t < i->segments[k].phase->end)
			return true;
	return false;
}

/* The items in order of their start, the longer of two first. */
static struct item **by_start(struct laying *l)
{
	struct item **list = arena_array(l->arena, struct item *, l->items.n);
	for (size_t i = 0; i < l->items.n; i++) {
		struct item *x = &l->items.at[i];
		size_t k = i;
		for (; k > 0 && (list[k - 1]->start > x->start || (list[k - 1]->start == x->start && list[k - 1]->end < x->end)); k--)
			list[k] = list[k - 1];
		list[k] = x;
	}
	return list;
}

/* Who begins later stands inside of the other's waiting time, or beside it where both need the same person: on the side that
 * is free, so that whoever comes after two of them is seen too. Over a buffer it is simply drawn: the person is free, and what
 * is aired is another room. */
static void place_side_by_side(struct laying *l)
{
	struct item **items = by_start(l);
	for (size_t k = 1; k < l->items.n; k++) {
		struct item *later = items[k];
		bool left = false, right = false;
		for (size_t i = 0; i < k; i++) {
			struct item *before = items[i];
			if (before->end <= later->start)
				continue;
			if (both_busy(l->axis, before, later) || l->axis == AXIS_DEVICE) {
				before->left = before->left || !before->right;
				left = left || before->left;
				right = right || before->right;
			} else if (waits_at(before, later->start)) {
				later->inside = true;
			}
		}
		later->right = left;
		later->left = right && !left;
	}
}

static bool waits_between(const struct item *i, int from, int to)
{
	for (int t = from; t < to; t += SLOT)
		if (waits_at(i, t))
			return true;
	return false;
}

/* Whoever was put into a waiting time may wait still when the outer visit goes on: its rail lies over that body. */
static void keep_clear_of_rails(struct laying *l)
{
	for (size_t i = 0; i < l->items.n && l->axis == AXIS_STAFF; i++)
		for (size_t k = 0; k < l->items.n; k++) {
			struct item *x = &l->items.at[i];
			const struct item *y = &l->items.at[k];
			for (size_t n = 0; n < x->nbodies && y->start > x->start; n++)
				if (x->bodies[n].kind == BODY_TAKEN && waits_between(y, x->bodies[n].start, x->bodies[n].end) && x->bodies[n].rails < 1 + y->inside)
					x->bodies[n].rails = 1 + y->inside;
		}
}

static void add_off(struct laying *l)
{
	for (int t = l->on->open / SLOT; t < l->on->close / SLOT;) {
		if (l->slot[t] & (WORKING | ABSENT)) {
			t++;
			continue;
		}
		int from = t;
		while (t < l->on->close / SLOT && !(l->slot[t] & (WORKING | ABSENT)))
			t++;
		*arena_push(l->arena, &l->items) = (struct item){ .kind = ITEM_OFF, .start = from * SLOT, .end = t * SLOT };
	}
}

static bool is_free(unsigned char slot)
{
	return (slot & WORKING) && !(slot & (TAKEN | ABSENT));
}

/* Free times from now on. A gap does not cross the edge of a waiting time: there the paper narrows. */
static void add_gaps(struct laying *l)
{
	struct column *c = l->column;
	int from = l->on->now < 0 ? 0 : (l->on->now + SLOT - 1) / SLOT;
	c->free_from = -1;
	c->free_minutes = 0;
	for (int t = from; t < SLOTS;) {
		if (!is_free(l->slot[t])) {
			t++;
			continue;
		}
		int start = t, waiting = l->slot[t] & WAITING;
		while (t < SLOTS && is_free(l->slot[t]) && (l->slot[t] & WAITING) == waiting)
			t++;
		if ((t - start) * SLOT < SHORTEST_GAP)
			continue;
		*arena_push(l->arena, &l->items) = (struct item){ .kind = ITEM_GAP, .start = start * SLOT, .end = t * SLOT, .inside = waiting != 0 };
		if (c->free_from < 0) {
			c->free_from = start * SLOT;
			c->free_minutes = (t - start) * SLOT;
		}
	}
}

/* What was only asked for is drawn where somebody would work; what was granted, as far as it goes. */
static void add_absence(struct laying *l, const struct absent *absent)
{
	const struct hours *h = &l->column->hours;
	struct item item = { .kind = ITEM_ABSENCE, .absent = absent, .start = absent->span.start, .end = absent->span.end };
	if (absent->granted) {
		*arena_push(l->arena, &l->items) = item;
		return;
	}
	for (size_t i = 0; i < h->nwork; i++) {
		item.start = absent->span.start > h->work[i].start ? absent->span.start : h->work[i].start;
		item.end = absent->span.end < h->work[i].end ? absent->span.end : h->work[i].end;
		if (item.start < item.end)
			*arena_push(l->arena, &l->items) = item;
	}
}

/* A break in a colour's time leaves its rail in sight. */
static bool in_waiting(const struct laying *l, const struct span *s)
{
	for (size_t i = 0; i < l->items.n; i++)
		for (int t = s->start; t < s->end; t += SLOT)
			if (l->axis == AXIS_STAFF && waits_at(&l->items.at[i], t))
				return true;
	return false;
}

static void add_hours(struct laying *l)
{
	const struct hours *h = &l->column->hours;
	for (size_t i = 0; i < h->nbreaks; i++) {
		struct item item = { .kind = ITEM_BREAK, .start = h->breaks[i].start, .end = h->breaks[i].end,
			.inside = in_waiting(l, &h->breaks[i]) };
		*arena_push(l->arena, &l->items) = item;
	}
	for (size_t i = 0; i < h->nabsent; i++)
		add_absence(l, &h->absent[i]);
}

static bool granted_at(const struct hours *h, int t)
{
	for (size_t i = 0; i < h->nabsent; i++)
		if (h->absent[i].granted && h->absent[i].span.start <= t && t < h->absent[i].span.end)
			return true;
	return false;
}

bool layout_present(const struct hours *h)
{
	for (size_t i = 0; i < h->nwork; i++)
		for (int t = h->work[i].start; t < h->work[i].end; t += SLOT)
			if (!granted_at(h, t))
				return true;
	return false;
}

static bool is_away(const struct laying *l)
{
	for (size_t i = 0; i < l->items.n; i++)
		if (l->items.at[i].kind == ITEM_VISIT)
			return false;
	return !layout_present(&l->column->hours);
}

static int drawing_order(enum item_kind k) { return k == ITEM_OFF ? 0 : k == ITEM_ABSENCE ? 1 : 2; }

/* Grounds first, then what stands on them in order of time, as one would read it aloud. Insertion keeps equals in order. */
static void order(struct items *items)
{
	for (size_t i = 1; i < items->n; i++) {
		struct item x = items->at[i];
		size_t k = i;
		for (; k > 0; k--) {
			const struct item *y = &items->at[k - 1];
			int dx = drawing_order(x.kind), dy = drawing_order(y->kind);
			if (dy < dx || (dy == dx && y->start <= x.start))
				break;
			items->at[k] = *y;
		}
		items->at[k] = x;
	}
}

/* A struck-out visit is drawn only while nobody else stands in its place. */
static bool shown(const struct book_appts *appts, const struct book_appt *a)
{
	if (book_takes_time(a))
		return true;
	if (a->status != STATUS_NO_SHOW)
		return false;
	for (size_t i = 0; i < appts->n; i++)
		if (book_takes_time(&appts->at[i]) && appts->at[i].start < a->end && a->start < appts->at[i].end)
			for (size_t k = 0; k < appts->at[i].nsteps; k++)
				if (a->nsteps > 0 && appts->at[i].steps[k].staff == a->steps[0].staff)
					return false;
	return true;
}

void layout_column(struct arena *arena, const struct layout_day *on, const struct book_appts *appts, struct column *column)
{
	struct laying l = { .arena = arena, .on = on, .axis = column->axis, .column = column };
	for (size_t i = 0; i < appts->n; i++)
		if (shown(appts, &appts->at[i]))
			add_visit(&l, &appts->at[i]);
	for (size_t i = 0; i < l.items.n; i++)
		add_bodies(&l, &l.items.at[i]);
	place_side_by_side(&l);
	keep_clear_of_rails(&l);
	mark_slots(&l);
	add_hours(&l);
	add_off(&l);
	add_gaps(&l);
	order(&l.items);
	column->away = is_away(&l);
	column->items = l.items.at;
	column->nitems = l.items.n;
}
