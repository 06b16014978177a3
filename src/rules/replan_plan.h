/* replan_plan.h: what the re-planning engine (replan.h) answers: for each appointment one proposal with its claims, what it
 * costs in numbers that can be said, what else could be, and for a call the reason. */
#ifndef RULES_REPLAN_PLAN_H
#define RULES_REPLAN_PLAN_H
#include "rules/slot.h"

enum { REPLAN_NEXT = 3 };
enum replan_kind {
	REPLAN_KEPT,                                      /* same time, same people (places may have changed) */
	REPLAN_COLLEAGUE, REPLAN_TIME, REPLAN_DAY,        /* same time, others · other time of the same day · other day */
	REPLAN_CALL,                                      /* call first: no claims; see why */
};
struct replan_price { int calls, minutes, days, promises, hands, rest, undecided, total; };   /* rest in minutes, total in points */
struct replan_choice { enum replan_kind kind; struct slot slot; struct replan_price price; };   /* slot: reasons tell of what stands still; no score. A call's has day NONE */

enum replan_why {                                     /* of a call */
	REPLAN_FINE, REPLAN_ASKED_FOR,                    /* it is none · the user wants it */
	REPLAN_UNPLANNABLE,                               /* no steps, too many, or no place in the world's days now */
	REPLAN_NOBODY,                                    /* for a step nobody is there who does it, on any day allowed */
	REPLAN_FULL,                                      /* nothing is free within the rules (and the kinds allowed) */
	REPLAN_PROMISED, REPLAN_UNREACHABLE,              /* only by a broken promise · only by calling who can't be reached */
	REPLAN_OTHERS,                                    /* what there is serves the other rows better */
};
enum replan_odd { REPLAN_ODD_TAKEN = 1, REPLAN_ODD_AWAY = 2 };   /* of a fixed row: overlaps something · a person is not at work then */
struct replan_proposal {
	int64_t appointment;
	struct replan_choice choice;
	bool fixed;                                       /* by its status or by the user */
	unsigned odd;                                     /* bits of enum replan_odd; the book takes such a thing only as "trotzdem" */
	enum replan_why why; struct slot_block block;     /* of a call; block: what stands against its present time */
	bool in_the_way;                                  /* a call's present claims meet another proposal's: it can't wait where it is */
	struct replan_choice next[REPLAN_NEXT]; size_t nnext;   /* cheapest first, all others as proposed; 30 minutes apart or other people */
};
struct replan {
	struct replan_proposal *rows; size_t n;           /* in the question's order */
	struct replan_price sum; int unfair;              /* unfair: points, in sum.total */
	int bound;                                        /* no plan has a smaller sum.total */
	bool proved;                                      /* this one is the best there is */
	int chunks;                                       /* 1: all at once. More than REPLAN_TOGETHER rows: by day, each part around the others */
};
#endif
