/* slots_strands_test.c: strands at once, a service's own hours, bounds of the start and what was only asked for, in a salon of two people
 * (1 Susanne, 2 Katharina) who work on a Saturday from 9 to 12, with two chairs and one steamer. */
#include "check.h"
#include "rules/slots.h"

enum { SUSANNE = 1, KATHARINA = 2, SEAT = 1, STEAMER = 1, SATURDAY = 100, VACATION = 9 };

static struct worktime_span work[] = {
	{ { SATURDAY }, SUSANNE, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 }, { { SATURDAY }, KATHARINA, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 },
	{ { SATURDAY }, SUSANNE, 540, 600, WORKTIME_ASKED, VACATION, 0, 0, 0 },
};
static const struct place places[] = { { 1, SEAT }, { 2, SEAT } };
static const struct device devices[] = { { STEAMER, 1 } };
static const struct slot_candidate both[] = { { KATHARINA, 0 }, { SUSANNE, 0 } };
static struct slot_world world;
static struct slot_phase hair[] = { { PHASE_ACTIVE, 30, SEAT, 0, 0, false } }, nails[] = { { PHASE_ACTIVE, 60, SEAT, 0, 0, false } };
static struct slot_step steps[2];
static struct slot_request q;

/* Hair, and beside it nails; nobody has asked for anything. */
static void open_salon(void)
{
	world = (struct slot_world){ .from = { SATURDAY }, .ndays = 1, .work = work, .nwork = 2, .places = places, .nplaces = 2, .devices = devices, .ndevices = 1, .today = { NONE } };
	steps[0] = (struct slot_step){ .phases = hair, .nphases = 1, .candidates = both, .ncandidates = 2 };
	steps[1] = (struct slot_step){ .phases = nails, .nphases = 1, .candidates = both, .ncandidates = 2, .beside = true };
	hair[0].device = nails[0].device = 0;
	q = (struct slot_request){ .steps = steps, .nsteps = 2, .first = { NONE }, .last = { NONE }, .wish_day = { NONE } };
}

static struct slot_block against(struct arena *a, int start) { return slots_why_not(a, &world, &q, (day){ SATURDAY }, start); }
static bool at(struct arena *a, int start, struct slot *s) { return slots_at(a, &world, &q, (day){ SATURDAY }, start, s); }

static void strands_run_at_once(struct arena *a)
{
	struct slot s;
	open_salon();
	steps[0].beside = true;                                          /* says nothing of the first */
	CHECK(at(a, 540, &s) && s.nclaims == 2);
	CHECK_INT(s.claims[0].start, 540);
	CHECK_INT(s.claims[1].start, 540);
	CHECK(s.claims[0].staff != s.claims[1].staff && s.claims[0].place != s.claims[1].place);
	CHECK_INT(s.end, 600);                                           /* the nails take longer */
	CHECK(at(a, 660, &s) && !at(a, 665, &s));
	steps[1].beside = false;
	CHECK(at(a, 540, &s));
	CHECK_INT(s.claims[1].start, 570);
}

static void what_both_need_is_named(struct arena *a)
{
	struct slot s;
	open_salon();
	steps[0].wished = steps[1].wished = SUSANNE;
	CHECK(at(a, 540, &s) && s.claims[0].staff == SUSANNE && s.claims[1].staff == KATHARINA);
	steps[0].only_wished = steps[1].only_wished = true;
	CHECK(!at(a, 540, &s));
	struct slot_block b = against(a, 540);
	CHECK(b.code == SLOT_AT_ONCE && b.staff == SUSANNE && b.step == 1);
	CHECK_INT(b.until, 570);
	open_salon();
	world.nplaces = 1;
	b = against(a, 540);
	CHECK(b.code == SLOT_AT_ONCE && b.staff == 0 && b.place_class == SEAT);
	CHECK_INT(b.until, 570);
	open_salon();
	hair[0].device = nails[0].device = STEAMER;
	b = against(a, 540);
	CHECK(b.code == SLOT_AT_ONCE && b.place_class == 0 && b.device == STEAMER);
	CHECK(!at(a, 540, &s));
	CHECK(slots_find(a, &world, &q, 0).n == 0);
}

static void a_service_has_its_hours(struct arena *a)
{
	struct slot s;
	open_salon();
	q.nsteps = 1;
	steps[0].from = 600;
	struct slot_block b = against(a, 540);
	CHECK(b.code == SLOT_OUTSIDE && b.until == 600 && b.window.start == 600 && b.window.end == 1440);
	CHECK(at(a, 600, &s));
	steps[0].from = 0;
	steps[0].until = 600;
	b = against(a, 575);
	CHECK(b.code == SLOT_OUTSIDE && b.until == 1440 && b.window.end == 600);
	CHECK(at(a, 570, &s));
	steps[0].until = 0;
	steps[0].weekdays = 1u << 1;                                     /* Mondays */
	b = against(a, 575);
	CHECK(b.code == SLOT_OUTSIDE && b.until == 1440 && b.window.end == 0);
	steps[0].weekdays = 1u << 6;
	CHECK(at(a, 570, &s));
}

static void a_start_has_bounds(struct arena *a)
{
	struct slot_start *starts;
	struct slot s;
	open_salon();
	q.nsteps = 1;
	q.not_before = (struct slot_bound){ { SATURDAY }, 598 };
	CHECK(slots_starts(a, &world, &q, &starts) > 0 && starts[0].start == 600);
	CHECK(!at(a, 595, &s) && at(a, 600, &s));
	struct slot_block b = against(a, 595);
	CHECK(b.code == SLOT_TOO_SOON && b.until == 598 && b.bound.minute == 598);
	q.not_before = (struct slot_bound){ { SATURDAY + 1 }, 0 };
	CHECK_INT(slots_starts(a, &world, &q, &starts), 0);
	q.not_before.day.n = NONE;
	q.not_after = (struct slot_bound){ { SATURDAY }, 600 };
	size_t n = slots_starts(a, &world, &q, &starts);
	CHECK(n > 0 && starts[n - 1].start == 600);
	b = against(a, 605);
	CHECK(b.code == SLOT_TOO_LATE && b.until == 1440 && b.bound.day.n == SATURDAY);
}

static bool says(const struct slot *s, enum slot_reason_code code, int64_t who, int64_t what)
{
	for (size_t i = 0; i < s->nreasons; i++)
		if (s->reasons[i].code == code)
			return s->reasons[i].a == who && s->reasons[i].b == what;
	return false;
}

static void what_is_asked_for_counts_against(struct arena *a)
{
	static const struct use taken[] = { { { SATURDAY }, SUSANNE * 4 + RESOURCE_PERSON, 540, 570, 7, 1, false } };
	struct slot without, with;
	open_salon();
	q.nsteps = 1;
	steps[0].wished = SUSANNE;
	CHECK(at(a, 560, &without) && !says(&without, SLOT_ASKED_FOR, SUSANNE, VACATION));
	world.nwork = 3;
	CHECK(at(a, 560, &with) && with.claims[0].staff == SUSANNE && says(&with, SLOT_ASKED_FOR, SUSANNE, VACATION));
	CHECK(with.score < without.score);
	CHECK(at(a, 600, &with) && !says(&with, SLOT_ASKED_FOR, SUSANNE, VACATION));
	steps[0].wished = 0;
	CHECK(at(a, 560, &with) && with.claims[0].staff == KATHARINA);   /* has asked for nothing */
	steps[0].last = SUSANNE;
	CHECK(at(a, 560, &with) && with.claims[0].staff == SUSANNE);
	world.uses = taken;
	world.nuses = 1;
	steps[0].wished = SUSANNE;
	steps[0].only_wished = true;
	struct slot_block b = against(a, 545);
	CHECK(b.code == SLOT_PERSON_TAKEN && b.appointment == 7);
	CHECK_INT(b.asked, VACATION);
	steps[0].from = 620;
	CHECK_INT(against(a, 545).asked, 0);
}

int main(void)
{
	struct arena *a = arena_new();
	strands_run_at_once(a);
	what_both_need_is_named(a);
	a_service_has_its_hours(a);
	a_start_has_bounds(a);
	what_is_asked_for_counts_against(a);
	arena_free(a);
	return check_end();
}
