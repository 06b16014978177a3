/* Does a visit fit at this time with this person? The same rules as the slot finder's, on the day's own tables. */
#include "modules/demo/demo_private.h"

static bool person_free(const struct demo_sim *sim, int person, int start, int end)
{
	if (end > DAY_MINUTES) return false;
	for (int s = start / RASTER; s < end / RASTER; s++)
		if (!sim->free[person][s]) return false;
	return true;
}

static bool place_free(const struct demo_sim *sim, int place, int start, int end)
{
	for (int s = start / RASTER; s < end / RASTER; s++)
		if (sim->place[place][s]) return false;
	return true;
}

static bool device_free(const struct demo_sim *sim, int device, int start, int end)
{
	for (int s = start / RASTER; s < end / RASTER; s++)
		if (sim->device[device][s] >= sim->goods.devices.at[device].quantity) return false;
	return true;
}

static int minutes_of(const struct demo_service *s, int phase, int extra)
{
	int longest = -1;
	for (int i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE && (longest < 0 || s->phases[i].minutes > s->phases[longest].minutes)) longest = i;
	return s->phases[phase].minutes + (phase == longest ? extra : 0);
}

/* A free place of the class for the whole stretch, the one used before if possible. */
static int find_place(const struct demo_sim *sim, int class, int before, int start, int end)
{
	if (before >= 0 && sim->goods.places.at[before].class == class && place_free(sim, before, start, end)) return before;
	for (size_t i = 0; i < sim->goods.places.n; i++)
		if (sim->goods.places.at[i].class == class && place_free(sim, (int)i, start, end)) return (int)i;
	return -1;
}

/* Where the step's phases lie in time; false: the person is not free. */
static bool lay_step(const struct demo_sim *sim, const struct demo_service *s, int extra, struct demo_plan *plan)
{
	int step = plan->nsteps - 1, at = plan->end, person = plan->steps[step].person;
	for (int i = 0; i < s->nphases; i++) {
		const struct demo_phase *p = &s->phases[i];
		int length = minutes_of(s, i, extra);
		if (p->kind == PHASE_ACTIVE && !person_free(sim, person, at, at + length)) return false;
		if (at + length > DAY_MINUTES) return false;
		plan->claims[plan->nclaims++] = (struct demo_claim){ .step = step, .kind = p->kind, .offset = at - plan->start,
		    .minutes = length, .person = p->kind == PHASE_ACTIVE ? person : -1, .place = -1,
		    .device = p->kind == PHASE_BUFFER ? -1 : p->device, .name = p->name };
		at += length;
	}
	plan->end = at;
	return true;
}

/* Places for the phases from `first` on; consecutive phases of one class keep their place. */
static bool seat_step(const struct demo_sim *sim, const struct demo_service *s, int first, struct demo_plan *plan)
{
	int before[DEMO_PLACES];                         /* the place this visit had last, by class */
	for (int i = 0; i < DEMO_PLACES; i++) before[i] = -1;
	for (int i = 0; i < first; i++)
		if (plan->claims[i].place >= 0) before[sim->goods.places.at[plan->claims[i].place].class] = plan->claims[i].place;
	for (int i = 0; i < s->nphases; ) {
		int class = s->phases[i].class, end = i + 1;
		while (end < s->nphases && s->phases[end].class == class) end++;
		const struct demo_claim *a = &plan->claims[first + i], *z = &plan->claims[first + end - 1];
		if (class >= 0) {
			int place = find_place(sim, class, before[class], plan->start + a->offset, plan->start + z->offset + z->minutes);
			if (place < 0) return false;
			for (int k = i; k < end; k++) plan->claims[first + k].place = place;
		}
		i = end;
	}
	for (int i = first; i < plan->nclaims; i++) {
		const struct demo_claim *c = &plan->claims[i];
		int start = plan->start + c->offset;
		if (c->device >= 0 && !device_free(sim, c->device, start, start + c->minutes)) return false;
	}
	return true;
}

bool demo_fit(const struct demo_sim *sim, int visit, int person, int start, struct demo_plan *plan)
{
	*plan = (struct demo_plan){ .start = start, .end = start };
	for (int i = 0; i < 3 && sim->visit_services[visit][i] >= 0; i++) {
		int service = sim->visit_services[visit][i], first = plan->nclaims;
		const struct demo_service *s = &sim->goods.services.at[service];
		int extra = sim->goods.extra[service][person];
		if (extra == DEMO_CANNOT) return false;
		plan->steps[plan->nsteps].service = service;
		plan->steps[plan->nsteps].person = person;
		plan->steps[plan->nsteps++].cents = s->cents;
		if (!lay_step(sim, s, extra, plan) || !seat_step(sim, s, first, plan)) return false;
	}
	return plan->nsteps > 0;
}

void demo_fit_take(struct demo_sim *sim, const struct demo_plan *plan)
{
	for (int i = 0; i < plan->nclaims; i++) {
		const struct demo_claim *c = &plan->claims[i];
		int start = (plan->start + c->offset) / RASTER;
		for (int s = start; s < start + c->minutes / RASTER; s++) {
			if (c->person >= 0) sim->free[c->person][s] = false;
			if (c->place >= 0) sim->place[c->place][s] = 1;
			if (c->device >= 0) sim->device[c->device][s]++;
		}
	}
}
