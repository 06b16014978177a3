/* gap.h: what a place in the book destroys: how many of the salon's usual services no longer fit into a person's day, since she, a
 * place of the class or a device that they need is taken. Each person is looked at on her own, beside what is booked. */
#ifndef RULES_GAP_H
#define RULES_GAP_H
#include "rules/bits.h"
#include "rules/slots.h"

enum { GAP_PHASES = 8, GAP_USUALS = 4, GAP_LEVELS = 5 };

/* The places of a class or the pieces of a device, counted, not told apart: level[k] has the minutes in which more than k of
 * them are free. More than GAP_LEVELS count as so many. */
struct gap_pool { struct bits level[GAP_LEVELS]; };
void gap_pool_add(struct gap_pool *, const struct bits *free);          /* one more place or piece, free then */
void gap_pool_take(struct gap_pool *, int from, int to);                /* any of them, in units of RASTER */

/* One usual service: the person's active phases and what it needs besides, in units of RASTER from its start. Phases on one place
 * that follow each other are one need. */
struct gap_usual {
	int64_t service;
	int weight;                                 /* how much one of them is worth; > 0 */
	struct { int offset, length; } active[GAP_PHASES];
	int nactive, units;                         /* units: of all active phases together */
	struct { int pool, offset, length; } needs[2 * GAP_PHASES];       /* pool: of `pools` below */
	int nneeds, pools[2 * GAP_PHASES], npools;  /* indices among the day's pools, each once */
};
struct gap_usuals { struct gap_usual at[GAP_USUALS]; size_t n; };
struct gap_price { const struct gap_usual *usual; int lost; };     /* lost 0: nothing is destroyed */

/* When a person is free, and the pools of her day: one for each key. */
struct gap_day { struct bits free; const struct gap_pool *pools; };
/* resource_of(RESOURCE_PLACE, class) and resource_of(RESOURCE_DEVICE, device): what each pool holds. */
struct gap_keys { int64_t *at; size_t n, cap; };
int gap_key(const struct gap_keys *, int64_t key);                      /* its index; -1 = none */

/* A step by somebody with these extra minutes; weight as given. Of what it needs only the keys' pools are looked at. */
struct gap_usual gap_usual_of(const struct slot_step *, int64_t service, int extra_minutes, int weight, const struct gap_keys *);
/* How many fit into the day, the earliest first, also into each other's waits. */
int gap_fits(const struct gap_day *, const struct gap_usual *);
/* The dearest loss from one day to the other, in which `units` of work are booked. Services that need no more of a person's time are
 * not spoken of: the place is worth what stands in it then. fitted: gap_fits() of each before. */
struct gap_price gap_price(const struct gap_day *before, const struct gap_day *after, int units, const struct gap_usuals *, const int *fitted);
#endif
