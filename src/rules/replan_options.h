/* replan_options.h: a part of the re-planning engine: for one row, the choices that what stands still allows, cheapest first. */
#ifndef RULES_REPLAN_OPTIONS_H
#define RULES_REPLAN_OPTIONS_H
#include "rules/replan_world.h"
#include "rules/slots_plan.h"

struct replan_option {
	int cost;                                         /* points, without unfair ones */
	int dayno, t;                                     /* of the world; unit of the start */
	bool present;                                     /* the present claims themselves */
	bool strands;                                     /* more than one: its pieces may want the same pool at once */
	int16_t way, who[REPLAN_STEPS];                        /* each step's option in the plan */
	struct replan_pieces pieces;
	struct replan_takens taken;
};
struct replan_options {
	struct replan_option *at; size_t n;
	size_t most;                                      /* so many were asked for; asking for more leaves the first as they are */
	int beyond;                                       /* none that is not here costs less; INT_MAX: all are here */
};
struct replan_item {                                  /* a row while it is planned */
	const struct replan_row *row;
	bool fixed, plannable;
	struct slots_plan *ways; size_t nways;            /* slots_plan_ways(); none: it can't be asked for choices */
	int dayno, start;                                 /* now: day of the world, minutes */
	int64_t staff[REPLAN_STEPS];                      /* now: who does each step; 0 = nobody */
	struct replan_options options;                    /* what the engine may choose on its own */
	int chosen;                                       /* of options; -1: call first */
	int *places;                                      /* of the chosen one's pieces, as rows of the world's places; -1 = not a place */
};

struct replan_item replan_options_item(const struct replan_world *, const struct replan_row *, bool fixed);
/* The `most` cheapest. */
void replan_options_more(const struct replan_world *, struct replan_item *, size_t most);
/* Those that only the user can choose: against a promise, without reaching the customer, or of a kind not allowed. */
struct replan_options replan_options_asking(const struct replan_world *, struct replan_item *, size_t most);

/* What a slot costs this row, and which kind it is. Rests do not count for what is KEPT. */
struct replan_choice replan_options_choice(const struct replan_world *, const struct replan_item *, const struct slot *);
/* places: as in the item; NULL = whichever. */
struct slot replan_options_slot(const struct replan_world *, struct replan_item *, const struct replan_option *, const int *places);
/* All that a slot takes over, by person. */
void replan_options_taken(const struct replan_world *, const struct replan_item *, const struct slot *, struct replan_takens *taken_r);
#endif
