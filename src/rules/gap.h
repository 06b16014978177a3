/* gap.h: what a place in the book destroys: how many of the salon's usual services no longer fit into a person's day. Only this
 * person's own time counts; waits are used by others, places and devices are left out. */
#ifndef RULES_GAP_H
#define RULES_GAP_H
#include "rules/bits.h"
#include "rules/slots.h"

enum { GAP_PHASES = 8, GAP_USUALS = 4 };

/* One usual service as it takes a person's time: its active phases in units of RASTER, counted from its start. */
struct gap_usual {
	int64_t service;
	int weight;                                 /* how much one of them is worth; > 0 */
	struct { int offset, length; } active[GAP_PHASES];
	int nactive, units;                         /* units: of all active phases together */
};
struct gap_usuals { struct gap_usual at[GAP_USUALS]; size_t n; };
struct gap_price { const struct gap_usual *usual; int lost; };     /* lost 0: nothing is destroyed */

/* A step by somebody with these extra minutes; weight as given. */
struct gap_usual gap_usual_of(const struct slot_step *, int64_t service, int extra_minutes, int weight);
/* How many fit into the free time, the earliest first, also into each other's waits. */
int gap_fits(const struct bits *free, const struct gap_usual *);
/* The dearest loss if `taken` were taken. Services that need no more time than is taken are not spoken of: the place is
 * worth what stands in it then. before: gap_fits() of each, or NULL. */
struct gap_price gap_price(const struct bits *free, const struct bits *taken, const struct gap_usuals *, const int *before);
#endif
