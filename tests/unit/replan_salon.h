/* replan_salon.h: random salons for the re-planning engine, and its slow oracle: what fits, what it costs, counted in plain
 * grids of five minutes, with nothing taken from the engine but its header. */
#ifndef TESTS_REPLAN_SALON_H
#define TESTS_REPLAN_SALON_H
#include "rules/replan.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DAYS_MOST = 16, STAFF_MOST = 9, PLACES_MOST = 8, DEVICES_MOST = 2, ROWS_MOST = 48, STEPS_MOST = 3, PHASES_MOST = 4,
	SERVICES_MOST = 8, USES_MOST = 12000, FIRST_DAY = 100, UNITS = 288, CALL_POINTS = REPLAN_UNDECIDED + REPLAN_PHONE };

struct salon_size { int days, staff, places, devices, services, rows, steps, open, close, others, away_days; };

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
	int tail = i + 1 < nsteps ? tail_minutes(&steps[i]) : 0;
	int64_t class = steps[i].phases[steps[i].nphases - 1].place_class;
	if (tail == 0)
		return TAIL_WAITS;
	for (size_t k = i + 2; class != 0 && k < nsteps; k++)
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

static inline bool people_and_devices_can(const struct salon *s, struct grid *g, const struct slot *slot)
{
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		if (c->staff != 0 && !person_can(s, g, c->staff, day_no(slot->day), c->start, c->end))
			return false;
		if (c->device != 0 && !device_can(s, g, c->device, day_no(slot->day), c->start, c->end))
			return false;
	}
	return true;
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

/* ---- making a salon ---- */

static inline struct slot_phase phase(enum phase_kind kind, int min, int64_t place_class, int64_t device)
{
	return (struct slot_phase){ .kind = kind, .minutes = min, .place_class = place_class, .device = device };
}

static inline void make_services(struct salon *s)
{
	for (int i = 0; i < s->size.services; i++) {
		struct service *v = &s->services[i];
		bool colour = chance(30), washed = chance(30);
		if (washed)
			v->phases[v->nphases++] = phase(PHASE_ACTIVE, 10, 2, 0);
		v->phases[v->nphases++] = phase(PHASE_ACTIVE, 15 + 5 * dice(8), 1, chance(10) && s->size.devices > 0 ? 1 : 0);
		if (colour) {
			v->phases[v->nphases++] = phase(PHASE_WAIT, 15 + 5 * dice(4), 1, chance(50) && s->size.devices > 0 ? 1 + dice(s->size.devices) : 0);
			v->phases[v->nphases++] = phase(PHASE_ACTIVE, 10 + 5 * dice(4), 1, 0);
		} else if (chance(15)) {
			v->phases[v->nphases++] = phase(PHASE_BUFFER, 5 + 5 * dice(2), 1, 0);
		}
		for (int p = 1; p <= s->size.staff; p++)
			if (p == 1 || chance(70))
				v->candidates[v->ncandidates++] = (struct slot_candidate){ .staff = p, .extra_minutes = chance(15) ? 5 * (dice(4) - 1) : 0 };
	}
}

static inline void make_work(struct salon *s)
{
	size_t n = 0;
	for (int d = 0; d < s->size.days; d++)
		for (int p = 1; p <= s->size.staff; p++) {
			int open = s->size.open + (chance(30) ? 15 * dice(5) : 0), close = s->size.close - (chance(30) ? 15 * dice(5) : 0), lunch = (open + close) / 2 / 15 * 15;
			bool breaks = chance(40) && close - open > 240;
			if (p > 1 && chance(12))
				continue;
			s->work[n++] = (struct worktime_span){ .day = { FIRST_DAY + d }, .staff = p, .start = open, .end = breaks ? lunch : close, .kind = WORKTIME_WORK };
			if (breaks)
				s->work[n++] = (struct worktime_span){ .day = { FIRST_DAY + d }, .staff = p, .start = lunch + 30, .end = close, .kind = WORKTIME_WORK };
		}
	s->question.world.work = s->work;
	s->question.world.nwork = n;
	for (size_t i = 0; i < n; i++)
		for (int at = s->work[i].start; at + 5 <= s->work[i].end; at += 5)
			s->worked[s->work[i].staff][day_no(s->work[i].day)][at / 5] = true;
}

static inline void add_uses(struct salon *s, int64_t appointment, const struct slot *slot)
{
	size_t *n = &s->question.world.nuses;
	for (size_t i = 0; i < slot->nclaims && *n + 3 < USES_MOST; i++) {
		const struct slot_claim *c = &slot->claims[i];
		const int64_t id[] = { c->staff, c->place, c->device };
		for (int k = 0; k < 3; k++)
			if (id[k] != 0)
				s->uses[(*n)++] = (struct use){ .day = slot->day, .resource = resource_of((enum resource_kind)(k + 1), id[k]),
					.start = c->start, .end = c->end, .appointment = appointment };
	}
}

static inline struct slot_candidate one_of(const struct service *v) { return v->candidates[dice((int)v->ncandidates)]; }

/* A visit somewhere where it fits; first: the first step's person, 0 = anybody but 1. Frozen: nobody's extra minutes. */
static inline bool make_visit(struct salon *s, struct grid *g, struct visit *v, int64_t first, int days)
{
	for (int tries = 0; tries < 40; tries++) {
		struct slot_candidate people[STEPS_MOST];
		bool somebody = true;
		v->nsteps = (size_t)(1 + (chance(40) ? dice(s->size.steps) : 0));
		v->now.claims = v->claims;
		for (size_t i = 0; i < v->nsteps; i++) {
			const struct service *of = &s->services[dice(s->size.services)];
			v->steps[i] = (struct slot_step){ .phases = of->phases, .nphases = of->nphases, .candidates = of->candidates, .ncandidates = of->ncandidates };
			people[i] = first != 0 && (i == 0 || chance(60)) ? of->candidates[0] : one_of(of);
			people[i].extra_minutes = 0;
			somebody = somebody && (first != 0 || people[i].staff != 1);
		}
		int start = s->size.open + 5 * dice((s->size.close - s->size.open) / 5);
		if (!somebody || !lay_out(v->steps, v->nsteps, people, dice(days), start, 0, &v->now) || v->now.end > s->size.close + 60)
			continue;
		if (!people_and_devices_can(s, g, &v->now) || !lowest_places(s, g, v->steps, &v->now))
			continue;
		grid_slot(g, &v->now, 1);
		return true;
	}
	return false;
}

static inline void make_rows(struct salon *s, struct grid *g)
{
	for (int i = 0; i < s->size.rows; i++) {
		struct visit *v = &s->visits[s->question.nrows];
		if (!make_visit(s, g, v, chance(20) ? 0 : 1, s->size.away_days))
			continue;
		struct replan_row *r = &s->rows[s->question.nrows];
		*r = (struct replan_row){ .appointment = 100 + 7 * (int64_t)s->question.nrows, .steps = v->steps, .nsteps = v->nsteps, .now = &v->now,
			.status = chance(5) ? STATUS_ARRIVED : STATUS_CONFIRMED, .reachable = !chance(10) };
		for (size_t k = 0; k < v->nsteps; k++) {
			v->steps[k].wished = chance(25) ? 1 + dice(s->size.staff) : 0;
			v->steps[k].only_wished = chance(5);
		}
		s->question.nrows++;
		add_uses(s, r->appointment, &v->now);
	}
}

static inline void make_others(struct salon *s, struct grid *g)
{
	for (int i = 0; i < s->size.others; i++) {
		struct visit v = { .nsteps = 0 };
		if (make_visit(s, g, &v, 0, s->size.days))
			add_uses(s, 1000 + i, &v.now);
	}
}

static inline void make_absences(struct salon *s)
{
	struct replan_question *q = &s->question;
	q->absences = s->absences;
	s->absences[q->nabsences++] = (struct replan_absence){ .staff = 1, .from = { FIRST_DAY }, .to = { chance(10) ? NONE : FIRST_DAY + s->size.away_days - 1 },
		.start = chance(70) ? -1 : s->size.open + 30, .end = s->size.open + 60 + dice(s->size.close - s->size.open - 60) };
	if (chance(15))
		s->absences[q->nabsences++] = (struct replan_absence){ .staff = 2, .from = { FIRST_DAY }, .to = { FIRST_DAY }, .start = -1 };
}

static struct grid salon_grid;                    /* room to count in */

static inline void make_salon(struct salon *s, uint64_t seed, struct salon_size size)
{
	dice_seed(seed);
	memset(s, 0, sizeof *s);
	memset(&salon_grid, 0, sizeof salon_grid);
	s->size = size;
	s->question.world = (struct slot_world){ .from = { FIRST_DAY }, .ndays = size.days, .uses = s->uses, .places = s->places, .nplaces = (size_t)size.places,
		.devices = s->devices, .ndevices = (size_t)size.devices, .today = { chance(50) ? NONE : FIRST_DAY }, .now = size.open - 30 + 5 * dice(20) };
	for (int i = 0; i < size.places; i++)
		s->places[i] = (struct place){ .id = i + 1, .class = i < 1 || (i % 4 != 1) ? 1 : 2 };
	for (int i = 0; i < size.devices; i++)
		s->devices[i] = (struct device){ .id = i + 1, .quantity = 1 + dice(2) };
	s->question.rows = s->rows;
	make_services(s);
	make_work(s);
	make_rows(s, &salon_grid);
	make_others(s, &salon_grid);
	make_absences(s);
	s->question.rules = (struct replan_rules){ .earlier = chance(30) ? 0 : 30 * dice(4), .later = 30 * dice(7), .days_after = size.days > 1 ? dice(size.days) : 0,
		.days_before = chance(20) ? 1 : 0, .call_from = chance(50) ? 0 : 10, .break_promises = chance(25) };
}

/* Everybody can be called and nobody was promised anything: all compete for the same gaps. */
static inline void let_all_compete(struct salon *s)
{
	for (size_t i = 0; i < s->question.nrows; i++) {
		s->rows[i].reachable = true;
		s->rows[i].status = STATUS_CONFIRMED;
		for (size_t k = 0; k < s->rows[i].nsteps; k++)
			s->visits[i].steps[k].wished = 0;
	}
}

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
			first = first < 0 ? slot->claims[i].start : first;
			last = slot->claims[i].end;
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
