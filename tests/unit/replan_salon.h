/* replan_salon.h: random salons for the re-planning engine: services, people at work, visits where they fit, absences. */
#ifndef TESTS_REPLAN_SALON_H
#define TESTS_REPLAN_SALON_H
#include "replan_grid.h"

static inline struct slot_phase phase(enum phase_kind kind, int min, int64_t place_class, int64_t device)
{
	return (struct slot_phase){ .kind = kind, .minutes = min, .place_class = place_class, .device = device };
}

static inline void make_services(struct salon *s)
{
	for (int i = 0; i < s->size.services; i++) {
		struct service *v = &s->services[i];
		bool colour = chance(30), washed = chance(30);
		int machine = s->size.beside > 0 ? 40 : 10, aired = s->size.beside > 0 ? 40 : 15;
		if (washed)
			v->phases[v->nphases++] = phase(PHASE_ACTIVE, 10, 2, 0);
		v->phases[v->nphases++] = phase(PHASE_ACTIVE, 15 + 5 * dice(8), 1, chance(machine) && s->size.devices > 0 ? 1 : 0);
		if (colour) {
			v->phases[v->nphases++] = phase(PHASE_WAIT, 15 + 5 * dice(4), 1, chance(50) && s->size.devices > 0 ? 1 + dice(s->size.devices) : 0);
			v->phases[v->nphases++] = phase(PHASE_ACTIVE, 10 + 5 * dice(4), 1, 0);
		} else if (chance(aired)) {
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
		v->nsteps = (size_t)(1 + (chance(s->size.beside > 0 ? 80 : 40) ? dice(s->size.steps) : 0));
		v->now.claims = v->claims;
		for (size_t i = 0; i < v->nsteps; i++) {
			const struct service *of = &s->services[dice(s->size.services)];
			v->steps[i] = (struct slot_step){ .phases = of->phases, .nphases = of->nphases, .candidates = of->candidates, .ncandidates = of->ncandidates };
			people[i] = first != 0 && (i == 0 || chance(60)) ? of->candidates[0] : one_of(of);
			people[i].extra_minutes = 0;
			v->steps[i].beside = i > 0 && s->size.beside > 0 && chance(s->size.beside);
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
#endif
