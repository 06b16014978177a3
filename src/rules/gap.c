/* As in slots_plan.c: loops over five words, which gcc unrolls only from -O3 on. */
#ifndef __clang__
#pragma GCC optimize("O3")
#endif
#include "rules/gap.h"
#include "rules/slots_plan.h"
#include <string.h>

void gap_pool_add(struct gap_pool *p, const struct bits *free)
{
	struct bits more = *free;
	for (int k = 0; k < GAP_LEVELS; k++)
		for (int i = 0; i < BITS_WORDS; i++) {
			uint64_t both = p->level[k].w[i] & more.w[i];
			p->level[k].w[i] |= more.w[i];
			more.w[i] = both;
		}
}

void gap_pool_take(struct gap_pool *p, int from, int to)
{
	for (int i = from >> 6; i < BITS_WORDS && i * 64 < to; i++) {
		uint64_t taken = bits_part(i, from, to);
		for (int k = 0; k < GAP_LEVELS; k++) {
			uint64_t above = k + 1 < GAP_LEVELS ? p->level[k + 1].w[i] : 0;
			p->level[k].w[i] = (p->level[k].w[i] & ~taken) | (above & taken);
		}
	}
}

int gap_key(const struct gap_keys *keys, int64_t key)
{
	size_t i = 0;
	while (i < keys->n && keys->at[i] != key)
		i++;
	return i < keys->n ? (int)i : -1;
}

static int pool_of(struct gap_usual *u, int pool)
{
	int i = 0;
	while (i < u->npools && u->pools[i] != pool)
		i++;
	if (i == u->npools)
		u->pools[u->npools++] = pool;
	return i;
}

/* What goes on directly after the same need stays on the same place. */
static void add_need(struct gap_usual *u, int pool, int at, int length)
{
	if (pool < 0)
		return;
	int own = pool_of(u, pool);
	for (int i = 0; i < u->nneeds; i++)
		if (u->needs[i].pool == own && u->needs[i].offset + u->needs[i].length == at) {
			u->needs[i].length += length;
			return;
		}
	u->needs[u->nneeds].pool = own;
	u->needs[u->nneeds].offset = at;
	u->needs[u->nneeds++].length = length;
}

struct gap_usual gap_usual_of(const struct slot_step *s, int64_t service, int extra, int weight, const struct gap_keys *keys)
{
	struct gap_usual u = { .service = service, .weight = weight };
	int longest = slots_plan_longest(s), at = 0;
	for (size_t i = 0; i < s->nphases && i < GAP_PHASES; i++) {
		const struct slot_phase *p = &s->phases[i];
		int length = slots_plan_units(p->minutes + ((int)i == longest ? extra : 0));
		if (p->kind == PHASE_ACTIVE) {
			u.active[u.nactive].offset = at;
			u.active[u.nactive++].length = length;
			u.units += length;
		}
		if (p->place_class != 0)
			add_need(&u, gap_key(keys, resource_of(RESOURCE_PLACE, p->place_class)), at, length);
		if (p->device != 0 && p->kind != PHASE_BUFFER)
			add_need(&u, gap_key(keys, resource_of(RESOURCE_DEVICE, p->device)), at, length);
		at += length;
	}
	return u;
}

static void leave(struct bits *all, const struct bits *free, int offset, int length)
{
	struct bits one = bits_run(free, length);
	one = bits_later(&one, offset);
	bits_and(all, &one);
}

static struct bits starts(const struct bits *free, const struct gap_pool *pools, const struct gap_usual *u)
{
	struct bits all = { { ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0) } };
	for (int i = 0; i < u->nactive; i++)
		leave(&all, free, u->active[i].offset, u->active[i].length);
	for (int i = 0; i < u->nneeds; i++)
		leave(&all, &pools[u->needs[i].pool].level[0], u->needs[i].offset, u->needs[i].length);
	return all;
}

int gap_fits(const struct gap_day *d, const struct gap_usual *u)
{
	struct bits left = d->free;
	struct gap_pool pools[2 * GAP_PHASES];
	int n = 0;
	if (u->nactive == 0)
		return 0;
	for (int i = 0; i < u->npools; i++)
		pools[i] = d->pools[u->pools[i]];
	for (int t = 0; ; n++) {
		struct bits from = starts(&left, pools, u);
		t = bits_next(&from, t, true);
		if (t >= BITS_DAY)
			return n;
		for (int i = 0; i < u->nactive; i++)
			bits_clear(&left, t + u->active[i].offset, t + u->active[i].offset + u->active[i].length);
		for (int i = 0; i < u->nneeds; i++)
			gap_pool_take(&pools[u->needs[i].pool], t + u->needs[i].offset, t + u->needs[i].offset + u->needs[i].length);
	}
}

/* Nothing of what this service needs was taken: as many fit as before. */
static bool untouched(const struct gap_day *before, const struct gap_day *after, const struct gap_usual *u)
{
	for (int i = 0; i < u->npools; i++)
		if (memcmp(&before->pools[u->pools[i]], &after->pools[u->pools[i]], sizeof *before->pools) != 0)
			return false;
	return memcmp(&before->free, &after->free, sizeof before->free) == 0;
}

struct gap_price gap_price(const struct gap_day *before, const struct gap_day *after, int units, const struct gap_usuals *usuals, const int *fitted)
{
	struct gap_price dearest = { .usual = NULL };
	int most = 0;
	for (size_t i = 0; i < usuals->n; i++) {
		const struct gap_usual *u = &usuals->at[i];
		if (u->units <= units || fitted[i] * u->weight <= most || untouched(before, after, u))
			continue;
		int lost = fitted[i] - gap_fits(after, u);
		if (lost * u->weight <= most)
			continue;
		most = lost * u->weight;
		dearest = (struct gap_price){ u, lost };
	}
	return dearest;
}
