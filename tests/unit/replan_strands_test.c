/* replan_strands_test.c: planning anew visits in which several people work at once; each salon small enough to say what must come out. */
#include "check.h"
#include "rules/replan.h"

enum { SUSANNE = 1, MEHMET, JULIA, KATHARINA, MONDAY = 100, CHAIR = 1, TEN = 600 };

static struct arena *a;
#define STEP(phases_, candidates_, beside_) { .phases = (phases_), .nphases = COUNT(phases_), .candidates = (candidates_), .ncandidates = COUNT(candidates_), .beside = (beside_) }
#define ON_CHAIR(kind_, minutes_) { .kind = (kind_), .minutes = (minutes_), .place_class = CHAIR }
static const struct slot_candidate all[] = { { SUSANNE, 0 }, { MEHMET, 0 }, { JULIA, 0 }, { KATHARINA, 0 } };
static const struct slot_candidate susanne_or_mehmet[] = { { SUSANNE, 0 }, { MEHMET, 0 } }, julia[] = { { JULIA, 0 } }, katharina[] = { { KATHARINA, 0 } };

static struct {
	struct worktime_span work[4];
	struct use uses[40]; size_t nuses;
	struct place places[3];
	struct device device;
	struct replan_row rows[2]; size_t nrows;
} s;

/* All four work from nine to six, three chairs, two of the device; Susanne is ill. */
static void open_salon(void)
{
	memset(&s, 0, sizeof s);
	for (int i = 0; i < 4; i++)
		s.work[i] = (struct worktime_span){ .day = { MONDAY }, .staff = i + 1, .start = 540, .end = 1080, .kind = WORKTIME_WORK };
	for (int i = 0; i < 3; i++)
		s.places[i] = (struct place){ 10 + i, CHAIR };
	s.device = (struct device){ 1, 2 };
}

static void use(enum resource_kind kind, int64_t id, const struct slot_claim *c)
{
	if (id != 0)
		s.uses[s.nuses++] = (struct use){ .day = { MONDAY }, .resource = resource_of(kind, id), .start = c->start, .end = c->end, .appointment = (int64_t)s.nrows };
}

/* Booked at ten with these claims. */
static void booked(const struct slot_step *steps, size_t nsteps, const struct slot_claim *claims, size_t nclaims)
{
	struct slot *now = arena_new_of(a, struct slot);
	*now = (struct slot){ .day = { MONDAY }, .start = TEN, .claims = arena_array(a, struct slot_claim, nclaims), .nclaims = nclaims };
	memcpy(now->claims, claims, nclaims * sizeof *claims);
	s.nrows++;
	s.rows[s.nrows - 1] = (struct replan_row){ .appointment = (int64_t)s.nrows, .steps = steps, .nsteps = nsteps, .now = now, .status = STATUS_CONFIRMED, .reachable = true };
	for (size_t i = 0; i < nclaims; i++) {
		now->end = claims[i].end > now->end ? claims[i].end : now->end;
		use(RESOURCE_PERSON, claims[i].staff, &claims[i]);
		use(RESOURCE_PLACE, claims[i].place, &claims[i]);
		use(RESOURCE_DEVICE, claims[i].device, &claims[i]);
	}
}

static struct replan plan(void)
{
	static const struct replan_absence ill = { .staff = SUSANNE, .from = { MONDAY }, .to = { MONDAY }, .start = -1 };
	struct replan_question q = { .world = { .from = { MONDAY }, .ndays = 1, .work = s.work, .nwork = COUNT(s.work), .uses = s.uses, .nuses = s.nuses,
		.places = s.places, .nplaces = COUNT(s.places), .devices = &s.device, .ndevices = 1, .today = { NONE } },
		.absences = &ill, .nabsences = 1, .rows = s.rows, .nrows = s.nrows, .rules = { .later = 120 } };
	return replan_make(a, &q);
}

/* Of a step's first phase. */
static const struct slot_claim *claim(const struct replan_proposal *p, int step)
{
	static const struct slot_claim none;
	for (size_t i = 0; i < p->choice.slot.nclaims; i++)
		if (p->choice.slot.claims[i].step == step)
			return &p->choice.slot.claims[i];
	return &none;
}

static const struct slot_phase cut[] = { ON_CHAIR(PHASE_ACTIVE, 30) }, nails[] = { { .kind = PHASE_ACTIVE, .minutes = 45 } };

static void only_the_part_of_the_one_who_is_ill_changes_hands(void)
{
	static const struct slot_step steps[] = { STEP(cut, all, false), STEP(nails, all, true) };
	open_salon();
	booked(steps, COUNT(steps), (struct slot_claim[]){ { 0, 0, TEN, TEN + 30, SUSANNE, 10, 0 }, { 1, 0, TEN, TEN + 45, MEHMET, 0, 0 } }, 2);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[0].choice.slot.start, TEN);
	CHECK_INT(p.rows[0].choice.slot.end, TEN + 45);
	CHECK_INT(claim(&p.rows[0], 0)->staff, JULIA);        /* not Mehmet, who is at her nails just then */
	CHECK_INT(claim(&p.rows[0], 1)->staff, MEHMET);
	CHECK_INT(claim(&p.rows[0], 1)->start, TEN);
	CHECK_INT(p.rows[0].choice.price.hands, 1);
	CHECK_INT(p.rows[0].choice.price.calls, 0);
}

static void nobody_does_both_at_once(void)
{
	static const struct slot_candidate mehmet[] = { { MEHMET, 0 } };
	static const struct slot_step steps[] = { STEP(cut, susanne_or_mehmet, false), STEP(nails, mehmet, true) };
	open_salon();
	booked(steps, COUNT(steps), (struct slot_claim[]){ { 0, 0, TEN, TEN + 30, SUSANNE, 10, 0 }, { 1, 0, TEN, TEN + 45, MEHMET, 0, 0 } }, 2);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_CALL);
	CHECK_INT(p.rows[0].why, REPLAN_FULL);
}

/* The third needs chair 10 all the time. If the first is on another than that, the next
 * goes on while it is cleaned; that the same people could not do it with the first on chair 10 says nothing about it. */
static void while_a_chair_is_cleaned_the_next_step_goes_on(void)
{
	static const struct slot_phase cleaned[] = { ON_CHAIR(PHASE_ACTIVE, 30), ON_CHAIR(PHASE_BUFFER, 15) }, dried[] = { ON_CHAIR(PHASE_ACTIVE, 15) };
	static const struct slot_phase there[] = { { .kind = PHASE_ACTIVE, .minutes = 60, .place_class = CHAIR, .place = 10, .only_place = true } };
	static const struct slot_step steps[] = { STEP(cleaned, susanne_or_mehmet, false), STEP(dried, katharina, false), STEP(there, julia, true) };
	static const struct slot_claim claims[] = { { 0, 0, TEN, TEN + 30, SUSANNE, 11, 0 }, { 0, 1, TEN + 30, TEN + 45, 0, 11, 0 },
		{ 1, 0, TEN + 30, TEN + 45, KATHARINA, 12, 0 }, { 2, 0, TEN, TEN + 60, JULIA, 10, 0 } };
	open_salon();
	booked(steps, COUNT(steps), claims, COUNT(claims));
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(claim(&p.rows[0], 0)->staff, MEHMET);
	CHECK_INT(claim(&p.rows[0], 1)->start, TEN + 30);
	CHECK_INT(claim(&p.rows[0], 2)->place, 10);
}

static const struct slot_phase machine[] = { { .kind = PHASE_ACTIVE, .minutes = 5, .device = 1 } };

/* Two of the two devices are hers, for five minutes: who needs one waits until she is through. */
static void each_strand_has_a_device_of_its_own(void)
{
	static const struct slot_step both[] = { STEP(machine, julia, false), STEP(machine, katharina, true) }, one[] = { STEP(machine, susanne_or_mehmet, false) };
	open_salon();
	booked(both, COUNT(both), (struct slot_claim[]){ { 0, 0, TEN, TEN + 5, JULIA, 0, 1 }, { 1, 0, TEN, TEN + 5, KATHARINA, 0, 1 } }, 2);
	booked(one, COUNT(one), (struct slot_claim[]){ { 0, 0, TEN, TEN + 5, SUSANNE, 0, 1 } }, 1);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_KEPT);
	CHECK_INT(p.rows[1].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[1].choice.slot.start, TEN + 5);
}

/* One of the two is another's for an hour: both strands together have to wait for it. */
static void both_strands_wait_for_two_devices(void)
{
	static const struct slot_step both[] = { STEP(machine, all, false), STEP(machine, all, true) };
	open_salon();
	booked(both, COUNT(both), (struct slot_claim[]){ { 0, 0, TEN, TEN + 5, SUSANNE, 0, 1 }, { 1, 0, TEN, TEN + 5, KATHARINA, 0, 1 } }, 2);
	s.nrows = 90;                                          /* its number; no row */
	use(RESOURCE_DEVICE, 1, &(struct slot_claim){ .start = TEN, .end = TEN + 60 });
	s.nrows = 1;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[0].choice.slot.start, TEN + 60);
	CHECK(claim(&p.rows[0], 0)->staff != claim(&p.rows[0], 1)->staff);
}

int main(void)
{
	static void (*const cases[])(void) = {
		only_the_part_of_the_one_who_is_ill_changes_hands, nobody_does_both_at_once, while_a_chair_is_cleaned_the_next_step_goes_on,
		each_strand_has_a_device_of_its_own, both_strands_wait_for_two_devices,
	};
	a = arena_new();
	for (size_t i = 0; i < COUNT(cases); i++) {
		cases[i]();
		arena_reset(a);
	}
	arena_free(a);
	return check_end();
}
