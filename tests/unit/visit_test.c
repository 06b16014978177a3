/* visit_test.c: the rules by visit, beside what their sentences say, tried minute by minute. */
#include "base/date.h"
#include "check.h"
#include "rules/visit.h"
#include <stdlib.h>

enum { TODAY = 20780, NOON = 720 };

static struct visit_verdicts judge(const struct visit_rule *r, const struct visit_facts *f, int64_t d, int start, int end)
{
	struct visit_verdicts v;
	struct visit_when w = { { d }, start, end };
	visit_judge(r, &w, 1, f, (struct slot_bound){ { TODAY }, 600 }, &v);
	return v;
}

static bool says(const struct visit_verdicts *v, enum visit_code code)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->at[i].code == code)
			return true;
	return false;
}

static void ages(void)
{
	struct { int y, m, d, on_y, on_m, on_d, age; } cases[] = {
		{ 2010, 11, 23, 2026, 11, 23, 16 }, { 2010, 11, 24, 2026, 11, 23, 15 }, { 2008, 2, 29, 2024, 2, 28, 15 }, { 2008, 2, 29, 2024, 2, 29, 16 },
		{ 2008, 2, 29, 2026, 2, 28, 17 }, { 2008, 2, 29, 2026, 3, 1, 18 }, { 2026, 1, 1, 2026, 12, 31, 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++)
		CHECK_INT(visit_age(date_day(cases[i].y, cases[i].m, cases[i].d), date_day(cases[i].on_y, cases[i].on_m, cases[i].on_d)), cases[i].age);
}

static void single_cases(void)
{
	struct visit_past set = { .service = 3, .day = { TODAY - 28 }, .minute = NOON };
	struct visit_facts f = { .known = true, .birthday = { NONE }, .past = &set, .npast = 1 };
	struct visit_rule refill = { .service = 2, .refill_days = 28, .refill_to = 3 }, age = { .service = 2, .min_age = 16 },
	    own = { .service = 2, .from = 540, .until = 900, .not_days = 1u << 6 }, first = { .service = 2, .new_extra = 15 };
	struct visit_verdicts v = judge(&refill, &f, TODAY, NOON, NOON + 60);
	CHECK_INT((int)v.n, 0);
	v = judge(&refill, &f, TODAY + 1, NOON, NOON + 60);
	CHECK(v.n == 1 && v.at[0].code == VISIT_REFILL_LATE && v.at[0].a == 29 && v.at[0].b == 28 && v.at[0].c == 3 && !visit_needs_reason(v.at[0].code));
	v = judge(&refill, &f, TODAY - 28, NOON, NOON + 60);                   /* that day's own visit is no visit before it */
	CHECK(v.n == 1 && v.at[0].a == NONE);
	v = judge(&age, &f, TODAY, NOON, NOON + 60);
	CHECK(v.n == 1 && v.at[0].code == VISIT_AGE_UNKNOWN && !visit_needs_reason(v.at[0].code));
	v = judge(&own, &f, TODAY, 540, 900);
	CHECK_INT((int)v.n, 0);
	v = judge(&own, &f, TODAY, 535, 595);
	CHECK(v.n == 1 && v.at[0].code == VISIT_OUTSIDE && v.at[0].a == 540);
	v = judge(&own, &f, TODAY, 845, 905);
	CHECK(says(&v, VISIT_OUTSIDE));
	v = judge(&own, &f, TODAY + 5, 600, 660);                               /* Saturday */
	CHECK(v.n == 1 && v.at[0].a == NONE);
	v = judge(&first, &f, TODAY, NOON, NOON + 60);
	CHECK_INT((int)v.n, 0);
	first.longer = true;
	v = judge(&first, &f, TODAY, NOON, NOON + 60);
	CHECK(v.n == 1 && v.at[0].code == VISIT_FIRST && v.at[0].a == 15);
	first = (struct visit_rule){ .service = 4, .instead_of = 2 };
	v = judge(&first, &f, TODAY, NOON, NOON + 60);
	CHECK(v.n == 1 && v.at[0].code == VISIT_FIRST_OTHER && v.at[0].a == 2);
	f.birthday = date_day(2010, 11, 24);
	v = judge(&age, &f, TODAY, NOON, NOON + 60);                            /* 23 November 2026 */
	CHECK(v.n == 1 && v.at[0].code == VISIT_TOO_YOUNG && v.at[0].a == 15);
	v = judge(&age, &f, TODAY + 1, NOON, NOON + 60);
	CHECK_INT((int)v.n, 0);
}

/* New is who was never here; by group also who only had other things, or has them only today or later. */
static void who_is_new(void)
{
	struct visit_past past[] = { { .service = 1, .group = 7, .day = { TODAY - 400 } }, { .service = 2, .group = 8, .day = { TODAY } },
		{ .service = 3, .group = 9, .day = { TODAY - 9 }, .test = true } };
	struct visit_facts f = { .known = true, .birthday = { NONE }, .past = past, .npast = COUNT(past) };
	day today = { TODAY };
	CHECK(!visit_is_new(&(struct visit_rule){ .new_group = 0 }, &f, today));
	CHECK(!visit_is_new(&(struct visit_rule){ .new_group = 7 }, &f, today));
	CHECK(visit_is_new(&(struct visit_rule){ .new_group = 8 }, &f, today));
	CHECK(visit_is_new(&(struct visit_rule){ .new_group = 9 }, &f, today));   /* a test in the file is no visit */
	f.known = false;                                                          /* walk-in: nothing is known */
	CHECK(!visit_is_new(&(struct visit_rule){ .new_group = 9 }, &f, today));
	f.first = true;
	CHECK(visit_is_new(&(struct visit_rule){ .new_group = 0 }, &f, today) && visit_is_new(&(struct visit_rule){ .new_group = 7 }, &f, today));
	struct visit_rule refill = { .service = 2, .refill_days = 28, .refill_to = 3 };
	f.npast = 0;
	struct visit_verdicts v = judge(&refill, &f, TODAY, NOON, NOON + 60);     /* typed in as new: there was no set */
	CHECK(v.n == 1 && v.at[0].code == VISIT_REFILL_LATE && v.at[0].a == NONE);
}

/* What the sentence says of tests, word for word: the newest seen before it is no reaction; else one at least so many hours and at
 * most so many days before is enough; else it is said what the newest lacks. VISIT_FIRST: nothing is said. */
static enum visit_code said_of_tests(const struct visit_rule *r, const struct visit_facts *f, int64_t at)
{
	int64_t newest = NONE, seen = NONE;
	bool good = false, reaction = false;
	for (size_t i = 0; i < f->npast; i++) {
		const struct visit_past *p = &f->past[i];
		int64_t when = p->day.n * 1440 + p->minute;
		if (p->service != r->test || when >= at)
			continue;
		newest = when > newest ? when : newest;
		good = good || (at - when >= r->test_hours * 60 && (r->test_days == 0 || at / 1440 - p->day.n <= r->test_days));
		if (p->test && when >= seen) {
			reaction = (when == seen && reaction) || p->reaction;
			seen = when;
		}
	}
	return reaction ? VISIT_REACTION : good ? VISIT_FIRST : newest == NONE ? VISIT_NO_TEST : at - newest < r->test_hours * 60 ? VISIT_TEST_FRESH : VISIT_TEST_OLD;
}

static bool before(struct slot_bound b, int64_t at) { return b.day.n != NONE && b.day.n != 0 && at < b.day.n * 1440 + b.minute; }
static bool after(struct slot_bound b, int64_t at) { return b.day.n != NONE && b.day.n != 0 && at > b.day.n * 1440 + b.minute; }

static void beside_the_sentences(void)
{
	int wrong = 0, bounds = 0, useless = 0, met[16] = { 0 };
	srand(8);
	for (int i = 0; i < 200000; i++) {
		struct visit_past past[4];
		struct visit_facts f = { .known = true, .birthday = { NONE }, .past = past, .npast = (size_t)(rand() % 5) };
		struct visit_rule r = { .service = 1, .test = 9, .test_hours = rand() % 4 * 24, .test_days = rand() % 3 ? 1 + rand() % 12 : 0, .lead_hours = rand() % 3 * 10 };
		for (size_t k = 0; k < f.npast; k++)
			past[k] = (struct visit_past){ .service = 8 + rand() % 3, .day = { TODAY - 14 + rand() % 18 }, .minute = 600 + rand() % 2 * 60, .test = rand() % 2 };
		for (size_t k = 0; k < f.npast; k++)
			past[k].reaction = past[k].test && rand() % 4 == 0;
		int64_t d = TODAY + rand() % 8, at = d * 1440 + 600 + rand() % 3 * 60;
		struct visit_verdicts v = judge(&r, &f, d, (int)(at % 1440), (int)(at % 1440) + 30);
		enum visit_code wanted = said_of_tests(&r, &f, at);
		bool soon = at < TODAY * 1440 + 600 + r.lead_hours * 60 && r.lead_hours > 0;
		wrong += (wanted != VISIT_FIRST && !says(&v, wanted)) || says(&v, VISIT_TOO_SOON) != soon || v.n != (size_t)(wanted != VISIT_FIRST) + soon;
		met[wanted]++;
		struct slot_bound from, until;
		visit_bounds(&r, 1, &f, (struct slot_bound){ { TODAY }, 600 }, &from, &until);
		bounds += (before(from, at) || after(until, at)) && v.n == 0;       /* nothing that is allowed is left out */
		useless += !before(from, at) && soon;
		useless += !before(from, at) && wanted == VISIT_NO_TEST && f.npast == 0 && at < TODAY * 1440 + 600 + r.test_hours * 60;
	}
	CHECK_INT(wrong, 0);
	CHECK_INT(bounds, 0);
	CHECK_INT(useless, 0);
	CHECK(met[VISIT_REACTION] > 1000 && met[VISIT_FIRST] > 1000 && met[VISIT_NO_TEST] > 1000 && met[VISIT_TEST_FRESH] > 1000 && met[VISIT_TEST_OLD] > 1000);
}

int main(void)
{
	ages();
	single_cases();
	who_is_new();
	beside_the_sentences();
	return check_end();
}
