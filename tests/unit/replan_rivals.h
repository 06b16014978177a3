/* replan_rivals.h: what the re-planning engine's plan is held against: its rows anew, a greedy plan, and everything tried. */
#ifndef TESTS_REPLAN_RIVALS_H
#define TESTS_REPLAN_RIVALS_H
#include "replan_choices.h"

static struct grid fixed, grid;

static bool same_slot(const struct slot *a, const struct slot *b)
{
	return a->day.n == b->day.n && a->start == b->start && a->end == b->end && a->nclaims == b->nclaims &&
		(a->nclaims == 0 || memcmp(a->claims, b->claims, a->nclaims * sizeof *a->claims) == 0);
}

static const struct slot_candidate *candidate(const struct slot_step *s, int64_t staff)
{
	for (size_t i = 0; i < s->ncandidates; i++)
		if (s->candidates[i].staff == staff && (!s->only_wished || s->wished == staff))
			return &s->candidates[i];
	return NULL;
}

/* Places apart. */
static bool same_claims(const struct slot *want, const struct slot *have)
{
	if (want->nclaims != have->nclaims || want->end != have->end)
		return false;
	for (size_t i = 0; i < want->nclaims; i++) {
		const struct slot_claim *a = &want->claims[i], *b = &have->claims[i];
		if (a->step != b->step || a->phase != b->phase || a->start != b->start || a->end != b->end || a->staff != b->staff || a->device != b->device)
			return false;
	}
	return true;
}

/* The chain as it must be with these people; a person who can't do a step: false. */
static bool same_chain(const struct replan_row *r, const struct slot *slot)
{
	struct slot_candidate people[STEPS_MOST];
	struct slot_claim claims[STEPS_MOST * PHASES_MOST];
	struct slot want = { .claims = claims };
	int64_t staff[STEPS_MOST];
	staff_of_steps(slot, staff);
	for (size_t i = 0; i < r->nsteps; i++) {
		const struct slot_candidate *c = candidate(&r->steps[i], staff[i]);
		if (c == NULL)
			return false;
		people[i] = *c;
	}
	for (unsigned waits = 0; waits < 1u << (r->nsteps - 1); waits++)
		if (lay_out(r->steps, r->nsteps, people, day_no(slot->day), slot->start, waits, &want) && same_claims(&want, slot))
			return true;
	return false;
}

static bool places_hold(const struct salon *s, struct grid *g, const struct replan_row *r, const struct slot *slot)
{
	for (size_t i = 0, k; i < slot->nclaims; i = k) {
		k = run_end(r->steps, slot, i);
		int64_t class = class_of(r->steps, &slot->claims[i]), place = slot->claims[i].place;
		for (size_t n = i; n < k; n++)
			if (slot->claims[n].place != place)
				return false;
		if ((class != 0) != (place != 0))
			return false;
		if (place != 0 && (s->places[place - 1].class != class || !place_can(g, place, day_no(slot->day), slot->claims[i].start, slot->claims[k - 1].end)))
			return false;
		if (place != 0 && !own_free(slot, i, place, slot->claims[i].start, slot->claims[k - 1].end))
			return false;
	}
	return true;
}

static bool is_present(const struct replan_row *r, const struct slot *s)
{
	return s->day.n == r->now->day.n && s->start == r->now->start && s->nclaims == r->now->nclaims &&
		memcmp(s->claims, r->now->claims, s->nclaims * sizeof *s->claims) == 0;
}

/* ---- greedy: by time of their start, each to its cheapest free place ---- */

static int by_start(const void *x, const void *y)
{
	const struct replan_row *a = *(const struct replan_row *const *)x, *b = *(const struct replan_row *const *)y;
	if (a->now->day.n != b->now->day.n)
		return a->now->day.n < b->now->day.n ? -1 : 1;
	if (a->now->start != b->now->start)
		return a->now->start - b->now->start;
	return (a->appointment > b->appointment) - (a->appointment < b->appointment);
}

static int greedy_row(struct arena *a, const struct salon *s, const struct replan_row *r, const struct rooms *rooms, struct taken_over *taken)
{
	struct choices all = all_choices(a, s, &fixed, r, false, CALL_POINTS);
	struct slot *best = NULL;
	int cost = CALL_POINTS, before = unfair_points(s, rooms, taken);
	for (size_t i = 0; i < all.n; i++) {
		struct slot *slot = &all.at[i].slot;
		take_over(taken, r, slot, 1);
		int points = all.at[i].price.total + unfair_points(s, rooms, taken) - before;
		take_over(taken, r, slot, -1);
		if (points >= cost || !people_and_devices_can(s, &grid, slot) || (is_present(r, slot) ? !places_hold(s, &grid, r, slot) : !lowest_places(s, &grid, r->steps, slot)))
			continue;
		best = slot;
		cost = points;
	}
	if (best != NULL) {
		grid_slot(&grid, best, 1);
		take_over(taken, r, best, 1);
	}
	return cost;
}

static int fixed_points(const struct salon *s, const struct rooms *rooms, struct taken_over *taken)
{
	int sum = 0;
	memset(taken, 0, sizeof *taken);
	for (size_t i = 0; i < s->question.nrows; i++) {
		const struct replan_row *r = &s->question.rows[i];
		if (!row_fixed(r))
			continue;
		sum += price_slot(s, &fixed, r, row_held(r)).price.total;
		take_over(taken, r, row_held(r), 1);
	}
	return sum + unfair_points(s, rooms, taken);
}

static int greedy(struct arena *a, const struct salon *s)
{
	const struct replan_row *order[ROWS_MOST];
	struct taken_over taken;
	struct rooms rooms;
	grid_fixed(s, &fixed);
	grid_fixed(s, &grid);
	make_rooms(s, &fixed, &rooms);
	int sum = fixed_points(s, &rooms, &taken);
	for (size_t i = 0; i < s->question.nrows; i++)
		order[i] = &s->question.rows[i];
	qsort(order, s->question.nrows, sizeof order[0], by_start);
	for (size_t i = 0; i < s->question.nrows; i++)
		if (!row_fixed(order[i]))
			sum += greedy_row(a, s, order[i], &rooms, &taken);
	return sum;
}

/* ---- everything tried: is there any plan of fewer points? ---- */

struct everything {
	const struct salon *s;
	struct choices all[ROWS_MOST];
	struct rooms rooms;
	struct taken_over taken;
	int least[ROWS_MOST + 1];                     /* no plan of the rows from this one on costs less */
	int best;
};

static void try_row(struct everything *e, size_t i, int points)
{
	const struct replan_row *r = &e->s->question.rows[i];
	int so_far = points + unfair_points(e->s, &e->rooms, &e->taken);
	if (so_far + e->least[i] >= e->best)
		return;
	if (i == e->s->question.nrows) {
		e->best = so_far;
		return;
	}
	if (row_fixed(r)) {
		try_row(e, i + 1, points);
		return;
	}
	for (size_t k = 0; k < e->all[i].n; k++) {
		const struct replan_choice *c = &e->all[i].at[k];
		if (points + c->price.total + e->least[i + 1] >= e->best || !stands_free(&grid, &c->slot) || !people_and_devices_can(e->s, &grid, &c->slot))
			continue;
		grid_slot(&grid, &c->slot, 1);
		take_over(&e->taken, r, &c->slot, 1);
		try_row(e, i + 1, points + c->price.total);
		take_over(&e->taken, r, &c->slot, -1);
		grid_slot(&grid, &c->slot, -1);
	}
	try_row(e, i + 1, points + CALL_POINTS);
}

/* The points of the best plan, or those given if nothing is better. */
static int best_of_all(struct arena *a, const struct salon *s, int known)
{
	static struct everything e;
	e = (struct everything){ .s = s, .best = known };
	grid_fixed(s, &fixed);
	grid_fixed(s, &grid);
	make_rooms(s, &fixed, &e.rooms);
	int points = fixed_points(s, &e.rooms, &e.taken) - unfair_points(s, &e.rooms, &e.taken);
	for (size_t i = s->question.nrows; i-- > 0;) {
		const struct replan_row *r = &s->question.rows[i];
		int least = row_fixed(r) ? 0 : CALL_POINTS;
		if (!row_fixed(r))
			e.all[i] = all_choices(a, s, &fixed, r, true, CALL_POINTS);
		for (size_t k = 0; k < e.all[i].n; k++)
			least = e.all[i].at[k].price.total < least ? e.all[i].at[k].price.total : least;
		e.least[i] = e.least[i + 1] + least;
	}
	try_row(&e, 0, points);
	return e.best;
}
#endif
