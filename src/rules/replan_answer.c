#include "rules/replan_answer.h"
#include <limits.h>
#include <string.h>

enum { APART = 30, NEXT_OPTIONS = 24, WIDER = 8 };

struct answering {
	struct arena *arena;
	struct replan_state *state;
	const struct replan_world *world;
	const struct replan_row *const *rows;
	const struct slot *const *held;
	struct replan_proposal *by_item;
};

static struct slot copied(struct arena *a, const struct slot *s)
{
	struct slot r = *s;
	r.claims = arena_array(a, struct slot_claim, s->nclaims + 1);
	if (s->nclaims > 0)
		memcpy(r.claims, s->claims, s->nclaims * sizeof *r.claims);
	r.reasons = arena_array(a, struct slot_reason, s->nreasons + 1);
	if (s->nreasons > 0)
		memcpy(r.reasons, s->reasons, s->nreasons * sizeof *r.reasons);
	return r;
}

static struct replan_choice choice_of(const struct answering *x, int item, const struct replan_option *o, const int *places)
{
	struct replan_item *it = &x->state->items[item];
	struct slot s = replan_options_slot(x->world, it, o, places);
	struct replan_choice c = replan_options_choice(x->world, it, &s);
	c.slot = copied(x->arena, &s);
	return c;
}

static struct replan_choice call(void)
{
	return (struct replan_choice){ .kind = REPLAN_CALL, .slot.day = { NONE },
		.price = { .calls = 1, .undecided = 1, .total = REPLAN_UNDECIDED + REPLAN_PHONE } };
}

/* ---- fixed rows ---- */

static bool at_work(const struct replan_world *w, int64_t staff, day d, int start, int end)
{
	int covered = 0;
	for (size_t i = 0; i < w->slots.nwork; i++) {
		const struct worktime_span *s = &w->slots.work[i];
		int from = s->start > start ? s->start : start, to = s->end < end ? s->end : end;
		if (s->kind == WORKTIME_WORK && s->staff == staff && s->day.n == d.n && from < to)
			covered += to - from;
	}
	return covered >= end - start;
}

/* The claim meets another appointment's on a person or place, or its pool is overdrawn. */
static bool taken(const struct replan_world *w, int64_t appointment, day d, const struct slot_claim *c)
{
	for (size_t i = 0; i < w->slots.nuses; i++) {
		const struct use *u = &w->slots.uses[i];
		if (u->day.n == d.n && u->appointment != appointment && u->start < c->end && u->end > c->start &&
		    ((c->staff != 0 && u->resource == resource_of(RESOURCE_PERSON, c->staff)) || (c->place != 0 && u->resource == resource_of(RESOURCE_PLACE, c->place))))
			return true;
	}
	int device = c->device != 0 ? replan_world_device(w, c->device) : -1;
	int64_t dayno = d.n - w->from.n;
	for (int t = c->start / RASTER; device >= 0 && dayno >= 0 && dayno < w->ndays && t < (c->end + RASTER - 1) / RASTER && t < BITS_DAY; t++)
		if (w->left[(device * w->ndays + dayno) * BITS_DAY + t] < 0)
			return true;
	return false;
}

static unsigned odd(const struct replan_world *w, int64_t appointment, const struct slot *s)
{
	unsigned bits = 0;
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		bits |= taken(w, appointment, s->day, c) ? REPLAN_ODD_TAKEN : 0u;
		bits |= c->staff != 0 && !at_work(w, c->staff, s->day, c->start, c->end) ? REPLAN_ODD_AWAY : 0u;
	}
	return bits;
}

static void answer_fixed(const struct answering *x, int item, struct replan_proposal *p)
{
	const struct replan_item *it = &x->state->items[item];
	const struct slot *s = x->held[item] != NULL ? x->held[item] : it->row->now;
	p->fixed = true;
	p->choice = it->plannable && x->held[item] != NULL ? replan_options_choice(x->world, it, s) : (struct replan_choice){ .kind = REPLAN_KEPT };
	p->choice.slot = copied(x->arena, s);
	if (x->held[item] != NULL)
		p->odd = odd(x->world, p->appointment, s);
}

/* ---- rows to be called first ---- */

static bool somebody_there(const struct replan_world *w, const struct replan_item *item, const struct slot_step *step)
{
	const struct slots_map *m = &item->ways->map;
	for (size_t i = 0; i < step->nphases; i++) {
		if (step->phases[i].kind != PHASE_ACTIVE)
			continue;
		for (size_t c = 0; c < step->ncandidates; c++)
			for (size_t k = 0; k < w->slots.nwork; k++) {
				const struct worktime_span *s = &w->slots.work[k];
				if (s->kind == WORKTIME_WORK && s->staff == step->candidates[c].staff && s->day.n >= m->from.n && s->day.n < m->from.n + m->ndays &&
				    (!step->only_wished || step->wished == s->staff))
					return true;
			}
		return false;
	}
	return true;
}

static enum replan_why why(const struct answering *x, int item, const struct replan_options *asking)
{
	struct replan_item *it = &x->state->items[item];
	if (it->row->kinds == 1u << REPLAN_CALL || (it->row->pinned != NULL && it->row->pinned->day.n == NONE))
		return REPLAN_ASKED_FOR;
	if (!it->plannable)
		return REPLAN_UNPLANNABLE;
	for (size_t i = 0; i < it->row->nsteps; i++)
		if (!somebody_there(x->world, it, &it->row->steps[i]))
			return REPLAN_NOBODY;
	if (it->options.n > 0)
		return REPLAN_OTHERS;
	bool promised = false, unreachable = false;
	for (size_t i = 0; i < asking->n; i++) {
		struct slot s = replan_options_slot(x->world, it, &asking->at[i], NULL);
		struct replan_choice c = replan_options_choice(x->world, it, &s);
		bool allowed = it->row->kinds == 0 || (it->row->kinds & 1u << c.kind);
		promised = promised || (allowed && c.price.promises > 0);
		unreachable = unreachable || (allowed && c.price.promises == 0 && c.price.calls > 0 && !it->row->reachable);
	}
	return unreachable ? REPLAN_UNREACHABLE : promised ? REPLAN_PROMISED : REPLAN_FULL;
}

static bool in_the_way(const struct answering *x, int item)
{
	const struct replan_item *it = &x->state->items[item];
	struct replan_option present = { .dayno = it->dayno, .present = true };
	if (!it->plannable || replan_world_meets_fixed(x->world, it->row->now))
		return it->plannable;
	replan_world_pieces(x->world, it->row->now, &present.pieces);
	return !replan_state_fits(x->state, &present, true);
}

static void answer_call(const struct answering *x, int item, const struct replan_options *asking, struct replan_proposal *p)
{
	const struct replan_item *it = &x->state->items[item];
	p->choice = call();
	p->why = why(x, item, asking);
	p->in_the_way = in_the_way(x, item);
	if (it->plannable) {
		struct slot_request q = { .steps = it->row->steps, .nsteps = it->row->nsteps, .first = { NONE }, .last = { NONE }, .wish_day = { NONE } };
		p->block = slots_why_not(x->world->arena, &x->world->slots, &q, it->row->now->day, it->row->now->start);
	}
}

/* ---- what else could be ---- */

static int64_t person_of(const struct slot *s, size_t claim) { return claim < s->nclaims ? s->claims[claim].staff : 0; }

static bool near(const struct replan_choice *a, const struct replan_choice *b)
{
	if (a->slot.day.n != b->slot.day.n || a->slot.start - b->slot.start >= APART || b->slot.start - a->slot.start >= APART)
		return false;
	for (size_t i = 0; i < a->slot.nclaims || i < b->slot.nclaims; i++)
		if (person_of(&a->slot, i) != person_of(&b->slot, i))
			return false;
	return true;
}

/* The next of both lists that fits and is not almost the same as what is there already. */
static void add_next(const struct answering *x, int item, const struct replan_option *o, struct replan_proposal *p)
{
	int *places = arena_array(x->world->arena, int, o->pieces.n + 1);
	if (!replan_state_places(x->state, item, o, places))
		return;
	struct replan_choice c = choice_of(x, item, o, places);
	for (size_t i = 0; i < p->nnext; i++)
		if (near(&p->next[i], &c))
			return;
	if (p->choice.kind == REPLAN_CALL || !near(&p->choice, &c))
		p->next[p->nnext++] = c;
}

static void next_of(const struct answering *x, int item, const struct replan_options *asking, struct replan_proposal *p)
{
	const struct replan_options *own = &x->state->items[item].options;
	size_t i = 0, k = 0;
	p->nnext = 0;
	while (p->nnext < REPLAN_NEXT && (i < own->n || k < asking->n)) {
		bool first = k >= asking->n || (i < own->n && own->at[i].cost <= asking->at[k].cost);
		if (!first && asking->at[k].cost > own->beyond)
			break;
		if (first && own->at[i].cost > asking->beyond)
			break;
		add_next(x, item, first ? &own->at[i++] : &asking->at[k++], p);
	}
}

static bool asks(const struct answering *x, const struct replan_row *row)
{
	bool promised = false;
	for (size_t i = 0; i < row->nsteps; i++)
		promised = promised || row->steps[i].wished != 0;
	return !row->reachable || row->kinds != 0 || (promised && !x->world->question->rules.break_promises);
}

static void answer_open(const struct answering *x, int item, struct replan_proposal *p)
{
	struct replan_item *it = &x->state->items[item];
	const struct replan_option *o = replan_state_chosen(x->state, item);
	struct replan_options asking = { .beyond = INT_MAX };
	bool ask = asks(x, it->row);
	if (ask)
		asking = replan_options_asking(x->world, it, NEXT_OPTIONS);
	if (o != NULL)
		p->choice = choice_of(x, item, o, it->places);
	else
		answer_call(x, item, &asking, p);
	replan_state_take(x->state, item);
	next_of(x, item, &asking, p);
	if (p->nnext == REPLAN_NEXT || (it->options.beyond == INT_MAX && asking.beyond == INT_MAX))
		return;
	replan_options_more(x->world, it, it->options.most * WIDER);
	if (ask)
		asking = replan_options_asking(x->world, it, NEXT_OPTIONS * WIDER);
	next_of(x, item, &asking, p);
}

static void add_price(struct replan_price *sum, const struct replan_price *p)
{
	sum->calls += p->calls;
	sum->minutes += p->minutes;
	sum->days += p->days;
	sum->promises += p->promises;
	sum->hands += p->hands;
	sum->rest += p->rest;
	sum->undecided += p->undecided;
	sum->total += p->total;
}

static const struct replan_proposal *proposal_of(const struct answering *x, int64_t appointment)
{
	int i = 0;
	while (x->by_item[i].appointment != appointment)
		i++;
	return &x->by_item[i];
}

void replan_answer(struct arena *a, struct replan_state *state, const struct replan_row *const *rows, const struct slot *const *held, struct replan *r)
{
	struct answering x = { .arena = a, .state = state, .world = state->world, .rows = rows, .held = held };
	const struct replan_question *q = state->world->question;
	int total = (int)state->cost;
	x.by_item = arena_array(a, struct replan_proposal, (size_t)state->nitems + 1);
	struct replan_saved plan = replan_state_saved(state->world->arena, state);
	replan_state_save(state, &plan);
	for (int i = 0; i < state->nitems; i++) {
		struct replan_proposal *p = &x.by_item[i];
		p->appointment = rows[i]->appointment;
		if (state->items[i].fixed) {
			answer_fixed(&x, i, p);
		} else {
			answer_open(&x, i, p);
			replan_state_restore_item(state, &plan, i);
		}
		add_price(&r->sum, &p->choice.price);
	}
	r->unfair = total - r->sum.total;
	r->sum.total = total;
	r->n = q->nrows;
	r->rows = arena_array(a, struct replan_proposal, q->nrows + 1);
	for (size_t i = 0; i < q->nrows; i++)
		r->rows[i] = *proposal_of(&x, q->rows[i].appointment);
}
