/* replan_small.h: a salon for the re-planning engine built by hand, visit by visit. */
#ifndef TESTS_REPLAN_SMALL_H
#define TESTS_REPLAN_SMALL_H
#include "rules/replan.h"
#include "rules/slots_map.h"
#include <stdlib.h>

enum { SUSANNE = 1, MEHMET, JULIA, KATHARINA, MONDAY = 100, CHAIR = 1 };
enum { MANY = 520 };

static struct arena *a;
#define ON_CHAIR(kind_, minutes_, device_) { .kind = (kind_), .minutes = (minutes_), .place_class = CHAIR, .device = (device_) }
static const struct slot_phase cut[] = { ON_CHAIR(PHASE_ACTIVE, 30, 0) };
static const struct slot_phase colour[] = { ON_CHAIR(PHASE_ACTIVE, 30, 0), ON_CHAIR(PHASE_WAIT, 30, 1), ON_CHAIR(PHASE_ACTIVE, 15, 0) };
static const struct slot_candidate all[] = { { SUSANNE, 0 }, { MEHMET, 0 }, { JULIA, 0 }, { KATHARINA, 0 } };

/* A salon under construction. */
static struct {
	struct worktime_span work[2000]; size_t nwork;
	struct use uses[9000]; size_t nuses;
	struct place places[4]; size_t nplaces;
	struct device devices[1]; size_t ndevices;
	struct replan_absence absences[3]; size_t nabsences;
	struct replan_row rows[MANY]; size_t nrows;
	struct replan_rules rules;
} s;

static void open_salon(int days, int staff)
{
	memset(&s, 0, sizeof s);
	for (int d = 0; d < days; d++)
		for (int p = 1; p <= staff; p++)
			s.work[s.nwork++] = (struct worktime_span){ .day = { MONDAY + d }, .staff = p, .start = 540, .end = 1080, .kind = WORKTIME_WORK };
	for (int i = 0; i < 4; i++)
		s.places[s.nplaces++] = (struct place){ 10 + i, CHAIR };
	s.devices[s.ndevices++] = (struct device){ 1, 1 };
	s.absences[s.nabsences++] = (struct replan_absence){ .staff = SUSANNE, .from = { MONDAY }, .to = { MONDAY }, .start = -1 };
	s.rules = (struct replan_rules){ .later = 120 };
}

static void use(day d, enum resource_kind kind, int64_t id, int start, int end, int64_t appointment)
{
	s.uses[s.nuses++] = (struct use){ .day = d, .resource = resource_of(kind, id), .start = start, .end = end, .appointment = appointment };
}

static void busy(int64_t staff, int start, int end) { use((day){ MONDAY }, RESOURCE_PERSON, staff, start, end, 900 + staff); }

/* A visit of the same service some times over, one person for each; in the order of the calls. */
static struct replan_row *visit(day d, int start, const struct slot_phase *phases, size_t nphases, const int64_t *staff, size_t nsteps)
{
	struct slot_step *steps = arena_array(a, struct slot_step, nsteps);
	struct slot *now = arena_new_of(a, struct slot);
	struct replan_row *r = &s.rows[s.nrows++];
	*now = (struct slot){ .day = d, .start = start, .claims = arena_array(a, struct slot_claim, nsteps * nphases) };
	*r = (struct replan_row){ .appointment = (int64_t)s.nrows, .steps = steps, .nsteps = nsteps, .now = now, .status = STATUS_CONFIRMED, .reachable = true };
	for (size_t i = 0; i < nsteps; i++) {
		steps[i] = (struct slot_step){ .phases = phases, .nphases = nphases, .candidates = all, .ncandidates = COUNT(all) };
		for (size_t k = 0; k < nphases; k++) {
			struct slot_claim c = { .step = (int)i, .phase = (int)k, .start = start, .end = start + phases[k].minutes, .place = phases[k].place_class == CHAIR ? 10 : 0,
				.staff = phases[k].kind == PHASE_ACTIVE ? staff[i] : 0, .device = phases[k].device };
			now->claims[now->nclaims++] = c;
			if (c.staff != 0)
				use(d, RESOURCE_PERSON, c.staff, c.start, c.end, r->appointment);
			use(d, RESOURCE_PLACE, c.place, c.start, c.end, r->appointment);
			start = c.end;
		}
	}
	now->end = start;
	return r;
}

static struct replan_row *cut_at(int start) { return visit((day){ MONDAY }, start, cut, COUNT(cut), (const int64_t[]){ SUSANNE }, 1); }

static void wish(struct replan_row *r, int64_t staff)
{
	struct slot_step *steps = arena_array(a, struct slot_step, r->nsteps);
	memcpy(steps, r->steps, r->nsteps * sizeof *steps);
	for (size_t i = 0; i < r->nsteps; i++)
		steps[i].wished = staff;
	r->steps = steps;
}

static struct replan plan(void)
{
	int64_t last = MONDAY;
	for (size_t i = 0; i < s.nwork; i++)
		last = s.work[i].day.n > last ? s.work[i].day.n : last;
	struct replan_question q = { .world = { .from = { MONDAY }, .ndays = (int)(last - MONDAY + 1), .work = s.work, .nwork = s.nwork, .uses = s.uses, .nuses = s.nuses,
		.places = s.places, .nplaces = s.nplaces, .devices = s.devices, .ndevices = s.ndevices, .today = { NONE } },
		.absences = s.absences, .nabsences = s.nabsences, .rows = s.rows, .nrows = s.nrows, .rules = s.rules };
	struct slots_map as_it_was = slots_map_all(a, &q.world);      /* the book gives one; what is held is not in it */
	q.world.map = &as_it_was;
	return replan_make(a, &q);
}

static int64_t who(const struct replan_choice *c) { return c->slot.nclaims > 0 ? c->slot.claims[0].staff : 0; }
#endif
