/* vacation_test.c: the vacation account: days counted against a second opinion that looks at each minute, the law's fractions,
 * what is carried over and lapses. */
#include "check.h"
#include "random_roster.h"
#include "rules/vacation.h"

static day on(int year, int month, int mday) { return date_day(year, month, mday); }
#define NO ((day){ NONE })

/* ---- days counted ---- */

static int oracle_halves(const bool plan[1440], const struct worktime_absence *x, int64_t staff, day d)
{
	int all = 0, taken = 0;
	for (int m = 0; m < 1440; m++) {
		all += plan[m];
		taken += plan[m] && oracle_covers(x, staff, d, m);
	}
	return taken == 0 ? 0 : taken == all ? 2 : 1;
}

/* granted: of granted vacation; else what asked for ones would take of the rest of the day. */
static int oracle_day(const struct random_roster *r, size_t p, day d, bool granted)
{
	bool plan[1440];
	int64_t staff = r->people[p].id;
	int sum[2] = { 0, 0 };
	oracle_plan(r, p, d, true, plan);
	for (size_t i = 0; i < r->rows.nabsences; i++) {
		const struct worktime_absence *x = &r->absences[i];
		if (x->kind == DUTY_SICK && x->granted && x->start < 0 && oracle_covers(x, staff, d, 0))
			return 0;
		if (r->kinds[x->kind].vacation && x->staff == staff && x->from.n <= d.n && x->to.n >= d.n)
			sum[x->granted] += oracle_halves(plan, x, staff, d);
	}
	sum[1] = sum[1] > 2 ? 2 : sum[1];
	sum[0] = sum[0] > 2 - sum[1] ? 2 - sum[1] : sum[0];
	return sum[granted];
}

static bool agrees(struct arena *a, const struct random_roster *r, size_t p, int64_t *some)
{
	struct vacation_days days = vacation_count(a, &r->rows, r->kinds, r->people[p].id, (day){ FIRST }, (day){ FIRST + DAYS - 1 });
	size_t at = 0;
	for (int i = 0; i < DAYS; i++) {
		int sum[2] = { 0, 0 };
		for (; at < days.n && days.at[at].day.n == FIRST + i; at++)
			sum[days.at[at].granted] += days.at[at].halves;
		if (sum[1] != oracle_day(r, p, (day){ FIRST + i }, true) || sum[0] != oracle_day(r, p, (day){ FIRST + i }, false))
			return false;
		some[sum[1]]++;
		some[3] += sum[0] > 0;
	}
	return at == days.n;                              /* in order, none outside */
}

static void counting(struct arena *a)
{
	int64_t some[4] = { 0 };
	bool good = true;
	srand(5);
	for (int round = 0; round < 4000 && good; round++) {
		struct random_roster r;
		random_roster(&r);
		good = agrees(a, &r, 0, some) && agrees(a, &r, 1, some);
		arena_reset(a);
	}
	CHECK(good);
	CHECK(some[0] > 0 && some[1] > 0 && some[2] > 0 && some[3] > 0);
}

/* ---- the account ---- */

static struct vacation_posting post(enum vacation_posting_kind kind, int halves, day expires, day posted)
{
	return (struct vacation_posting){ kind, halves, expires, posted };
}

static void carrying_over(void)
{
	struct vacation_posting p[] = { post(VACATION_ENTITLED, 56, NO, on(2026, 1, 2)), post(VACATION_CARRIED, 10, on(2026, 3, 31), on(2026, 1, 2)),
		post(VACATION_TOLD, 0, NO, on(2026, 1, 7)), post(VACATION_CORRECTED, -1, NO, on(2026, 2, 1)) };
	struct vacation_day taken[] = { { on(2026, 3, 2), 2, true, 1 }, { on(2026, 3, 31), 1, true, 1 }, { on(2026, 4, 1), 2, true, 2 }, { on(2026, 8, 3), 2, false, 3 } };
	struct vacation_days days = { .at = taken, .n = 4 }, none = { .n = 0 };
	struct vacation_account c = vacation_account(p, 4, &days, on(2026, 3, 31));
	CHECK_INT(c.taken, 5);
	CHECK_INT(c.asked, 2);
	CHECK_INT(c.lapsing, 7);                          /* three halves were in time */
	CHECK_INT(c.lapsed, 0);
	CHECK_INT(c.left, 56 + 10 - 1 - 5);
	c = vacation_account(p, 4, &days, on(2026, 4, 1));
	CHECK_INT(c.lapsed, 7);
	CHECK_INT(c.lapsing, 0);
	CHECK_INT(c.left, 56 + 10 - 1 - 5 - 7);
	p[2].posted = on(2026, 4, 1);                     /* told too late: nothing lapses */
	c = vacation_account(p, 4, &days, on(2026, 4, 1));
	CHECK(!c.told);
	CHECK_INT(c.lapsed, 0);
	CHECK_INT(c.left, 60);
	p[1].expires = NO;                                /* carried over for good */
	c = vacation_account(p, 4, &none, on(2026, 12, 1));
	CHECK_INT(c.lapsed + c.lapsing, 0);
	CHECK_INT(c.left, 65);
	p[1] = post(VACATION_CARRIED, -6, NO, on(2026, 12, 31));
	c = vacation_account(p, 4, &days, on(2026, 12, 31));
	CHECK_INT(c.carried, 0);
	CHECK_INT(c.carried_out, 6);
	CHECK_INT(c.left, 56 - 6 - 1 - 5);
	CHECK(c.posted);
	CHECK(!vacation_account(&p[1], 3, &days, on(2026, 12, 31)).posted);
}

/* Nothing is lost or made: left + taken + lapsed + carried out = what was posted in; a day more taken is never a day more left. */
static bool conserves(void)
{
	struct vacation_posting p[6];
	struct vacation_day taken[20];
	size_t n = (size_t)below(7), ntaken = (size_t)below(20);
	int in = 0;
	for (size_t i = 0; i < n; i++) {
		p[i] = post((enum vacation_posting_kind)below(4), below(40) - 10, below(2) ? NO : on(2026, 3, 31), (day){ on(2026, 1, 1).n + below(200) });
		if (p[i].kind == VACATION_TOLD)
			p[i].halves = 0;
		in += p[i].kind == VACATION_CARRIED && p[i].halves < 0 ? 0 : p[i].halves;
	}
	for (size_t i = 0; i < ntaken; i++)
		taken[i] = (struct vacation_day){ { on(2026, 1, 1).n + below(360) }, 1 + below(2), below(3) > 0, 1 };
	day now = { on(2026, 1, 1).n + below(365) };
	struct vacation_days days = { .at = taken, .n = ntaken }, fewer = { .at = taken, .n = ntaken > 0 ? ntaken - 1 : 0 };
	struct vacation_account c = vacation_account(p, n, &days, now), f = vacation_account(p, n, &fewer, now);
	return c.left + c.taken + c.lapsed + c.carried_out == in && c.lapsed >= 0 && c.lapsing >= 0 && c.lapsed + c.lapsing <= c.carried && c.left <= f.left;
}

/* ---- the law ---- */

static void joining_and_leaving(void)
{
	CHECK_INT(vacation_entitlement(28, 2026, NO, NO), 56);
	CHECK_INT(vacation_entitlement(28, 2026, on(2020, 5, 1), NO), 56);
	CHECK_INT(vacation_entitlement(28, 2026, on(2026, 6, 30), NO), 56);       /* six months are over in the year */
	CHECK_INT(vacation_entitlement(28, 2026, on(2026, 7, 1), NO), 28);        /* six twelfths: BAG 9 AZR 179/15 */
	CHECK_INT(vacation_entitlement(28, 2026, on(2026, 9, 1), NO), 19);        /* 9⅓: at least half a day more */
	CHECK_INT(vacation_entitlement(28, 2026, on(2026, 10, 15), NO), 10);      /* two full months: 4⅔ is 5 */
	CHECK_INT(vacation_entitlement(27, 2026, on(2026, 11, 1), NO), 10);       /* 4½ is 5 */
	CHECK_INT(vacation_entitlement(28, 2026, on(2026, 12, 2), NO), 0);
	CHECK_INT(vacation_entitlement(24, 2026, on(2020, 1, 1), on(2026, 6, 30)), 24);
	CHECK_INT(vacation_entitlement(24, 2026, on(2020, 1, 1), on(2026, 7, 1)), 48);
	CHECK_INT(vacation_entitlement(24, 2026, on(2026, 4, 1), on(2026, 9, 29)), 20);   /* left before six months: five twelfths */
	CHECK_INT(vacation_entitlement(24, 2026, on(2026, 4, 1), on(2026, 9, 30)), 48);
	CHECK_INT(vacation_entitlement(24, 2026, on(2025, 11, 1), on(2026, 3, 31)), 12);
	CHECK_INT(vacation_entitlement(28, 2026, on(2027, 1, 1), NO), 0);
	CHECK_INT(vacation_entitlement(28, 2026, NO, on(2025, 12, 31)), 0);
}

static void least(void)
{
	CHECK_INT(vacation_least("DE", 5, 2026, NO), 40);
	CHECK_INT(vacation_least("DE", 6, 2026, on(1980, 1, 1)), 48);
	CHECK_INT(vacation_least("DE", 3, 2026, on(1980, 1, 1)), 24);
	CHECK_INT(vacation_least("DE", 6, 2026, on(2008, 1, 2)), 50);             /* 17 on New Year's Day */
	CHECK_INT(vacation_least("DE", 5, 2026, on(2008, 1, 2)), 42);             /* 20⅚ */
	CHECK_INT(vacation_least("DE", 6, 2026, on(2008, 1, 1)), 48);             /* 18 on it */
	CHECK_INT(vacation_least("DE", 6, 2026, on(2009, 6, 1)), 54);
	CHECK_INT(vacation_least("DE", 5, 2026, on(2009, 6, 1)), 45);
	CHECK_INT(vacation_least("DE", 6, 2026, on(2010, 6, 1)), 60);
	CHECK_INT(vacation_least("AT", 5, 2026, NO), 50);
	CHECK_INT(vacation_least("CH", 5, 2026, NO), 40);
	CHECK_INT(vacation_least("CH", 5, 2026, on(2007, 2, 1)), 50);
	CHECK_INT(vacation_least(NULL, 5, 2026, NO), 0);
}

static void words(struct arena *a)
{
	static const struct { const char *typed; int halves; } good[] = { { "14", 28 }, { "14,5", 29 }, { "14½", 29 }, { " ½ ", 1 }, { "-½", -1 }, { "-3.5", -7 }, { "-2½", -5 }, { "0", 0 }, { "14 ½", 29 } };
	static const char *const bad[] = { NULL, "", " ", "-", "x", "14,3", "14,5½", "½½", "2000", "1e3", "14 ½ x", "9999999999999999999999999" };
	for (size_t i = 0; i < COUNT(good); i++) {
		int halves = 99;
		CHECK(vacation_read(good[i].typed, &halves));
		CHECK_INT(halves, good[i].halves);
	}
	for (size_t i = 0; i < COUNT(bad); i++) {
		int halves = 99;
		CHECK(!vacation_read(bad[i], &halves));
		CHECK_INT(halves, 99);
	}
	CHECK_TEXT(vacation_text(a, 29), "14½");
	CHECK_TEXT(vacation_text(a, 1), "½");
	CHECK_TEXT(vacation_text(a, -1), "-½");
	CHECK_TEXT(vacation_text(a, -7), "-3½");
	CHECK_TEXT(vacation_text(a, 0), "0");
	for (int i = -400; i <= 400; i++) {
		int back = 9999;
		if (!vacation_read(vacation_text(a, i), &back) || back != i)
			CHECK_INT(back, i);
	}
}

int main(void)
{
	struct arena *a = arena_new();
	counting(a);
	carrying_over();
	srand(9);
	bool good = true;
	for (int i = 0; i < 20000 && good; i++)
		good = conserves();
	CHECK(good);
	joining_and_leaving();
	least();
	words(a);
	arena_free(a);
	return check_end();
}
