#include "rules/replan_answer.h"
#include "rules/replan_search.h"
#include <stdlib.h>

enum { CALL = REPLAN_UNDECIDED + REPLAN_PHONE, PART = 12, FEWEST = 3, FEW = 7, IDLE = 24, ROUNDS = 160, LOOKS = 1100000, MANY_OPTIONS = 48 };
static const struct replan_effort part = { .rounds = 48, .nodes = 3000 };

struct planning {
	struct arena *arena;
	struct replan_world world;
	const struct replan_row **rows; const struct slot **held; bool *fixed; int n;   /* each appointment once, in canonical order */
	struct replan_item *items;
	struct replan_state state;
	int *open, nopen;                                 /* items to be planned */
};

static int64_t day_of(const struct replan_row *r) { return r->now == NULL ? NONE : r->now->day.n; }
static int start_of(const struct replan_row *r) { return r->now == NULL ? 0 : r->now->start; }

static int by_start(const void *a, const void *b)
{
	const struct replan_row *x = *(const struct replan_row *const *)a, *y = *(const struct replan_row *const *)b;
	if (day_of(x) != day_of(y))
		return day_of(x) < day_of(y) ? -1 : 1;
	if (start_of(x) != start_of(y))
		return start_of(x) - start_of(y);
	return (x->appointment > y->appointment) - (x->appointment < y->appointment);
}

static bool known(const struct planning *p, int64_t appointment)
{
	for (int i = 0; i < p->n; i++)
		if (p->rows[i]->appointment == appointment)
			return true;
	return false;
}

static void sort_rows(struct planning *p, const struct replan_question *q)
{
	const struct replan_row **all = arena_array(p->arena, const struct replan_row *, q->nrows + 1);
	p->rows = arena_array(p->arena, const struct replan_row *, q->nrows + 1);
	p->held = arena_array(p->arena, const struct slot *, q->nrows + 1);
	p->fixed = arena_array(p->arena, bool, q->nrows + 1);
	for (size_t i = 0; i < q->nrows; i++)
		all[i] = &q->rows[i];
	qsort(all, q->nrows, sizeof(const struct replan_row *), by_start);
	for (size_t i = 0; i < q->nrows; i++) {
		const struct replan_row *r = all[i];
		bool pinned = r->pinned != NULL && r->pinned->day.n != NONE, here = r->now != NULL && r->now->day.n != NONE;
		if (known(p, r->appointment))
			continue;
		if (pinned)
			p->held[p->n] = r->pinned;
		else if (here && r->status >= STATUS_ARRIVED && status_takes_time(r->status))
			p->held[p->n] = r->now;
		p->fixed[p->n] = p->held[p->n] != NULL || (here && !status_takes_time(r->status));
		p->rows[p->n++] = r;
	}
}

static void make_items(struct planning *p)
{
	p->items = arena_array(p->arena, struct replan_item, (size_t)p->n + 1);
	p->open = arena_array(p->arena, int, (size_t)p->n + 1);
	for (int i = 0; i < p->n; i++) {
		p->items[i] = replan_options_item(&p->world, p->rows[i], p->fixed[i]);
		if (!p->fixed[i])
			p->open[p->nopen++] = i;
	}
	for (int i = 0; i < p->nopen; i++)
		replan_options_more(&p->world, &p->items[p->open[i]], p->nopen > REPLAN_TOGETHER ? MANY_OPTIONS : REPLAN_OPTIONS);
	p->state = replan_state_make(p->arena, &p->world, p->items, p->n);
	for (int i = 0; i < p->n; i++)
		if (p->held[i] != NULL && p->items[i].plannable)
			replan_state_count(&p->state, i, p->held[i]);
}

/* Where the part that begins at open row `from` ends: at the end of a day if one ends in it, else after PART rows. */
static int part_end(const struct planning *p, int from)
{
	int most = from + PART < p->nopen ? from + PART : p->nopen, end = most;
	for (int i = from + 1; i < most; i++)
		if (p->items[p->open[i]].dayno != p->items[p->open[i - 1]].dayno)
			end = i;
	return most == p->nopen ? most : end;
}

/* By day, and once more with the cuts elsewhere. */
static int in_parts(struct planning *p)
{
	int n = 0;
	for (int pass = 0; pass < 2; pass++)
		for (int from = 0, end; from < p->nopen; from = end) {
			end = from == 0 && pass == 1 && p->nopen > PART / 2 ? PART / 2 : part_end(p, from);
			struct replan_found found = replan_search_part(&p->state, &p->open[from], end - from, part);
			(void)found;                                  /* what is proved of a part says nothing about the whole */
			n += pass == 0;
		}
	return n;
}

static int next_number(uint64_t *state, int n)
{
	*state = *state * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (int)((*state >> 33) % (uint64_t)n);
}

/* Where all at once was too much: some of the rows, again and again others, until that has not helped for long. */
static void improve(struct planning *p)
{
	uint64_t numbers = (uint64_t)p->nopen;
	for (int idle = 0; idle < IDLE; idle++) {
		int64_t before = p->state.cost;
		int few = FEWEST + next_number(&numbers, FEW - FEWEST + 1);
		few = few < p->nopen ? few : p->nopen;
		for (int i = 0; i < few; i++) {
			int k = i + next_number(&numbers, p->nopen - i), swap = p->open[i];
			p->open[i] = p->open[k];
			p->open[k] = swap;
		}
		struct replan_found found = replan_search_part(&p->state, p->open, few, part);
		(void)found;
		idle = p->state.cost < before ? 0 : idle;
	}
}

static int64_t least_of_all(const struct planning *p, int64_t fixed)
{
	int64_t sum = fixed;
	for (int i = 0; i < p->nopen; i++) {
		const struct replan_options *o = &p->items[p->open[i]].options;
		int least = o->n > 0 ? o->at[0].cost : CALL;
		sum += o->beyond < least ? o->beyond : least;
	}
	return sum;
}

struct replan replan_make(struct arena *a, const struct replan_question *q)
{
	struct planning p = { .arena = arena_new() };
	struct replan r = { .chunks = 1 };
	sort_rows(&p, q);
	p.world = replan_world_make(p.arena, q, p.rows, p.held, (size_t)p.n);
	make_items(&p);
	int64_t bound = least_of_all(&p, p.state.cost - (int64_t)p.nopen * CALL);
	replan_search_greedy(&p.state);
	if (p.nopen > REPLAN_TOGETHER) {
		r.chunks = in_parts(&p);
	} else {
		struct replan_effort whole = { .rounds = ROUNDS, .nodes = LOOKS / (p.nopen + 1) };
		struct replan_found found = replan_search_part(&p.state, p.open, p.nopen, whole);
		bound = found.bound > bound ? found.bound : bound;
		if (!found.proved)
			improve(&p);
	}
	replan_state_settle_places(&p.state);
	r.bound = (int)bound;
	r.proved = bound == p.state.cost;
	replan_answer(a, &p.state, p.rows, p.held, &r);
	arena_free(p.arena);
	return r;
}
