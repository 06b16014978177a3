#include "modules/customer/customer.h"
#include "base/text.h"
#include "modules/staff/staff.h"
#include "web/icon.h"
#include "web/record.h"

enum { LISTED_MOST = 50 };

#define ENTITY struct customer
static const struct field fields[] = {
	TEXT    (last,        .label = N_("Last name"), .max = 80, .flags = REQUIRED | LISTED | SEARCHED, .section = N_("Who"), .erase = CLEAR),
	TEXT    (first,       .label = N_("First name"), .max = 80, .flags = LISTED | SEARCHED, .erase = CLEAR),
	TEXT    (title,       .label = N_("Title"), .max = 40, .erase = CLEAR),
	TEXT    (company,     .label = N_("Company"), .max = 80, .flags = SEARCHED, .erase = CLEAR),
	DAY     (birthday,    .label = N_("Birthday"), .erase = CLEAR),
	YESNO   (birthday_year, .label = N_("Year of birth is known"), .initial = 1),
	TEXT    (mobile,      .label = N_("Mobile"), .max = 40, .flags = LISTED | SEARCHED, .section = N_("How to reach her"), .erase = CLEAR),
	TEXT    (phone,       .label = N_("Phone"), .max = 40, .flags = SEARCHED, .erase = CLEAR),
	TEXT    (phone_other, .label = N_("Another number"), .max = 40, .flags = SEARCHED, .erase = CLEAR),
	TEXT    (mail,        .label = N_("E-mail"), .max = 120, .flags = SEARCHED, .erase = CLEAR),
	TEXT    (street,      .label = N_("Street"), .max = 120, .erase = CLEAR),
	TEXT    (postcode,    .label = N_("Postcode"), .max = 12, .erase = CLEAR),
	TEXT    (town,        .label = N_("Town"), .max = 80, .erase = CLEAR),
	TEXT    (country,     .label = N_("Country"), .max = 60, .erase = CLEAR),
	TEXT    (alert,       .label = N_("Alert"), .max = 200, .flags = PRIVATE, .section = N_("What one must know"),
	                      .hint = N_("Stands red at every appointment, e.g. an allergy."), .erase = CLEAR),
	LONGTEXT(note,        .label = N_("Note"), .max = 1000, .flags = PRIVATE, .erase = CLEAR),
	REF     (usual_staff, .label = N_("Usually with"), .to = &staff_entity),
	DAY     (since,       .label = N_("Customer since")),
	TEXT    (source,      .label = N_("Taken over from"), .max = 200, .flags = READONLY | HIDDEN, .erase = CLEAR),
	YESNO   (active,      .label = N_("In the file"), .initial = 1),
};
const struct entity customer_entity = {
	.name = "customer", .path = "/customer", .one = N_("Customer"), .many = N_("Customers"), .add = N_("New customer"),
	.save = N_("Save customer"), .none = N_("No customers yet. The first one comes with the first appointment."),
	.section = "customer", .see = ROLE_APPRENTICE, .change = ROLE_APPRENTICE,
	.title = "last || coalesce(', ' || first, '')", .order_by = "last, first", ENTITY_FIELDS(fields),
};
#undef ENTITY

/* Who was here last, newest first: what is looked for most often without a name. */
static size_t last_seen(struct db *db, day today, struct customer_hit *hits)
{
	size_t n = 0;
	struct query q = db_query(db, SQL("SELECT c.id, c.last, c.first, coalesce(c.mobile, c.phone, c.phone_other), max(a.day) FROM appointment a "
	    "JOIN customer c ON c.id = a.customer WHERE a.day BETWEEN ? AND ? AND a.status BETWEEN 2 AND 6 AND c.active = 1 "
	    "GROUP BY c.id ORDER BY max(a.day) DESC, max(a.start) DESC LIMIT 50"), B((day){ today.n - 60 }), B(today));
	while (db_step(&q))
		hits[n++] = (struct customer_hit){ .id = db_int(&q, 0), .name = customer_name(db_arena(db), db_text(&q, 1), db_text(&q, 2)),
			.phone = db_text(&q, 3), .last_visit = db_day(&q, 4), .next_visit = { NONE } };
	return n;
}

static size_t by_name(struct db *db, struct customer_hit *hits)
{
	size_t n = 0;
	struct query q = db_query(db, SQL("SELECT id, last, first, coalesce(mobile, phone, phone_other) FROM customer WHERE active = 1 "
	    "ORDER BY last, first LIMIT 50"));
	while (db_step(&q))
		hits[n++] = (struct customer_hit){ .id = db_int(&q, 0), .name = customer_name(db_arena(db), db_text(&q, 1), db_text(&q, 2)),
			.phone = db_text(&q, 3), .last_visit = { NONE }, .next_visit = { NONE } };
	return n;
}

#include "gen/modules/customer/customer.html.h"

void customer_list(struct request *r, const struct entity_filter *filter, int64_t current, bool may_change)
{
	struct customer_hit hits[LISTED_MOST];
	const char *heading = NULL;
	size_t n = 0;
	if (!text_empty(filter->q)) {
		n = customer_find(r->db, filter->q, LISTED_MOST, hits);
	} else {
		n = last_seen(r->db, r->today, hits);
		heading = _("Here last");
		if (n == 0) {
			n = by_name(r->db, hits);
			heading = NULL;
		}
	}
	list_html(&r->page, filter, heading, hits, n, current, may_change);
}

void customer_history(struct request *r, int64_t id)
{
	struct customer_card card;
	if (customer_card(r->db, id, r->today, &card))
		history_html(&r->page, &card);
}

static const struct route routes[] = {
	{ "GET", "/customer", record_list, .role = ROLE_APPRENTICE, .entity = &customer_entity, .list = customer_list },
	{ "GET", "/customer.csv", record_csv, .role = ROLE_OWNER, .entity = &customer_entity },
	{ "GET", "/customer.json", record_json, .role = ROLE_OWNER, .entity = &customer_entity },
};
static const struct entity *const entities[] = { &customer_entity };
static const struct section section = { "customer", N_("Customers"), "users", "/customer", ROLE_APPRENTICE };
const struct module customer_module = { .name = "customer", ROUTES(routes), .entities = entities, .nentities = COUNT(entities),
	.section = &section };
