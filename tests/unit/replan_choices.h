/* replan_choices.h: the slow oracle of the re-planning engine: what a choice costs, what is unfair, and all choices of a row. */
#ifndef TESTS_REPLAN_CHOICES_H
#define TESTS_REPLAN_CHOICES_H
#include "replan_salon.h"

/* ---- what a choice costs ---- */

static inline void staff_of_steps(const struct slot *s, int64_t *staff)
{
	memset(staff, 0, STEPS_MOST * sizeof *staff);
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0)
			staff[s->claims[i].step] = s->claims[i].staff;
}

/* Free working minutes of a person beside from (before it, or after), as far as they reach; absences left out. fixed: the grid of what stands still. */
static inline int free_beside(const struct salon *s, struct grid *fixed, int64_t staff, int dayno, int at, bool before)
{
	int n = 0;
	for (int t = before ? at - 5 : at; t >= 0 && t < DAY_MINUTES && works(s, staff, dayno, t) && fixed->people[staff][dayno][t / 5] == 0; t += before ? -5 : 5)
		n += 5;
	return n;
}

static inline int rest_minutes(const struct salon *s, struct grid *fixed, const struct slot *slot)
{
	int sum = 0;
	for (int p = 1; p <= s->size.staff; p++) {
		int first = -1, last = -1;
		for (size_t i = 0; i < slot->nclaims; i++) {
			if (slot->claims[i].staff != p)
				continue;
			first = first < 0 || slot->claims[i].start < first ? slot->claims[i].start : first;
			last = slot->claims[i].end > last ? slot->claims[i].end : last;
		}
		if (first < 0)
			continue;
		int before = free_beside(s, fixed, p, day_no(slot->day), first, true), after = free_beside(s, fixed, p, day_no(slot->day), last, false);
		sum += (before < 30 ? before : 0) + (after < 30 ? after : 0);
	}
	return sum;
}

static inline struct replan_choice price_slot(const struct salon *s, struct grid *fixed, const struct replan_row *r, const struct slot *slot)
{
	struct replan_choice c = { .slot = *slot };
	struct replan_price *p = &c.price;
	int64_t was[STEPS_MOST], is[STEPS_MOST];
	staff_of_steps(r->now, was);
	staff_of_steps(slot, is);
	p->days = abs((int)(slot->day.n - r->now->day.n));
	p->minutes = abs(slot->start - r->now->start);
	for (size_t i = 0; i < r->nsteps; i++) {
		p->hands += was[i] != is[i];
		p->promises += r->steps[i].wished != 0 && was[i] == r->steps[i].wished && is[i] != was[i];
	}
	bool told = p->minutes > 0 && p->minutes >= s->question.rules.call_from;
	p->calls = p->days > 0 || p->promises > 0 || told;
	c.kind = p->days > 0 ? REPLAN_DAY : p->minutes > 0 ? REPLAN_TIME : p->hands > 0 ? REPLAN_COLLEAGUE : REPLAN_KEPT;
	p->rest = c.kind == REPLAN_KEPT ? 0 : rest_minutes(s, fixed, slot);
	p->total = 240 * p->calls + p->minutes + (p->days > 0 ? 240 + 30 * (p->days < 30 ? p->days : 30) : 0) + 1000 * p->promises + 20 * p->hands + p->rest / 5;
	return c;
}

static inline bool engine_may_choose(const struct salon *s, const struct replan_row *r, const struct replan_choice *c)
{
	return (c->price.promises == 0 || s->question.rules.break_promises) && (c->price.calls == 0 || r->reachable) && (r->kinds == 0 || (r->kinds & 1u << c->kind));
}

static inline bool is_excluded(const struct replan_row *r, const struct slot *slot)
{
	int64_t a[STEPS_MOST], b[STEPS_MOST];
	staff_of_steps(slot, a);
	for (size_t i = 0; i < r->nexcluded; i++) {
		staff_of_steps(&r->excluded[i], b);
		if (r->excluded[i].day.n == slot->day.n && r->excluded[i].start == slot->start && memcmp(a, b, sizeof a) == 0)
			return true;
	}
	return false;
}

static inline bool in_rules(const struct salon *s, const struct replan_row *r, int dayno, int start)
{
	const struct replan_rules *u = &s->question.rules;
	const struct slot_world *w = &s->question.world;
	int days = dayno - day_no(r->now->day), moved = start - r->now->start;
	if (dayno < 0 || dayno >= s->size.days || days < -u->days_before || days > u->days_after)
		return false;
	if (w->today.n != NONE && (FIRST_DAY + dayno < w->today.n || (FIRST_DAY + dayno == w->today.n && start < w->now)))
		return false;
	return days != 0 || (moved >= -u->earlier && moved <= u->later);
}

/* ---- what is unfair ---- */

struct taken_over { int minutes[STAFF_MOST + 1][DAYS_MOST]; };

static inline void take_over(struct taken_over *t, const struct replan_row *r, const struct slot *slot, int sign)
{
	int64_t was[STEPS_MOST];
	staff_of_steps(r->now, was);
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		if (c->staff != 0 && c->staff != was[c->step])
			t->minutes[c->staff][day_no(slot->day)] += sign * (c->end - c->start);
	}
}

static inline bool named(const struct salon *s, int64_t staff)
{
	for (size_t i = 0; i < s->question.nrows; i++) {
		const struct replan_row *r = &s->question.rows[i];
		for (size_t k = 0; k < r->nsteps; k++)
			for (size_t c = 0; c < r->steps[k].ncandidates; c++)
				if (r->steps[k].candidates[c].staff == staff)
					return true;
		for (size_t k = 0; k < r->now->nclaims; k++)
			if (r->now->claims[k].staff == staff)
				return true;
	}
	return false;
}

struct rooms { int minutes[STAFF_MOST + 1][DAYS_MOST]; };   /* what may be taken over before it is unfair */

static inline void make_rooms(const struct salon *s, struct grid *fixed, struct rooms *r)
{
	for (int d = 0; d < s->size.days; d++) {
		int booked[STAFF_MOST + 1] = {0}, sum = 0, working = 0;
		for (int p = 1; p <= s->size.staff; p++) {
			int all = 0;
			for (int at = 0; at < DAY_MINUTES; at += 5)
				if (works(s, p, d, at)) {
					all += 5;
					booked[p] += fixed->people[p][d][at / 5] > 0 ? 5 : 0;
				}
			if (named(s, p)) {
				sum += booked[p];
				working += all > 0;
			}
		}
		for (int p = 1; p <= s->size.staff; p++) {
			int mean = working > 0 ? sum / 5 / working * 5 : 0;
			r->minutes[p][d] = 60 + (mean > booked[p] ? mean - booked[p] : 0);
		}
	}
}

static inline int unfair_of(const struct rooms *r, const struct taken_over *t, int p, int d)
{
	int over = (t->minutes[p][d] - r->minutes[p][d]) / 5, sum = 0;
	for (int i = 0; i < over; i++)
		sum += i < 6 ? 1 : i < 12 ? 2 : i < 24 ? 3 : i < 48 ? 4 : 5;
	return sum;
}

static inline int unfair_points(const struct salon *s, const struct rooms *r, const struct taken_over *t)
{
	int sum = 0;
	for (int p = 1; p <= s->size.staff; p++)
		for (int d = 0; d < s->size.days; d++)
			sum += unfair_of(r, t, p, d);
	return sum;
}

/* ---- all choices of a row that what stands still allows: each start, all people, each place ---- */

struct choices { struct replan_choice *at; size_t n, cap; };
struct trying { struct arena *arena; const struct salon *salon; struct grid *fixed; const struct replan_row *row; struct choices *out; bool each_place; int dear; };

static inline struct slot slot_copy(struct arena *a, const struct slot *s)
{
	struct slot r = *s;
	r.claims = arena_array(a, struct slot_claim, s->nclaims + 1);
	memcpy(r.claims, s->claims, s->nclaims * sizeof *r.claims);
	return r;
}

static inline void try_places(struct trying *t, struct slot *slot, size_t claim, const struct replan_choice *priced)
{
	if (claim == slot->nclaims) {
		struct replan_choice c = *priced;
		c.slot = slot_copy(t->arena, slot);
		*arena_push(t->arena, t->out) = c;
		return;
	}
	const struct slot_step *steps = t->row->steps;
	size_t end = run_end(steps, slot, claim);
	int64_t class = class_of(steps, &slot->claims[claim]);
	if (class == 0)
		try_places(t, slot, end, priced);
	for (int p = 1; p <= t->salon->size.places && class != 0; p++) {
		if (t->salon->places[p - 1].class != class || !place_can(t->fixed, p, day_no(slot->day), slot->claims[claim].start, slot->claims[end - 1].end) ||
		    !own_free(slot, claim, p, slot->claims[claim].start, slot->claims[end - 1].end))
			continue;
		set_place(slot, claim, end, p);
		size_t before = t->out->n;
		try_places(t, slot, end, priced);
		if (!t->each_place && t->out->n > before)
			return;
	}
}

static inline void try_chain(struct trying *t, const struct slot_candidate *people, int dayno, int start, unsigned waits)
{
	const struct replan_row *r = t->row;
	struct slot_claim claims[STEPS_MOST * PHASES_MOST];
	struct slot slot = { .claims = claims };
	if (!lay_out(r->steps, r->nsteps, people, dayno, start, waits, &slot) || !people_and_devices_can(t->salon, t->fixed, &slot) || !doors_open(t->salon, r->steps, &slot))
		return;
	struct replan_choice c = price_slot(t->salon, t->fixed, r, &slot);
	if (c.price.total < t->dear && engine_may_choose(t->salon, r, &c) && !is_excluded(r, &slot))
		try_places(t, &slot, 0, &c);
}

static inline void try_people(struct trying *t, size_t step, struct slot_candidate *people, int dayno, int start)
{
	const struct replan_row *r = t->row;
	for (size_t i = 0; step < r->nsteps && i < r->steps[step].ncandidates; i++) {
		people[step] = r->steps[step].candidates[i];
		if (!r->steps[step].only_wished || people[step].staff == r->steps[step].wished)
			try_people(t, step + 1, people, dayno, start);
	}
	for (unsigned waits = 0; step == r->nsteps && waits < 1u << (r->nsteps - 1); waits++)
		try_chain(t, people, dayno, start, waits);
}

static inline bool present_stays(const struct salon *s, const struct replan_row *r)
{
	for (size_t i = 0; i < r->now->nclaims; i++) {
		const struct slot_claim *c = &r->now->claims[i];
		if (c->staff != 0 && away(s, c->staff, day_no(r->now->day), c->start, c->end))
			return false;
	}
	return !is_excluded(r, r->now) && (r->kinds == 0 || (r->kinds & 1u << REPLAN_KEPT));
}

static inline bool stands_free(struct grid *g, const struct slot *s)
{
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].place != 0 && !place_can(g, s->claims[i].place, day_no(s->day), s->claims[i].start, s->claims[i].end))
			return false;
	return true;
}

/* All with fewer points than dear. each_place: one for every set of places, else only for the lowest. */
static inline struct choices all_choices(struct arena *a, const struct salon *s, struct grid *fixed, const struct replan_row *r, bool each_place, int dear)
{
	struct choices out = {0};
	struct trying t = { a, s, fixed, r, &out, each_place, dear };
	struct slot_candidate people[STEPS_MOST];
	if (present_stays(s, r) && people_and_devices_can(s, fixed, r->now) && stands_free(fixed, r->now))
		*arena_push(a, &out) = (struct replan_choice){ .kind = REPLAN_KEPT, .slot = *r->now };
	for (int d = 0; d < s->size.days; d++)
		for (int at = 0; at < DAY_MINUTES; at += 5)
			if (in_rules(s, r, d, at))
				try_people(&t, 0, people, d, at);
	return out;
}
#endif
