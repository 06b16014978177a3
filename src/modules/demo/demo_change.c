/* The demo salon from the first record to the last: shop, people, goods, customers, then day by day the book. */
#include "modules/demo/demo_private.h"
#include "base/date.h"
#include "base/log.h"
#include "web/password.h"

static const char *const pins[DEMO_MOST_STAFF + 1] = { "1111", "2222", "3333", "4444", "5555", "6666", "7777", "8888", "9999", "1010", "1212", "1313", "1414" };

const char *demo_person(const struct demo_options *o, int i, const char **pin_r)
{
	if (o->csv_folder != NULL || i > o->staff) return NULL;
	*pin_r = pins[i];
	return i == o->staff ? "Renate Ohlendorf" : demo_people_get(i)->name;
}

int demo_next_command(struct db *db, const struct demo_options *o, const char *text)
{
	int64_t seq;
	instant at = { 0 };
	if (zone_instant(o->today, o->now, &at) < 0) at.s = o->today.n * 86400 + o->now.min * 60;
	if (db_failed(db)) return -1;
	if (text == NULL) return db_command_end(db, &seq);
	struct command command = { .name = "demo", .text = text, .at = at, .no_undo = true };
	return db_command_begin(db, &command, &seq) == COMMAND_NEW ? 0 : -1;
}

static void write_shop(struct db *db, const struct demo_options *o)
{
	db_run(db, SQL("INSERT INTO shop(id, name, street, postcode, town, phone, mail, country, state, set_up)"
	    " VALUES(1, 'Salon Brandt & Töchter', 'Weender Straße 12', '37073', 'Göttingen', '030 23125 000', 'salon@example.org', 'DE', 'NI', 3)"));
	for (int weekday = 1; weekday <= 7; weekday++) {
		struct span open = demo_people_opening(weekday);
		if (open.end > 0) db_run(db, SQL("INSERT INTO opening(weekday, start, end) VALUES(?,?,?)"), B(weekday), B(open.start), B(open.end));
	}
	for (int year = date_civil(o->today).year - o->years; year <= date_civil(o->today).year + 1; year++)
		for (int mday = 24; mday <= 31; mday += 7)
			db_run(db, SQL("INSERT INTO day_override(day, closed, reason) VALUES(?, 1, ?)"), B(date_day(year, 12, mday)),
			    B(mday == 24 ? "Heiligabend" : "Silvester"));
}

void demo_secrets(struct db *db, int people)
{
	const char *password = password_hash(db_arena(db), DEMO_PASSWORD);
	for (int i = 0; i < people; i++)
		db_run(db, SQL("INSERT INTO staff_secret(staff, password, pin) VALUES(?,?,?)"), B(i + 1), B(password), B(password_hash(db_arena(db), pins[i])));
}

/* The apprentice does only the simple things, and takes longer. */
static void write_skills(struct db *db, int64_t staff, const struct demo_person *p)
{
	if (!p->junior) return;
	db_run(db, SQL("DELETE FROM staff_service WHERE staff = ? AND service NOT IN (SELECT id FROM service WHERE short IN"
	    " ('wf', 'kis', 'pon', 'kur', 'wl', 'spi', 'mas', 'jsc', 'ton', 'glo', 'fle'))"), B(staff));
	db_run(db, SQL("UPDATE staff_service SET extra_minutes = 15 WHERE staff = ?"), B(staff));
}

static int write_house(struct db *db, struct demo_sim *sim)
{
	const struct demo_options *o = sim->options;
	unsigned all = 0;
	write_shop(db, o);
	if (demo_people_write(db, o, &sim->chance, &sim->people) != 0) return -1;
	demo_roster_write(db, o, &sim->people);
	for (int i = 0; i < o->staff; i++) all |= demo_people_get(i)->does;
	if (starter_write(db, all, o->staff) != 0) return -1;
	for (int i = 0; i < o->staff; i++) {
		if (starter_assign(db, sim->people.ids[i], demo_people_get(i)->does) != 0) return -1;
		write_skills(db, sim->people.ids[i], demo_people_get(i));
	}
	demo_secrets(db, o->staff + 1);
	demo_goods_load(db, &sim->people, &sim->goods);
	for (; demo_goods_visit(sim->nvisits) != NULL; sim->nvisits++)
		for (int k = 0; k < 3; k++) {
			const char *code = demo_goods_visit(sim->nvisits)->codes[k];
			int service = code == NULL ? -1 : demo_goods_find(&sim->goods, code);
			sim->visit_services[sim->nvisits][k] = service;
			if (service >= 0) sim->visit_minutes[sim->nvisits] += demo_goods_minutes(&sim->goods, service);
		}
	return 0;
}

/* Three visits that wait on the parking strip for a new day. */
static void write_parked(struct db *db, struct demo_sim *sim)
{
	static const char *const notes[] = { "verschoben, ruft zurück", "lieber nachmittags", "nach dem Urlaub" };
	sim->on = sim->options->today;
	for (int p = 0; p < sim->people.n; p++)
		for (int s = 0; s < DEMO_STEPS; s++) sim->free[p][s] = true;
	for (int i = 0; i < 3; i++) {
		struct demo_plan plan;
		int customer = demo_chance_below(&sim->chance, sim->customers.n);
		const struct demo_customer *c = &sim->customers.at[customer];
		for (int k = 0; k < DEMO_PLACES; k++)
			for (int s = 0; s < DEMO_STEPS; s++) sim->place[k][s] = 0;
		if (!demo_fit(sim, c->visit, c->person, 600, &plan)) continue;
		demo_save(db, sim, &plan, &(struct demo_record){ .customer = customer, .status = 2, .parked = true, .wish = c->person, .note = notes[i] });
	}
}

/* What some services ask of a visit besides free time; written last, so that the book above does not depend on it. */
static void write_rules(struct db *db, const struct demo_options *o)
{
	db_run(db, SQL("INSERT INTO service(name, short, service_group, price, sort, note) SELECT 'Verträglichkeitstest', 'vtr', service_group, 500, 999, "
	    "'Ellenbeuge, ein Tropfen; nach 48 Stunden ansehen.' FROM service WHERE short = 'kof'"));
	db_run(db, SQL("INSERT INTO service_phase(service, seq, kind, minutes) SELECT id, 0, 0, 10 FROM service WHERE short = 'vtr'"));
	db_run(db, SQL("INSERT INTO staff_service(staff, service) SELECT x.staff, t.id FROM staff_service x JOIN service v ON v.id = x.service "
	    "JOIN service t ON t.short = 'vtr' WHERE v.short = 'kof'"));
	db_run(db, SQL("UPDATE service SET test_hours = 48, test_days = 180, test = (SELECT id FROM service WHERE short = 'vtr'), min_age = 16, new_extra = 15 "
	    "WHERE short = 'kof' AND EXISTS (SELECT 1 FROM service WHERE short = 'vtr')"));
	db_run(db, SQL("UPDATE service SET refill_days = 28, refill_to = (SELECT id FROM service WHERE short = 'gne') WHERE short = 'gau'"));
	db_run(db, SQL("UPDATE service SET from_time = 540, until_time = 900, not_sat = 1 WHERE short = 'dw'"));
	db_run(db, SQL("UPDATE service SET lead_hours = 72 WHERE short = 'bra'"));
	db_run(db, SQL("INSERT INTO patch_test(customer, service, day, time, reaction, staff) SELECT a.customer, t.id, ? - 30 - a.customer % 60, 600, 0, s.staff "
	    "FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN service v ON v.id = s.service JOIN service t ON t.short = 'vtr' "
	    "WHERE v.short = 'kof' AND a.customer % 2 = 0 GROUP BY a.customer"), B(o->today));
}

/* Each year of the book is a journal record of its own, so that none gets larger than memory likes. */
static int write_book(struct db *db, struct demo_sim *sim)
{
	struct arena *keep = db_arena(db), *scratch = arena_new();
	int year = 0, failed = 0;
	db_use(db, scratch);
	for (sim->on = sim->first; sim->on.n <= sim->last.n && !failed; sim->on.n++) {
		int now = date_civil(sim->on).year;
		if (now != year)
			failed = (year != 0 && demo_next_command(db, sim->options, NULL) != 0)
			    || demo_next_command(db, sim->options, arena_printf(keep, "Demo-Salon: Terminbuch %d", now)) != 0;
		year = now;
		failed = failed || demo_sim_day(db, sim) != 0;
		arena_reset(scratch);
	}
	if (!failed) {
		write_parked(db, sim);
		demo_waiting_write(db, sim);
		write_rules(db, sim->options);
	}
	failed = failed || demo_next_command(db, sim->options, NULL) != 0;
	db_use(db, keep);
	arena_free(scratch);
	return failed ? -1 : 0;
}

static int write_invented(struct db *db, const struct demo_options *o, struct demo_result *result)
{
	struct demo_sim *sim = arena_new_of(db_arena(db), struct demo_sim);
	sim->options = o;
	sim->chance.state = o->seed;
	sim->stamps.state = o->seed ^ 0x646f6e65;
	sim->busy = o->customers > 2000 * o->staff;
	sim->first = (day){ o->today.n - 365 * o->years };
	sim->last = (day){ o->today.n + 28 };
	sim->on = (day){ sim->first.n - 1 };
	size_t days = (size_t)(sim->last.n - sim->first.n) + 1;
	sim->buckets = arena_array(db_arena(db), int, days);
	for (size_t i = 0; i < days; i++) sim->buckets[i] = -1;
	if (demo_next_command(db, o, "Demo-Salon eingerichtet") != 0 || write_house(db, sim) != 0 || demo_next_command(db, o, NULL) != 0
	    || demo_next_command(db, o, "Demo-Salon: Kundenkartei") != 0 || demo_customer_write(db, o, &sim->chance, sim) != 0
	    || demo_next_command(db, o, NULL) != 0 || write_book(db, sim) != 0) return -1;
	*result = (struct demo_result){ o->staff, o->customers, sim->appointments };
	return 0;
}

int demo_write(const char *dir, const struct demo_options *o, struct demo_result *result_r)
{
	struct arena *arena = arena_new();
	struct db *db = db_open_write(arena, dir);
	int result = -1;
	if (db == NULL) { arena_free(arena); return -1; }
	db_use(db, arena);
	(void)db_one(db, SQL("PRAGMA cache_size = -250000"));     /* KiB: all of it is one transaction, which else is written many times */
	if (db_one(db, SQL("SELECT (SELECT count(*) FROM shop) + (SELECT count(*) FROM staff)")) > 0)
		log_fault("demo: this data folder holds a salon already; name an empty one");
	else if (db_group_begin(db) == 0) {
		result = o->csv_folder ? demo_csv_write(db, o, result_r) : write_invented(db, o, result_r);
		if (result != 0) db_command_drop(db);
		if (db_group_end(db) != 0) result = -1;
	}
	db_close(db);
	arena_free(arena);
	return result;
}
