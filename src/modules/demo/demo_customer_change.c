/* The customers: who they are, since when they come, how often, for what, and to whom. */
#include "modules/demo/demo_private.h"
#include "base/date.h"

static const char *const alerts[] = { "Allergie: PPD", "Kopfhaut empfindlich, kein Ammoniak", "Allergie: Latex", "hört schwer, laut sprechen",
	"kommt mit Rollstuhl, Platz 1", "schwanger", "nimmt Blutverdünner", "Allergie: Duftstoffe", "nur mit Voranmeldung der Tochter" };
static const char *const notes[] = { "trinkt Kaffee schwarz", "möchte nicht viel reden", "kommt meist 10 Minuten früher", "Parkplatz im Hof",
	"Hund kommt mit", "zahlt gern mit Karte", "bringt die Kinder mit", "Naturhaar, fein", "Wirbel am Oberkopf", "Haare sehr dicht, mehr Zeit",
	"wächst die Farbe heraus", "mag kein Föhnen", "ruft lieber an als zu schreiben" };

/* How often this visit is asked for; 0: not offered, or not by them. */
static int weight_of(const struct demo_sim *sim, int visit, bool female)
{
	const struct demo_visit *v = demo_goods_visit(visit);
	if (sim->visit_services[visit][0] < 0 || !(female ? v->women : v->men)) return 0;
	return sim->busy && sim->visit_minutes[visit] <= 20 ? v->weight * 2 : v->weight;
}

static int pick_visit(struct demo_sim *sim, bool female)
{
	int total = 0;
	for (int i = 0; i < sim->nvisits; i++) total += weight_of(sim, i, female);
	int at = demo_chance_below(&sim->chance, total);
	for (int i = 0; i < sim->nvisits; i++) {
		at -= weight_of(sim, i, female);
		if (at < 0) return i;
	}
	return 0;
}

static int pick_person(struct demo_sim *sim, int visit)
{
	int fit[DEMO_MOST_STAFF], n = 0;
	for (int p = 0; p < sim->people.n; p++) {
		bool can = true;
		for (int i = 0; i < 3 && sim->visit_services[visit][i] >= 0; i++)
			can = can && sim->goods.extra[sim->visit_services[visit][i]][p] != DEMO_CANNOT;
		if (can) fit[n++] = p;
	}
	return n == 0 ? 0 : fit[demo_chance_below(&sim->chance, n)];
}

/* Regulars take about six tenths of what the salon can do; how often the others come follows from the rest. */
static void plan_customer(struct demo_sim *sim, int i, bool female)
{
	const struct demo_options *o = sim->options;
	struct demo_customer *c = &sim->customers.at[i];
	int span = (int)(sim->last.n - sim->first.n), already = sim->customers.n / 4;
	int64_t a_year = (int64_t)o->staff * 215 * 12, regulars = a_year * 6 / 10 * 1000 / ((int64_t)sim->customers.n * 6 + 1);
	bool regular = demo_chance_in(&sim->chance, regulars > 550 ? 550 : (int)regulars);
	int rare = (int)((int64_t)sim->customers.n * 150 / a_year) + 60;
	c->female = female;
	c->visit = pick_visit(sim, female);
	c->person = pick_person(sim, c->visit);
	c->interval = regular ? demo_chance_between(&sim->chance, 3, 8) * 7 : demo_chance_between(&sim->chance, rare, rare * 3);
	c->joined = (day){ sim->first.n + (i < already ? 0 : (int64_t)span * (i - already) / (sim->customers.n - already + 1)) };
	c->last = (day){ NONE };
	c->next = -1;
	day due = { c->joined.n + demo_chance_below(&sim->chance, i < already ? c->interval : 14) };
	if (c->joined.n > o->today.n) c->joined = o->today;
	demo_sim_due(sim, i, due);
}

static void write_one(struct db *db, struct demo_sim *sim, int i)
{
	struct demo_chance *c = &sim->chance;
	struct arena *arena = db_arena(db);
	struct demo_name name = demo_names_any(c);
	plan_customer(sim, i, name.female);
	const struct demo_customer *who = &sim->customers.at[i];
	bool minor = demo_chance_in(c, 60);
	const char *mobile = demo_chance_in(c, 850) ? demo_names_mobile(arena, c) : NULL;
	const char *phone = mobile == NULL || demo_chance_in(c, 250) ? demo_names_phone(arena, c) : NULL;
	const char *mail = demo_chance_in(c, 550) ? demo_names_mail(arena, name, i + 1) : NULL;
	int64_t born = demo_chance_in(c, 600) ? sim->options->today.n - (minor ? 2500 : 6800) - demo_chance_below(c, minor ? 3000 : 23000) : NONE;
	bool address = demo_chance_in(c, 400);
	const char *street = address ? arena_printf(arena, "%s %d", demo_names_street(c), demo_chance_between(c, 1, 120)) : NULL;
	const char *note = demo_chance_in(c, 120) ? notes[demo_chance_below(c, (int)COUNT(notes))] : NULL;
	const char *alert = demo_chance_in(c, 25) ? alerts[demo_chance_below(c, (int)COUNT(alerts))] : NULL;
	const char *first = demo_chance_in(c, 970) ? name.first : NULL;
	db_run(db, SQL("INSERT INTO customer(id, last, first, mobile, phone, mail, birthday, street, postcode, town, note, alert,"
	    " usual_staff, since) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), B(i + 1), B(name.last), B(first), B(mobile), B(phone), B(mail), B(born),
	    B(street), B(address ? "37073" : NULL), B(address ? "Göttingen" : NULL), B(note), B(alert),
	    B(demo_chance_in(c, 500) ? sim->people.ids[who->person] : NONE), B(who->joined));
	if (demo_chance_in(c, 20))
		db_run(db, SQL("INSERT INTO customer_duration(customer, service, extra_minutes) VALUES(?,?,?)"), B(i + 1),
		    B(sim->goods.services.at[sim->visit_services[who->visit][0]].id), B(demo_chance_between(c, 1, 3) * RASTER));
}

int demo_customer_write(struct db *db, const struct demo_options *o, struct demo_chance *chance, struct demo_sim *sim)
{
	(void)chance;
	struct arena *keep = db_arena(db), *scratch = arena_new();
	sim->customers.n = o->customers;
	sim->customers.at = arena_array(keep, struct demo_customer, (size_t)o->customers);
	db_use(db, scratch);
	for (int i = 0; i < o->customers && !db_failed(db); i++) {
		write_one(db, sim, i);
		if (i % 1000 == 999) arena_reset(scratch);
	}
	int failed = db_failed(db);
	db_use(db, keep);
	arena_free(scratch);
	return failed ? -1 : 0;
}
