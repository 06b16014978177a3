/* visit_change.c: patch tests entered and removed. Only the shop's program links this file. */
#include "db/db_write.h"
#include "modules/visit/visit.h"
#include "base/text.h"

static str customer_of(struct request *r)
{
	return db_one_text(r->db, SQL("SELECT last || coalesce(', ' || first, '') FROM customer WHERE id = ?"), B(r->id[0]));
}

static str kind_of(struct db *db, int64_t service)
{
	struct test_kind *kinds;
	size_t n = visit_test_kinds(db, &kinds);
	for (size_t i = 0; i < n; i++)
		if (kinds[i].id == service)
			return kinds[i].name;
	return NULL;
}

static void refuse(struct request *r, const char *sentence)
{
	visit_page(r, r->id[0], sentence);
	r->status = 422;
}

static void done(struct request *r, const char *text)
{
	db_command_subject(r->db, "customer", r->id[0]);
	db_command_text(r->db, text);
	live_publish(r, "customer", r->id[0]);
	page_redirect(r, "/customer/%lld/tests", (long long)r->id[0]);
}

static void page_add(struct request *r, const struct route *route)
{
	(void)route;
	str name = customer_of(r), kind = kind_of(r->db, request_int(r, "service"));
	day d = request_day(r, "day");
	daytime t = request_daytime(r, "time");
	const char *reaction = request_get(r, "reaction");
	bool bad = text_equal(reaction, "1"), open = text_empty(reaction);
	if (name == NULL)
		page_error(r, 404, _("There is no customer under this number."));
	else if (kind == NULL)
		refuse(r, _("Test: please choose from the list."));
	else if (d.n == NONE || d.n > r->today.n || d.n < r->today.n - 36525)
		refuse(r, _("Applied on: a day until today like 24.11.2026, please."));
	else if (t.min == NONE)
		refuse(r, _("At: a time like 14:30, please."));
	else if (!bad && !open && !text_equal(reaction, "0"))
		refuse(r, _("Result: still open, tolerated or reaction."));
	else {
		db_run(r->db, SQL("INSERT INTO patch_test(customer, service, day, time, reaction, staff) VALUES (?, ?, ?, ?, ?, ?)"), B(r->id[0]),
		    B(request_int(r, "service")), B(d), B(t), B(open ? NONE : (int64_t)bad), B((ref){ r->user }));
		done(r, arena_printf(r->arena, open ? _("%s: %s of %s") : bad ? _("%s: %s of %s, reaction") : _("%s: %s of %s, tolerated"), name, kind, day_short(r->arena, d)));
	}
}

static void page_remove(struct request *r, const struct route *route)
{
	(void)route;
	int64_t id = request_int(r, "test");
	str name = customer_of(r), kind = db_one_text(r->db, SQL("SELECT v.name FROM patch_test t JOIN service v ON v.id = t.service "
	    "WHERE t.id = ? AND t.customer = ?"), B(id), B(r->id[0]));
	if (name == NULL || kind == NULL) {
		page_error(r, 404, _("There is no such test (any more)."));
		return;
	}
	db_run(r->db, SQL("DELETE FROM patch_test WHERE id = ?"), B(id));
	done(r, arena_printf(r->arena, _("%s: %s removed"), name, kind));
}

static const struct route routes[] = {
	{ "POST", "/customer/#/tests", page_add, .role = ROLE_STYLIST, .command = "visit.test" },
	{ "POST", "/customer/#/tests/remove", page_remove, .role = ROLE_STYLIST, .command = "visit.test_remove" },
};
const struct module visit_change = { .name = "visit, changing", ROUTES(routes) };
