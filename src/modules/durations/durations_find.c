/* durations_find.c: visits with one service and both stamps, put before the rule (rules/habit.h). */
#include "base/text.h"
#include "modules/durations/durations.h"
#include <stdlib.h>

enum { SOME_TIME = 550, VISITS = 12 };      /* days looked back at when all customers are asked for */

struct group {
	int64_t customer, service, staff;
	bool one_person;
	struct habit_visit visits[VISITS];
	size_t n;
};
struct groups { struct group *at; size_t n, cap; };

static struct groups read_groups(struct db *db, int64_t customer, day today)
{
	struct groups all = { 0 };
	struct query q = db_query(db, SQL("SELECT a.customer, s.service, s.staff, (a.done_at - a.started_at) / 60, "
	    "(SELECT max(p.offset + p.minutes) FROM appt_phase p WHERE p.step = s.id AND p.kind < 2) FROM appointment a "
	    "JOIN appt_step s ON s.appointment = a.id AND s.seq = 0 WHERE a.status IN (5, 6) AND a.customer IS NOT NULL AND a.done_at > a.started_at "
	    "AND s.service IS NOT NULL AND s.staff IS NOT NULL AND (a.customer = ?1 OR (?1 = 0 AND a.day >= ?2)) "
	    "AND NOT EXISTS (SELECT 1 FROM appt_step x WHERE x.appointment = a.id AND x.seq > 0) "
	    "ORDER BY a.customer, s.service, a.day DESC, a.start DESC"), B(customer), B((day){ today.n - SOME_TIME }));
	while (db_step(&q)) {
		struct group *g = all.n > 0 ? &all.at[all.n - 1] : NULL;
		int64_t who = db_int(&q, 0), service = db_int(&q, 1), staff = db_int(&q, 2);
		if (g == NULL || g->customer != who || g->service != service) {
			g = arena_push(db_arena(db), &all);
			*g = (struct group){ who, service, staff, true, { { 0, 0 } }, 0 };
		}
		if (g->n == VISITS || db_null(&q, 4))
			continue;
		g->one_person = g->one_person && (g->n >= HABIT_VISITS || staff == g->staff);
		g->visits[g->n++] = (struct habit_visit){ (int)db_int(&q, 4), (int)db_int(&q, 3) };
	}
	return all;
}

/* What would be planned today, with the person who did it last. */
static bool plan_today(struct db *db, const struct group *g, int *minutes_r)
{
	struct chain chain;
	struct chain_wish wish = { g->customer, g->staff, true };
	chain_load(db, arena_printf(db_arena(db), "%lld", (long long)g->service), &wish, &chain);
	if (chain.n != 1)
		return false;
	const struct slot_step *s = &chain.steps[0];
	int at = 0, end = 0;
	for (size_t i = 0; i < s->nphases; i++) {
		at += s->phases[i].minutes;
		if (s->phases[i].kind != PHASE_BUFFER)
			end = at;
	}
	for (size_t i = 0; i < s->ncandidates; i++)
		if (s->candidates[i].staff == g->staff) {
			*minutes_r = end + s->candidates[i].extra_minutes;
			return true;
		}
	return false;
}

static bool dismissed(struct db *db, const struct group *g, int proposed)
{
	int64_t no = db_one(db, SQL("SELECT minutes FROM duration_dismissed WHERE customer = ? AND service = ?"), B(g->customer), B(g->service));
	return no != NONE && llabs(no - proposed) < HABIT_MATTERS;
}

static int extra_now(struct db *db, const struct group *g)
{
	int64_t extra = db_one(db, SQL("SELECT extra_minutes FROM customer_duration WHERE customer = ?1 AND service = ?2 "
	    "AND (staff = ?3 OR staff IS NULL) ORDER BY staff IS NULL LIMIT 1"), B(g->customer), B(g->service), B(g->staff));
	return extra == NONE ? 0 : (int)extra;
}

struct duration_hints durations_find(struct db *db, int64_t customer, day today)
{
	struct duration_hints found = { 0 };
	struct groups all = read_groups(db, customer, today);
	for (size_t i = 0; i < all.n; i++) {
		const struct group *g = &all.at[i];
		struct habit h;
		int planned;
		if (g->n < HABIT_LEAST || !plan_today(db, g, &planned) || !habit_find(g->visits, g->n, planned, &h) || dismissed(db, g, h.minutes))
			continue;
		struct duration_hint *hint = arena_push(db_arena(db), &found);
		*hint = (struct duration_hint){ .customer = g->customer, .service = g->service, .staff = g->one_person ? g->staff : 0, .planned = planned,
			.minutes = h.minutes, .visits = h.visits, .extra = extra_now(db, g) + h.minutes - planned };
		hint->service_name = db_one_text(db, SQL("SELECT name FROM service WHERE id = ?"), B(g->service));
		hint->customer_name = db_one_text(db, SQL("SELECT last || coalesce(', ' || first, '') FROM customer WHERE id = ?"), B(g->customer));
		hint->staff_name = g->one_person ? db_one_text(db, SQL("SELECT name FROM staff WHERE id = ?"), B(g->staff)) : NULL;
	}
	return found;
}
