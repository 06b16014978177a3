#include "rules/replan_search.h"
#include "rules/replan_bound.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { CALL = REPLAN_UNDECIDED + REPLAN_PHONE, DIVE_EACH = 8, POLISHES = 4, WIDENINGS = 2 };

struct search {
	struct replan_part part;
	struct replan_state *state;
	struct replan_saved best;                         /* the best plan, with all other items */
	int64_t cost;                                     /* its */
	int least[REPLAN_TOGETHER];                       /* no choice of the item costs less */
	int beyond[REPLAN_TOGETHER]; size_t most[REPLAN_TOGETHER];   /* of its options when they were listed */
	int nodes;
	bool stopped;
};

/* ---- greedy ---- */

static bool more(struct replan_state *s, int item, size_t most)
{
	struct replan_options *o = &s->items[item].options;
	if (o->beyond == INT_MAX || o->most >= most)
		return false;
	replan_options_more(s->world, &s->items[item], o->most * 4);
	return true;
}

/* Could be put now; with others' places rearranged if told so. */
static bool possible(struct replan_state *s, int item, int option, bool rearrange)
{
	if (!rearrange && !replan_state_fits(s, &s->items[item].options.at[option], true))
		return false;
	if (!replan_state_put(s, item, option, rearrange))
		return false;
	replan_state_take(s, item);
	return true;
}

/* The cheapest that fits now, unfair points counted; puts it. Nothing cheaper than a call: it stays one. */
static void put_cheapest(struct replan_state *s, int item, bool rearrange)
{
	const struct replan_item *it = &s->items[item];
	int best = -1, cost = CALL;
	do {
		for (int i = best < 0 ? 0 : best; i < (int)it->options.n && it->options.at[i].cost < cost; i++) {
			int points = it->options.at[i].cost + replan_state_unfair(s, &it->options.at[i]);
			if (points >= cost || !possible(s, item, i, rearrange))
				continue;
			best = i;
			cost = points;
		}
	} while (it->options.beyond < cost && more(s, item, REPLAN_WIDEST));
	if (best >= 0 && !replan_state_put(s, item, best, rearrange))
		return;                                       /* rearranging is given up after a while: it stays a call */
}

void replan_search_greedy(struct replan_state *s)
{
	for (int i = 0; i < s->nitems; i++)
		if (!s->items[i].fixed)
			put_cheapest(s, i, false);
}

/* ---- plans of a part ---- */

static void keep_if_better(struct search *x)
{
	if (x->state->cost >= x->cost)
		return;
	x->cost = x->state->cost;
	replan_state_save(x->state, &x->best);
}

static void take_all(struct search *x)
{
	for (int i = 0; i < x->part.n; i++)
		replan_state_take(x->state, x->part.items[i]);
}

static const struct replan_option *option_of(const struct search *x, int i, const struct replan_candidate *c)
{
	return c->option < 0 ? NULL : &x->state->items[x->part.items[i]].options.at[c->option];
}

/* Each in turn once more to its cheapest, as long as that helps. */
static void polish(struct search *x)
{
	int64_t before = INT64_MAX;
	for (int n = 0; n < POLISHES && x->state->cost < before; n++) {
		before = x->state->cost;
		for (int i = 0; i < x->part.n; i++) {
			replan_state_take(x->state, x->part.items[i]);
			put_cheapest(x->state, x->part.items[i], true);
		}
	}
	keep_if_better(x);
}

/* The least two reduced costs among what still has people and devices (a call always does). */
static int least_two(const struct search *x, int i, int64_t *first_r, int64_t *second_r)
{
	int best = -1;
	*first_r = *second_r = INT64_MAX;
	for (int k = 0; k < x->part.nlist[i]; k++) {
		const struct replan_candidate *c = &x->part.list[i][k];
		if (c->reduced >= *second_r)
			continue;
		const struct replan_option *o = option_of(x, i, c);
		if (o != NULL && !replan_state_fits(x->state, o, false))
			continue;
		if (best < 0 || c->reduced < *first_r) {
			*second_r = *first_r;
			*first_r = c->reduced;
			best = k;
		} else {
			*second_r = c->reduced;
		}
	}
	return best;
}

/* Puts the item to what is least by the prices and has a place. */
static void put_least(struct search *x, int i)
{
	int64_t above = INT64_MIN;
	for (;;) {
		int best = -1;
		for (int k = 0; k < x->part.nlist[i]; k++) {
			int64_t reduced = x->part.list[i][k].reduced;
			if (reduced > above && (best < 0 || reduced < x->part.list[i][best].reduced))
				best = k;
		}
		if (best < 0 || x->part.list[i][best].option < 0 || replan_state_put(x->state, x->part.items[i], x->part.list[i][best].option, true))
			return;
		above = x->part.list[i][best].reduced;
	}
}

/* A plan by the prices: again and again the one who would regret most to wait. */
static void dive(struct search *x)
{
	bool done[REPLAN_TOGETHER] = {0};
	for (int n = 0; n < x->part.n; n++) {
		int next = -1;
		int64_t most = -1, first, second;
		for (int i = 0; i < x->part.n; i++) {
			if (done[i] || least_two(x, i, &first, &second) < 0 || second - first <= most)
				continue;
			most = second - first;
			next = i;
		}
		if (next < 0)
			break;
		done[next] = true;
		put_least(x, next);
	}
	keep_if_better(x);
	polish(x);
	take_all(x);
}

/* ---- branch and bound ---- */

static int by_reduced(const void *a, const void *b)
{
	const struct replan_candidate *x = a, *y = b;
	if (x->reduced != y->reduced)
		return x->reduced < y->reduced ? -1 : 1;
	return (x->option > y->option) - (x->option < y->option);
}

/* The last sum of reduced costs that can still be a better plan. */
static int64_t limit(const struct search *x)
{
	return (x->cost - 1 - x->part.base) * REPLAN_SCALE - x->part.worth;
}

/* Sorted lists: the first two that fit. Places are left out: others could make room. */
static int first_two(const struct search *x, int i, int64_t *first_r, int64_t *second_r)
{
	int best = -1;
	*first_r = *second_r = INT64_MAX;
	for (int k = 0; k < x->part.nlist[i]; k++) {
		const struct replan_candidate *c = &x->part.list[i][k];
		const struct replan_option *o = option_of(x, i, c);
		if (o != NULL && !replan_state_fits(x->state, o, false))
			continue;
		if (best >= 0) {
			*second_r = c->reduced;
			return best;
		}
		best = k;
		*first_r = c->reduced;
	}
	return best;
}

/* Chooses who is next: no choice of it may cost much, all others many. left_r: sum of the others' least. -1: none is left; -2: no hope. */
static int branch_on(const struct search *x, const bool *done, int64_t sum, int *choice_r, int64_t *others_r)
{
	int next = -1, nopen = 0;
	int64_t most = -1, left = 0, own = 0, plain = x->state->cost;
	for (int i = 0; i < x->part.n; i++) {
		int64_t first, second;
		if (done[i])
			continue;
		int k = first_two(x, i, &first, &second);
		if (k < 0)
			return -2;
		nopen++;
		left += first;
		plain += x->least[i] - CALL;
		if (next >= 0 && second - first <= most)
			continue;
		most = second - first;
		next = i;
		*choice_r = k;
		own = first;
	}
	if (nopen > 0 && (sum + left > limit(x) || plain >= x->cost))
		return -2;
	*others_r = left - own;
	return next;
}

static void branch(struct search *x, bool *done, int64_t sum)
{
	int choice = 0;
	int64_t others;
	int i = branch_on(x, done, sum, &choice, &others);
	if (i == -1)
		keep_if_better(x);
	if (i < 0)
		return;
	done[i] = true;
	for (int k = choice; k < x->part.nlist[i] && !x->stopped; k++) {
		const struct replan_candidate *c = &x->part.list[i][k];
		if (sum + others + c->reduced > limit(x))
			break;
		if (x->nodes-- <= 0) {
			x->stopped = true;
			break;
		}
		if (c->option >= 0 && !replan_state_put(x->state, x->part.items[i], c->option, true))
			continue;
		branch(x, done, sum + c->reduced);
		replan_state_take(x->state, x->part.items[i]);
	}
	done[i] = false;
}

/* ---- a part ---- */

/* What fits beside all others; a call is always the last. */
static void list(struct search *x)
{
	for (int i = 0; i < x->part.n; i++) {
		const struct replan_options *o = &x->state->items[x->part.items[i]].options;
		struct replan_candidate *l = arena_array(x->part.arena, struct replan_candidate, o->n + 1);
		int n = 0;
		for (size_t k = 0; k < o->n; k++)
			if (replan_state_fits(x->state, &o->at[k], false))
				l[n++] = (struct replan_candidate){ .option = (int)k };
		x->least[i] = n > 0 ? o->at[l[0].option].cost : CALL;
		x->least[i] = o->beyond < x->least[i] ? o->beyond : x->least[i];
		x->beyond[i] = o->beyond;
		x->most[i] = o->most;
		l[n++] = (struct replan_candidate){ .option = -1 };
		x->part.list[i] = l;
		x->part.nlist[i] = n;
	}
}

static int64_t least_reduced(const struct search *x, int i)
{
	int64_t least = INT64_MAX;
	for (int k = 0; k < x->part.nlist[i]; k++)
		least = x->part.list[i][k].reduced < least ? x->part.list[i][k].reduced : least;
	return least;
}

/* What cannot be in a better plan, by the prices of this bound. */
static void leave_out(struct search *x, int64_t bound)
{
	if (bound - x->part.worth > limit(x))
		return;                                       /* nothing could be */
	for (int i = 0; i < x->part.n; i++) {
		int64_t others = bound - x->part.worth - least_reduced(x, i);
		int n = 0;
		for (int k = 0; k < x->part.nlist[i]; k++)
			if (others + x->part.list[i][k].reduced <= limit(x))
				x->part.list[i][n++] = x->part.list[i][k];
		x->part.nlist[i] = n;
	}
}

/* Prices, plans by them between, and then the reduced costs of the best prices. */
static int64_t price(struct search *x, int rounds)
{
	struct replan_bound *b = replan_bound_make(&x->part);
	bool go_on = true;
	for (int n = 0; n < rounds && go_on; n++) {
		int64_t bound = replan_bound_round(b, x->cost - x->part.base, &go_on);
		leave_out(x, bound);
		if (n % DIVE_EACH == 0 || !go_on)
			dive(x);
	}
	return replan_bound_best(b);
}

/* Choices not listed could be part of a better plan: lists more of them where that is so. */
static bool widen(struct search *x, int64_t bound, bool *complete_r)
{
	bool wider = false;
	*complete_r = true;
	for (int i = 0; i < x->part.n; i++) {
		int item = x->part.items[i];
		int64_t unlisted = (int64_t)x->beyond[i] * REPLAN_SCALE;
		if (x->beyond[i] == INT_MAX || bound - least_reduced(x, i) + unlisted > (x->cost - 1 - x->part.base) * REPLAN_SCALE)
			continue;
		*complete_r = false;
		wider = x->state->items[item].options.most > x->most[i] || more(x->state, item, REPLAN_WIDER) || wider;
	}
	return wider;
}

static int64_t with_unlisted(const struct search *x, int64_t bound)
{
	for (int i = 0; i < x->part.n; i++) {
		int64_t least = least_reduced(x, i), unlisted = (int64_t)x->beyond[i] * REPLAN_SCALE;
		if (x->beyond[i] != INT_MAX && unlisted < least)
			bound += unlisted - least;
	}
	return bound;
}

/* In the order of reduced costs. false: no better plan is left. */
static bool sort_lists(struct search *x, int64_t bound)
{
	for (int i = 0; i < x->part.n; i++)
		qsort(x->part.list[i], (size_t)x->part.nlist[i], sizeof *x->part.list[i], by_reduced);
	return bound - x->part.worth <= limit(x);
}

static void look_through(struct search *x, int64_t bound, int nodes)
{
	bool done[REPLAN_TOGETHER] = {0};
	x->nodes = nodes;
	leave_out(x, bound);
	if (sort_lists(x, bound))
		branch(x, done, 0);
}

static int64_t divide_up(int64_t a, int64_t b) { return a >= 0 ? (a + b - 1) / b : -(-a / b); }

static struct replan_found solve(struct search *x, struct replan_effort effort)
{
	bool complete = false;
	int64_t bound = 0;
	for (int n = 0; n <= WIDENINGS; n++) {
		take_all(x);
		x->part.base = x->state->cost - (int64_t)x->part.n * CALL;
		list(x);
		bound = price(x, effort.rounds);
		if (!widen(x, bound, &complete))
			break;
		complete = false;
	}
	int64_t least = x->part.base + divide_up(with_unlisted(x, bound), REPLAN_SCALE);
	look_through(x, bound, effort.nodes);
	bool proved = (complete && !x->stopped) || least >= x->cost;
	return (struct replan_found){ .bound = proved || least > x->cost ? x->cost : least, .proved = proved };
}

struct replan_found replan_search_part(struct replan_state *s, const int *items, int n, struct replan_effort effort)
{
	struct search x = { .state = s, .part = { .arena = arena_new(), .state = s, .n = n }, .cost = s->cost };
	for (int i = 0; i < n; i++)
		x.part.items[i] = items[i];
	x.best = replan_state_saved(x.part.arena, s);
	replan_state_save(s, &x.best);
	struct replan_found found = solve(&x, effort);
	replan_state_restore(s, &x.best);
	arena_free(x.part.arena);
	return found;
}
