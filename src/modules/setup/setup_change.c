/* The first visit: the shop (page 1) and the owner's password (page 3). Page 2 stands in setup_team_change.c. */
#include "modules/setup/setup_private.h"
#include "base/date.h"
#include "base/text.h"
#include "db/db_write.h"
#include "entity/entity.h"
#include "rules/holidays.h"
#include "web/icon.h"
#include "web/password.h"
#include <string.h>

struct shop { str name, street, postcode, town, phone, mail, place; };
struct hours { bool open; str from, to; };
struct shop_page { struct shop shop; struct hours hours[8]; };

static int64_t done(struct request *r)
{
	int64_t n = db_one(r->db, SQL("SELECT set_up FROM shop WHERE id = 1"));
	return n == NONE ? 0 : n;
}

/* true: the set-up is over and this page is gone. */
static bool over(struct request *r)
{
	if (done(r) < 3) return false;
	page_redirect(r, "/");
	return true;
}

static void page_start(struct request *r, const struct route *route)
{
	(void)route;
	if (over(r)) return;
	static const char *const pages[] = { "shop", "team", "password" };
	page_redirect(r, "/setup/%s", pages[done(r)]);
}

/* ---- page 1: the shop ---- */

static void usual_hours(struct request *r, struct shop_page *p)
{
	bool any = done(r) > 0;   /* a shop saved without opening hours stays without */
	for (int d = 1; d <= 7; d++)
		p->hours[d] = any ? (struct hours){ false, "9:00", "18:00" } : (struct hours){ d >= 2 && d <= 6, "9:00", d == 6 ? "14:00" : "18:00" };
	struct query q = db_query(r->db, SQL("SELECT weekday, min(start), max(end) FROM opening GROUP BY weekday"));
	while (db_step(&q))
		p->hours[db_int(&q, 0)] = (struct hours){ true, daytime_text(r->arena, db_daytime(&q, 1)), daytime_text(r->arena, db_daytime(&q, 2)) };
	db_done(&q);
}

static void load_shop(struct request *r, struct shop_page *p)
{
	*p = (struct shop_page){ .shop = { .place = "DE-NI" } };
	struct query q = db_query(r->db, SQL("SELECT name, street, postcode, town, phone, mail, country || '-' || state FROM shop WHERE id = 1"));
	while (db_step(&q))
		p->shop = (struct shop){ db_text(&q, 0), db_text(&q, 1), db_text(&q, 2), db_text(&q, 3), db_text(&q, 4), db_text(&q, 5), db_text(&q, 6) };
	db_done(&q);
	usual_hours(r, p);
}

static void shop_html(struct out *, struct setup_form *, const struct shop_page *);

static void show_shop(struct setup_form *f)
{
	struct shop_page p;
	load_shop(f->r, &p);
	setup_form_begin(f, _("The shop"), 1);
	shop_html(&f->r->page, f, &p);
	setup_form_end(f, 1);
}

static void page_shop(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r };
	if (!over(r)) show_shop(&f);
}

static const char *checked(struct setup_form *f, const char *key, const char *label, size_t max)
{
	const char *typed = request_get(f->r, key);
	if (text_empty(typed)) return NULL;
	if (text_length(typed) > max) setup_form_fault(f, key, _("%s: at most %d characters, please."), label, (int)max);
	return typed;
}

static const struct holiday_state *state_of(const char *place)
{
	size_t n;
	const struct holiday_state *states = holidays_states(NULL, &n);
	for (size_t i = 0; i < n; i++)
		if (place != NULL && strncmp(place, states[i].country, 2) == 0 && place[2] == '-' && strcmp(place + 3, states[i].code) == 0) return &states[i];
	return NULL;
}

struct span_typed { bool open; daytime from, to; };

static void read_hours(struct setup_form *f, struct span_typed hours[8])
{
	for (int d = 1; d <= 7; d++) {
		const char *from = setup_form_key(f, "from", (size_t)d), *to = setup_form_key(f, "to", (size_t)d);
		const char *name = weekday_long((day){ d + 3 });       /* day 4, 5 January 1970, was a Monday */
		hours[d].open = request_yes(f->r, setup_form_key(f, "open", (size_t)d));
		if (!hours[d].open) continue;
		hours[d].from = request_daytime(f->r, from);
		hours[d].to = request_daytime(f->r, to);
		if (hours[d].from.min == NONE) setup_form_fault(f, from, _("%s, from: a time like 9:30, please."), name);
		else if (hours[d].from.min % 5 != 0) setup_form_fault(f, from, _("%s, from: in steps of five minutes."), name);
		if (hours[d].to.min == NONE) setup_form_fault(f, to, _("%s, to: a time like 18:30, please."), name);
		else if (hours[d].to.min % 5 != 0) setup_form_fault(f, to, _("%s, to: in steps of five minutes."), name);
		else if (hours[d].from.min != NONE && hours[d].to.min <= hours[d].from.min)
			setup_form_fault(f, to, _("%s: closing time lies before opening time."), name);
	}
}

static void save_shop(struct request *r, const struct shop *s, const struct holiday_state *state, const struct span_typed hours[8])
{
	const char *zone = strcmp(state->country, "AT") == 0 ? "Europe/Vienna" : strcmp(state->country, "CH") == 0 ? "Europe/Zurich" : "Europe/Berlin";
	db_run(r->db, SQL("INSERT INTO shop(id, name, street, postcode, town, phone, mail, country, state, zone, set_up)"
	    " VALUES(1,?,?,?,?,?,?,?,?,?,1) ON CONFLICT(id) DO UPDATE SET name = excluded.name, street = excluded.street,"
	    " postcode = excluded.postcode, town = excluded.town, phone = excluded.phone, mail = excluded.mail, country = excluded.country,"
	    " state = excluded.state, zone = excluded.zone, set_up = max(set_up, 1), version = version + 1"), B(s->name), B(s->street),
	    B(s->postcode), B(s->town), B(s->phone), B(s->mail), B(state->country), B(state->code), B(zone));
	db_run(r->db, SQL("DELETE FROM opening"));
	for (int d = 1; d <= 7; d++)
		if (hours[d].open) db_run(r->db, SQL("INSERT INTO opening(weekday, start, end) VALUES(?,?,?)"), B(d), B(hours[d].from), B(hours[d].to));
	db_command_text(r->db, _("Set up: the shop"));
}

static void page_save_shop(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r, .posted = true };
	struct span_typed hours[8] = { { 0 } };
	if (over(r)) return;
	struct shop s = { checked(&f, "name", _("Name"), 80), checked(&f, "street", _("Street"), 80), checked(&f, "postcode", _("Postcode"), 10),
		checked(&f, "town", _("Town"), 60), checked(&f, "phone", _("Phone"), 40), checked(&f, "mail", _("E-mail"), 120), NULL };
	const struct holiday_state *state = state_of(request_get(r, "place"));
	if (s.name == NULL) setup_form_fault(&f, "name", _("Name: is still missing. It stands on the book's spine and on the day sheet."));
	if (state == NULL) setup_form_fault(&f, "place", _("State: please choose from the list; the public holidays follow from it."));
	read_hours(&f, hours);
	if (f.faults.n > 0) {
		show_shop(&f);
		return;
	}
	save_shop(r, &s, state, hours);
	page_redirect(r, "/setup/team");
}

/* ---- page 3: the password ---- */

static void password_html(struct out *, struct setup_form *, const char *owner);

static void show_password(struct setup_form *f)
{
	str owner = db_one_text(f->r->db, SQL("SELECT name FROM staff WHERE role = 5 AND active = 1 ORDER BY sort, id"));
	if (owner == NULL) {
		page_redirect(f->r, "/setup/team");
		return;
	}
	setup_form_begin(f, _("Password"), 3);
	password_html(&f->r->page, f, owner);
	setup_form_end(f, 3);
}

static void page_password(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r };
	if (over(r)) return;
	if (done(r) < 1) page_redirect(r, "/setup/shop");
	else show_password(&f);
}

static void page_save_password(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r, .posted = true };
	const char *password = request_get(r, "password"), *again = request_get(r, "again"), *pin = request_get(r, "pin");
	int64_t owner = db_one(r->db, SQL("SELECT id FROM staff WHERE role = 5 AND active = 1 ORDER BY sort, id"));
	if (over(r)) return;
	if (owner == NONE || done(r) < 1) {
		page_redirect(r, done(r) < 1 ? "/setup/shop" : "/setup/team");
		return;
	}
	if (password == NULL || !password_ok(password)) setup_form_fault(&f, "password", _("Password: at least eight characters, please."));
	else if (!text_equal(password, again)) setup_form_fault(&f, "again", _("Once more: is not the same as the password."));
	if (!text_empty(pin) && !password_pin_ok(pin)) setup_form_fault(&f, "pin", _("PIN: four digits, please."));
	if (f.faults.n > 0) {
		show_password(&f);
		return;
	}
	db_run(r->db, SQL("INSERT INTO staff_secret(staff, password, pin) VALUES(?,?,?) ON CONFLICT(staff) DO UPDATE SET password = excluded.password,"
	    " pin = excluded.pin"), B(owner), B(password_hash(r->arena, password)), B(text_empty(pin) ? NULL : password_hash(r->arena, pin)));
	db_run(r->db, SQL("UPDATE shop SET set_up = 3, version = version + 1"));
	db_command_text(r->db, _("Set up: the book is open"));
	login_open(r, owner);
	page_redirect(r, "/");
}

#define OPEN .role = ROLE_OWNER, .setup = true
static const struct route change[] = {
	{ .method = "GET", .path = "/setup", .handler = page_start, OPEN },
	{ .method = "GET", .path = "/setup/shop", .handler = page_shop, OPEN },
	{ .method = "POST", .path = "/setup/shop", .handler = page_save_shop, .command = "setup.shop", .no_undo = true, OPEN },
	{ .method = "GET", .path = "/setup/team", .handler = setup_team_page, OPEN },
	{ .method = "POST", .path = "/setup/team", .handler = setup_team_save, .command = "setup.team", .no_undo = true, OPEN },
	{ .method = "GET", .path = "/setup/password", .handler = page_password, OPEN },
	{ .method = "POST", .path = "/setup/password", .handler = page_save_password, .command = "setup.password", .no_undo = true, OPEN },
};
const struct module setup_change = { .name = "setup", ROUTES(change) };

#include "gen/modules/setup/setup.html.h"
