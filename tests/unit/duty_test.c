/* duty_test.c: what a roster's days come to, in cases a salon knows and against a second opinion that looks at each minute. */
#include "check.h"
#include "random_roster.h"

static const struct duty_kind usual[DUTY_KINDS] = { [DUTY_VACATION] = { true, true }, [DUTY_SICK] = { true, false }, [DUTY_CHILD_SICK] = { true, false },
	[DUTY_SCHOOL] = { true, false }, [DUTY_TRAINING] = { true, false } };

/* Tuesday to Saturday, 9 to 18 with half an hour of break, closed on Sunday and Monday; 40 hours on five days. */
static const struct worktime_opening openings[] = { { 2, 540, 1080 }, { 3, 540, 1080 }, { 4, 540, 1080 }, { 5, 540, 1080 }, { 6, 540, 840 } };
static const struct worktime_pattern pattern = { 1, 1, { FIRST - 70 }, 1 };
static const struct worktime_shift shifts[] = {
	{ 1, 0, 2, 0, 540, 1080, 0, 0 }, { 1, 0, 2, 1, 720, 750, 0, 0 }, { 1, 0, 3, 0, 540, 1080, 0, 0 }, { 1, 0, 4, 0, 600, 1080, 0, 0 }, { 1, 0, 5, 0, 540, 1080, 0, 0 }, { 1, 0, 6, 0, 540, 840, 0, 0 },
};
static const struct worktime_absence absences[] = {
	{ 1, 1, DUTY_VACATION, true, { FIRST + 2 }, { FIRST + 2 }, -1, -1 },             /* Wednesday */
	{ 2, 1, DUTY_TIME_OFF, true, { FIRST + 3 }, { FIRST + 3 }, 900, 1080 },          /* Thursday from three */
	{ 3, 1, DUTY_SCHOOL, true, { FIRST + 7 }, { FIRST + 7 }, -1, -1 },               /* Monday, when the shop is shut */
	{ 4, 1, DUTY_VACATION, false, { FIRST + 8 }, { FIRST + 8 }, -1, -1 },            /* asked for: still planned */
};
static const struct worktime_exception exceptions[] = { { 1, { FIRST + 9 }, 2, 0, 1440 } };
static const struct worktime_person person = { 1, { NONE }, { NONE }, { NONE } };
static const struct duty_contract contracts[] = { { 1, { FIRST - 70 }, 2400, 5, 28 }, { 1, { FIRST + 7 }, 1200, 3, 17 } };
static const struct worktime_rows rows = { .openings = openings, .nopenings = COUNT(openings), .people = &person, .npeople = 1, .patterns = &pattern, .npatterns = 1,
	.shifts = shifts, .nshifts = COUNT(shifts), .absences = absences, .nabsences = COUNT(absences), .exceptions = exceptions, .nexceptions = 1,
	.country = "DE", .state = "NI" };

static const char *told(struct arena *a, const struct duty *d, int on)
{
	const struct duty_day *x = duty_at(d, 0, (day){ FIRST + on });
	return arena_printf(a, "%s%s%s%d/%d/%d", x->shut ? "shut " : "", x->holiday ? "holiday " : "", x->exception ? "own " : "", x->planned, x->worked, x->credited);
}

static void cases(struct arena *a)
{
	struct duty d = duty_days(a, &rows, usual, contracts, 2, (day){ FIRST }, DAYS);
	CHECK_TEXT(told(a, &d, 0), "shut 0/0/0");
	CHECK_TEXT(told(a, &d, 1), "510/510/0");
	CHECK_TEXT(told(a, &d, 2), "540/0/540");
	CHECK_TEXT(told(a, &d, 3), "480/300/0");                       /* time off comes out of the hours */
	CHECK_TEXT(told(a, &d, 4), "shut holiday 0/0/540");            /* Christmas Day, a Friday */
	CHECK_TEXT(told(a, &d, 5), "shut holiday 0/0/300");
	CHECK_TEXT(told(a, &d, 6), "shut 0/0/0");
	CHECK_TEXT(told(a, &d, 7), "shut 0/0/400");                    /* school: 20 hours on 3 days */
	CHECK_TEXT(told(a, &d, 8), "510/510/0");
	CHECK_TEXT(told(a, &d, 9), "own 0/0/0");
	const struct duty_day *thursday = duty_at(&d, 0, (day){ FIRST + 3 });
	CHECK_INT(thursday->start, 600);
	CHECK_INT(thursday->end, 1080);
	CHECK(thursday->nwork == 1 && thursday->work[0].start == 600 && thursday->work[0].end == 900);
	CHECK_INT(duty_at(&d, 0, (day){ FIRST })->start, -1);
	CHECK_INT(duty_at(&d, 0, (day){ FIRST + 1 })->nwork, 2);
	CHECK_INT(duty_at(&d, 0, (day){ FIRST + 1 })->start, 540);     /* before the break */
}

static void targets(void)
{
	struct worktime_person late = { 1, { NONE }, { FIRST + 3 }, { FIRST + 8 } }, other = { 2, { NONE }, { NONE }, { NONE } };
	CHECK_INT(duty_target(contracts, 2, &person, (day){ FIRST }, 7), 2400);
	CHECK_INT(duty_target(contracts, 2, &person, (day){ FIRST }, 14), 3600);
	CHECK_INT(duty_target(contracts, 2, &person, (day){ FIRST }, 1), 343);    /* 342 and six sevenths */
	CHECK_INT(duty_target(contracts, 2, &person, (day){ FIRST + 6 }, 2), (2400 + 1200) / 7);
	CHECK_INT(duty_target(contracts, 2, &late, (day){ FIRST }, 14), (4 * 2400 + 2 * 1200 + 3) / 7);
	CHECK_INT(duty_target(contracts, 2, &other, (day){ FIRST }, 7), -1);
	CHECK_INT(duty_target(contracts, 2, &person, (day){ FIRST - 90 }, 7), -1);
	CHECK(duty_contract_on(contracts, 2, 1, (day){ FIRST + 6 }) == &contracts[0]);
	CHECK(duty_contract_on(contracts, 2, 1, (day){ FIRST + 7 }) == &contracts[1]);
}

/* The first granted absence that covers a minute has it. */
static const struct worktime_absence *who_takes(const struct random_roster *r, int64_t staff, day on, int minute)
{
	for (size_t i = 0; i < r->rows.nabsences; i++)
		if (r->absences[i].granted && oracle_covers(&r->absences[i], staff, on, minute))
			return &r->absences[i];
	return NULL;
}

static int oracle_school(const struct random_roster *r, int64_t staff, day on)
{
	const struct duty_contract *c = NULL;
	for (int i = 0; i < 2; i++)
		if (r->contracts[i].staff == staff && r->contracts[i].from.n <= on.n)
			c = &r->contracts[i];
	for (size_t i = 0; c != NULL && r->kinds[DUTY_SCHOOL].work && i < r->rows.nabsences; i++)
		if (r->absences[i].kind == DUTY_SCHOOL && r->absences[i].granted && r->absences[i].start < 0 && oracle_covers(&r->absences[i], staff, on, 0))
			return c->minutes_per_week / c->days_per_week;
	return 0;
}

static bool agrees(const struct random_roster *r, const struct duty *d, size_t p, day on)
{
	bool plan[1440], workaday[1440];
	const struct duty_day *got = duty_at(d, p, on);
	int64_t staff = r->people[p].id;
	int planned = 0, worked = 0, credited = 0, shown = 0;
	oracle_plan(r, p, on, true, plan);
	oracle_plan(r, p, on, false, workaday);
	for (int m = 0; m < 1440; m++) {
		const struct worktime_absence *x = plan[m] ? who_takes(r, staff, on, m) : NULL;
		planned += plan[m];
		worked += plan[m] && x == NULL;
		credited += x != NULL && r->kinds[x->kind].work;
	}
	if (planned == 0)
		credited = oracle_school(r, staff, on);
	for (int m = 0; got->holiday && got->shut && m < 1440; m++)
		credited += workaday[m];
	for (int i = 0; i < got->nwork; i++)
		shown += got->work[i].end - got->work[i].start;
	return got->planned == planned && got->worked == worked && got->credited == credited && shown == worked && (got->start >= 0) == (planned > 0);
}

int main(void)
{
	struct arena *a = arena_new();
	cases(a);
	targets();
	srand(3);
	bool good = true;
	int64_t planned = 0, credited = 0, holiday = 0, worked = 0;
	for (int round = 0; round < 4000 && good; round++) {
		struct random_roster r;
		random_roster(&r);
		struct duty d = duty_days(a, &r.rows, r.kinds, r.contracts, 2, (day){ FIRST }, DAYS);
		for (size_t p = 0; p < 2; p++)
			for (int i = 0; i < DAYS && good; i++) {
				const struct duty_day *x = duty_at(&d, p, (day){ FIRST + i });
				good = agrees(&r, &d, p, (day){ FIRST + i });
				planned += x->planned;
				worked += x->worked;
				credited += x->credited;
				holiday += x->holiday && x->credited > 0;
			}
		arena_reset(a);
	}
	CHECK(good);
	CHECK(worked > 0 && planned > worked && credited > 0 && holiday > 0);   /* the random salons know all of it */
	arena_free(a);
	return check_end();
}
