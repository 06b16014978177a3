/* Who would come sooner if there were time. A row of chances of its own: the book is the same with and without it. */
#include "modules/demo/demo_private.h"
#include "base/date.h"

enum { WEEKEND = 1 << 5 | 1 << 6, EARLY_WEEK = 1 << 2 | 1 << 3, LATE_WEEK = 1 << 4 | 1 << 5 };

/* As they are said on the phone; 0 = any, days from today, minutes. */
static const struct wish { int weekdays, from, to, earliest, done_by; const char *note; } wishes[] = {
	{ .note = "kann auch spontan kommen" },
	{ .weekdays = LATE_WEEK, .earliest = 960, .note = "arbeitet bis halb vier" },
	{ .to = 10, .note = "Hochzeit der Schwester" },
	{ .weekdays = EARLY_WEEK, .done_by = 780 },
	{ .weekdays = WEEKEND },
	{ .from = 3, .to = 18, .earliest = 540, .done_by = 1020, .note = "nur während der Ferien" },
	{ .earliest = 840 },
	{ .to = 21, .done_by = 720, .note = "am liebsten gleich früh" },
};

static int64_t some_day(const struct demo_sim *sim, int days) { return days == 0 ? NONE : sim->options->today.n + days; }
static int64_t some_time(int min) { return min == 0 ? NONE : min; }

/* Entered in the last three weeks, in the order of the list. */
static instant since(struct demo_sim *sim, int i, int n, struct demo_chance *c)
{
	instant at = { 0 };
	int ago = 1 + (n - 1 - i) * 20 / n;
	while (demo_people_closed((day){ sim->options->today.n - ago }))
		ago++;
	if (zone_instant((day){ sim->options->today.n - ago }, (daytime){ demo_chance_between(c, 570, 1050) }, &at) < 0)
		at.s = (sim->options->today.n - ago) * 86400 + 43200;
	return at;
}

static void write_one(struct db *db, struct demo_sim *sim, int customer, const struct wish *w, instant at, struct demo_chance *chance)
{
	const struct demo_customer *c = &sim->customers.at[customer];
	bool wished = demo_chance_in(chance, 500);
	db_run(db, SQL("INSERT INTO waiting(customer, staff, only_staff, weekdays, from_day, to_day, earliest, done_by, note, since, entered_by)"
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?)"), B((int64_t)customer + 1), B(wished ? sim->people.ids[c->person] : NONE),
	    B(wished && demo_chance_in(chance, 400)), B(w->weekdays), B(some_day(sim, w->from)), B(some_day(sim, w->to)), B(some_time(w->earliest)),
	    B(some_time(w->done_by)), B(w->note), B(at), B(sim->people.ids[demo_chance_below(chance, sim->people.n)]));
	int64_t id = db_last_id(db);
	for (int i = 0; i < 3 && sim->visit_services[c->visit][i] >= 0; i++)
		db_run(db, SQL("INSERT INTO waiting_service(waiting, seq, service) VALUES(?,?,?)"), B(id), B(i),
		    B(sim->goods.services.at[sim->visit_services[c->visit][i]].id));
}

/* Somebody who can be called and does not wait yet. -1: nobody was found. */
static int somebody(struct db *db, struct demo_sim *sim, struct demo_chance *chance)
{
	for (int tries = 0; tries < 20; tries++) {
		int i = demo_chance_below(chance, sim->customers.n);
		if (!sim->customers.at[i].gone && sim->customers.at[i].joined.n < sim->options->today.n && db_one(db, SQL("SELECT (SELECT mobile IS NOT NULL OR phone IS NOT NULL "
		    "FROM customer WHERE id = ?1) AND NOT EXISTS (SELECT 1 FROM waiting WHERE customer = ?1)"), B((int64_t)i + 1)) == 1)
			return i;
	}
	return -1;
}

void demo_waiting_write(struct db *db, struct demo_sim *sim)
{
	struct demo_chance chance = { .state = sim->options->seed ^ 0x77616974 };
	int n = sim->people.n + 2;
	for (int i = 0; i < n; i++) {
		int customer = somebody(db, sim, &chance);
		if (customer >= 0)
			write_one(db, sim, customer, &wishes[(size_t)i % COUNT(wishes)], since(sim, i, n, &chance), &chance);
	}
}
