/* breaks_test.c: breaks that may move: where they lie, what they let be booked, and that re-planning leaves them alone. */
#include "rules/breaks.h"
#include "check.h"
#include "rules/replan.h"

enum { SUSANNE = 1, MEHMET, JULIA, TODAY = 100, CHAIR = 1 };

/* Susanne works from 9 to 12; her break from 10:00 to 10:30 may lie anywhere from 9:30 to 11:40. */
static const struct worktime_span work[] = {
	{ { TODAY }, SUSANNE, 540, 600, WORKTIME_WORK, 0, 0, 0, 0 }, { { TODAY }, SUSANNE, 600, 630, WORKTIME_BREAK, 0, 0, 570, 700 },
	{ { TODAY }, SUSANNE, 630, 720, WORKTIME_WORK, 0, 0, 0, 0 }, { { TODAY }, MEHMET, 600, 630, WORKTIME_BREAK, 0, 0, 0, 1440 },
};

static struct use used(int64_t staff, int start, int end) { return (struct use){ .day = { TODAY }, .resource = resource_of(RESOURCE_PERSON, staff), .start = start, .end = end, .appointment = 7 }; }

static const char *placed(struct arena *a, const struct worktime_span *spans, size_t n, const struct use *uses, size_t nuses)
{
	struct breaks b = breaks_place(a, spans, n, uses, nuses, SUSANNE, (day){ TODAY });
	const char *text = b.fit ? "" : "full ";
	for (size_t i = 0; i < b.n; i++)
		text = arena_printf(a, "%s%s%d-%d%s", text, i > 0 ? ", " : "", b.at[i].now.start, b.at[i].now.end, b.at[i].fits ? b.at[i].moves ? "" : " stays" : " nowhere");
	return text;
}

static void as_near_as_possible(struct arena *a)
{
	struct use uses[] = { used(SUSANNE, 610, 625), used(SUSANNE, 570, 605), used(SUSANNE, 625, 670), used(SUSANNE, 670, 675) };
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 0), "600-630");
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 1), "580-610");
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 2), "625-655");
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 3), "670-700");
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 4), "full 600-630 nowhere");
	uses[0] = used(MEHMET, 610, 625);
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 1), "600-630");      /* another's visit */
	uses[0] = used(SUSANNE, 610, 625);
	uses[0].day.n++;
	CHECK_TEXT(placed(a, work, COUNT(work), uses, 1), "600-630");      /* another day's */
}

static void several(struct arena *a)
{
	struct worktime_span two[] = { work[0], work[1], work[2], work[1], work[1] };
	struct use uses[] = { used(SUSANNE, 600, 610), used(SUSANNE, 640, 720) };
	two[2].start = 645;
	two[3] = (struct worktime_span){ { TODAY }, SUSANNE, 630, 645, WORKTIME_BREAK, 0, 0, 600, 660 };
	CHECK_TEXT(placed(a, two, 4, uses, 0), "600-630, 630-645");
	CHECK_TEXT(placed(a, two, 4, uses, 1), "610-640, 640-655");
	two[1].move_from = 600;
	two[1].move_to = 660;
	CHECK_TEXT(placed(a, two, 4, uses, 1), "610-640, 640-655");
	CHECK_TEXT(placed(a, two, 4, uses, 2), "full 600-630 nowhere, 630-645 nowhere");
	two[1].move_from = two[1].move_to = 0;
	CHECK_TEXT(placed(a, two, 4, uses, 1), "600-630 stays, 630-645");
}

static void times_between_the_five_minutes(struct arena *a)
{
	struct worktime_span odd[] = { work[0], work[1], work[2] };
	struct use before = used(SUSANNE, 540, 604);
	odd[0].end = odd[1].start = 602;
	odd[1].end = odd[2].start = 632;
	CHECK_TEXT(placed(a, odd, 3, &before, 0), "602-632");
	CHECK_TEXT(placed(a, odd, 3, &before, 1), "605-635");
}

static void an_absence_takes_no_break_along(struct arena *a)
{
	static const struct worktime_pattern pattern = { 1, SUSANNE, { TODAY - 70 }, 1 };
	static const struct worktime_person person = { SUSANNE, { NONE }, { NONE }, { NONE } };
	struct worktime_shift shifts[14];
	struct worktime_absence away = { 3, SUSANNE, 0, true, { TODAY }, { TODAY }, 610, 720 };
	size_t n = 0;
	for (int weekday = 1; weekday <= 7; weekday++) {
		shifts[n++] = (struct worktime_shift){ 1, 0, weekday, 0, 540, 720, 0, 0 };
		shifts[n++] = (struct worktime_shift){ 1, 0, weekday, 1, 600, 630, 570, 700 };
	}
	struct worktime_rows rows = { .people = &person, .npeople = 1, .patterns = &pattern, .npatterns = 1, .shifts = shifts, .nshifts = n, .absences = &away };
	struct worktime_spans all = worktime_spans(a, &rows, (day){ TODAY }, 1);
	CHECK_INT(all.n, 3);
	CHECK(all.at[1].kind == WORKTIME_BREAK && all.at[1].start == 600 && all.at[1].end == 630 && all.at[1].move_from == 570 && all.at[1].move_to == 700);
	CHECK_TEXT(placed(a, all.at, all.n, NULL, 0), "600-630");
	rows.nabsences = 1;
	all = worktime_spans(a, &rows, (day){ TODAY }, 1);
	CHECK_TEXT(placed(a, all.at, all.n, NULL, 0), "580-610");           /* before she goes */
	away.start = 580;
	all = worktime_spans(a, &rows, (day){ TODAY }, 1);
	CHECK_TEXT(placed(a, all.at, all.n, NULL, 0), "full 600-630 nowhere");
}

static void over_a_break_if_it_can_move(struct arena *a)
{
	static const struct slot_candidate susanne[] = { { SUSANNE, 0 } };
	static const struct slot_phase hour[] = { { PHASE_ACTIVE, 60, 0, 0, 0, false } };
	const struct slot_step step = { .phases = hour, .nphases = 1, .candidates = susanne, .ncandidates = 1 };
	struct slot_request q = { .steps = &step, .nsteps = 1, .first = { NONE }, .last = { NONE }, .wish_day = { NONE } };
	struct use uses[] = { used(SUSANNE, 570, 600), used(SUSANNE, 680, 720) };
	struct slot_world w = { .from = { TODAY }, .ndays = 1, .work = work, .nwork = 3, .uses = uses, .today = { NONE } };
	struct slot s;
	CHECK(slots_at(a, &w, &q, (day){ TODAY }, 600, &s));
	w.nuses = 1;
	CHECK(slots_at(a, &w, &q, (day){ TODAY }, 600, &s));               /* then it lies at 11:00 */
	w.nuses = 2;
	CHECK(!slots_at(a, &w, &q, (day){ TODAY }, 600, &s));
	struct slot_block b = slots_why_not(a, &w, &q, (day){ TODAY }, 600);
	CHECK(b.code == SLOT_NO_BREAK && b.staff == SUSANNE);
	CHECK_INT(b.until, 700);
}

/* ---- planning anew ---- */

static const struct slot_phase cut[] = { { PHASE_ACTIVE, 30, CHAIR, 0, 0, false } };
static const struct slot_candidate all[] = { { SUSANNE, 0 }, { MEHMET, 0 }, { JULIA, 0 } };
static const struct place places[] = { { 10, CHAIR }, { 11, CHAIR } };

static void replanning_leaves_it_where_it_lies(struct arena *a)
{
	const struct worktime_span spans[] = { { { TODAY }, SUSANNE, 540, 1080, WORKTIME_WORK, 0, 0, 0, 0 }, { { TODAY }, MEHMET, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 },
		{ { TODAY }, MEHMET, 720, 750, WORKTIME_BREAK, 0, 0, 600, 810 }, { { TODAY }, MEHMET, 750, 1080, WORKTIME_WORK, 0, 0, 0, 0 } };
	const struct use uses[] = { used(MEHMET, 700, 760), { { TODAY }, SUSANNE * 4 + RESOURCE_PERSON, 770, 800, 1, 1, false }, { { TODAY }, 10 * 4 + RESOURCE_PLACE, 770, 800, 1, 1, false } };
	const struct slot_step step = { .phases = cut, .nphases = 1, .candidates = all, .ncandidates = 2 };
	struct slot_claim claim = { .start = 770, .end = 800, .staff = SUSANNE, .place = 10 };
	const struct slot now = { .day = { TODAY }, .start = 770, .end = 800, .claims = &claim, .nclaims = 1 };
	const struct replan_row row = { .appointment = 1, .steps = &step, .nsteps = 1, .now = &now, .status = STATUS_CONFIRMED, .reachable = true };
	const struct replan_absence away = { .staff = SUSANNE, .from = { TODAY }, .to = { TODAY }, .start = -1 };
	struct replan_question q = { .world = { .from = { TODAY }, .ndays = 1, .work = spans, .nwork = 4, .uses = uses, .nuses = 3, .places = places, .nplaces = 2, .today = { NONE } },
		.absences = &away, .nabsences = 1, .rows = &row, .nrows = 1, .rules = { .later = 120 } };
	struct replan p = replan_make(a, &q);
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);                       /* Mehmet's break has moved to 12:40 */
	CHECK_INT(p.rows[0].choice.slot.start, 790);
	q.world.nwork = 2;                                                  /* he has none */
	p = replan_make(a, &q);
	CHECK(p.rows[0].choice.kind == REPLAN_CALL);
}

static void strands_go_to_different_colleagues(struct arena *a)
{
	struct worktime_span spans[] = { { { TODAY }, SUSANNE, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 }, { { TODAY }, MEHMET, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 },
		{ { TODAY }, JULIA, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 } };
	const struct use uses[] = { { { TODAY }, SUSANNE * 4 + RESOURCE_PERSON, 600, 630, 1, 1, false }, { { TODAY }, 10 * 4 + RESOURCE_PLACE, 600, 630, 1, 1, false },
		{ { TODAY }, MEHMET * 4 + RESOURCE_PERSON, 600, 630, 1, 2, false }, { { TODAY }, 11 * 4 + RESOURCE_PLACE, 600, 630, 1, 2, false } };
	const struct slot_step steps[] = { { .phases = cut, .nphases = 1, .candidates = all, .ncandidates = 3 }, { .phases = cut, .nphases = 1, .candidates = all, .ncandidates = 3, .beside = true } };
	struct slot_claim claims[] = { { .start = 600, .end = 630, .staff = SUSANNE, .place = 10 }, { .step = 1, .start = 600, .end = 630, .staff = MEHMET, .place = 11 } };
	const struct slot now = { .day = { TODAY }, .start = 600, .end = 630, .claims = claims, .nclaims = 2 };
	const struct replan_row row = { .appointment = 1, .steps = steps, .nsteps = 2, .now = &now, .status = STATUS_CONFIRMED, .reachable = true };
	const struct replan_absence away = { .staff = SUSANNE, .from = { TODAY }, .to = { TODAY }, .start = -1 };
	struct replan_question q = { .world = { .from = { TODAY }, .ndays = 1, .work = spans, .nwork = 3, .uses = uses, .nuses = 4, .places = places, .nplaces = 2, .today = { NONE } },
		.absences = &away, .nabsences = 1, .rows = &row, .nrows = 1, .rules = { .later = 60 } };
	struct replan p = replan_make(a, &q);
	const struct replan_choice *c = &p.rows[0].choice;
	CHECK_INT(c->kind, REPLAN_COLLEAGUE);
	CHECK(c->slot.nclaims == 2 && c->slot.claims[0].staff == JULIA && c->slot.claims[1].staff == MEHMET && c->slot.claims[0].place != c->slot.claims[1].place);
	CHECK(c->slot.start == 600 && c->slot.claims[1].start == 600);
	q.world.nwork = 2;                                                  /* Mehmet alone can't do both at once */
	p = replan_make(a, &q);
	CHECK_INT(p.rows[0].choice.kind, REPLAN_CALL);
	CHECK_INT(p.rows[0].why, REPLAN_FULL);
}

int main(void)
{
	struct arena *a = arena_new();
	as_near_as_possible(a);
	several(a);
	times_between_the_five_minutes(a);
	an_absence_takes_no_break_along(a);
	over_a_break_if_it_can_move(a);
	replanning_leaves_it_where_it_lies(a);
	strands_go_to_different_colleagues(a);
	arena_free(a);
	return check_end();
}
