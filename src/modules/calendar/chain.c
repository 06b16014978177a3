#include "modules/calendar/chain.h"
#include <stdlib.h>
#include <string.h>

enum { LAST_VISITS = 5 };

static bool load_service(struct db *db, int64_t id, struct chain_link *link)
{
	struct query q = db_query(db, SQL("SELECT v.id, v.name, v.short, g.style, v.price FROM service v "
	    "JOIN service_group g ON g.id = v.service_group WHERE v.id = ? AND v.active = 1"), B(id));
	bool found = false;
	while (db_step(&q)) {
		*link = (struct chain_link){ .service = id, .label = db_text(&q, 1), .code = db_text(&q, 2), .style = db_text(&q, 3),
			.price = db_money(&q, 4) };
		found = true;
	}
	return found;
}

static void load_phases(struct db *db, struct chain_link *link, struct slot_step *step)
{
	struct { struct slot_phase *at; size_t n, cap; } phases = { 0 };
	struct query q = db_query(db, SQL("SELECT kind, minutes, place_class, device, name FROM service_phase WHERE service = ? ORDER BY seq"),
	    B(link->service));
	while (db_step(&q)) {
		if (phases.n < COUNT(link->phase_names))
			link->phase_names[phases.n] = db_text(&q, 4);
		*arena_push(db_arena(db), &phases) = (struct slot_phase){ .kind = (enum phase_kind)db_int(&q, 0),
			.minutes = (int)db_int(&q, 1), .place_class = db_ref(&q, 2).id, .device = db_ref(&q, 3).id };
		link->minutes += phases.at[phases.n - 1].minutes;
	}
	step->phases = phases.at;
	step->nphases = phases.n;
}

static int number_of(const struct query *q, int column) { return db_null(q, column) ? 0 : (int)db_int(q, column); }

void chain_rule_load(struct db *db, struct chain_link *link, struct slot_step *step)
{
	struct query q = db_query(db, SQL("SELECT new_extra, new_to, iif(new_group, service_group, 0), refill_days, refill_to, test, test_hours, test_days, min_age, lead_hours, from_time, until_time, "
	    "not_mon * 2 + not_tue * 4 + not_wed * 8 + not_thu * 16 + not_fri * 32 + not_sat * 64 + not_sun * 128 FROM service WHERE id = ?"), B(link->service));
	while (db_step(&q))
		link->rule = (struct visit_rule){ .service = link->service, .new_extra = number_of(&q, 0), .new_to = db_ref(&q, 1).id, .new_group = db_int(&q, 2),
			.refill_days = number_of(&q, 3), .refill_to = db_ref(&q, 4).id, .test = db_ref(&q, 5).id,
			.test_hours = db_null(&q, 6) ? VISIT_TEST_HOURS : number_of(&q, 6), .test_days = number_of(&q, 7), .min_age = number_of(&q, 8),
			.lead_hours = number_of(&q, 9), .from = number_of(&q, 10), .until = number_of(&q, 11), .not_days = (unsigned)number_of(&q, 12) };
	step->from = link->rule.from;
	step->until = link->rule.until;
	step->weekdays = link->rule.not_days != 0 ? ~link->rule.not_days & 0xFEu : 0;
}

/* Who does it and can: with the skill it asks for, here, in the book; with this customer's own minutes added. */
static void load_people(struct db *db, int64_t customer, struct chain_link *link, struct slot_step *step)
{
	struct { struct slot_candidate *at; size_t n, cap; } people = { 0 };
	struct { struct chain_price *at; size_t n, cap; } prices = { 0 };
	struct query q = db_query(db, SQL("SELECT t.id, x.extra_minutes + coalesce((SELECT extra_minutes FROM customer_duration "
	    "WHERE customer = ?2 AND service = ?1 AND ifnull(staff, 0) = t.id), (SELECT extra_minutes FROM customer_duration "
	    "WHERE customer = ?2 AND service = ?1 AND ifnull(staff, 0) = 0), 0), x.price "
	    "FROM staff t CROSS JOIN staff_service x ON x.staff = t.id JOIN service v ON v.id = x.service "
	    "WHERE x.service = ?1 AND t.active = 1 AND t.in_book = 1 AND (v.skill IS NULL OR EXISTS "
	    "(SELECT 1 FROM staff_skill k WHERE k.staff = t.id AND k.skill = v.skill)) ORDER BY t.sort, t.id"), B(link->service), B(customer));
	while (db_step(&q)) {
		*arena_push(db_arena(db), &people) = (struct slot_candidate){ db_int(&q, 0), (int)db_int(&q, 1) };
		if (!db_null(&q, 2))
			*arena_push(db_arena(db), &prices) = (struct chain_price){ db_int(&q, 0), db_money(&q, 2) };
	}
	step->candidates = people.at;
	step->ncandidates = people.n;
	link->prices = prices.at;
	link->nprices = prices.n;
}

/* Among the last five visits, which the card shows: further back it says little about whom she wants. */
static int64_t last_person(struct db *db, int64_t customer, int64_t service)
{
	int64_t id = 0;
	struct query q = db_query(db, SQL("SELECT (SELECT staff FROM appt_step WHERE appointment = a.id AND service = ?2 AND staff IS NOT NULL "
	    "ORDER BY seq LIMIT 1) FROM appointment a WHERE customer = ?1 AND status BETWEEN 2 AND 6 ORDER BY day DESC LIMIT ?3"),
	    B(customer), B(service), B((int)LAST_VISITS));
	while (id == 0 && db_step(&q))
		id = db_ref(&q, 0).id;
	db_done(&q);
	return id;
}

static bool can(const struct slot_step *step, int64_t staff)
{
	for (size_t i = 0; i < step->ncandidates; i++)
		if (step->candidates[i].staff == staff)
			return true;
	return false;
}

bool chain_load_one(struct db *db, int64_t id, int64_t staff, const struct chain_wish *wish, struct chain_link *link, struct slot_step *step)
{
	if (!load_service(db, id, link))
		return false;
	*step = (struct slot_step){ .phases = NULL };
	load_phases(db, link, step);
	chain_rule_load(db, link, step);
	load_people(db, wish->customer, link, step);
	step->last = wish->customer != 0 ? last_person(db, wish->customer, id) : 0;
	link->only = staff;
	link->wished = staff != 0 ? staff : can(step, wish->staff) ? wish->staff : 0;
	step->wished = link->wished;
	step->only_wished = step->wished != 0 && (wish->only || staff != 0);
	return step->nphases > 0;
}

void chain_load(struct db *db, const char *services, const struct chain_wish *wish, struct chain *chain)
{
	*chain = (struct chain){ .n = 0 };
	bool beside = false;
	for (const char *at = services; at != NULL && *at != '\0' && chain->n < CHAIN_MOST;) {
		char *end;
		int64_t id = strtoll(at, &end, 10), staff = *end == '@' ? strtoll(end + 1, &end, 10) : 0;
		if (end != at && chain_load_one(db, id, staff, wish, &chain->links[chain->n], &chain->steps[chain->n])) {
			chain->steps[chain->n].beside = beside && chain->n > 0;
			chain->n++;
			beside = false;
		}
		at = strpbrk(at, ",+ ");
		beside = at != NULL && (beside || *at != ',');
		at += at != NULL;
	}
	chain->minutes = chain_minutes(chain);
}

str chain_as_last_time(struct db *db, int64_t customer)
{
	str usual = db_one_text(db, SQL("SELECT group_concat(service) FROM (SELECT u.service FROM customer_usual u JOIN service v "
	    "ON v.id = u.service AND v.active = 1 WHERE u.customer = ? ORDER BY u.seq)"), B(customer));
	if (usual != NULL)
		return usual;
	int64_t last = db_one(db, SQL("SELECT a.id FROM appointment a WHERE a.customer = ? AND a.kind = 0 AND a.status BETWEEN 2 AND 6 AND EXISTS "
	    "(SELECT 1 FROM appt_step s JOIN service v ON v.id = s.service AND v.active = 1 WHERE s.appointment = a.id) "
	    "ORDER BY a.day DESC LIMIT 1"), B(customer));
	return db_one_text(db, SQL("SELECT substr(group_concat(iif(beside, '+', ',') || service, ''), 2) FROM (SELECT s.service, s.seq > 0 AND "
	    "(SELECT min(p.offset) FROM appt_phase p WHERE p.step = s.id) = 0 AS beside FROM appt_step s JOIN service v ON v.id = s.service "
	    "AND v.active = 1 WHERE s.appointment = ? ORDER BY s.seq)"), B(last));
}

money chain_price_of(const struct chain_link *link, int64_t staff)
{
	for (size_t i = 0; i < link->nprices; i++)
		if (link->prices[i].staff == staff)
			return link->prices[i].price;
	return link->price;
}
