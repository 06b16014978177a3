/* gap_test.c: what a place destroys, beside a slow count that places one service after the other five minutes by five minutes. */
#include "check.h"
#include "rules/gap.h"

static const struct slot_phase colour_phases[] = { { PHASE_ACTIVE, 30, 1, .device = 0 }, { PHASE_WAIT, 35, 1, .device = 0 }, { PHASE_ACTIVE, 15, 2, .device = 0 } };
static const struct slot_phase cut_phases[] = { { PHASE_ACTIVE, 43, 1, .device = 0 }, { PHASE_BUFFER, 10, 1, .device = 0 } };
static const struct slot_phase perm_phases[] = { { PHASE_ACTIVE, 90, 1, .device = 0 } };
static const struct slot_step colour = { .phases = colour_phases, .nphases = 3 }, cut = { .phases = cut_phases, .nphases = 2 },
	perm = { .phases = perm_phases, .nphases = 1 };

static struct bits span(int start, int end)
{
	struct bits b = { { 0 } };
	bits_set(&b, start / 5, end / 5);
	return b;
}

static void lengths(void)
{
	struct gap_usual u = gap_usual_of(&colour, 7, 10, 3);
	CHECK(u.service == 7 && u.weight == 3 && u.nactive == 2 && u.units == 11);
	CHECK(u.active[0].offset == 0 && u.active[0].length == 8 && u.active[1].offset == 15 && u.active[1].length == 3);
	u = gap_usual_of(&cut, 1, 0, 1);
	CHECK(u.nactive == 1 && u.units == 9);                       /* 43 minutes are 45; the buffer frees the person */
	u = gap_usual_of(&cut, 1, -43, 1);
	CHECK_INT(u.units, 1);
	CHECK_INT(gap_fits(&(struct bits){ { ~UINT64_C(0) } }, &(struct gap_usual){ .nactive = 0 }), 0);
}

static void how_many_fit(void)
{
	struct gap_usual c = gap_usual_of(&cut, 1, 0, 1), f = gap_usual_of(&colour, 2, 0, 1);
	struct bits three = span(540, 720), none = { { 0 } };
	CHECK_INT(gap_fits(&three, &c), 4);
	CHECK_INT(gap_fits(&none, &c), 0);
	CHECK_INT(gap_fits(&three, &f), 2);     /* 9:00, and 9:30 in its wait *//* 9:00, 9:30 in its wait, and 10:20 or later: counted below */
	struct bits hole = span(540, 620);
	CHECK_INT(gap_fits(&hole, &f), 1);
	bits_clear(&hole, 570 / 5, 605 / 5);                         /* somebody else sits in the wait */
	CHECK_INT(gap_fits(&hole, &f), 1);
	bits_clear(&hole, 605 / 5, 610 / 5);
	CHECK_INT(gap_fits(&hole, &f), 0);
}

/* Three hours are free. A cut at their begin leaves 135 minutes for one perm of 90; in the middle none. */
static void prices(void)
{
	struct gap_usuals usual = { .at = { gap_usual_of(&perm, 9, 0, 90), gap_usual_of(&cut, 1, 0, 45) }, .n = 2 };
	struct bits free = span(540, 720), first = span(540, 585), middle = span(605, 650), late = span(675, 720);
	struct gap_price p = gap_price(&free, &first, &usual, NULL);
	CHECK(p.usual == &usual.at[0] && p.lost == 1);
	p = gap_price(&free, &middle, &usual, NULL);
	CHECK(p.usual == &usual.at[0] && p.lost == 2);
	int before[] = { 2, 4 };
	struct gap_price again = gap_price(&free, &middle, &usual, before);
	CHECK(again.usual == p.usual && again.lost == p.lost);
	p = gap_price(&free, &late, &usual, NULL);
	CHECK_INT(p.lost, 1);
	free = span(540, 585);
	p = gap_price(&free, &first, &usual, NULL);
	CHECK(p.usual == NULL && p.lost == 0);                       /* nothing longer would have fitted there */
	struct gap_usuals two = { .at = { gap_usual_of(&perm, 9, 0, 1), gap_usual_of(&colour, 2, 30, 1000) }, .n = 2 };
	free = span(540, 720);
	p = gap_price(&free, &middle, &two, NULL);
	CHECK(p.usual == &two.at[1]);                                /* the dearer one is named */
}

/* Random days: never more after taking than before, never a negative loss, and taking nothing costs nothing. */
static void holds_for_any_day(void)
{
	uint64_t state = 88172645463325252u;
	int wrong = 0;
	for (int round = 0; round < 20000; round++) {
		struct bits free = { { 0 } }, taken = { { 0 } };
		for (int i = 0; i < 4; i++) {
			state ^= state << 13; state ^= state >> 7; state ^= state << 17;
			int from = (int)(state >> 20) & 255, to = from + 1 + ((int)(state >> 40) & 31);
			bits_set(i < 3 ? &free : &taken, from, to < BITS_DAY ? to : BITS_DAY);
		}
		bits_and(&taken, &free);
		struct gap_usuals usual = { .at = { gap_usual_of(&perm, 9, 0, 90), gap_usual_of(&colour, 2, (int)(state & 15), 45), gap_usual_of(&cut, 1, 0, 40) }, .n = 3 };
		struct gap_price p = gap_price(&free, &taken, &usual, NULL), nothing = gap_price(&free, &(struct bits){ { 0 } }, &usual, NULL);
		wrong += p.lost < 0 || (p.lost > 0) != (p.usual != NULL) || nothing.lost != 0;
		for (size_t i = 0; i < usual.n; i++) {
			int n = gap_fits(&free, &usual.at[i]), most = 0;
			for (int t = 0; t < BITS_DAY; t++)
				most += bits_get(&free, t);
			wrong += n * usual.at[i].units > most;
		}
	}
	CHECK_INT(wrong, 0);
}

int main(void)
{
	lengths();
	how_many_fit();
	prices();
	holds_for_any_day();
	return check_end();
}
