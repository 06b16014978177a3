#include "modules/visit/visit.h"
#include "base/text.h"
#include "web/icon.h"
#include <stdlib.h>

struct past { struct visit_past *at; size_t n, cap; };

static void read_visits(struct db *db, int64_t customer, int64_t except, struct past *past)
{
	struct query q = db_query(db, SQL("SELECT s.service, a.day, a.start + coalesce((SELECT min(offset) FROM appt_phase WHERE step = s.id), 0), v.service_group "
	    "FROM appointment a JOIN appt_step s ON s.appointment = a.id JOIN service v ON v.id = s.service WHERE a.customer = ? AND a.kind = 0 AND a.day IS NOT NULL "
	    "AND a.status BETWEEN 2 AND 6 AND a.id <> ?"), B(customer), B(except));
	while (db_step(&q))
		*arena_push(db_arena(db), past) = (struct visit_past){ .service = db_int(&q, 0), .group = db_int(&q, 3), .day = db_day(&q, 1),
			.minute = (int)db_int(&q, 2) };
	q = db_query(db, SQL("SELECT service, day, time, reaction FROM patch_test WHERE customer = ?"), B(customer));
	while (db_step(&q))
		*arena_push(db_arena(db), past) = (struct visit_past){ .service = db_int(&q, 0), .day = db_day(&q, 1), .minute = (int)db_int(&q, 2),
			.test = !db_null(&q, 3), .reaction = !db_null(&q, 3) && db_bool(&q, 3) };
}

struct visit_facts visit_facts_of(struct db *db, int64_t customer, bool first, int64_t except, const struct visit_rule *rules, size_t n)
{
	struct visit_facts f = { .known = customer != 0, .first = first, .birthday = { NONE } };
	struct past past = { 0 };
	bool visits = false, age = false;
	for (size_t i = 0; i < n; i++) {
		visits = visits || rules[i].test != 0 || rules[i].refill_days > 0 || rules[i].new_group != 0;
		age = age || rules[i].min_age > 0;
	}
	if (customer != 0 && visits)
		read_visits(db, customer, except, &past);
	if (customer != 0 && age)
		f.birthday.n = db_one(db, SQL("SELECT birthday FROM customer WHERE id = ? AND birthday_year = 1"), B(customer));
	f.past = past.at;
	f.npast = past.n;
	return f;
}

struct patch_tests visit_tests(struct db *db, int64_t customer)
{
	struct patch_tests tests = { 0 };
	struct query q = db_query(db, SQL("SELECT t.id, t.service, v.name, s.name, t.day, t.time, t.reaction FROM patch_test t JOIN service v ON v.id = t.service "
	    "LEFT JOIN staff s ON s.id = t.staff WHERE t.customer = ? ORDER BY t.day DESC, t.time DESC, t.id DESC LIMIT 50"), B(customer));
	while (db_step(&q))
		*arena_push(db_arena(db), &tests) = (struct patch_test){ db_int(&q, 0), db_int(&q, 1), db_text(&q, 2), db_text(&q, 3), db_day(&q, 4),
			(int)db_int(&q, 5), db_null(&q, 6), !db_null(&q, 6) && db_bool(&q, 6) };
	return tests;
}

size_t visit_test_kinds(struct db *db, struct test_kind **kinds)
{
	struct { struct test_kind *at; size_t n, cap; } all = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name FROM service WHERE id IN (SELECT test FROM service WHERE active = 1) ORDER BY name"));
	while (db_step(&q))
		*arena_push(db_arena(db), &all) = (struct test_kind){ db_int(&q, 0), db_text(&q, 1) };
	*kinds = all.at;
	return all.n;
}

static bool may_write(const struct request *r) { return page_may_change() && r->role >= ROLE_STYLIST; }

#include "gen/modules/visit/visit.html.h"

/* What skin took badly is nobody's business but of those who treat it. */
static void page_tests(struct request *r, const struct route *route)
{
	(void)route;
	visit_page(r, r->id[0], NULL);
}

void visit_page(struct request *r, int64_t customer, const char *error)
{
	str name = db_one_text(r->db, SQL("SELECT last || coalesce(', ' || first, '') FROM customer WHERE id = ?"), B(customer));
	if (name == NULL) {
		page_error(r, 404, _("There is no customer under this number."));
		return;
	}
	struct patch_tests tests = visit_tests(r->db, customer);
	struct test_kind *kinds;
	size_t nkinds = visit_test_kinds(r->db, &kinds);
	struct page page = { .title = _("Patch tests"), .section = "customer", .main_class = "sheet" };
	page_begin(r, &page);
	tests_html(&r->page, r, customer, name, &tests, kinds, nkinds, error);
	page_end(r);
}

/* A visit that was a test, and nobody has said yet what was seen on the skin: the form, filled in. */
static void due_tests(struct request *r, struct out *o, int64_t appointment)
{
	struct query q = db_query(r->db, SQL("SELECT a.customer, s.service, a.day, a.start + coalesce((SELECT min(offset) FROM appt_phase WHERE step = s.id), 0) "
	    "FROM appointment a JOIN appt_step s ON s.appointment = a.id WHERE a.id = ? AND a.customer IS NOT NULL AND a.status IN (5, 6) "
	    "AND s.service IN (SELECT test FROM service WHERE active = 1) AND NOT EXISTS (SELECT 1 FROM patch_test t WHERE t.customer = a.customer "
	    "AND t.service = s.service AND t.day >= a.day AND t.reaction IS NOT NULL)"), B(appointment));
	while (db_step(&q))
		due_html(o, db_int(&q, 0), db_int(&q, 1), db_day(&q, 2), (daytime){ db_int(&q, 3) });
}

static void about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	struct test_kind *kinds;
	if (text_equal(kind, "appointment-acts") && may_write(r))
		due_tests(r, o, id);
	if (!text_equal(kind, "customer") || r->role < ROLE_STYLIST)
		return;
	struct patch_tests tests = visit_tests(r->db, id);
	if (tests.n > 0 || visit_test_kinds(r->db, &kinds) > 0)
		customer_html(o, id, &tests);
}

static const struct route routes[] = {
	{ "GET", "/customer/#/tests", page_tests, .role = ROLE_STYLIST },
};
const struct module visit_module = { .name = "visit", ROUTES(routes), .about = about };
