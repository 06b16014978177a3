/* waitlist_load.c: entries of the waiting list from the database, and who of them fits a time (declared in waitlist.h). */
#include "base/date.h"
#include "modules/waitlist/waitlist.h"
#include <stdlib.h>

#define COLUMNS "SELECT w.id, w.version, w.customer, w.staff, w.only_staff, w.weekdays, w.from_day, w.to_day, w.earliest, w.done_by, w.note, " \
	"w.since, c.last, c.first, coalesce(c.mobile, c.phone, c.phone_other), " \
	"(SELECT substr(group_concat(x, ''), 2) FROM (SELECT iif(beside, '+', ',') || service || coalesce('@' || staff, '') AS x FROM waiting_service " \
	"WHERE waiting = w.id ORDER BY seq)), " \
	"(SELECT group_concat(x, ', ') FROM (SELECT v.name AS x FROM waiting_service s JOIN service v ON v.id = s.service WHERE s.waiting = w.id " \
	"ORDER BY s.seq)), (SELECT name FROM staff WHERE id = w.staff), " \
	"(SELECT min(a.day) FROM appointment a WHERE a.customer = w.customer AND a.booked_at > w.since AND a.status BETWEEN 1 AND 6) FROM waiting w JOIN customer c ON c.id = w.customer "

static int minute(const struct query *q, int column)
{
	return db_null(q, column) ? 0 : (int)db_int(q, column);
}

static day day_of(instant at)
{
	day d;
	daytime t;
	zone_local(at, &d, &t);
	return d;
}

static struct waitlist_entry read(const struct query *q)
{
	return (struct waitlist_entry){ .id = db_int(q, 0), .version = db_int(q, 1), .customer = db_int(q, 2), .only = db_bool(q, 4), .note = db_text(q, 10),
		.last = db_text(q, 12), .first = db_text(q, 13), .phone = db_text(q, 14), .services = db_text(q, 15), .labels = db_text(q, 16),
		.wished_name = db_text(q, 17), .booked = db_day(q, 18), .wish = { .staff = db_ref(q, 3).id, .weekdays = (unsigned)db_int(q, 5), .from = db_day(q, 6),
		.to = db_day(q, 7), .earliest = minute(q, 8), .done_by = minute(q, 9), .since = day_of(db_instant(q, 11)) } };
}

struct waitlist_entries waitlist_load(struct db *db, day today, bool expired)
{
	struct waitlist_entries list = { 0 };
	struct query q = db_query(db, SQL(COLUMNS "WHERE w.appointment IS NULL AND (coalesce(w.to_day, ?1) < ?1) = ?2 ORDER BY w.since, w.id"),
	    B(today), B(expired));
	while (db_step(&q))
		*arena_push(db_arena(db), &list) = read(&q);
	return list;
}

bool waitlist_load_one(struct db *db, int64_t id, struct waitlist_entry *w)
{
	struct query q = db_query(db, SQL(COLUMNS "WHERE w.id = ? AND w.appointment IS NULL"), B(id));
	bool found = false;
	while (db_step(&q)) {
		*w = read(&q);
		found = true;
	}
	return found;
}

int64_t waitlist_count(struct db *db, day today)
{
	return db_one(db, SQL("SELECT count(*) FROM waiting WHERE appointment IS NULL AND coalesce(to_day, ?1) >= ?1"), B(today));
}

int64_t waitlist_expired(struct db *db, day today)
{
	return db_one(db, SQL("SELECT count(*) FROM waiting WHERE appointment IS NULL AND to_day < ?1"), B(today));
}

void waitlist_chain(struct db *db, const struct waitlist_entry *w, struct chain *chain)
{
	chain_load(db, w->services, &(struct chain_wish){ w->customer, w->wish.staff, w->only }, chain);
}

static int by_fit(const void *a, const void *b)
{
	const struct waiting_proposal *x = a, *y = b;
	int order = waiting_compare(&x->fit, &y->fit);
	return order != 0 ? order : (x->waiting->id > y->waiting->id) - (x->waiting->id < y->waiting->id);
}

struct waiting_proposals waitlist_fitting(struct request *r, const struct waiting_window *window)
{
	struct waiting_proposals list = { 0 };
	struct waitlist_entries all = waitlist_load(r->db, r->today, false);
	struct slot_world world = { .ndays = 0 };
	for (size_t i = 0; i < all.n; i++) {
		const struct waitlist_entry *w = &all.at[i];
		struct waiting_proposal p = { .waiting = w };
		if (!waiting_wants_day(&w->wish, window->day))
			continue;
		if (world.ndays == 0)
			world = hours_world(r->db, window->day, 1);
		world.today = r->today;
		world.now = (int)r->clock.min;
		waitlist_chain(r->db, w, &p.chain);
		struct slot_request q = waiting_request(&w->wish, window, p.chain.minutes);
		q.steps = p.chain.steps;
		q.nsteps = p.chain.n;
		struct slots found = slots_find(r->arena, &world, &q, 0);
		if (waiting_best(&w->wish, window, &found, r->today, &p.fit))
			*arena_push(r->arena, &list) = p;
	}
	if (list.n > 1)
		qsort(list.at, list.n, sizeof *list.at, by_fit);
	return list;
}
