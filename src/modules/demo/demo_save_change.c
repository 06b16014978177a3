/* Writing an appointment with its steps, phases and uses, with a status that suits the time it is now. */
#include "modules/demo/demo_private.h"

enum { TENTATIVE = 1, CONFIRMED, ARRIVED, IN_SERVICE, DONE, PAID, CANCELLED, NO_SHOW };

int demo_save_status(struct demo_sim *sim, const struct demo_plan *plan)
{
	struct demo_chance *c = &sim->chance;
	int64_t days = sim->on.n - sim->options->today.n, now = sim->options->now.min;
	if (days < 0 || (days == 0 && plan->start + 20 < now && demo_chance_in(c, 25))) return demo_chance_in(c, 25) ? NO_SHOW : PAID;
	if (days > 0 || plan->start > now + 10) return demo_chance_in(c, 60) ? TENTATIVE : CONFIRMED;
	if (plan->end <= now - 10) return PAID;
	if (plan->end <= now) return DONE;
	if (plan->start <= now) return IN_SERVICE;
	return demo_chance_in(c, 600) ? ARRIVED : CONFIRMED;
}

static instant at(const struct demo_sim *sim, int minute) { return (instant){ sim->midnight.s + (int64_t)minute * 60 }; }

/* When the work was done: what follows it (airing, cleaning up) is not awaited. Some minutes sooner or later than planned; a few
 * customers take a quarter of an hour longer each time. */
static int done_minute(struct demo_sim *sim, const struct demo_plan *plan, int customer)
{
	int end = 0, slip = customer % 61 == 7 ? demo_chance_between(&sim->stamps, 13, 17) : demo_chance_between(&sim->stamps, -3, 4);
	for (int i = 0; i < plan->nclaims; i++)
		if (plan->claims[i].kind != PHASE_BUFFER && plan->claims[i].offset + plan->claims[i].minutes > end)
			end = plan->claims[i].offset + plan->claims[i].minutes;
	int done = plan->start + end + slip, now = (int)sim->options->now.min;
	return sim->on.n == sim->options->today.n && done > now ? now : done;
}

static instant booked(struct demo_sim *sim)
{
	struct demo_chance *c = &sim->chance;
	int lead = demo_chance_in(c, 300) ? demo_chance_below(c, 3) : demo_chance_below(c, 50);
	int64_t ahead = sim->on.n - sim->options->today.n;
	if (ahead >= lead) lead = (int)ahead + 1 + demo_chance_below(c, 20);
	return (instant){ sim->midnight.s - (int64_t)lead * 86400 + (lead == 0 ? 8 * 3600 : (int64_t)demo_chance_between(c, 540, 1080) * 60) };
}

static void save_use(struct db *db, const struct demo_sim *sim, const struct demo_plan *plan, const struct demo_claim *c,
    enum resource_kind kind, int64_t id)
{
	int start = plan->start + c->offset;
	db_run(db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase) VALUES(?,?,?,?,?,?)"), B(sim->on),
	    B(resource_of(kind, id)), B(start), B(start + c->minutes), B(sim->appointments), B(sim->phases));
}

static void save_phase(struct db *db, struct demo_sim *sim, const struct demo_plan *plan, int i, int seq, bool takes_time)
{
	const struct demo_claim *c = &plan->claims[i];
	int64_t person = c->person < 0 ? NONE : sim->people.ids[c->person], place = c->place < 0 ? NONE : sim->goods.places.at[c->place].id;
	int64_t class = c->place < 0 ? NONE : sim->goods.classes.at[sim->goods.places.at[c->place].class];
	int64_t device = c->device < 0 ? NONE : sim->goods.devices.at[c->device].id;
	db_run(db, SQL("INSERT INTO appt_phase(id, step, seq, kind, name, offset, minutes, staff, place, device, place_class)"
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?)"), B(++sim->phases), B(sim->steps), B(seq), B(c->kind), B(c->name), B(c->offset), B(c->minutes),
	    B(person), B(place), B(device), B(class));
	if (!takes_time) return;
	if (person != NONE) save_use(db, sim, plan, c, RESOURCE_PERSON, person);
	if (place != NONE) save_use(db, sim, plan, c, RESOURCE_PLACE, place);
	if (device != NONE) save_use(db, sim, plan, c, RESOURCE_DEVICE, device);
}

static void save_appointment(struct db *db, struct demo_sim *sim, const struct demo_plan *plan, const struct demo_record *r)
{
	instant none = { NONE };
	bool come = r->status >= ARRIVED && r->status <= PAID, begun = r->status >= IN_SERVICE && r->status <= PAID;
	bool over = r->status == DONE || r->status == PAID;
	int late = demo_chance_between(&sim->chance, -6, 3);
	day on = r->parked ? (day){ NONE } : sim->on;
	int by = demo_chance_below(&sim->chance, sim->people.n + 1);
	db_run(db, SQL("INSERT INTO appointment(id, kind, customer, label, day, start, end, status, reason, note, wish_staff, new_customer,"
	    " booked_by, booked_at, arrived_at, started_at, done_at) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), B(++sim->appointments),
	    B(r->customer < 0 ? 1 : 0), B(r->customer < 0 ? NONE : (int64_t)r->customer + 1), B(r->label), B(on),
	    B(r->parked ? NONE : (int64_t)plan->start), B(r->parked ? NONE : (int64_t)plan->end), B(r->status), B(r->reason == 0 ? NONE : (int64_t)r->reason),
	    B(r->note), B(r->wish < 0 ? NONE : sim->people.ids[r->wish]), B(r->fresh), B(by + 1), B(booked(sim)),
	    B(come ? at(sim, plan->start + late) : none), B(begun ? at(sim, plan->start) : none), B(over ? at(sim, done_minute(sim, plan, r->customer)) : none));
}

void demo_save(struct db *db, struct demo_sim *sim, const struct demo_plan *plan, const struct demo_record *r)
{
	save_appointment(db, sim, plan, r);
	bool takes_time = !r->parked && r->status != CANCELLED && r->status != NO_SHOW;
	for (int s = 0, claim = 0; s < plan->nsteps; s++) {
		int service = plan->steps[s].service;
		db_run(db, SQL("INSERT INTO appt_step(id, appointment, seq, service, staff, price) VALUES(?,?,?,?,?,?)"), B(++sim->steps),
		    B(sim->appointments), B(s), B(service < 0 ? NONE : sim->goods.services.at[service].id), B(sim->people.ids[plan->steps[s].person]),
		    B(plan->steps[s].cents));
		for (int seq = 0; claim < plan->nclaims && plan->claims[claim].step == s; claim++, seq++)
			save_phase(db, sim, plan, claim, seq, takes_time);
	}
}
