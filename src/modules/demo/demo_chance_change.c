/* Chance that comes from the seed alone. Sebastiano Vigna's splitmix64. */
#include "modules/demo/demo_private.h"

static uint64_t next(struct demo_chance *c)
{
	uint64_t z = c->state += 0x9e3779b97f4a7c15u;
	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9u;
	z = (z ^ (z >> 27)) * 0x94d049bb133111ebu;
	return z ^ (z >> 31);
}

int demo_chance_below(struct demo_chance *c, int n)
{
	return n < 1 ? 0 : (int)((next(c) >> 32) * (uint64_t)n >> 32);
}

int demo_chance_between(struct demo_chance *c, int from, int to) { return from + demo_chance_below(c, to - from + 1); }
bool demo_chance_in(struct demo_chance *c, int permille) { return demo_chance_below(c, 1000) < permille; }
