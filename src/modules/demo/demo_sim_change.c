/* One day of the salon. Those who are due queue for the person they usually go to; each person's day is then filled from
 * morning to evening, waiting times of colours too. Who finds no room comes another day. */
#include "modules/demo/demo_private.h"
#include "base/date.h"

static const char *const notes[] = { "bringt Foto mit", "etwas länger als sonst", "muss um Punkt los", "Ansatz 3 cm", "Gutschein 50 €",
	"vorher anrufen", "Geschenk von der Tochter", "Farbe wie im Sommer", "nur Spitzen" };

void demo_sim_due(struct demo_sim *sim, int customer, day due)
{
	struct demo_customer *c = &sim->customers.at[customer];
	if (due.n <= sim->on.n) due.n = sim->on.n + 1;
	c->due = due;
	if (due.n > sim->last.n) return;
	int *bucket = &sim->buckets[due.n - sim->first.n];
	c->next = *bucket;
	*bucket = customer;
}

/* How full the day gets: the past is busy, the future thins out over four weeks. */
static int fullness(const struct demo_sim *sim)
{
	int64_t ahead = sim->on.n - sim->options->today.n;
	if (ahead <= 1) return sim->busy ? 985 : 960;
	int full = 900 - (int)ahead * 28;
	return full < 140 ? 140 : full;
}

static void after_visit(struct demo_sim *sim, int customer)
{
	struct demo_customer *c = &sim->customers.at[customer];
	c->last = sim->on;
	c->tries = 0;
	if (demo_chance_in(&sim->chance, 15)) { c->gone = true; return; }
	demo_sim_due(sim, customer, (day){ sim->on.n + c->interval + demo_chance_between(&sim->chance, -c->interval / 8, c->interval / 8) });
}

static void save_visit(struct db *db, struct demo_sim *sim, int customer, const struct demo_plan *plan)
{
	struct demo_customer *c = &sim->customers.at[customer];
	struct demo_record record = { .customer = customer, .status = demo_save_status(sim, plan), .fresh = c->last.n == NONE,
	    .wish = demo_chance_in(&sim->chance, 550) && c->person == plan->steps[0].person ? c->person : -1,
	    .note = demo_chance_in(&sim->chance, 50) ? notes[demo_chance_below(&sim->chance, (int)COUNT(notes))] : NULL };
	demo_save(db, sim, plan, &record);
	demo_fit_take(sim, plan);
	if (!demo_chance_in(&sim->chance, sim->busy ? 120 : 55) || sim->on.n > sim->options->today.n + 3) return;
	int other = demo_chance_below(&sim->chance, sim->customers.n);   /* somebody had this time before and gave it up */
	if (other == customer || sim->customers.at[other].joined.n > sim->on.n) return;
	record = (struct demo_record){ .customer = other, .status = 7, .reason = demo_chance_between(&sim->chance, 1, 3), .wish = -1 };
	demo_save(db, sim, plan, &record);
}

/* Whoever comes in: somebody known to the shop who was not here for a while and whose visit fits. -1: nobody. */
static int drop_in(struct demo_sim *sim, int person, int start, struct demo_plan *plan)
{
	for (int tries = 0; tries < 40; tries++) {
		int customer = demo_chance_below(&sim->chance, sim->customers.n);
		struct demo_customer *c = &sim->customers.at[customer];
		if (c->joined.n > sim->on.n || (c->last.n != NONE && c->last.n + 12 > sim->on.n) || (!c->gone && c->due.n < sim->on.n + 10)) continue;
		if (demo_fit(sim, c->visit, person, start, plan)) return customer;
	}
	return -1;
}

struct queue { int first; };

/* The next one in the queue whose visit fits here; taken out of it. */
static int from_queue(struct demo_sim *sim, struct queue *q, int person, int start, struct demo_plan *plan)
{
	int *link = &q->first;
	for (int looked = 0; *link >= 0 && looked < 12; looked++) {
		int customer = *link;
		if (demo_fit(sim, sim->customers.at[customer].visit, person, start, plan)) {
			*link = sim->customers.at[customer].next;
			return customer;
		}
		link = &sim->customers.at[customer].next;
	}
	return -1;
}

/* First minute from `start` on at which the person is free; DAY_MINUTES: none. length_r: how long. */
static int next_free(const struct demo_sim *sim, int person, int start, int *length_r)
{
	int s = start / RASTER, end;
	while (s < DEMO_STEPS && !sim->free[person][s]) s++;
	for (end = s; end < DEMO_STEPS && sim->free[person][end]; end++) { }
	*length_r = (end - s) * RASTER;
	return s * RASTER;
}

static void fill_person(struct db *db, struct demo_sim *sim, int person, struct queue *q)
{
	static const int pauses[] = { 0, 0, 0, 0, 5, 10 };
	int length, full = fullness(sim);
	for (int t = next_free(sim, person, 0, &length); t < DAY_MINUTES; t = next_free(sim, person, t, &length)) {
		struct demo_plan plan;
		if (length < 15) { t += length; continue; }
		if (!demo_chance_in(&sim->chance, full)) { t += 15 * demo_chance_between(&sim->chance, 1, 3); continue; }
		int customer = from_queue(sim, q, person, t, &plan);
		bool known = customer >= 0;
		if (!known) customer = drop_in(sim, person, t, &plan);
		if (customer < 0) { t += RASTER; continue; }
		save_visit(db, sim, customer, &plan);
		if (known) after_visit(sim, customer); else sim->customers.at[customer].last = sim->on;
		t += plan.claims[0].minutes + pauses[demo_chance_below(&sim->chance, sim->busy ? 5 : (int)COUNT(pauses))];
	}
}

static int anyone(struct demo_sim *sim, const struct demo_customer *c)
{
	int service = sim->visit_services[c->visit][0], offset = demo_chance_below(&sim->chance, sim->people.n), length;
	for (int i = 0; i < sim->people.n; i++) {
		int p = (i + offset) % sim->people.n;
		if (sim->goods.extra[service][p] != DEMO_CANNOT && next_free(sim, p, 0, &length) < DAY_MINUTES) return p;
	}
	return -1;
}

/* Those due today, in the queues of the people they go to. Who can't come is asked again in the next days. */
static void line_up(struct demo_sim *sim, struct queue *queues)
{
	int customer = sim->buckets[sim->on.n - sim->first.n], next, length;
	for (; customer >= 0; customer = next) {
		struct demo_customer *c = &sim->customers.at[customer];
		next = c->next;
		int person = c->person;
		if (next_free(sim, person, 0, &length) >= DAY_MINUTES)
			person = c->tries > 2 || demo_chance_in(&sim->chance, 200) ? anyone(sim, c) : -1;
		if (person < 0) {
			c->tries++;
			demo_sim_due(sim, customer, (day){ sim->on.n + 1 + demo_chance_below(&sim->chance, 3) });
			continue;
		}
		c->next = queues[person].first;
		queues[person].first = customer;
	}
}

static void send_home(struct demo_sim *sim, struct queue *q)
{
	int next;
	for (int customer = q->first; customer >= 0; customer = next) {
		struct demo_customer *c = &sim->customers.at[customer];
		next = c->next;
		int wait = ++c->tries > 4 ? c->interval / 2 : 1 + demo_chance_below(&sim->chance, 3);
		if (c->tries > 4) c->tries = 0;
		demo_sim_due(sim, customer, (day){ sim->on.n + wait });
	}
}

/* The team's meeting on Tuesday mornings, and now and then a block of one person. */
static void save_block(struct db *db, struct demo_sim *sim, int person, int start, int length, const char *label)
{
	struct demo_plan plan = { .start = start, .end = start + length, .nsteps = 1, .nclaims = 1,
	    .steps = { { .service = -1, .person = person } },
	    .claims = { { .kind = PHASE_ACTIVE, .minutes = length, .person = person, .place = -1, .device = -1 } } };
	for (int s = start / RASTER; s < plan.end / RASTER; s++)
		if (!sim->free[person][s]) return;
	demo_fit_take(sim, &plan);
	demo_save(db, sim, &plan, &(struct demo_record){ .customer = -1, .status = 2, .wish = -1, .label = label });
}

static void blocks(struct db *db, struct demo_sim *sim)
{
	static const char *const labels[] = { "Vertreterbesuch", "Telefonate", "Bestellung", "Modell üben", "Anlernen" };
	if (date_weekday(sim->on) == 2 && date_civil(sim->on).day <= 7)
		for (int p = 0; p < sim->people.n; p++) save_block(db, sim, p, 540, 30, "Besprechung");
	int person = demo_chance_below(&sim->chance, sim->people.n);
	if (demo_chance_in(&sim->chance, 350))
		save_block(db, sim, person, demo_chance_between(&sim->chance, 130, 200) * RASTER, 30, labels[demo_chance_below(&sim->chance, (int)COUNT(labels))]);
}

int demo_sim_day(struct db *db, struct demo_sim *sim)
{
	struct queue queues[DEMO_MOST_STAFF];
	for (int p = 0; p < sim->people.n; p++) {
		queues[p].first = -1;
		demo_people_work(&sim->people, p, sim->on, sim->free[p]);
	}
	for (int i = 0; i < DEMO_PLACES; i++)
		for (int s = 0; s < DEMO_STEPS; s++) sim->place[i][s] = 0;
	for (int i = 0; i < DEMO_DEVICES; i++)
		for (int s = 0; s < DEMO_STEPS; s++) sim->device[i][s] = 0;
	bool noon_exists = zone_instant(sim->on, (daytime){ 720 }, &sim->midnight) >= 0;
	sim->midnight.s -= noon_exists ? 720 * 60 : 0;
	line_up(sim, queues);
	if (!demo_people_closed(sim->on)) blocks(db, sim);
	for (int i = 0; i < sim->people.n; i++) {
		int p = (i + (int)(sim->on.n % sim->people.n)) % sim->people.n;
		fill_person(db, sim, p, &queues[p]);
		send_home(sim, &queues[p]);
	}
	return db_failed(db) ? -1 : 0;
}
