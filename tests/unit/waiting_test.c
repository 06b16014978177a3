/* waiting_test.c: who fits a time that came free. Day 100 is a Saturday: day 0 was a Thursday. */
#include "check.h"
#include "rules/waiting.h"

enum { SATURDAY = 100 };
static const struct waiting_window window = { { SATURDAY }, 840, 900 };

static struct waiting_wish any(void)
{
	return (struct waiting_wish){ .from = { NONE }, .to = { NONE }, .since = { 90 } };
}

static void days_are_kept(void)
{
	struct waiting_wish w = any();
	CHECK(waiting_wants_day(&w, (day){ SATURDAY }));
	w.weekdays = 1u << 6;
	CHECK(waiting_wants_day(&w, (day){ SATURDAY }));
	CHECK(!waiting_wants_day(&w, (day){ SATURDAY + 1 }));
	w = any();
	w.from = (day){ SATURDAY };
	w.to = (day){ SATURDAY + 1 };
	CHECK(!waiting_wants_day(&w, (day){ SATURDAY - 1 }));
	CHECK(waiting_wants_day(&w, (day){ SATURDAY }));
	CHECK(waiting_wants_day(&w, (day){ SATURDAY + 1 }));
	CHECK(!waiting_wants_day(&w, (day){ SATURDAY + 2 }));
}

static void the_question_touches_the_window(void)
{
	struct waiting_wish w = any();
	struct slot_request q = waiting_request(&w, &window, 45);
	CHECK(q.first.n == SATURDAY && q.last.n == SATURDAY);
	CHECK(q.earliest == 800 && q.latest == 895);      /* the last start before it that still reaches it; the last one within */
	w.earliest = 820;
	w.done_by = 880;
	q = waiting_request(&w, &window, 45);
	CHECK(q.earliest == 820 && q.done_by == 880);
	w = any();
	q = waiting_request(&w, &(struct waiting_window){ { SATURDAY }, 10, 20 }, 45);
	CHECK(q.earliest == 0);
}

static struct slot slot(int start, int end, int score, const struct slot_claim *claim)
{
	return (struct slot){ .day = { SATURDAY }, .start = start, .end = end, .score = score, .claims = (struct slot_claim *)claim, .nclaims = 1 };
}

static void what_fills_most_is_best(void)
{
	const struct slot_claim su = { .staff = 1 };
	struct slot at[] = { slot(810, 855, 90, &su), slot(840, 885, 50, &su), slot(850, 895, 60, &su), slot(880, 925, 95, &su) };
	struct slots found = { .at = at, .n = COUNT(at) };
	struct waiting_wish w = any();
	struct waiting_fit f;
	CHECK(waiting_best(&w, &window, &found, (day){ SATURDAY }, &f));
	CHECK(f.slot == &at[2] && f.used == 45 && f.waited == 10 && !f.other_person);
	found.n = 0;
	CHECK(!waiting_best(&w, &window, &found, (day){ SATURDAY }, &f));
	found = (struct slots){ .at = at, .n = 1 };
	at[0].end = 840;
	CHECK(!waiting_best(&w, &window, &found, (day){ SATURDAY }, &f));
}

static void who_is_first(void)
{
	const struct slot_claim su = { .staff = 1 };
	struct slot whole = slot(840, 900, 50, &su), part = slot(840, 870, 50, &su);
	struct slots both = { .at = (struct slot[]){ whole }, .n = 1 }, half = { .at = (struct slot[]){ part }, .n = 1 };
	struct waiting_wish w = any(), of_other = any(), longer = any();
	of_other.staff = 2;
	longer.since = (day){ 50 };
	struct waiting_fit fills, smaller, other, waited;
	CHECK(waiting_best(&w, &window, &both, (day){ SATURDAY }, &fills));
	CHECK(waiting_best(&w, &window, &half, (day){ SATURDAY }, &smaller));
	CHECK(waiting_best(&of_other, &window, &both, (day){ SATURDAY }, &other));
	CHECK(waiting_best(&longer, &window, &both, (day){ SATURDAY }, &waited));
	CHECK(waiting_compare(&fills, &smaller) < 0);
	CHECK(waiting_compare(&fills, &other) < 0 && other.other_person);
	CHECK(waiting_compare(&waited, &fills) < 0);
	CHECK(waiting_compare(&fills, &fills) == 0);
	struct slot longer_than_it = slot(840, 915, 50, &su);
	struct slots beyond = { .at = &longer_than_it, .n = 1 };
	struct waiting_fit over;
	CHECK(waiting_best(&w, &window, &beyond, (day){ SATURDAY }, &over));
	CHECK(waiting_compare(&fills, &over) < 0 && waiting_compare(&over, &smaller) < 0);
	CHECK(fills.score == 55 + 20 + 5 && waited.score == 100);
}

int main(void)
{
	days_are_kept();
	the_question_touches_the_window();
	what_fills_most_is_best();
	who_is_first();
	return check_end();
}
