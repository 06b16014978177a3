/* replan_test.c: the re-planning engine on random salons beside a slow oracle (replan_choices.h): what must hold for any plan,
 * never worse than greedy, within 5 % of the best where everything can be tried (half as many salons more). CASES in the
 * environment says how many salons (2,000), SEED where to begin, STOP to stop at the first that fails. */
#include "replan_rivals.h"

static int failed;
static uint64_t seed_now;

static void fail(const char *what)
{
	failed++;
	if (failed < 20)
		printf("salon %llu: %s\n", (unsigned long long)seed_now, what);
}

#define MUST(condition) do { if (!(condition)) { char text_[200]; snprintf(text_, sizeof text_, "line %d: %s", __LINE__, #condition); fail(text_); } } while (0)

static const struct salon_size
	small = { .days = 2, .staff = 4, .places = 4, .devices = 1, .services = 4, .rows = 6, .steps = 2, .open = 540, .close = 840, .others = 8, .away_days = 1 },
	usual = { .days = 3, .staff = 6, .places = 6, .devices = 2, .services = 6, .rows = 12, .steps = 3, .open = 540, .close = 1080, .others = 40, .away_days = 2 },
	tiny = { .days = 2, .staff = 3, .places = 3, .devices = 1, .services = 3, .rows = 4, .steps = 2, .open = 540, .close = 690, .others = 3, .away_days = 1 },
	crowded = { .days = 1, .staff = 5, .places = 3, .devices = 1, .services = 3, .rows = 7, .steps = 1, .open = 540, .close = 840, .others = 14, .away_days = 1 },
	strands = { .days = 2, .staff = 5, .places = 6, .devices = 1, .services = 4, .rows = 6, .steps = 3, .open = 540, .close = 840, .others = 6, .away_days = 1, .beside = 70 },
	knot = { .days = 2, .staff = 4, .places = 4, .devices = 1, .services = 3, .rows = 4, .steps = 3, .open = 540, .close = 690, .others = 3, .away_days = 1, .beside = 60 },
	leaving = { .days = 10, .staff = 6, .places = 6, .devices = 1, .services = 6, .rows = 40, .steps = 2, .open = 540, .close = 1080, .others = 90, .away_days = 8 };

static struct salon salon;

/* ---- a plan's rows ---- */

/* Beside all that is in the grid; price and kind right; the rules kept. */
static void check_choice(const struct salon *s, struct grid *g, const struct replan_row *r, const struct replan_choice *c)
{
	struct replan_choice want = price_slot(s, &fixed, r, &c->slot);
	bool present = is_present(r, &c->slot);
	MUST(c->kind == want.kind);
	MUST(memcmp(&c->price, &want.price, sizeof want.price) == 0);
	MUST(present || same_chain(r, &c->slot));
	MUST(present || in_rules(s, r, day_no(c->slot.day), c->slot.start));
	MUST(!present || present_stays(s, &(struct replan_row){ .now = r->now }));
	MUST(people_and_devices_can(s, g, &c->slot));
	MUST(places_hold(s, g, r, &c->slot));
	MUST(doors_open(s, r->steps, &c->slot) || present);
	MUST(!is_excluded(r, &c->slot));
}

static bool almost(const struct slot *a, const struct slot *b)
{
	int64_t x[STEPS_MOST], y[STEPS_MOST];
	staff_of_steps(a, x);
	staff_of_steps(b, y);
	return a->day.n == b->day.n && abs(a->start - b->start) < 30 && memcmp(x, y, sizeof x) == 0;
}

static void check_next(const struct salon *s, const struct replan_row *r, const struct replan_proposal *p)
{
	for (size_t i = 0; i < p->nnext; i++) {
		check_choice(s, &grid, r, &p->next[i]);
		MUST(i == 0 || p->next[i].price.total >= p->next[i - 1].price.total);
		MUST(p->choice.kind == REPLAN_CALL || !almost(&p->next[i].slot, &p->choice.slot));
		for (size_t k = 0; k < i; k++)
			MUST(!almost(&p->next[i].slot, &p->next[k].slot));
	}
}

static void check_call(struct arena *a, const struct salon *s, const struct replan_row *r, const struct replan_proposal *p)
{
	bool meets = false;
	int d = day_no(r->now->day);
	MUST(p->choice.slot.nclaims == 0 && p->choice.price.total == CALL_POINTS && p->choice.price.calls == 1);
	for (size_t i = 0; i < r->now->nclaims; i++) {
		const struct slot_claim *c = &r->now->claims[i];
		meets = meets || (c->place != 0 && !place_can(&grid, c->place, d, c->start, c->end));
		meets = meets || (c->device != 0 && !device_can(s, &grid, c->device, d, c->start, c->end));
		for (int at = c->start; c->staff != 0 && at < c->end; at += 5)
			meets = meets || grid.people[c->staff][d][at / 5] > 0;
	}
	MUST(meets == p->in_the_way);
	MUST(p->why != REPLAN_FINE && p->why != REPLAN_UNPLANNABLE);
	MUST((p->why == REPLAN_ASKED_FOR) == (r->kinds == 1u << REPLAN_CALL));
	if (p->why != REPLAN_ASKED_FOR && p->why != REPLAN_NOBODY)
		MUST((p->why == REPLAN_OTHERS) == (all_choices(a, s, &fixed, r, false, CALL_POINTS).n > 0));
}

/* ---- a plan ---- */

static int plan_points(const struct salon *s, const struct replan *plan, struct taken_over *taken)
{
	struct rooms rooms;
	int sum = 0;
	make_rooms(s, &fixed, &rooms);
	memset(taken, 0, sizeof *taken);
	for (size_t i = 0; i < plan->n; i++) {
		const struct replan_choice *c = &plan->rows[i].choice;
		sum += c->price.total;
		if (c->kind != REPLAN_CALL)
			take_over(taken, &s->question.rows[i], &c->slot, 1);
	}
	return sum + unfair_points(s, &rooms, taken);
}

static void check_plan(struct arena *a, const struct salon *s, const struct replan *plan)
{
	struct taken_over taken;
	int prices = 0;
	grid_fixed(s, &fixed);
	grid_fixed(s, &grid);
	MUST(plan->n == s->question.nrows);
	for (size_t i = 0; i < plan->n; i++) {
		const struct replan_row *r = &s->question.rows[i];
		const struct replan_proposal *p = &plan->rows[i];
		MUST(p->appointment == r->appointment && p->fixed == row_fixed(r));
		prices += p->choice.price.total;
		if (p->fixed) {
			struct replan_choice want = price_slot(s, &fixed, r, row_held(r));
			MUST(same_slot(&p->choice.slot, row_held(r)));
			MUST(p->choice.kind == want.kind && memcmp(&p->choice.price, &want.price, sizeof want.price) == 0);
		}
		if (p->fixed || p->choice.kind == REPLAN_CALL)
			continue;
		check_choice(s, &grid, r, &p->choice);
		MUST(engine_may_choose(s, r, &p->choice));
		MUST(p->why == REPLAN_FINE && p->odd == 0);
		grid_slot(&grid, &p->choice.slot, 1);
	}
	for (size_t i = 0; i < plan->n; i++) {
		const struct replan_proposal *p = &plan->rows[i];
		bool put = !p->fixed && p->choice.kind != REPLAN_CALL;
		if (!p->fixed && !put)
			check_call(a, s, &s->question.rows[i], p);
		grid_slot(&grid, &p->choice.slot, put ? -1 : 0);
		check_next(s, &s->question.rows[i], p);
		grid_slot(&grid, &p->choice.slot, put ? 1 : 0);
	}
	MUST(plan_points(s, plan, &taken) == plan->sum.total);
	MUST(plan->unfair == plan->sum.total - prices);
	MUST(plan->bound <= plan->sum.total && plan->proved == (plan->bound == plan->sum.total));
}

/* ---- what must not matter, what must ---- */

static const struct replan_proposal *proposal(const struct replan *p, int64_t appointment)
{
	for (size_t i = 0; i < p->n; i++)
		if (p->rows[i].appointment == appointment)
			return &p->rows[i];
	return NULL;
}

static bool same_choice(const struct replan_choice *a, const struct replan_choice *b)
{
	return a->kind == b->kind && memcmp(&a->price, &b->price, sizeof a->price) == 0 && same_slot(&a->slot, &b->slot);
}

static bool same_plan(const struct replan *a, const struct replan *b)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct replan_proposal *p = &a->rows[i], *q = proposal(b, p->appointment);
		if (q == NULL || p->why != q->why || p->nnext != q->nnext || !same_choice(&p->choice, &q->choice))
			return false;
		for (size_t k = 0; k < p->nnext; k++)
			if (!same_choice(&p->next[k], &q->next[k]))
				return false;
	}
	return a->n == b->n && a->sum.total == b->sum.total && a->unfair == b->unfair;
}

static void order_does_not_matter(struct arena *a, struct salon *s, const struct replan *plan)
{
	struct slot_candidate spare[SERVICES_MOST][STAFF_MOST];
	for (int i = 0; i < s->size.services; i++) {
		memcpy(spare[i], s->services[i].candidates, sizeof spare[i]);
		shuffle(s->services[i].candidates, s->services[i].ncandidates, sizeof *s->services[i].candidates);
	}
	shuffle(s->work, s->question.world.nwork, sizeof *s->work);
	shuffle(s->uses, s->question.world.nuses, sizeof *s->uses);
	shuffle(s->rows, s->question.nrows, sizeof *s->rows);
	shuffle(s->absences, s->question.nabsences, sizeof *s->absences);
	struct replan again = replan_make(a, &s->question);
	if (!same_plan(plan, &again))
		fail("depends on the order of the rows");
	for (int i = 0; i < s->size.services; i++)
		memcpy(s->services[i].candidates, spare[i], sizeof spare[i]);
}

/* One more absence makes nothing cheaper: no plan costs less than the bound, which was none of any plan before. */
static void less_time_is_not_cheaper(struct arena *a, struct salon *s, const struct replan *plan)
{
	int day_of = dice(s->size.days);
	s->absences[s->question.nabsences++] = (struct replan_absence){ .staff = 1 + dice(s->size.staff), .from = { FIRST_DAY + day_of },
		.to = { chance(20) ? NONE : FIRST_DAY + day_of }, .start = chance(50) ? -1 : s->size.open + 60, .end = s->size.close - 60 };
	struct replan less = replan_make(a, &s->question);
	if (less.sum.total < plan->bound || (plan->proved && less.sum.total < plan->sum.total))
		fail("is cheaper with one more absence");
	s->question.nabsences--;
}

/* Two decisions may be for the same time: then the plan says so and is not one to apply. */
static bool pins_clash(const struct salon *s)
{
	grid_fixed(s, &grid);
	for (int d = 0; d < s->size.days; d++)
		for (int t = 0; t < UNITS; t++) {
			for (int p = 1; p <= s->size.staff; p++)
				if (grid.people[p][d][t] > 1)
					return true;
			for (int p = 1; p <= s->size.places; p++)
				if (grid.places[p][d][t] > 1)
					return true;
			for (int p = 1; p <= s->size.devices; p++)
				if (grid.devices[p][d][t] > s->devices[p - 1].quantity)
					return true;
		}
	return false;
}

/* The user decides about some rows: those are as decided, all others planned around them. */
static void decisions_are_kept(struct arena *a, struct salon *s, const struct replan *plan)
{
	for (size_t i = 0; i < plan->n; i++) {
		struct replan_row *r = &s->rows[i];
		const struct replan_proposal *p = proposal(plan, r->appointment);
		struct slot *keep = arena_new_of(a, struct slot);
		*keep = p->nnext > 0 ? p->next[dice((int)p->nnext)].slot : p->choice.slot;
		if (row_fixed(r))
			continue;
		if (chance(20) && keep->nclaims > 0)
			r->pinned = keep;
		else if (chance(20))
			r->kinds = 1u << dice(5) | 1u << dice(5);
		if (chance(30) && p->choice.kind != REPLAN_CALL && r->pinned == NULL) {
			r->excluded = &p->choice.slot;
			r->nexcluded = 1;
		}
	}
	struct replan again = replan_make(a, &s->question);
	for (size_t i = 0; i < again.n; i++) {
		const struct replan_row *r = &s->rows[i];
		const struct replan_proposal *p = &again.rows[i];
		if (r->pinned != NULL)
			MUST(same_slot(&p->choice.slot, r->pinned) && p->fixed);
		if (r->pinned == NULL && r->kinds == 1u << REPLAN_CALL && !p->fixed)
			MUST(p->choice.kind == REPLAN_CALL);
	}
	if (pins_clash(s))
		return;
	check_plan(a, s, &again);
	int best = best_of_all(a, s, again.sum.total + 1);
	if (best * 105 < again.sum.total * 100 || (again.proved && best != again.sum.total) || best < again.bound)
		fail("there is a better plan around what is decided");
}

struct tally { int salons, proved, rows, kinds[5], better, off; };

static void count(struct tally *t, const struct replan *plan)
{
	t->salons++;
	t->proved += plan->proved;
	for (size_t i = 0; i < plan->n; i++)
		t->kinds[plan->rows[i].choice.kind]++;
	t->rows += (int)plan->n;
}

static void one_salon(struct arena *a, struct tally *t, struct salon_size size)
{
	make_salon(&salon, seed_now, size);
	struct replan plan = replan_make(a, &salon.question);
	count(t, &plan);
	check_plan(a, &salon, &plan);
	int by_hand = greedy(a, &salon);
	t->better += plan.sum.total < by_hand;
	if (plan.sum.total > by_hand)
		fail("is worse than greedy");
	order_does_not_matter(a, &salon, &plan);
	less_time_is_not_cheaper(a, &salon, &plan);
}

static void one_tiny(struct arena *a, struct tally *t, struct salon_size size, bool compete)
{
	make_salon(&salon, seed_now, size);
	if (compete)
		let_all_compete(&salon);
	struct replan plan = replan_make(a, &salon.question);
	count(t, &plan);
	check_plan(a, &salon, &plan);
	int by_hand = greedy(a, &salon);
	t->better += plan.sum.total < by_hand;
	int best = best_of_all(a, &salon, plan.sum.total + 1);
	if (best * 105 < plan.sum.total * 100 || (plan.proved && best != plan.sum.total) || best < plan.bound)
		fail("there is a better plan");
	t->off += best != plan.sum.total;
	decisions_are_kept(a, &salon, &plan);
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

static void say(const char *what, const struct tally *t)
{
	printf("%s: %d salons, %d proved the best, %d better than greedy, %d not the best of all tried; %d rows: %d kept, %d colleague, %d time, %d day, %d call\n", what,
		t->salons, t->proved, t->better, t->off, t->rows, t->kinds[0], t->kinds[1], t->kinds[2], t->kinds[3], t->kinds[4]);
}

int main(void)
{
	uint64_t cases = number_from("CASES", 2000), first = number_from("SEED", 1);
	struct arena *a = arena_new();
	struct tally smalls = {0}, usuals = {0}, tinies = {0}, crowds = {0}, leavings = {0}, sides = {0}, knots = {0};
	for (seed_now = first; seed_now < first + cases && (failed == 0 || getenv("STOP") == NULL); seed_now++) {
		if (seed_now % 80 == 0)
			one_salon(a, &leavings, leaving);
		if (seed_now % 8 == 0)
			one_salon(a, &usuals, usual);
		else
			one_salon(a, &smalls, small);
		if (seed_now % 2 == 0)
			one_tiny(a, &tinies, tiny, seed_now % 4 == 0);
		if (seed_now % 4 == 3)
			one_salon(a, &sides, strands);
		if (seed_now % 4 == 3)
			one_tiny(a, &knots, knot, seed_now % 8 == 3);
		if (seed_now % 4 == 1)
			one_tiny(a, &crowds, crowded, seed_now % 8 == 1);
		arena_reset(a);
	}
	say("small", &smalls);
	say("usual", &usuals);
	say("leaving", &leavings);
	say("strands", &sides);
	say("knot", &knots);
	say("tiny", &tinies);
	say("crowded", &crowds);
	arena_free(a);
	printf("%d passed, %d failed\n", failed == 0, failed > 0);
	return failed > 0;
}
