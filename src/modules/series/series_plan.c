/* series_plan.c: where each visit of a series can stand, and the nearest times where it cannot. */
#include "base/date.h"
#include "base/text.h"
#include "modules/series/series.h"
#include <stdlib.h>
#include <string.h>

enum { DAYS_AROUND = 3, MINUTES_AROUND = 180, A_DAY_COSTS = 90, OTHER_COSTS = 75, APART = 30 };

struct placing {
	struct request *r;
	struct series_plan *plan;
	struct hours_frame frame;
	day *busy; size_t nbusy;                /* days on which she comes anyway */
};
struct candidate { struct slot_start at; bool other; int cost; };
struct candidates { struct candidate *at; size_t n, cap; };

static bool is_following(const struct series_plan *p, int64_t appointment)
{
	for (size_t i = 0; i < p->nfollowing; i++)
		if (p->following[i] == appointment)
			return true;
	return false;
}

/* What is taken on these days; the appointments that are being moved take nothing. */
static struct slot_world world_of(const struct placing *x, day from, int ndays)
{
	struct slot_world w = hours_frame_world(x->r->db, &x->frame, from, ndays);
	struct { struct use *at; size_t n, cap; } kept = { 0 };
	for (size_t i = 0; i < w.nuses && x->plan->nfollowing > 0; i++)
		if (!is_following(x->plan, w.uses[i].appointment))
			*arena_push(x->r->arena, &kept) = w.uses[i];
	if (x->plan->nfollowing > 0) {
		w.uses = kept.at;
		w.nuses = kept.n;
	}
	w.today = x->r->today;
	w.now = (int)x->r->clock.min;
	return w;
}

/* The chain's steps: by the person wished and nobody else, or by anyone who can. */
static struct slot_request request_of(struct arena *a, const struct chain *chain, bool other, day first, day last)
{
	struct slot_step *steps = arena_array(a, struct slot_step, chain->n);
	for (size_t i = 0; i < chain->n; i++) {
		steps[i] = chain->steps[i];
		steps[i].only_wished = !other && steps[i].wished != 0;
	}
	return (struct slot_request){ .steps = steps, .nsteps = chain->n, .first = first, .last = last, .wish_day = { NONE } };
}

static int by_cost(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;
	if (x->cost != y->cost)
		return x->cost < y->cost ? -1 : 1;
	if (x->at.day.n != y->at.day.n)
		return x->at.day.n < y->at.day.n ? -1 : 1;
	return x->at.start != y->at.start ? (x->at.start < y->at.start ? -1 : 1) : (int)x->other - (int)y->other;
}

static void add_candidates(const struct placing *x, const struct slot_world *w, const struct series_visit *v, bool other, int around, struct candidates *all)
{
	int start = x->plan->rule.start;
	struct slot_request q = request_of(x->r->arena, v->chain, other, w->from, (day){ w->from.n + w->ndays - 1 });
	q.earliest = start > around ? start - around : 0;
	q.latest = start + around < DAY_MINUTES ? start + around : 0;
	struct slot_start *starts;
	size_t n = slots_starts(x->r->arena, w, &q, &starts);
	for (size_t i = 0; i < n; i++)
		*arena_push(x->r->arena, all) = (struct candidate){ starts[i], other,
			abs((int)(starts[i].day.n - v->planned.n)) * A_DAY_COSTS + abs(starts[i].start - start) + (other ? OTHER_COSTS : 0) };
}

static bool too_near(const struct series_visit *v, const struct candidate *c)
{
	for (size_t i = 0; i < v->nproposals; i++) {
		const struct slot *s = &v->proposals[i].slot;
		if (s->day.n == c->at.day.n && abs(s->start - c->at.start) < APART && v->proposals[i].other == c->other)
			return true;
		if (s->day.n == c->at.day.n && s->start == c->at.start)
			return true;
	}
	return false;
}

static void propose(const struct placing *x, struct series_visit *v)
{
	struct candidates all = { 0 };
	bool wished = v->chain->n > 0 && v->chain->steps[0].wished != 0;
	struct slot_world w = world_of(x, (day){ v->planned.n - DAYS_AROUND }, 2 * DAYS_AROUND + 1);
	for (int around = MINUTES_AROUND; all.n < SERIES_PROPOSALS && around <= DAY_MINUTES; around = around == DAY_MINUTES ? DAY_MINUTES + 1 : DAY_MINUTES) {
		all.n = 0;
		add_candidates(x, &w, v, false, around, &all);
		if (wished)
			add_candidates(x, &w, v, true, around, &all);
	}
	qsort(all.at, all.n, sizeof *all.at, by_cost);
	for (size_t i = 0; i < all.n && v->nproposals < SERIES_PROPOSALS; i++) {
		struct slot_request q = request_of(x->r->arena, v->chain, all.at[i].other, all.at[i].at.day, all.at[i].at.day);
		if (!too_near(v, &all.at[i])) {
			struct series_proposal *to = &v->proposals[v->nproposals];
			v->nproposals += slots_at(x->r->arena, &w, &q, all.at[i].at.day, all.at[i].at.start, &to->slot);
			to->other = all.at[i].other;
		}
	}
}

static char *why_not(const struct placing *x, const struct slot_world *w, const struct slot_request *q, day d)
{
	struct slot_block block = slots_why_not(x->r->arena, w, q, d, x->plan->rule.start);
	str closed = block.code == SLOT_SHUT ? hours_closed_reason(x->r->arena, &x->frame.rows, x->r->db, d) : NULL;
	char *why = closed != NULL ? arena_text(x->r->arena, closed) : slot_block_text(x->r->arena, x->r->db, &x->plan->names, &block);
	return why != NULL ? why : arena_text(x->r->arena, _("taken"));
}

static bool comes_anyway(const struct placing *x, day d)
{
	for (size_t i = 0; i < x->nbusy; i++)
		if (x->busy[i].n == d.n)
			return true;
	return false;
}

static bool vacation_asked(const struct placing *x, const struct series_visit *v)
{
	for (size_t i = 0; i < x->frame.spans.n; i++) {
		const struct worktime_span *s = &x->frame.spans.at[i];
		if (s->day.n != v->slot.day.n || s->kind != WORKTIME_ASKED)
			continue;
		for (size_t k = 0; k < v->slot.nclaims; k++)
			if (v->slot.claims[k].staff == s->staff && v->slot.claims[k].start < s->end && s->start < v->slot.claims[k].end)
				return true;
	}
	return false;
}

/* "2026-12-24=2026-12-23 10:00 x" of this very day; malformed choices are none. */
static bool read_choice(const char *text, day planned, bool *skip, struct candidate *c)
{
	day d;
	daytime t;
	char head[11] = { 0 };
	if (strlen(text) < 15 || text[10] != '=')
		return false;
	memcpy(head, text, 10);
	if (!date_from_iso(head, &d) || d.n != planned.n)
		return false;
	*skip = strcmp(text + 11, "skip") == 0;
	if (*skip)
		return true;
	if (strlen(text) < 27)
		return false;
	memcpy(head, text + 11, 10);
	char clock[6] = { 0 };
	memcpy(clock, text + 22, 5);
	if (!date_from_iso(head, &c->at.day) || !read_daytime(clock, &t) || t.min % RASTER != 0)
		return false;
	c->at.start = (int)t.min;
	c->other = strcmp(text + 27, " x") == 0;
	return true;
}

/* What the person chose for this day, if it is (still) possible. key: "pick" = decided, "take" = the proposal was seen. */
static bool choose(const struct placing *x, struct series_visit *v, const char *key)
{
	const char *text;
	struct candidate c = { .cost = 0 };
	for (size_t i = 0; (text = request_all(x->r, key, i)) != NULL; i++) {
		bool skip = false;
		if (!read_choice(text, v->planned, &skip, &c))
			continue;
		v->left_out = skip;
		if (skip)
			return true;
		if (llabs(c.at.day.n - v->planned.n) > DAYS_AROUND)
			return false;
		struct slot_world w = world_of(x, c.at.day, 1);
		struct slot_request q = request_of(x->r->arena, v->chain, c.other, c.at.day, c.at.day);
		v->other = c.other;
		return slots_at(x->r->arena, &w, &q, c.at.day, c.at.start, &v->slot);
	}
	return false;
}

static void take_first(struct series_visit *v)
{
	v->left_out = v->nproposals == 0;
	if (v->nproposals > 0) {
		v->slot = v->proposals[0].slot;
		v->other = v->proposals[0].other;
	}
}

static void place_one(const struct placing *x, struct series_visit *v)
{
	struct slot_world w = world_of(x, v->planned, 1);
	struct slot_request q = request_of(x->r->arena, v->chain, false, v->planned, v->planned);
	bool anyway = comes_anyway(x, v->planned);
	v->fits = !anyway && slots_at(x->r->arena, &w, &q, v->planned, x->plan->rule.start, &v->slot);
	if (v->fits) {
		v->decided = choose(x, v, "pick");
	} else {
		v->why = anyway ? _("has an appointment on that day already") : why_not(x, &w, &q, v->planned);
		propose(x, v);
		v->decided = choose(x, v, "pick");
		v->seen = !v->decided && choose(x, v, "take");
		if (!v->decided && !v->seen) {
			take_first(v);
			v->left_out = v->left_out || anyway;
		}
	}
	v->asked = !v->left_out && vacation_asked(x, v);
}

static void read_busy(struct placing *x)
{
	struct { day *at; size_t n, cap; } days = { 0 };
	struct query q = db_query(x->r->db, SQL("SELECT id, day FROM appointment WHERE customer = ? AND day BETWEEN ? AND ? AND status < 7"),
	    B(x->plan->customer), B(x->plan->rule.first), B(x->plan->rule.last));
	while (db_step(&q))
		if (!is_following(x->plan, db_int(&q, 0)))
			*arena_push(x->r->arena, &days) = db_day(&q, 1);
	x->busy = days.at;
	x->nbusy = days.n;
}

/* The frozen durations of an appointment that is being moved; of a new one, the services as they are today. */
static const struct chain *chain_for(struct request *r, const struct series_plan *p, int64_t appointment)
{
	struct book_appt a;
	if (appointment == 0 || !book_load_one(r->db, appointment, &a))
		return &p->chain;
	struct chain *chain = arena_new_of(r->arena, struct chain);
	chain_of_appointment(r->db, &a, 0, a.nsteps > 0 && a.steps[0].staff == p->staff ? 0 : p->staff, chain);
	return chain;
}

void series_place(struct request *r, struct series_plan *p)
{
	day *days;
	if (p->rule_wrong || p->until_wrong || p->chain.n == 0)
		return;
	p->n = series_days(r->arena, &p->rule, &days);
	p->visits = arena_array(r->arena, struct series_visit, p->n);
	struct placing x = { .r = r, .plan = p };
	if (p->n == 0)
		return;
	x.frame = hours_frame(r->db, (day){ days[0].n - DAYS_AROUND }, (int)(days[p->n - 1].n - days[0].n) + 2 * DAYS_AROUND + 1);
	read_busy(&x);
	for (size_t i = 0; i < p->n; i++) {
		int64_t appointment = i < p->nfollowing ? p->following[i] : 0;
		p->visits[i] = (struct series_visit){ .planned = days[i], .appointment = appointment, .chain = chain_for(r, p, appointment) };
		place_one(&x, &p->visits[i]);
		p->nconflicts += !p->visits[i].fits;
		p->nleft += p->visits[i].left_out;
	}
}

size_t series_open(const struct series_plan *p)
{
	for (size_t i = 0; i < p->n; i++)
		if (!p->visits[i].fits && !p->visits[i].decided)
			return i;
	return p->n;
}
