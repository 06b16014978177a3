/* slots_claims.h: what must hold for the claims of any slot that is found. */
#ifndef TESTS_SLOTS_CLAIMS_H
#define TESTS_SLOTS_CLAIMS_H
#include "slots_oracle.h"

static int64_t resource_in(const struct slot_claim *c, enum resource_kind kind)
{
	return kind == RESOURCE_PERSON ? c->staff : kind == RESOURCE_PLACE ? c->place : c->device;
}

/* A phase has exactly what it needs. */
static bool claim_holds(const struct salon *s, const struct slot *slot, const struct slot_claim *c)
{
	const struct slot_phase *p = &s->steps[c->step].phases[c->phase];
	if ((c->staff != 0) != (p->kind == PHASE_ACTIVE) || (c->place != 0) != (p->place_class != 0) || (c->device != 0) != (p->device != 0 && p->kind != PHASE_BUFFER))
		return false;
	if (c->place != 0 && (s->places[c->place - 1].class != p->place_class || (only(p) != 0 && only(p) != c->place)))
		return false;
	for (int kind = RESOURCE_PERSON; kind <= RESOURCE_DEVICE; kind++) {
		int64_t id = resource_in(c, (enum resource_kind)kind);
		if (id != 0 && !is_free(&s->world, slot->day, resource_of((enum resource_kind)kind, id), c->start, c->end))
			return false;
	}
	return true;
}

/* All claims of a slot lie on what is free, none on another; phases follow one another, steps too, or go on during a tail. */
static bool claims_hold(const struct salon *s, const struct slot *slot)
{
	int at = slot->start, begun = at, end = at;
	nown = 0;
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		bool new_step = i > 0 && c->step != c[-1].step;
		if (new_step && s->steps[c->step].beside)
			at = begun = slot->start;
		bool goes_on = new_step && c->start == at - tail_minutes(&s->steps[c->step - 1]) && c->start > begun;
		if ((c->start != at && !goes_on) || c->end <= c->start || !claim_holds(s, slot, c))
			return false;
		for (size_t k = 0; k < i; k++)
			if (c->place != 0 && c->place == slot->claims[k].place && c->start < slot->claims[k].end && slot->claims[k].start < c->end)
				return false;
		begun = new_step ? c->start : begun;
		at = c->end;
		end = at > end ? at : end;
	}
	return end == slot->end;
}

/* Within one visit too nobody and no place is claimed twice at once, and no pool beyond its quantity. */
static bool claims_apart(const struct salon *s, const struct slot *slot)
{
	for (size_t i = 0; i < slot->nclaims; i++)
		for (size_t k = 0; k < i; k++) {
			const struct slot_claim *x = &slot->claims[i], *y = &slot->claims[k];
			bool together = x->start < y->end && y->start < x->end;
			if (together && ((x->staff != 0 && x->staff == y->staff) || (x->place != 0 && x->place == y->place)))
				return false;
		}
	nown = 0;
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].device != 0)
			hold(resource_of(RESOURCE_DEVICE, slot->claims[i].device), slot->claims[i].start, slot->claims[i].end);
	for (int i = 0; i < nown; i++)
		for (int at = own[i].start; at < own[i].end; at += 5)
			if (users(&s->world, slot->day, own[i].resource, at) + own_users(own[i].resource, at) > capacity(&s->world, slot->day, own[i].resource, at))
				return false;
	return true;
}

static int64_t doer(const struct slot *slot, int step)
{
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].step == step && slot->claims[i].staff != 0)
			return slot->claims[i].staff;
	return 0;
}

/* Each phase lasts what it lasts, with the minutes that this person needs more or less. */
static bool durations_hold(const struct salon *s, const struct slot *slot)
{
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		const struct slot_step *step = &s->steps[c->step];
		int64_t staff = doer(slot, c->step);
		int extra = 0;
		for (size_t k = 0; k < step->ncandidates; k++)
			extra = step->candidates[k].staff == staff ? step->candidates[k].extra_minutes : extra;
		if (c->end - c->start != phase_length(step, (size_t)c->phase, extra) || !exists(&s->world, slot->day, c->start, c->end))
			return false;
	}
	return true;
}

/* One person in a step; one place in a run of phases with the same class. */
static bool steps_hold(const struct salon *s, const struct slot *slot)
{
	int64_t staff = 0;
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		bool same_step = i > 0 && c[-1].step == c->step;
		if (!same_step)
			staff = 0;
		if (c->staff != 0 && staff != 0 && c->staff != staff)
			return false;
		staff = c->staff != 0 ? c->staff : staff;
		if (same_step && stay(&s->steps[c->step].phases[c->phase - 1], &s->steps[c->step].phases[c->phase]) && c->place != c[-1].place)
			return false;
		if (c->staff != 0 && s->steps[c->step].only_wished && c->staff != s->steps[c->step].wished)
			return false;
	}
	return true;
}

/* What is booked on the day when the slot is. */
static size_t all_uses(const struct salon *s, const struct slot *slot, struct use *out)
{
	size_t n = 0;
	for (size_t i = 0; i < s->world.nuses; i++)
		if (s->world.except == 0 || s->uses[i].appointment != s->world.except)
			out[n++] = s->uses[i];
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].staff != 0)
			out[n++] = (struct use){ .day = slot->day, .resource = resource_of(RESOURCE_PERSON, slot->claims[i].staff), .start = slot->claims[i].start, .end = slot->claims[i].end };
	return n;
}

static bool overlaps(const struct use *uses, size_t n, day d, int64_t staff, const struct span *span)
{
	for (size_t i = 0; i < n; i++)
		if (uses[i].day.n == d.n && uses[i].resource == resource_of(RESOURCE_PERSON, staff) && uses[i].start < span->end && span->start < uses[i].end)
			return true;
	return false;
}

/* Where a break lies now it is in nobody's way, and no other break is in its. */
static bool well_placed(const struct breaks *all, size_t i, const struct use *uses, size_t nuses, day d, int64_t staff)
{
	const struct span *now = &all->at[i].now;
	for (size_t k = 0; k < all->n; k++)
		if (k != i && all->at[k].moves && all->at[k].fits && all->at[k].now.start < now->end && now->start < all->at[k].now.end)
			return false;
	return now->end - now->start == all->at[i].own.end - all->at[i].own.start && !overlaps(uses, nuses, d, staff, now);
}

/* Breaks that may move have still a place, and breaks_place() finds it. */
static bool breaks_kept(struct arena *a, const struct salon *s, const struct slot *slot)
{
	struct use uses[USES + STEPS * PHASES];
	size_t n = all_uses(s, slot, uses);
	nown = 0;
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].staff != 0)
			hold(resource_of(RESOURCE_PERSON, slot->claims[i].staff), slot->claims[i].start, slot->claims[i].end);
	for (size_t i = 0; i < nrests; i++) {
		if (rests[i].day != slot->day.n - s->from.n || !reached(&rests[i]))
			continue;
		struct breaks all = breaks_place(a, s->work, s->world.nwork, uses, n, rests[i].staff, slot->day);
		size_t k = 0;
		while (k < all.n && !(all.at[k].moves && all.at[k].own.start == rests[i].start))
			k++;
		if (k == all.n || !all.at[k].fits || !well_placed(&all, k, uses, n, slot->day, rests[i].staff))
			return false;
	}
	return breaks_have_place(&s->world, slot->day);
}
#endif
