/* durations_stale.c: booked appointments whose price or length is no longer what the list says. */
#include "modules/durations/durations.h"

static bool known(const struct book_appt *x)
{
	for (size_t i = 0; i < x->nsteps; i++)
		if (x->steps[i].service == 0 || x->steps[i].staff == 0)
			return false;
	return x->nsteps > 0;
}

static int extra_of(const struct slot_step *s, int64_t staff)
{
	for (size_t i = 0; i < s->ncandidates; i++)
		if (s->candidates[i].staff == staff)
			return s->candidates[i].extra_minutes;
	return 0;
}

static void compare(const struct book_appt *x, struct stale_visit *v)
{
	int64_t cents = 0;
	int extra[CHAIN_MOST];
	for (size_t i = 0; i < v->chain.n; i++) {
		cents += chain_price_of(&v->chain.links[i], x->steps[i].staff).cents;
		extra[i] = extra_of(&v->chain.steps[i], x->steps[i].staff);
	}
	v->minutes = chain_minutes_with(&v->chain, extra);
	v->price = (money){ cents };
}

/* The new length at the old time, with the same people; what it takes itself does not stand in its way. */
static void fit(struct request *r, const struct booking *names, struct stale_visit *v)
{
	if (v->minutes == book_length(&v->appt)) {
		v->fits = true;
		return;
	}
	struct slot_world w = hours_world(r->db, v->appt.day, 1);
	struct slot_request q = { .steps = v->chain.steps, .nsteps = v->chain.n, .first = v->appt.day, .last = v->appt.day, .wish_day = { NONE } };
	w.except = v->appt.id;
	v->fits = slots_at(r->arena, &w, &q, v->appt.day, v->appt.start, &v->slot);
	if (!v->fits) {
		struct slot_block block = slots_why_not(r->arena, &w, &q, v->appt.day, v->appt.start);
		v->why = slot_block_text(r->arena, r->db, names, &block);
	}
}

static bool asked_for(const int64_t *ids, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (ids[i] == id)
			return true;
	return n == 0;
}

struct stale_visits durations_stale(struct request *r, const int64_t *ids, size_t n, size_t most)
{
	struct stale_visits found = { 0 };
	struct { int64_t *at; size_t n, cap; } booked = { 0 };
	struct booking *names = arena_new_of(r->arena, struct booking);
	names->at_start = -1;
	booking_all_names(r->db, names);
	struct query q = db_query(r->db, SQL("SELECT id FROM appointment WHERE day >= ? AND kind = 0 AND status BETWEEN 1 AND 2 ORDER BY day, start, id"), B(r->today));
	while (db_step(&q))
		*arena_push(r->arena, &booked) = db_int(&q, 0);
	for (size_t i = 0; i < booked.n && found.n < most; i++) {
		struct stale_visit v = { .why = NULL };
		if (!asked_for(ids, n, booked.at[i]) || !book_load_one(r->db, booked.at[i], &v.appt) || !known(&v.appt))
			continue;
		struct chain_wish wish = { v.appt.customer, 0, true };
		chain_load(r->db, chain_notation_of(r->arena, &v.appt, true), &wish, &v.chain);
		if (v.chain.n != v.appt.nsteps)
			continue;                                        /* a service was retired: what was booked stays as it was */
		compare(&v.appt, &v);
		if (v.price.cents == book_price(&v.appt).cents && v.minutes == book_length(&v.appt))
			continue;
		fit(r, names, &v);
		*arena_push(r->arena, &found) = v;
	}
	return found;
}
