/* slots_test.c: the slot finder beside a slow oracle that tries everything on small random salons (slots_salon.h, slots_oracle.h), and
 * what must hold for any answer (slots_claims.h). CASES in the environment says how many salons (20,000), SEED where to begin, STOP=1 that the
 * first fault is enough. */
#include "slots_claims.h"

static void compare(struct arena *a, uint64_t seed, const struct salon *s, const struct slots *found)
{
	size_t n = 0;
	for (int d = 0; d < DAYS; d++)
		for (int at = 0; at < DAY_MINUTES; at += 5) {
			day on = { s->from.n + d };
			bool want = at >= s->open - EARLY && at < s->open + LATE && allowed(&s->world, &s->request, on, at) && visit_fits(&s->world, &s->request, on, at, s->request.done_by);
			bool have = n < found->n && found->at[n].day.n == on.n && found->at[n].start == at;
			if (want != have)
				fail(seed, want ? "misses a start" : "finds a start that is none");
			n += have;
		}
	for (size_t i = 0; i < found->n; i++) {
		if (!claims_hold(s, &found->at[i]) || !steps_hold(s, &found->at[i]) || !claims_apart(s, &found->at[i]) || !durations_hold(s, &found->at[i]) || !breaks_kept(a, s, &found->at[i]))
			fail(seed, "claims what is taken or not asked for");
		if (found->at[i].score < 0 || found->at[i].score > 100 || found->at[i].nreasons > s->request.nsteps * 6 + 4)
			fail(seed, "scores out of range");
	}
}

static bool same_slot(const struct slot *a, const struct slot *b)
{
	return a->day.n == b->day.n && a->start == b->start && a->end == b->end && a->score == b->score && a->nclaims == b->nclaims &&
		a->nreasons == b->nreasons && memcmp(a->claims, b->claims, a->nclaims * sizeof *a->claims) == 0;
}

static bool same_slots(const struct slots *a, const struct slots *b)
{
	for (size_t i = 0; i < a->n && a->n == b->n; i++)
		if (!same_slot(&a->at[i], &b->at[i]))
			return false;
	return a->n == b->n;
}

#define SHUFFLE(array, n) do { for (size_t i_ = (n); i_ > 1; i_--) { size_t k_ = (size_t)dice((int)i_); \
	__typeof__((array)[0]) t_ = (array)[k_]; (array)[k_] = (array)[i_ - 1]; (array)[i_ - 1] = t_; } } while (0)

static void order_does_not_matter(struct arena *a, uint64_t seed, struct salon *s, const struct slots *found)
{
	if (s->by_rows) {
		struct worktime_rows *r = &s->hours.rows;
		SHUFFLE(s->hours.openings, r->nopenings);
		SHUFFLE(s->hours.people, r->npeople);
		SHUFFLE(s->hours.patterns, r->npatterns);
		SHUFFLE(s->hours.shifts, r->nshifts);
		SHUFFLE(s->hours.exceptions, r->nexceptions);
		SHUFFLE(s->hours.absences, r->nabsences);
		make_work(a, s);
	}
	SHUFFLE(s->work, s->world.nwork);
	SHUFFLE(s->places, s->world.nplaces);
	SHUFFLE(s->devices, s->world.ndevices);
	SHUFFLE(s->uses, s->world.nuses);
	for (size_t i = 0; i < s->request.nsteps; i++)
		SHUFFLE(s->candidates[i], s->steps[i].ncandidates);
	struct slots again = slots_find(a, &s->world, &s->request, 0);
	if (!same_slots(found, &again))
		fail(seed, "depends on the order of the rows");
}

static void best_are_among_all(struct arena *a, uint64_t seed, const struct salon *s, const struct slots *all)
{
	struct slots best = slots_find(a, &s->world, &s->request, 3);
	struct slot_start *starts;
	size_t nstarts = slots_starts(a, &s->world, &s->request, &starts);
	int top = -1;
	for (size_t i = 0; i < all->n; i++)
		top = all->at[i].score > top ? all->at[i].score : top;
	if ((best.n == 0) != (all->n == 0) || (best.n > 0 && best.at[0].score != top) || nstarts != all->n)
		fail(seed, "does not give the best");
	for (size_t i = 0; i < nstarts; i++)
		if (starts[i].day.n != all->at[i].day.n || starts[i].start != all->at[i].start)
			fail(seed, "gives other starts when asked for starts only");
	for (size_t i = 0; i < best.n; i++) {
		size_t k = 0;
		while (k < all->n && !same_slot(&best.at[i], &all->at[k]))
			k++;
		if (k == all->n || (i > 0 && best.at[i].score > best.at[i - 1].score))
			fail(seed, "gives a best one that is not among all");
		for (k = 0; k < i; k++)
			if (best.at[k].day.n == best.at[i].day.n && abs(best.at[k].start - best.at[i].start) < 30)
				fail(seed, "proposes almost the same time twice");
	}
}

/* What the block speaks of is really so: that appointment holds it before it is free again; that person does not work. */
static bool block_is_true(const struct salon *s, day d, int at, const struct slot_block *b)
{
	int64_t resource = b->code == SLOT_PERSON_TAKEN ? resource_of(RESOURCE_PERSON, b->staff) : resource_of(RESOURCE_DEVICE, b->device);
	if (b->code == SLOT_NOT_WORKING && b->staff != 0) {
		for (int t = at; t < b->until; t += 5)
			if (!works(&s->world, d, b->staff, t))
				return true;
		return false;
	}
	if (b->code != SLOT_PERSON_TAKEN && b->code != SLOT_DEVICE_TAKEN)
		return true;
	for (size_t i = 0; i < s->world.nuses; i++) {
		const struct use *u = &s->world.uses[i];
		if (u->day.n == d.n && u->resource == resource && u->appointment == b->appointment && u->start < b->until && u->end > at)
			return s->world.except == 0 || u->appointment != s->world.except;
	}
	return false;
}

/* slots_at() and slots_why_not() agree with the oracle at a few times. */
static void asked_time(struct arena *a, uint64_t seed, const struct salon *s)
{
	for (int i = 0; i < 4; i++) {
		day d = { s->from.n + dice(DAYS) };
		int at = minute() / 5 * 5;
		struct slot slot;
		bool past = s->world.today.n != NONE && (d.n < s->world.today.n || (d.n == s->world.today.n && at + 5 <= s->world.now));
		bool want = !past && in_bounds(&s->request, d, at) && visit_fits(&s->world, &s->request, d, at, 0);
		bool have = slots_at(a, &s->world, &s->request, d, at, &slot);
		struct slot_block b = slots_why_not(a, &s->world, &s->request, d, at);
		if (have != want || (have && (slot.start != at || !claims_hold(s, &slot))))
			fail(seed, "is wrong about the time asked for");
		if ((b.code == SLOT_POSSIBLE) != want || (past && b.code != SLOT_PAST))
			fail(seed, "gives a wrong reason");
		if (!block_is_true(s, d, at, &b))
			fail(seed, "gives a reason that is not so");
		if (b.code >= SLOT_ABSENT && (b.until <= at || b.until > DAY_MINUTES))
			fail(seed, "says free again at a time that is not later");
	}
}

/* A map made once for all questions gives the same answers. */
static void kept_map_gives_the_same(struct arena *a, uint64_t seed, struct salon *s, const struct slots *found)
{
	struct slots_map map = slots_map_all(a, &s->world);
	s->world.map = &map;
	struct slots again = slots_find(a, &s->world, &s->request, 0);
	if (!same_slots(found, &again))
		fail(seed, "answers differently with a map made before");
	asked_time(a, seed, s);
	s->world.map = NULL;
}

static bool all_among(const struct slots *some, const struct slots *all)
{
	size_t k = 0;
	for (size_t i = 0; i < some->n; i++) {
		while (k < all->n && (all->at[k].day.n != some->at[i].day.n || all->at[k].start != some->at[i].start))
			k++;
		if (k == all->n)
			return false;
	}
	return true;
}

/* One more absence or use takes slots away, and adds none. */
static void less_time_never_adds(struct arena *a, uint64_t seed, struct salon *s, const struct slots *found)
{
	if (s->by_rows) {
		hours_absence(&s->hours, 1 + dice(STAFF), s->from, s->open, true);
		make_work(a, s);
	} else if (s->world.nwork > 0) {
		struct worktime_span *w = &s->work[dice((int)s->world.nwork)];
		if (w->kind != WORKTIME_WORK || w->start >= w->end)
			return;
		w->end = w->start + 1 + dice(w->end - w->start);
	} else
		return;
	struct slots less = slots_find(a, &s->world, &s->request, 0);
	if (!all_among(&less, found))
		fail(seed, "finds more when there is less time");
}

/* The break can stay where it is by itself, in the finder's five minutes. */
static bool can_stay(const struct salon *s, const struct hours_rest *r)
{
	int start = r->start / 5 * 5, end = start + (r->end - r->start + 4) / 5 * 5;
	nown = 0;
	return start >= r->move_from && end <= r->move_to / 5 * 5 && end >= r->end &&
		is_free(&s->world, (day){ s->from.n + r->day }, resource_of(RESOURCE_PERSON, r->staff), start, end);
}

/* Where breaks could lie where they are by themselves, letting them move takes no start away. Last: it changes the salon. */
static void moving_never_takes(struct arena *a, uint64_t seed, struct salon *s, const struct slots *found)
{
	for (size_t i = 0; i < nrests; i++)
		if (!can_stay(s, &rests[i]))
			return;
	if (nrests == 0)
		return;
	for (size_t i = 0; i < s->hours.rows.nshifts && s->by_rows; i++)
		s->hours.shifts[i].move_from = s->hours.shifts[i].move_to = 0;
	for (size_t i = 0; i < s->world.nwork && !s->by_rows; i++)
		s->work[i].move_from = s->work[i].move_to = 0;
	make_work(a, s);
	struct slots fixed = slots_find(a, &s->world, &s->request, 0);
	if (!all_among(&fixed, found))
		fail(seed, "finds less where a break may move");
}

static size_t one_salon(struct arena *a, uint64_t seed)
{
	struct salon s;
	make_salon(a, &s, seed);
	look_at_work(&s);
	struct slots found = slots_find(a, &s.world, &s.request, 0);
	compare(a, seed, &s, &found);
	best_are_among_all(a, seed, &s, &found);
	asked_time(a, seed, &s);
	kept_map_gives_the_same(a, seed, &s, &found);
	order_does_not_matter(a, seed, &s, &found);
	less_time_never_adds(a, seed, &s, &found);
	make_salon(a, &s, seed);
	moving_never_takes(a, seed, &s, &found);
	return found.n;
}

static uint64_t number_from(const char *name, uint64_t otherwise)
{
	const char *text = getenv(name);
	return text == NULL ? otherwise : strtoull(text, NULL, 10);
}

int main(void)
{
	uint64_t cases = number_from("CASES", 20000), first = number_from("SEED", 1);
	struct arena *a = arena_new();
	size_t with = 0;
	for (uint64_t i = 0; i < cases && !(failed > 0 && getenv("STOP") != NULL); i++) {
		with += one_salon(a, first + i) > 0;
		arena_reset(a);
	}
	if (failed == 0 && with * 6 < cases)
		fail(0, "too few salons have a free slot at all: the test proves little");
	arena_free(a);
	printf("%d passed, %d failed\n", failed == 0, failed > 0);
	return failed > 0;
}
