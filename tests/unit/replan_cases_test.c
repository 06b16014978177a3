/* replan_cases_test.c: the re-planning engine on salons small enough to say what must come out, and on bad input. */
#include "check.h"
#include "replan_small.h"

/* ---- what becomes of one appointment ---- */

static void a_colleague_at_the_same_time_needs_no_call(void)
{
	open_salon(1, 2);
	cut_at(600);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[0].choice.slot.start, 600);
	CHECK_INT(who(&p.rows[0].choice), MEHMET);
	CHECK_INT(p.rows[0].choice.price.calls, 0);
	CHECK_INT(p.rows[0].choice.price.hands, 1);
	CHECK_INT(p.sum.total, REPLAN_HAND);
	CHECK(p.proved && p.chunks == 1);
}

static void otherwise_the_nearest_time(void)
{
	open_salon(1, 2);
	cut_at(600);
	busy(MEHMET, 570, 645);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[0].choice.slot.start, 645);
	CHECK_INT(p.rows[0].choice.price.minutes, 45);
	CHECK_INT(p.rows[0].choice.price.calls, 1);
	CHECK_INT(p.sum.total, REPLAN_HAND + REPLAN_PHONE + 45);
}

static void a_small_move_needs_no_call_if_told_so(void)
{
	open_salon(1, 2);
	cut_at(600)->reachable = false;
	busy(MEHMET, 570, 610);
	CHECK_INT(plan().rows[0].why, REPLAN_UNREACHABLE);
	s.rules.call_from = 15;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[0].choice.price.calls, 0);
	CHECK_INT(p.sum.total, REPLAN_HAND + 10);
}

static void a_rest_too_short_to_sell_counts(void)
{
	open_salon(1, 3);
	cut_at(600);
	busy(MEHMET, 540, 590);
	busy(MEHMET, 640, 700);
	struct replan p = plan();
	CHECK_INT(who(&p.rows[0].choice), JULIA);
	CHECK_INT(p.rows[0].choice.price.rest, 0);
	CHECK_INT(p.rows[0].nnext, 3);
	CHECK_INT(who(&p.rows[0].next[0]), MEHMET);
	CHECK_INT(p.rows[0].next[0].price.rest, 20);
	CHECK_INT(p.rows[0].next[0].price.total, REPLAN_HAND + 4);
}

static void a_promise_waits_for_another_day(void)
{
	open_salon(3, 2);
	wish(cut_at(600), SUSANNE);
	s.rules.days_after = 2;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_DAY);
	CHECK_INT(p.rows[0].choice.slot.day.n, MONDAY + 1);
	CHECK_INT(p.rows[0].choice.slot.start, 600);
	CHECK_INT(who(&p.rows[0].choice), SUSANNE);
	CHECK_INT(p.sum.total, REPLAN_PHONE + REPLAN_OTHER_DAY + REPLAN_EACH_DAY);
}

static void a_promise_is_broken_only_by_people(void)
{
	open_salon(1, 2);
	wish(cut_at(600), SUSANNE);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_CALL);
	CHECK_INT(p.rows[0].why, REPLAN_PROMISED);
	CHECK_INT(p.rows[0].choice.slot.day.n, NONE);
	CHECK_INT(p.rows[0].block.code, SLOT_POSSIBLE);
	CHECK_INT(p.rows[0].nnext, 3);
	CHECK_INT(p.rows[0].next[0].price.promises, 1);
	CHECK_INT(who(&p.rows[0].next[0]), MEHMET);
	s.rules.break_promises = true;
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[0].choice.price.calls, 1);
	CHECK_INT(p.sum.total, REPLAN_PROMISE + REPLAN_PHONE + REPLAN_HAND);
}

static void only_her_step_changes_hands(void)
{
	open_salon(1, 4);
	visit((day){ MONDAY }, 600, cut, COUNT(cut), (const int64_t[]){ SUSANNE, JULIA }, 2);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[0].choice.price.hands, 1);
	CHECK_INT(p.rows[0].choice.slot.claims[0].staff, MEHMET);
	CHECK_INT(p.rows[0].choice.slot.claims[1].staff, JULIA);
}

static void by_the_hour_the_rest_is_kept(void)
{
	open_salon(1, 2);
	cut_at(600);
	cut_at(800);
	s.absences[0].start = 780;
	s.absences[0].end = 1080;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_KEPT);
	CHECK_INT(p.rows[0].choice.price.total, 0);
	CHECK_INT(p.rows[1].choice.kind, REPLAN_COLLEAGUE);
}

/* ---- all together ---- */

static void they_compete_for_the_same_colleague(void)
{
	open_salon(1, 3);
	wish(cut_at(600), 0);
	visit((day){ MONDAY }, 600, colour, COUNT(colour), (const int64_t[]){ SUSANNE }, 1)->reachable = false;
	busy(JULIA, 540, 690);
	struct replan p = plan();
	CHECK_INT(p.rows[1].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(who(&p.rows[1].choice), MEHMET);
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[0].choice.slot.start, 630);          /* while the colour works */
}

static void a_pause_of_what_stays_is_named(void)
{
	open_salon(1, 2);
	cut_at(630);
	busy(MEHMET, 600, 630);
	busy(MEHMET, 660, 690);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK(p.rows[0].choice.slot.nreasons > 0);
	CHECK_INT(p.rows[0].choice.slot.reasons[0].code, SLOT_USES_WAIT);
	CHECK_INT(p.rows[0].choice.slot.reasons[0].b, 900 + MEHMET);
}

static void what_they_take_over_is_shared(void)
{
	open_salon(1, 3);
	for (int i = 0; i < 6; i++)
		cut_at(600 + 40 * i);
	struct replan p = plan();
	int of[4] = { 0 };
	for (size_t i = 0; i < p.n; i++)
		of[who(&p.rows[i].choice)]++;
	CHECK_INT(of[MEHMET], 3);
	CHECK_INT(of[JULIA], 3);
	CHECK_INT(p.unfair, 12);                             /* each half an hour beyond the hour */
	CHECK_INT(p.sum.total, 6 * REPLAN_HAND + 12);
}

static void one_chair_serves_one(void)
{
	open_salon(1, 3);
	s.nplaces = 1;
	cut_at(600);
	cut_at(600);
	struct replan p = plan();
	CHECK_INT(p.sum.calls, 1);
	CHECK_INT(p.sum.minutes, 30);
}

/* Two that could change places in every way: the same one moves, whoever is named first. */
static void who_is_named_first_does_not_matter(void)
{
	open_salon(1, 3);
	s.nplaces = 1;
	cut_at(600);
	cut_at(600);
	struct replan p = plan();
	struct replan_row first = s.rows[0];
	s.rows[0] = s.rows[1];
	s.rows[1] = first;
	struct replan again = plan();
	CHECK_INT(p.rows[0].choice.kind, again.rows[1].choice.kind);
	CHECK_INT(p.rows[0].choice.slot.start, again.rows[1].choice.slot.start);
	CHECK_INT(p.rows[1].choice.slot.start, again.rows[0].choice.slot.start);
}

static void one_device_serves_one(void)
{
	open_salon(1, 3);
	visit((day){ MONDAY }, 600, colour, COUNT(colour), (const int64_t[]){ SUSANNE }, 1);
	visit((day){ MONDAY }, 600, colour, COUNT(colour), (const int64_t[]){ SUSANNE }, 1);
	CHECK_INT(plan().sum.minutes, 30);
	s.devices[0].quantity = 2;
	CHECK_INT(plan().sum.minutes, 0);
}

/* ---- what the user decided, what is so already ---- */

static void who_is_here_stays(void)
{
	open_salon(1, 2);
	cut_at(600)->status = STATUS_ARRIVED;
	cut_at(630)->status = STATUS_CANCELLED;
	struct replan p = plan();
	CHECK(p.rows[0].fixed && p.rows[1].fixed);
	CHECK_INT(p.rows[0].choice.kind, REPLAN_KEPT);
	CHECK_INT(p.rows[0].odd, REPLAN_ODD_AWAY);
	CHECK_INT(p.rows[1].odd, 0);
	CHECK_INT(p.sum.total, 0);
}

static void a_pinned_row_is_planned_around(void)
{
	open_salon(1, 2);
	struct replan_row *r = cut_at(600);
	cut_at(660);
	struct replan first = plan();
	CHECK_INT(first.rows[0].nnext, 3);
	struct slot pinned = first.rows[0].choice.slot;
	pinned.start = pinned.claims[0].start = 660;
	pinned.end = pinned.claims[0].end = 690;
	r->pinned = &pinned;
	struct replan p = plan();
	CHECK(p.rows[0].fixed && p.rows[0].odd == 0);
	CHECK_INT(p.rows[0].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[0].choice.price.minutes, 60);
	CHECK_INT(p.rows[1].choice.kind, REPLAN_TIME);
	CHECK_INT(p.rows[1].choice.slot.start, 690);
	busy(MEHMET, 650, 670);
	CHECK_INT(plan().rows[0].odd, REPLAN_ODD_TAKEN);
	pinned.start = pinned.claims[0].start = 1080;
	pinned.end = pinned.claims[0].end = 1110;
	CHECK_INT(plan().rows[0].odd, REPLAN_ODD_AWAY);
	r->pinned = r->now;
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_KEPT);
	CHECK_INT(p.rows[0].odd, REPLAN_ODD_AWAY);
}

static void kinds_and_choices_can_be_refused(void)
{
	open_salon(2, 3);
	struct replan_row *r = cut_at(600);
	s.rules.days_after = 1;
	struct replan first = plan();
	r->excluded = &first.rows[0].choice.slot;
	r->nexcluded = 1;
	CHECK_INT(who(&plan().rows[0].choice), JULIA);
	r->kinds = 1u << REPLAN_DAY;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_DAY);
	CHECK_INT(p.rows[0].next[0].kind, REPLAN_COLLEAGUE);  /* the user may think again */
	r->kinds = 1u << REPLAN_CALL;
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_CALL);
	CHECK_INT(p.rows[0].why, REPLAN_ASKED_FOR);
	r->kinds = 1u << REPLAN_KEPT;
	CHECK_INT(plan().rows[0].why, REPLAN_FULL);
}

static void a_call_may_be_in_the_way(void)
{
	open_salon(1, 2);
	s.nplaces = 1;
	wish(cut_at(600), SUSANNE);
	CHECK(!plan().rows[0].in_the_way);
	cut_at(600);
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_CALL);
	CHECK_INT(p.rows[1].choice.kind, REPLAN_COLLEAGUE);   /* in the only chair */
	CHECK(p.rows[0].in_the_way);
}

/* ---- bad input ---- */

static void nobody_can(void)
{
	open_salon(2, 4);
	struct replan_row *r = cut_at(600);
	struct slot_step step = r->steps[0];
	step.ncandidates = 1;                                 /* Susanne */
	r->steps = &step;
	CHECK_INT(plan().rows[0].why, REPLAN_NOBODY);
	CHECK_INT(plan().rows[0].block.code, SLOT_ABSENT);
	s.rules.days_after = 1;
	CHECK_INT(plan().rows[0].choice.kind, REPLAN_DAY);
	s.absences[0].to = (day){ NONE };                     /* for good */
	CHECK_INT(plan().rows[0].why, REPLAN_NOBODY);
	step.ncandidates = 0;
	CHECK_INT(plan().rows[0].why, REPLAN_NOBODY);
}

static void everybody_is_away(void)
{
	open_salon(1, 2);
	cut_at(600);
	cut_at(700);
	s.absences[s.nabsences++] = (struct replan_absence){ .staff = MEHMET, .from = { MONDAY - 50 }, .to = { NONE }, .start = 0, .end = 1440 };
	struct replan p = plan();
	CHECK_INT(p.sum.undecided, 2);
	CHECK_INT(p.rows[1].why, REPLAN_NOBODY);
	CHECK_INT(p.sum.total, 2 * (REPLAN_UNDECIDED + REPLAN_PHONE));
	CHECK(p.proved);
}

static void everything_is_full(void)
{
	open_salon(1, 2);
	cut_at(600);
	busy(MEHMET, 540, 1080);
	struct replan p = plan();
	CHECK_INT(p.rows[0].why, REPLAN_FULL);
	CHECK_INT(p.rows[0].nnext, 0);
	s.devices[0].quantity = 0;
	s.nuses--;
	visit((day){ MONDAY }, 600, colour, COUNT(colour), (const int64_t[]){ SUSANNE }, 1);
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[1].why, REPLAN_FULL);
}

static void rows_that_make_no_sense(void)
{
	static const struct slot_phase nothing[1];
	open_salon(1, 2);
	CHECK_INT(plan().n, 0);
	cut_at(600)->nsteps = 0;
	cut_at(600)->now = NULL;
	visit((day){ NONE }, 600, cut, 1, (const int64_t[]){ SUSANNE }, 1);
	visit((day){ MONDAY + 400 }, 600, cut, 1, (const int64_t[]){ SUSANNE }, 1);
	visit((day){ MONDAY }, 600, cut, 1, (const int64_t[]){ 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1 }, 13);
	visit((day){ MONDAY }, 600, nothing, 0, (const int64_t[]){ SUSANNE }, 1);
	struct replan p = plan();
	for (size_t i = 0; i < p.n; i++)
		CHECK_INT(p.rows[i].why, REPLAN_UNPLANNABLE);
	CHECK_INT(p.sum.undecided, 6);
	s.nrows = 0;
	s.absences[s.nabsences++] = (struct replan_absence){ .staff = MEHMET, .from = { MONDAY }, .to = { MONDAY }, .start = 900, .end = 600 };   /* ends before it begins: none */
	s.rows[s.nrows++] = *cut_at(600);
	s.rows[1].appointment = s.rows[0].appointment;
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_COLLEAGUE);
	CHECK_INT(p.rows[1].choice.kind, REPLAN_COLLEAGUE);   /* twice the same appointment is once */
	CHECK_INT(p.sum.total, REPLAN_HAND);
}

static void times_between_the_five_minutes(void)
{
	static const struct slot_phase odd[] = { ON_CHAIR(PHASE_ACTIVE, 17, 0) };
	open_salon(1, 2);
	visit((day){ MONDAY }, 602, odd, 1, (const int64_t[]){ SUSANNE, SUSANNE }, 2);
	s.rules.call_from = 5;
	s.rules.earlier = 5;
	struct replan p = plan();
	CHECK_INT(p.rows[0].choice.slot.start, 600);
	CHECK_INT(p.rows[0].choice.price.calls, 0);
	s.absences[0].staff = MEHMET;                         /* then it may stay just as it is */
	p = plan();
	CHECK_INT(p.rows[0].choice.kind, REPLAN_KEPT);
	CHECK_INT(p.rows[0].choice.slot.start, 602);
}

/* ---- somebody leaves: 500 appointments over months ---- */

static bool overlap(const struct slot *x, const struct slot *y)
{
	for (size_t i = 0; i < x->nclaims && x->day.n == y->day.n; i++)
		for (size_t k = 0; k < y->nclaims; k++) {
			const struct slot_claim *c = &x->claims[i], *d = &y->claims[k];
			if (c->start < d->end && d->start < c->end && ((c->staff != 0 && c->staff == d->staff) || (c->place != 0 && c->place == d->place)))
				return true;
		}
	return false;
}

static void somebody_leaves(void)
{
	int overlaps = 0, hers = 0;
	open_salon(110, 4);
	s.absences[0].to = (day){ NONE };
	s.rules = (struct replan_rules){ .earlier = 60, .later = 120, .days_after = 10 };
	for (int i = 0; i < 500; i++)
		visit((day){ MONDAY + i / 5 }, 540 + i % 5 * 95, i % 2 ? cut : colour, i % 2 ? COUNT(cut) : COUNT(colour), (const int64_t[]){ SUSANNE }, 1);
	for (int d = 0; d < 100; d++)
		for (int p = MEHMET; p <= KATHARINA; p++)
			use((day){ MONDAY + d }, RESOURCE_PERSON, p, 540 + 70 * (p - 2), 900 + 60 * (p - 2), 2000 + d);
	struct replan p = plan();
	CHECK_INT(p.n, 500);
	CHECK(p.chunks > 30);
	CHECK(p.sum.total >= p.bound);
	for (size_t i = 0; i < p.n; i++) {
		hers += who(&p.rows[i].choice) == SUSANNE;
		for (size_t k = 0; k < i; k++)
			overlaps += overlap(&p.rows[i].choice.slot, &p.rows[k].choice.slot);
	}
	CHECK_INT(hers, 0);
	CHECK_INT(overlaps, 0);
	printf("500 appointments: %d points, at least %d; %d calls, %d undecided, %d parts\n", p.sum.total, p.bound, p.sum.calls, p.sum.undecided, p.chunks);
}

int main(void)
{
	static void (*const cases[])(void) = {
		a_colleague_at_the_same_time_needs_no_call, otherwise_the_nearest_time, a_small_move_needs_no_call_if_told_so, a_rest_too_short_to_sell_counts,
		a_promise_waits_for_another_day, a_promise_is_broken_only_by_people, only_her_step_changes_hands, by_the_hour_the_rest_is_kept,
		they_compete_for_the_same_colleague, a_pause_of_what_stays_is_named, what_they_take_over_is_shared, one_chair_serves_one, who_is_named_first_does_not_matter, one_device_serves_one,
		who_is_here_stays, a_pinned_row_is_planned_around, kinds_and_choices_can_be_refused, a_call_may_be_in_the_way,
		nobody_can, everybody_is_away, everything_is_full, rows_that_make_no_sense, times_between_the_five_minutes, somebody_leaves,
	};
	a = arena_new();
	for (size_t i = 0; i < COUNT(cases); i++) {
		cases[i]();
		arena_reset(a);
	}
	arena_free(a);
	return check_end();
}
