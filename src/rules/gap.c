/* As in slots_plan.c: loops over five words, which gcc unrolls only from -O3 on. */
#ifndef __clang__
#pragma GCC optimize("O3")
#endif
#include "rules/gap.h"
#include "rules/slots_plan.h"

struct gap_usual gap_usual_of(const struct slot_step *s, int64_t service, int extra, int weight)
{
	struct gap_usual u = { .service = service, .weight = weight };
	int longest = slots_plan_longest(s), at = 0;
	for (size_t i = 0; i < s->nphases && u.nactive < GAP_PHASES; i++) {
		int length = slots_plan_units(s->phases[i].minutes + ((int)i == longest ? extra : 0));
		if (s->phases[i].kind == PHASE_ACTIVE) {
			u.active[u.nactive].offset = at;
			u.active[u.nactive++].length = length;
			u.units += length;
		}
		at += length;
	}
	return u;
}

static struct bits starts(const struct bits *free, const struct gap_usual *u)
{
	struct bits all = { { ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0) } };
	for (int i = 0; i < u->nactive; i++) {
		struct bits one = bits_run(free, u->active[i].length);
		one = bits_later(&one, u->active[i].offset);
		bits_and(&all, &one);
	}
	return all;
}

int gap_fits(const struct bits *free, const struct gap_usual *u)
{
	struct bits left = *free;
	int n = 0;
	if (u->nactive == 0)
		return 0;
	for (int t = 0; ; n++) {
		struct bits from = starts(&left, u);
		t = bits_next(&from, t, true);
		if (t >= BITS_DAY)
			return n;
		for (int i = 0; i < u->nactive; i++)
			bits_clear(&left, t + u->active[i].offset, t + u->active[i].offset + u->active[i].length);
	}
}

static int count(const struct bits *b)
{
	int n = 0;
	for (int i = 0; i < BITS_WORDS; i++)
		n += __builtin_popcountll(b->w[i]);
	return n;
}

struct gap_price gap_price(const struct bits *free, const struct bits *taken, const struct gap_usuals *usuals, const int *before)
{
	struct gap_price dearest = { .usual = NULL };
	struct bits left = *free;
	int units = count(taken), most = 0;
	for (int i = 0; i < BITS_WORDS; i++)
		left.w[i] &= ~taken->w[i];
	for (size_t i = 0; i < usuals->n; i++) {
		const struct gap_usual *u = &usuals->at[i];
		if (u->units <= units)
			continue;
		int lost = (before != NULL ? before[i] : gap_fits(free, u)) - gap_fits(&left, u);
		if (lost * u->weight <= most)
			continue;
		most = lost * u->weight;
		dearest = (struct gap_price){ u, lost };
	}
	return dearest;
}
