/* replan_search.h: a part of the re-planning engine: from a plan to the best plan. */
#ifndef RULES_REPLAN_SEARCH_H
#define RULES_REPLAN_SEARCH_H
#include "rules/replan_state.h"

/* Of one row: at first; where a better plan could be among others; where nothing else fits. */
enum { REPLAN_OPTIONS = 192, REPLAN_WIDER = 768, REPLAN_WIDEST = 6144 };

struct replan_effort { int rounds, nodes; };          /* prices tried, branches looked at: what bounds the time */
struct replan_found { int64_t bound; bool proved; };  /* of the state's cost, whatever these items do */

/* In canonical order each to its cheapest free choice. */
void replan_search_greedy(struct replan_state *);
/* These items planned anew around the others, at most REPLAN_TOGETHER; never worse than before. */
struct replan_found replan_search_part(struct replan_state *, const int *items, int n, struct replan_effort);
#endif
