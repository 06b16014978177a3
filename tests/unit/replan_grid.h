/* replan_grid.h: a random salon's days for the re-planning engine's slow oracle: what is free and what fits, counted in plain grids of
 * five minutes, with nothing taken from the engine but its header. */
#ifndef TESTS_REPLAN_GRID_H
#define TESTS_REPLAN_GRID_H
#include "rules/replan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 16, STAFF_MOST = 9, PLACES_MOST = 8, DEVICES_MOST = 2, ROWS_MOST = 48, STEPS_MOST = 3, PHASES_MOST = 4,
	SERVICES_MOST = 8, USES_MOST = 12000, FIRST_DAY = 100, UNITS = 288, CALL_POINTS = REPLAN_UNDECIDED + REPLAN_PHONE };

struct salon_size { int days, staff, places, devices, services, rows, steps, open, close, others, away_days, beside; };   /* beside: per cent of the later steps that begin a strand */

struct service { struct slot_phase phases[PHASES_MOST]; size_t nphases; struct slot_candidate candidates[STAFF_MOST]; size_t ncandidates; };
struct visit { struct slot_step steps[STEPS_MOST]; size_t nsteps; struct slot now; struct slot_claim claims[STEPS_MOST * PHASES_MOST]; };

struct salon {
	struct salon_size size;
	struct replan_question question;
	struct worktime_span work[DAYS_MOST * STAFF_MOST * 3];
	struct use uses[USES_MOST];
	struct place places[PLACES_MOST];
	struct device devices[DEVICES_MOST];
	struct service services[SERVICES_MOST];
	struct replan_absence absences[3];
	struct replan_row rows[ROWS_MOST];
	struct visit visits[ROWS_MOST];
	bool worked[STAFF_MOST + 1][DAYS_MOST][UNITS];    /* the whole five minutes lie in one span of work */
};

static uint64_t dice_state;

static inline int dice(int n)                            /* 0 .. n - 1, the same for the same seed */
{
	dice_state ^= dice_state << 13;
	dice_state ^= dice_state >> 7;
	dice_state ^= dice_state << 17;
	return (int)((dice_state >> 33) % (uint64_t)n);
}

static inline bool chance(int percent) { return dice(100) < percent; }

static inline void dice_seed(uint64_t seed)
{
	dice_state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
	for (int i = 0; i < 5; i++)
		dice(2);
}

static inline void shuffle(void *list, size_t n, size_t size)
{
	unsigned char spare[sizeof(struct replan_row)];
	for (size_t i = n; i > 1; i--) {
		unsigned char *a = (unsigned char *)list + (size_t)dice((int)i) * size, *b = (unsigned char *)list + (i - 1) * size;
		memcpy(spare, a, size);
		memmove(a, b, size);
		memcpy(b, spare, size);
	}
}

/* ---- the grid: who and what is in use when ---- */

struct grid {
	int16_t people[STAFF_MOST + 1][DAYS_MOST][UNITS], places[PLACES_MOST + 1][DAYS_MOST][UNITS], devices[DEVICES_MOST + 1][DAYS_MOST][UNITS];
};

static inline int day_no(day d) { return (int)(d.n - FIRST_DAY); }

static inline int16_t *grid_of(struct grid *g, enum resource_kind kind, int64_t id, int dayno)
{
	return kind == RESOURCE_PERSON ? g->people[id][dayno] : kind == RESOURCE_PLACE ? g->places[id][dayno] : g->devices[id][dayno];
}

static inline void grid_add(struct grid *g, int64_t resource, day d, int start, int end, int n)
{
	if (day_no(d) < 0 || day_no(d) >= DAYS_MOST)
		return;
	int16_t *at = grid_of(g, resource_kind(resource), resource_id(resource), day_no(d));
	for (int t = start / 5; t < (end + 4) / 5; t++)
		at[t] = (int16_t)(at[t] + n);
}

static inline void grid_slot(struct grid *g, const struct slot *s, int n)
{
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		if (c->staff != 0)
			grid_add(g, resource_of(RESOURCE_PERSON, c->staff), s->day, c->start, c->end, n);
		if (c->place != 0)
			grid_add(g, resource_of(RESOURCE_PLACE, c->place), s->day, c->start, c->end, n);
		if (c->device != 0)
			grid_add(g, resource_of(RESOURCE_DEVICE, c->device), s->day, c->start, c->end, n);
	}
}

static inline bool is_row(const struct salon *s, int64_t appointment)
{
	for (size_t i = 0; i < s->question.nrows; i++)
		if (s->question.rows[i].appointment == appointment)
			return true;
	return false;
}

static inline bool row_fixed(const struct replan_row *r) { return r->pinned != NULL || r->status >= STATUS_ARRIVED; }
static inline const struct slot *row_held(const struct replan_row *r) { return r->pinned != NULL ? r->pinned : r->now; }

/* What is not to be planned: others' uses and fixed rows. */
static inline void grid_fixed(const struct salon *s, struct grid *g)
{
	memset(g, 0, sizeof *g);
	for (size_t i = 0; i < s->question.world.nuses; i++) {
		const struct use *u = &s->uses[i];
		if (!is_row(s, u->appointment))
			grid_add(g, u->resource, u->day, u->start, u->end, 1);
	}
	for (size_t i = 0; i < s->question.nrows; i++)
		if (row_fixed(&s->question.rows[i]))
			grid_slot(g, row_held(&s->question.rows[i]), 1);
}

static inline bool away(const struct salon *s, int64_t staff, int dayno, int start, int end)
{
	for (size_t i = 0; i < s->question.nabsences; i++) {
		const struct replan_absence *a = &s->absences[i];
		bool on = a->staff == staff && a->from.n <= FIRST_DAY + dayno && (a->to.n == NONE || a->to.n >= FIRST_DAY + dayno);
		if (on && (a->start < 0 || (a->start < end && a->end > start)))
			return true;
	}
	return false;
}

static inline bool works(const struct salon *s, int64_t staff, int dayno, int at) { return s->worked[staff][dayno][at / 5]; }

static inline bool person_can(const struct salon *s, struct grid *g, int64_t staff, int dayno, int start, int end)
{
	for (int at = start; at < end; at += 5)
		if (!works(s, staff, dayno, at) || away(s, staff, dayno, at, at + 5) || g->people[staff][dayno][at / 5] > 0)
			return false;
	return true;
}

static inline bool place_can(struct grid *g, int64_t place, int dayno, int start, int end)
{
	for (int at = start; at < end; at += 5)
		if (g->places[place][dayno][at / 5] > 0)
			return false;
	return true;
}

static inline bool device_can(const struct salon *s, struct grid *g, int64_t device, int dayno, int start, int end)
{
	for (int at = start; at < end; at += 5)
		if (g->devices[device][dayno][at / 5] >= s->devices[device - 1].quantity)
			return false;
	return true;
}

/* ---- chains ---- */

static inline int phase_minutes(const struct slot_step *s, size_t phase, int extra)
{
	size_t longest = s->nphases;
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE && (longest == s->nphases || s->phases[i].minutes > s->phases[longest].minutes))
			longest = i;
	int min = s->phases[phase].minutes + (phase == longest ? extra : 0);
	return min < 5 ? 5 : (min + 4) / 5 * 5;
}

static inline bool needs_person(const struct slot_step *s)
{
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE)
			return true;
	return false;
}

/* ---- tails: what is aired or cleaned at a step's end while the customer goes on ---- */

static inline int tail_minutes(const struct slot_step *s)
{
	int n = 0;
	for (size_t i = s->nphases; i-- > 1 && s->phases[i].kind == PHASE_BUFFER && (i + 1 == s->nphases || s->phases[i].place_class == s->phases[i + 1].place_class);)
		n += phase_minutes(s, i, 0);
	return n;
}

/* For somebody who may do it: begins it on a place of this class so soon; or is through so soon (class -1), tail not counted. */
static inline bool sooner_than(const struct slot_step *s, int64_t class, int min)
{
	for (size_t c = 0; c < s->ncandidates; c++) {
		int at = 0;
		if (s->only_wished && s->candidates[c].staff != s->wished)
			continue;
		for (size_t i = 0; i < s->nphases; i++) {
			if (class >= 0 && s->phases[i].place_class == class && at < min)
				return true;
			at += phase_minutes(s, i, s->candidates[c].extra_minutes);
		}
		if (class < 0 && at - tail_minutes(s) < min)
			return true;
	}
	return false;
}

enum tail { TAIL_WAITS, TAIL_GOES_ON, TAIL_EITHER };   /* the next step: after it, during it, or as it comes */

static inline enum tail tail_of(const struct slot_step *steps, size_t nsteps, size_t i)
{
	int tail = i + 1 < nsteps && !steps[i + 1].beside ? tail_minutes(&steps[i]) : 0;
	int64_t class = steps[i].phases[steps[i].nphases - 1].place_class;
	if (tail == 0)
		return TAIL_WAITS;
	for (size_t k = i + 2; class != 0 && k < nsteps && !steps[k].beside; k++)
		if (sooner_than(&steps[k], class, DAY_MINUTES) && sooner_than(&steps[i + 1], -1, tail))
			return TAIL_WAITS;
	return class != 0 && sooner_than(&steps[i + 1], class, tail) ? TAIL_EITHER : TAIL_GOES_ON;
}

/* The claims of a chain with these people from this time on, places still open. waits: bit i, step i + 1 waits for the tail of
 * step i where it need not. false: after midnight, or nothing to choose there. */
static inline bool lay_out(const struct slot_step *steps, size_t nsteps, const struct slot_candidate *people, int dayno, int start, unsigned waits, struct slot *s)
{
	int at = start;
	s->day = (day){ FIRST_DAY + dayno };
	s->start = start;
	s->end = 0;
	s->nclaims = 0;
	for (size_t i = 0; i < nsteps; i++) {
		enum tail tail = tail_of(steps, nsteps, i);
		at = steps[i].beside && i > 0 ? start : at;
		for (size_t k = 0; k < steps[i].nphases; k++) {
			const struct slot_phase *p = &steps[i].phases[k];
			int end = at + phase_minutes(&steps[i], k, people[i].extra_minutes);
			s->claims[s->nclaims++] = (struct slot_claim){ .step = (int)i, .phase = (int)k, .start = at, .end = end,
				.staff = p->kind == PHASE_ACTIVE ? people[i].staff : 0, .device = p->kind == PHASE_BUFFER ? 0 : p->device };
			at = end;
		}
		s->end = at > s->end ? at : s->end;
		if ((waits & 1u << i) && tail != TAIL_EITHER)
			return false;
		at -= tail == TAIL_GOES_ON || (tail == TAIL_EITHER && !(waits & 1u << i)) ? tail_minutes(&steps[i]) : 0;
	}
	return s->end <= DAY_MINUTES;
}

/* No earlier claim of the same visit is on the place at the same time. */
static inline bool own_free(const struct slot *s, size_t before, int64_t place, int start, int end)
{
	for (size_t i = 0; i < before; i++)
		if (s->claims[i].place == place && s->claims[i].start < end && s->claims[i].end > start)
			return false;
	return true;
}

static inline int64_t class_of(const struct slot_step *steps, const struct slot_claim *c) { return steps[c->step].phases[c->phase].place_class; }

/* One past the last claim of the run that begins at claim i: same step, same class of place. */
static inline size_t run_end(const struct slot_step *steps, const struct slot *s, size_t i)
{
	size_t k = i + 1;
	while (k < s->nclaims && s->claims[k].step == s->claims[i].step && class_of(steps, &s->claims[k]) == class_of(steps, &s->claims[i]))
		k++;
	return k;
}

static inline void set_place(struct slot *s, size_t from, size_t to, int64_t place)
{
	for (size_t i = from; i < to; i++)
		s->claims[i].place = place;
}

/* The lowest place of its class for each run. */
static inline bool lowest_places(const struct salon *s, struct grid *g, const struct slot_step *steps, struct slot *slot)
{
	for (size_t i = 0, k; i < slot->nclaims; i = k) {
		k = run_end(steps, slot, i);
		int64_t found = 0, class = class_of(steps, &slot->claims[i]);
		for (int p = 1; p <= s->size.places && found == 0 && class != 0; p++)
			if (s->places[p - 1].class == class && place_can(g, p, day_no(slot->day), slot->claims[i].start, slot->claims[k - 1].end) &&
			    own_free(slot, i, p, slot->claims[i].start, slot->claims[k - 1].end))
				found = p;
		if (class != 0 && found == 0)
			return false;
		set_place(slot, i, k, found);
	}
	return true;
}

static inline void grid_claim(struct grid *g, day d, const struct slot_claim *c, int n)
{
	if (c->staff != 0)
		grid_add(g, resource_of(RESOURCE_PERSON, c->staff), d, c->start, c->end, n);
	if (c->device != 0)
		grid_add(g, resource_of(RESOURCE_DEVICE, c->device), d, c->start, c->end, n);
}

/* Each claim beside the grid and the visit's earlier ones. */
static inline bool people_and_devices_can(const struct salon *s, struct grid *g, const struct slot *slot)
{
	bool can = true;
	size_t n = 0;
	for (; n < slot->nclaims && can; n++) {
		const struct slot_claim *c = &slot->claims[n];
		can = (c->staff == 0 || person_can(s, g, c->staff, day_no(slot->day), c->start, c->end)) &&
			(c->device == 0 || device_can(s, g, c->device, day_no(slot->day), c->start, c->end));
		grid_claim(g, slot->day, c, 1);
	}
	while (n-- > 0)
		grid_claim(g, slot->day, &slot->claims[n], -1);
	return can;
}

/* Somebody has come before and somebody goes after: asked of a step that needs nobody, and of each start. */
static inline bool staffed(const struct salon *s, int dayno, int start, int end)
{
	int first = DAY_MINUTES, last = 0;
	for (int p = 1; p <= s->size.staff; p++)
		for (int at = 0; at < DAY_MINUTES; at += 5)
			if (works(s, p, dayno, at) && !away(s, p, dayno, at, at + 5)) {
				first = at < first ? at : first;
				last = at + 5 > last ? at + 5 : last;
			}
	return first <= start && end <= last;
}

static inline bool doors_open(const struct salon *s, const struct slot_step *steps, const struct slot *slot)
{
	if (slot->claims[0].staff == 0 && !staffed(s, day_no(slot->day), slot->start, slot->start + 5))
		return false;
	for (size_t i = 0; i < slot->nclaims; i++)
		if (!needs_person(&steps[slot->claims[i].step]) && !staffed(s, day_no(slot->day), slot->claims[i].start, slot->claims[i].end))
			return false;
	return true;
}
#endif
