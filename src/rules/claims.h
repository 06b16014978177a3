/* claims.h: what a visit takes, as rows of the table of uses, and what stands against it. */
#ifndef RULES_CLAIMS_H
#define RULES_CLAIMS_H
#include "rules/slots.h"

struct claims { struct use *at; size_t n, cap; };
/* One use for each person, place and device of each phase, in the order of the phases; phase = index of the claim. */
struct claims claims_of_slot(struct arena *, const struct slot *, int64_t appointment, bool forced);
/* The same claims begun at another time of another day. */
struct claims claims_moved(struct arena *, const struct claims *, day to, int minutes_later);

struct claims_conflict { struct use wanted, taken; };   /* taken: of another appointment, or wanted itself where a pool of none is asked */
struct claims_conflicts { struct claims_conflict *at; size_t n, cap; };
/* What of `wanted` can't be had beside `taken` (any order; rows of the same appointment don't count; touching is no
 * conflict). A pool is over where more uses run than it has pieces: the one named began last. Forced ones conflict too:
 * who asks says what to make of it. */
struct claims_conflicts claims_check(struct arena *, const struct claims *wanted, const struct use *taken, size_t ntaken,
    const struct device *devices, size_t ndevices);
#endif
