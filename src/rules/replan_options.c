#include "rules/replan_options.h"
#include "rules/slots_joint.h"
#include "rules/slots_score.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

struct stretch { int person, from, to; };             /* units */

/* What is wanted of the choices of a row while they are gathered: the `most` cheapest, in one order for all time. */
struct gather {
	const struct replan_world *world;
	struct replan_item *item;
	bool asking;                                      /* those only the user can choose, instead of the others */
	size_t most;
	int dear;                                         /* what costs more is not wanted any more */
	bool dropped;
	int mapday;
	struct replan_option now;                         /* in the making */
	struct { struct replan_option *at; size_t n, cap; } found;
};

/* ---- prices ---- */

static int rest_on(const struct bits *free, int from, int to)
{
	int before = bits_before(free, from), after = to < BITS_DAY ? bits_next(free, to, false) - to : 0;
	return (before < REPLAN_REST / RASTER ? before : 0) + (after < REPLAN_REST / RASTER ? after : 0);
}

static int stretch_add(struct stretch *list, int n, struct stretch s)
{
	for (int i = 0; i < n; i++)
		if (list[i].person == s.person) {
			list[i].from = s.from < list[i].from ? s.from : list[i].from;
			list[i].to = s.to > list[i].to ? s.to : list[i].to;
			return n;
		}
	list[n] = s;
	return n + 1;
}

/* Minutes. */
static int rest_of(const struct replan_world *w, int dayno, const struct stretch *list, int n)
{
	int units = 0;
	for (int i = 0; i < n; i++)
		units += rest_on(slots_map_free(&w->raw, list[i].person, dayno), list[i].from, list[i].to);
	return units * RASTER;
}

static enum replan_kind kind_of(const struct replan_price *p)
{
	if (p->days != 0)
		return REPLAN_DAY;
	if (p->minutes != 0)
		return REPLAN_TIME;
	return p->hands > 0 ? REPLAN_COLLEAGUE : REPLAN_KEPT;
}

static struct replan_price price_of(const struct replan_world *w, const struct replan_item *item, int dayno, int start, const int64_t *staff)
{
	const struct replan_rules *rules = &w->question->rules;
	struct replan_price p = { .days = abs(dayno - item->dayno), .minutes = abs(start - item->start) };
	for (size_t i = 0; i < item->row->nsteps; i++) {
		p.hands += staff[i] != item->staff[i];
		p.promises += item->row->steps[i].wished != 0 && item->staff[i] == item->row->steps[i].wished && staff[i] != item->staff[i];
	}
	p.calls = p.days > 0 || p.promises > 0 || (p.minutes > 0 && p.minutes >= rules->call_from);
	return p;
}

static int points(const struct replan_price *p)
{
	int days = p->days < REPLAN_MOST_DAYS ? p->days : REPLAN_MOST_DAYS;
	return p->calls * REPLAN_PHONE + p->minutes + (days > 0 ? REPLAN_OTHER_DAY + days * REPLAN_EACH_DAY : 0) +
		p->promises * REPLAN_PROMISE + p->hands * REPLAN_HAND + p->rest / RASTER + p->undecided * REPLAN_UNDECIDED;
}

static bool engine_may(const struct replan_world *w, const struct replan_item *item, const struct replan_price *p, enum replan_kind kind)
{
	return (p->promises == 0 || w->question->rules.break_promises) && (p->calls == 0 || item->row->reachable) &&
		(item->row->kinds == 0 || (item->row->kinds & 1u << kind));
}

static void staff_of(const struct replan_row *row, const struct slot *s, int64_t *staff_r)
{
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		if (c->step >= 0 && (size_t)c->step < row->nsteps && c->step < REPLAN_STEPS && c->staff != 0 && staff_r[c->step] == 0)
			staff_r[c->step] = c->staff;
	}
}

struct replan_choice replan_options_choice(const struct replan_world *w, const struct replan_item *item, const struct slot *s)
{
	int64_t staff[REPLAN_STEPS] = {0};
	struct stretch *list = arena_array(w->arena, struct stretch, s->nclaims + 1);
	int n = 0, dayno = (int)(s->day.n - w->from.n);
	staff_of(item->row, s, staff);
	struct replan_choice c = { .slot = *s, .price = price_of(w, item, dayno, s->start, staff) };
	c.kind = kind_of(&c.price);
	for (size_t i = 0; i < s->nclaims; i++) {
		int person = s->claims[i].staff != 0 ? replan_world_person(w, s->claims[i].staff) : -1;
		if (person >= 0)
			n = stretch_add(list, n, (struct stretch){ person, s->claims[i].start / RASTER, (s->claims[i].end + RASTER - 1) / RASTER });
	}
	if (c.kind != REPLAN_KEPT && dayno >= 0 && dayno < w->ndays)
		c.price.rest = rest_of(w, dayno, list, n);
	c.price.total = points(&c.price);
	return c;
}

/* ---- gathering ---- */

static int by_cost(const void *a, const void *b)
{
	const struct replan_option *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost - y->cost;
	if (x->present != y->present)
		return x->present ? -1 : 1;
	if (x->dayno != y->dayno)
		return x->dayno - y->dayno;
	if (x->t != y->t)
		return x->t - y->t;
	if (x->way != y->way)
		return y->way - x->way;                       /* the first is the one that waits */
	return memcmp(x->who, y->who, sizeof x->who);
}

/* Keeps the cheapest only. */
static void tidy(struct gather *g)
{
	if (g->found.n > 0)
		qsort(g->found.at, g->found.n, sizeof *g->found.at, by_cost);
	if (g->found.n <= g->most)
		return;
	g->found.n = g->most;
	g->dropped = true;
	g->dear = g->found.at[g->most - 1].cost;
}

static bool excluded(const struct gather *g, day d, int start, const int64_t *staff)
{
	const struct replan_row *row = g->item->row;
	for (size_t i = 0; i < row->nexcluded; i++) {
		int64_t other[REPLAN_STEPS] = {0};
		staff_of(row, &row->excluded[i], other);
		if (row->excluded[i].day.n == d.n && row->excluded[i].start == start && memcmp(other, staff, sizeof other) == 0)
			return true;
	}
	return false;
}

static void push(struct gather *g, struct replan_option o)
{
	if (o.cost > g->dear) {
		g->dropped = true;
		return;
	}
	*arena_push(g->world->arena, &g->found) = o;
	if (g->found.n >= 4 * g->most + 64)
		tidy(g);
}

/* Strands take nothing from one another. */
static bool strands_hold(const struct gather *g, const struct slots_plan *plan)
{
	int who[REPLAN_STEPS];
	for (int i = 0; i < plan->nsteps; i++)
		who[i] = g->now.who[i];
	return plan->nstrands == 1 || slots_joint_holds(plan, g->mapday, g->now.t, who);
}

/* Ways that differ in places only are one choice: has an earlier one of them these people at this start? */
static bool known(const struct gather *g)
{
	const struct slots_plan *ways = g->item->ways, *own = &ways[g->now.way];
	for (int w = 0; w < g->now.way; w++) {
		bool same = true;
		for (int i = 0, t = g->now.t; i < own->nsteps && same; i++) {
			const struct slots_step *s = &own->steps[i];
			const struct slots_profile *f = &s->profiles[s->options[g->now.who[i]].profile];
			t = s->beside ? g->now.t : t;
			same = ways[w].steps[i].profiles[s->options[g->now.who[i]].profile].next == f->next &&
				bits_get(slots_plan_fits(&ways[w], g->mapday, s->first_option + g->now.who[i]), t);
			t += f->next;
		}
		if (same && strands_hold(g, &ways[w]))
			return true;
	}
	return false;
}

/* Everybody is found for the chain that starts at now.t: what does it cost, may it be? */
static void found(struct gather *g)
{
	const struct replan_item *item = g->item;
	int64_t staff[REPLAN_STEPS] = {0};
	struct stretch list[REPLAN_STEPS];
	const struct slots_plan *plan = &item->ways[g->now.way];
	int n = 0, t = g->now.t;
	for (int i = 0; i < plan->nsteps; i++) {
		const struct slots_step *s = &plan->steps[i];
		const struct slots_option *o = &s->options[g->now.who[i]];
		const struct slots_profile *f = &s->profiles[o->profile];
		t = s->beside ? g->now.t : t;
		staff[i] = o->staff;
		if (o->staff != 0)
			n = stretch_add(list, n, (struct stretch){ replan_world_person(g->world, o->staff), t + f->first, t + f->last });
		t += f->next;
	}
	if (!strands_hold(g, plan))
		return;
	struct replan_price p = price_of(g->world, item, g->now.dayno, g->now.t * RASTER, staff);
	enum replan_kind kind = kind_of(&p);
	if (engine_may(g->world, item, &p, kind) == g->asking || known(g) || excluded(g, (day){ g->world->from.n + g->now.dayno }, g->now.t * RASTER, staff))
		return;
	p.rest = kind == REPLAN_KEPT ? 0 : rest_of(g->world, g->now.dayno, list, n);
	struct replan_option o = g->now;
	o.cost = points(&p);
	if (g->asking || o.cost < REPLAN_UNDECIDED + REPLAN_PHONE)
		push(g, o);
}

static void people(struct gather *g, int step, int t, int cost)
{
	const struct slots_plan *p = &g->item->ways[g->now.way];
	if (step == p->nsteps) {
		found(g);
		return;
	}
	const struct slots_step *s = &p->steps[step];
	t = s->beside ? g->now.t : t;
	for (int o = 0; o < s->noptions; o++) {
		int more = cost + (s->options[o].staff != g->item->staff[step] ? REPLAN_HAND : 0);
		if (!bits_get(slots_plan_fits(p, g->mapday, s->first_option + o), t))
			continue;
		if (more > g->dear) {
			g->dropped = true;
			continue;
		}
		g->now.who[step] = (int16_t)o;
		people(g, step + 1, t + s->profiles[s->options[o].profile].next, more);
	}
}

/* The cheapest that a start could be, whoever does it. */
static int cheapest(const struct gather *g, int dayno, int start)
{
	int64_t staff[REPLAN_STEPS];
	memcpy(staff, g->item->staff, sizeof staff);
	struct replan_price p = price_of(g->world, g->item, dayno, start, staff);
	return points(&p);
}

static void gather_way(struct gather *g, int dayno)
{
	const struct slot_world *w = &g->world->slots;
	const struct replan_rules *rules = &g->world->question->rules;
	struct slots_plan *p = &g->item->ways[g->now.way];
	int from = 0, to = BITS_DAY - 1;
	int64_t d = g->world->from.n + dayno;
	g->mapday = (int)(d - p->map.from.n);
	g->now.dayno = dayno;
	if (g->mapday < 0 || g->mapday >= p->map.ndays || (w->today.n != NONE && d < w->today.n))
		return;
	if (dayno == g->item->dayno) {
		from = (g->item->start - rules->earlier + RASTER - 1) / RASTER;
		to = (g->item->start + rules->later) / RASTER;
	}
	if (w->today.n == d && from < (w->now + RASTER - 1) / RASTER)
		from = (w->now + RASTER - 1) / RASTER;
	struct bits starts = slots_plan_day(p, g->mapday);
	for (int t = bits_next(&starts, from < 0 ? 0 : from, true); t < BITS_DAY && t <= to; t = bits_next(&starts, t + 1, true)) {
		int cost = cheapest(g, dayno, t * RASTER);
		g->now.t = t;
		if (cost > g->dear)
			g->dropped = true;
		else
			people(g, 0, t, cost);
	}
}

static void gather_day(struct gather *g, int dayno)
{
	for (size_t i = 0; i < g->item->nways; i++) {
		g->now.way = (int16_t)i;
		gather_way(g, dayno);
	}
}

/* The present claims, if nobody claimed is away then and no fixed row wants the same. */
static void gather_present(struct gather *g)
{
	const struct replan_item *item = g->item;
	const struct slot *s = item->row->now;
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && replan_world_away(g->world, s->claims[i].staff, s->day, s->claims[i].start, s->claims[i].end))
			return;
	struct replan_price none = {0};
	if (replan_world_meets_fixed(g->world, s))
		return;
	if (engine_may(g->world, item, &none, REPLAN_KEPT) != g->asking && !excluded(g, s->day, s->start, item->staff))
		push(g, (struct replan_option){ .present = true, .dayno = item->dayno, .t = s->start / RASTER });
}

/* ---- what an option holds ---- */

static int only_place(const struct replan_world *w, const struct slot_phase *p)
{
	return p->only_place && p->place != 0 ? slots_map_row(&w->places, resource_of(RESOURCE_PLACE, p->place)) : -1;
}

/* The place that a way has for a tail is left open again: a visit's stretches never share one anyway. */
static void step_pieces(const struct replan_world *w, const struct slots_step *s, const struct slots_option *o, int t, struct replan_pieces *out)
{
	const struct slots_profile *f = &s->profiles[o->profile];
	for (int i = 0; i < (int)s->of->nphases; i++) {
		const struct slot_phase *phase = &s->of->phases[i];
		int from = t + f->offset[i], to = from + f->length[i];
		if (phase->kind == PHASE_ACTIVE)
			*arena_push(w->arena, out) = (struct replan_piece){ RESOURCE_PERSON, replan_world_person(w, o->staff), from, to, -1, -1 };
		if (phase->device != 0 && phase->kind != PHASE_BUFFER)
			*arena_push(w->arena, out) = (struct replan_piece){ RESOURCE_DEVICE, replan_world_device(w, phase->device), from, to, -1, -1 };
	}
	for (int r = 0; r < s->nruns; r++) {
		const struct slots_run *run = &s->runs[r];
		*arena_push(w->arena, out) = (struct replan_piece){ RESOURCE_PLACE, replan_world_class(w, run->class), t + f->offset[run->first],
			t + f->offset[run->last] + f->length[run->last], -1,
			only_place(w, &s->of->phases[run->first]) };
	}
}

static void taken_add(struct arena *a, struct replan_takens *out, int person, int units)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->at[i].person == person) {
			out->at[i].units += units;
			return;
		}
	*arena_push(a, out) = (struct replan_taken){ person, units };
}

void replan_options_taken(const struct replan_world *w, const struct replan_item *item, const struct slot *s, struct replan_takens *out)
{
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		if (c->staff != 0 && c->step >= 0 && c->step < REPLAN_STEPS && c->staff != item->staff[c->step])
			taken_add(w->arena, out, replan_world_person(w, c->staff), (c->end + RASTER - 1) / RASTER - c->start / RASTER);
	}
}

static void fill(const struct replan_world *w, const struct replan_item *item, struct replan_option *o)
{
	const struct slots_plan *plan = &item->ways[o->way];
	int t = o->t;
	o->strands = plan->nstrands > 1;
	if (o->present) {
		replan_world_pieces(w, item->row->now, &o->pieces);
		return;
	}
	for (int i = 0; i < plan->nsteps; i++) {
		const struct slots_step *s = &plan->steps[i];
		const struct slots_option *who = &s->options[o->who[i]];
		const struct slots_profile *f = &s->profiles[who->profile];
		t = s->beside ? o->t : t;
		step_pieces(w, s, who, t, &o->pieces);
		for (int k = 0; who->staff != 0 && who->staff != item->staff[i] && k < (int)s->of->nphases; k++)
			if (s->of->phases[k].kind == PHASE_ACTIVE)
				taken_add(w->arena, &o->taken, replan_world_person(w, who->staff), f->length[k]);
		t += f->next;
	}
}

static struct replan_options gather(const struct replan_world *w, struct replan_item *item, bool asking, size_t most)
{
	struct gather g = { .world = w, .item = item, .asking = asking, .most = most, .dear = INT_MAX };
	const struct replan_rules *rules = &w->question->rules;
	int away = rules->days_before > rules->days_after ? rules->days_before : rules->days_after;
	gather_present(&g);
	for (int n = 0; n <= away && n <= w->ndays; n++) {
		tidy(&g);
		if (g.dropped && cheapest(&g, item->dayno + n, item->start) > g.dear)
			break;
		if (n <= rules->days_after)
			gather_day(&g, item->dayno + n);
		if (n > 0 && n <= rules->days_before)
			gather_day(&g, item->dayno - n);
	}
	tidy(&g);
	for (size_t i = 0; i < g.found.n; i++)
		fill(w, item, &g.found.at[i]);
	return (struct replan_options){ .at = g.found.at, .n = g.found.n, .most = most, .beyond = g.dropped ? g.dear : INT_MAX };
}

void replan_options_more(const struct replan_world *w, struct replan_item *item, size_t most)
{
	item->options = item->nways > 0 ? gather(w, item, false, most) : (struct replan_options){ .most = most, .beyond = INT_MAX };
}

struct replan_options replan_options_asking(const struct replan_world *w, struct replan_item *item, size_t most)
{
	return item->nways > 0 ? gather(w, item, true, most) : (struct replan_options){ .most = most, .beyond = INT_MAX };
}

struct replan_item replan_options_item(const struct replan_world *w, const struct replan_row *row, bool fixed)
{
	const struct replan_rules *rules = &w->question->rules;
	const struct slot *now = row->now;
	struct replan_item item = { .row = row, .fixed = fixed, .chosen = -1, .options.beyond = INT_MAX };
	item.plannable = row->nsteps > 0 && row->nsteps <= REPLAN_STEPS && now != NULL && now->day.n != NONE &&
		now->day.n >= w->from.n && now->day.n < w->from.n + w->ndays;
	for (size_t i = 0; item.plannable && i < row->nsteps; i++)
		item.plannable = row->steps[i].nphases > 0;
	if (!item.plannable)
		return item;
	item.dayno = (int)(now->day.n - w->from.n);
	item.start = now->start;
	staff_of(row, now, item.staff);
	struct slot_request *request = arena_new_of(w->arena, struct slot_request);
	*request = (struct slot_request){ .steps = row->steps, .nsteps = row->nsteps, .wish_day = { NONE } };
	request->first = (day){ now->day.n - rules->days_before };
	request->last = (day){ now->day.n + rules->days_after };
	struct slots_plan plan;
	if (slots_plan_make(w->arena, &w->slots, request, request->first, request->last, &plan))
		item.nways = slots_plan_ways(&plan, &item.ways);
	return item;
}

/* The places that the pieces of the step got, in the order of its runs. */
static void set_places(const struct replan_world *w, const struct replan_item *item, const struct replan_option *o, const int *places, struct slot *s)
{
	const struct slots_plan *plan = &item->ways[o->way];
	size_t piece = 0, claim = 0;
	for (int i = 0; i < plan->nsteps; i++) {
		const struct slots_step *step = &plan->steps[i];
		for (int r = 0; r < step->nruns; r++) {
			while (o->pieces.at[piece].kind != RESOURCE_PLACE)
				piece++;
			for (int k = step->runs[r].first; k <= step->runs[r].last; k++)
				s->claims[claim + (size_t)k].place = resource_id(w->places.resources[places[piece]]);
			piece++;
		}
		claim += step->of->nphases;
	}
}

struct slot replan_options_slot(const struct replan_world *w, struct replan_item *item, const struct replan_option *o, const int *places)
{
	int who[REPLAN_STEPS];
	if (o->present)
		return *item->row->now;
	for (int i = 0; i < REPLAN_STEPS; i++)
		who[i] = o->who[i];
	struct slots_plan *plan = &item->ways[o->way];
	struct slot s = slots_score_of(plan, o->dayno - (int)(plan->map.from.n - w->from.n), o->t, who, false);
	if (places != NULL)
		set_places(w, item, o, places, &s);
	return s;
}
