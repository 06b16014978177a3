#include "modules/calendar/booking.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/booking_parts.h"
#include "modules/calendar/booking_rules.h"
#include "modules/calendar/hours.h"
#include "modules/calendar/page.h"
#include "modules/calendar/loss.h"
#include "modules/calendar/party_guests.h"
#include "web/icon.h"
#include <string.h>

enum { HORIZON_DAYS = 60 };

static void read_state(struct request *r, struct booking *b)
{
	day d = request_day(r, "day");
	int64_t customer = request_int(r, "customer"), staff = request_int(r, "staff"), replace = request_int(r, "replace");
	*b = (struct booking){ .path = "/book/new", .extra = "", .day = d.n == NONE ? r->today : d, .walk_in = request_yes(r, "walkin"), .is_new = request_yes(r, "new"),
		.only = request_yes(r, "only"), .more = request_yes(r, "more"), .q = request_get(r, "q"), .last = request_get(r, "last"),
		.first = request_get(r, "first"), .mobile = request_get(r, "mobile"), .services = request_get(r, "svc"),
		.add = request_get(r, "add"), .when_text = request_get(r, "when"), .note = request_get(r, "note"),
		.customer = customer == NONE ? 0 : customer, .staff = staff == NONE ? 0 : staff, .at_day = { NONE }, .at_start = -1 };
	b->replace = replace == NONE ? 0 : replace;
	b->shorter = request_yes(r, "shorter");
	b->keep = request_yes(r, "keep");
	b->why = request_get(r, "why");
	b->place = request_int(r, "place") == NONE ? 0 : request_int(r, "place");
	b->version = b->replace != 0 ? request_int(r, "version") : 0;
	b->services_said = !text_empty(b->services);
	b->staff_said = staff != NONE;
	const char *at = request_get(r, "at");
	daytime t;
	if (at != NULL && strlen(at) > 11 && date_from_iso(arena_copy(r->arena, at, 10), &b->at_day) && read_daytime(at + 11, &t))
		b->at_start = (int)t.min;
}

/* "Maria Muster" and "Muster, Maria": what was typed in search of somebody becomes the new name. */
static void split_name(struct arena *a, struct booking *b)
{
	if (!b->is_new || !text_empty(b->last) || text_empty(b->q))
		return;
	const char *comma = strchr(b->q, ','), *blank = strrchr(b->q, ' ');
	if (comma != NULL) {
		b->last = arena_copy(a, b->q, (size_t)(comma - b->q));
		b->first = text_clean(a, comma + 1, false);
	} else if (blank != NULL) {
		b->first = arena_copy(a, b->q, (size_t)(blank - b->q));
		b->last = blank + 1;
	} else {
		b->last = b->q;
	}
}

/* Whole: with what the panel shows of her. */
static void read_customer(struct request *r, struct booking *b, bool whole)
{
	if (b->customer != 0 && !(whole ? customer_card(r->db, b->customer, r->today, &b->card) : customer_brief(r->db, b->customer, &b->card)))
		b->customer = 0;
	split_name(r->arena, b);
}

static void find_customers(struct request *r, struct booking *b)
{
	if (b->customer == 0 && b->is_new)
		b->nhits = customer_find(r->db, !text_empty(b->mobile) && strlen(b->mobile) > 5 ? b->mobile : b->last, 3, b->hits);
	else if (b->customer == 0 && !b->walk_in)
		b->nhits = customer_find(r->db, b->q, BOOKING_HITS, b->hits);
}

void booking_names(struct db *db, struct booking *b)
{
	const struct catalogue *c = catalogue_of(db);
	b->names = c->staff;
	b->nnames = c->nbook;
}

void booking_all_names(struct db *db, struct booking *b)
{
	const struct catalogue *c = catalogue_of(db);
	b->names = c->staff;
	b->nnames = c->nstaff;
}

/* The short code first, then names that begin like it, then words within. */
static void find_services(struct db *db, struct booking *b)
{
	if (text_empty(b->add))
		return;
	char *key = text_fold(db_arena(db), b->add[0] == '+' ? text_clean(db_arena(db), b->add + 1, false) : b->add);
	struct query q = db_query(db, SQL("SELECT v.id, v.name, v.short, g.style, (SELECT sum(minutes) FROM service_phase WHERE service = v.id), "
	    "CASE WHEN fold(v.short) = ?1 THEN 0 WHEN fold(v.short) LIKE ?1 || '%' THEN 1 WHEN fold(v.name) LIKE ?1 || '%' THEN 2 ELSE 3 END AS rank "
	    "FROM service v JOIN service_group g ON g.id = v.service_group WHERE v.active = 1 AND (fold(v.short) LIKE ?1 || '%' "
	    "OR fold(v.name) LIKE ?1 || '%' OR fold(v.name) LIKE '% ' || ?1 || '%') ORDER BY rank, v.sort, v.name LIMIT 7"), B(key));
	while (db_step(&q))
		b->service_hits[b->nservice_hits++] = (struct service_hit){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2), db_text(&q, 3),
			(int)db_int(&q, 4) };
}

/* The room whose column was clicked, if the services need one of its class. */
static void take_place(struct request *r, struct booking *b)
{
	struct query q = db_query(r->db, SQL("SELECT id, class, name FROM place WHERE id = ? AND active = 1"), B(b->place));
	while (db_step(&q)) {
		struct place to = { .id = db_int(&q, 0), .class = db_int(&q, 1) };
		if (chain_to_place(r->arena, &b->chain, &to, 0, false))
			b->place_name = db_text(&q, 2);
	}
}

static void read_chain(struct request *r, struct booking *b)
{
	if (!b->services_said && b->customer != 0)
		b->services = chain_as_last_time(r->db, b->customer);
	if (!b->staff_said && b->customer != 0)
		b->staff = b->card.usual_staff;
	b->never_here = (b->customer == 0 && b->is_new) || (b->customer != 0 && b->card.visits == 0);
	struct chain_wish wish = { b->customer, b->staff, b->only };
	chain_load(r->db, b->services, &wish, &b->chain);
	if (!b->staff_said && b->staff == 0 && b->chain.n > 0 && b->chain.steps[0].last != 0) {
		b->staff = wish.staff = b->chain.steps[0].last;
		chain_load(r->db, b->services, &wish, &b->chain);
	}
	booking_rules_read(r, b, &wish);
	take_place(r, b);
	party_guests_read(r, b);
}

struct slot_request booking_request(const struct booking *b)
{
	day first = b->when.day.n != NONE ? b->when.day : b->walk_in ? b->world.today : b->day;
	if (first.n < b->world.today.n)
		first = b->world.today;
	struct slot_request q = { .steps = b->njoint > 0 ? b->joint : b->chain.steps,
		.nsteps = b->njoint > 0 ? b->njoint : b->chain.n, .first = first,
		.last = { b->world.from.n + b->world.ndays - 1 }, .wish_day = first,
		.not_before = b->not_before, .not_after = b->not_after };
	if (b->when.earliest >= 0)
		q.earliest = b->when.earliest;
	if (b->when.latest >= 0)
		q.latest = b->when.latest;
	return q;
}

/* A time was asked for, but the first proposal is another one: say why. */
static void explain(struct request *r, struct booking *b, const struct slot_request *q)
{
	if (b->when.earliest < 0 || b->when.day.n == NONE || (b->slots.n > 0 && b->slots.at[0].day.n == q->first.n && b->slots.at[0].start == q->earliest))
		return;
	struct slot_block block = slots_why_not(r->arena, &b->world, q, q->first, q->earliest);
	b->refused = slot_block_text(r->arena, r->db, b, &block);
	struct slot_request lifted = booking_rules_lifted(r->arena, *q);
	struct slot slot;
	b->refused_rule = slots_at(r->arena, &b->world, &lifted, q->first, q->earliest, &slot);
	b->refused_day = q->first;
	b->refused_start = q->earliest;
}

static void read_when(struct request *r, struct booking *b)
{
	b->when_wrong = !when_read(r->arena, b->when_text, r->today, b->day, &b->when);
	if (b->when_wrong)
		b->when = (struct when){ { NONE }, -1, -1 };
}

void booking_propose(struct request *r, struct booking *b)
{
	day first = b->when.day.n != NONE ? b->when.day : b->day;
	if (first.n < r->today.n)
		first = r->today;
	if (b->at_start >= 0 && b->at_day.n < first.n)
		first = b->at_day;
	b->world = b->chain.n > 0 ? hours_world(r->db, first, HORIZON_DAYS) : (struct slot_world){ .from = first, .ndays = HORIZON_DAYS };
	b->world.today = r->today;
	b->world.except = b->replace;
	b->world.now = (int)r->clock.min;
	if (b->chain.n == 0)
		return;
	struct slot_request q = booking_request(b);
	b->slots = slots_find(r->arena, &b->world, &q, b->more ? BOOKING_MORE : BOOKING_SLOTS);
	loss_slots(r->db, &b->world, b->slots.at, b->slots.n, b->losses);
	explain(r, b, &q);
	booking_rules_show(r, b);
}

static void read_panel(struct request *r, struct booking *b)
{
	booking_names(r->db, b);
	find_customers(r, b);
	find_services(r->db, b);
}

void booking_read_wish(struct request *r, struct booking *b)
{
	read_state(r, b);
	read_customer(r, b, true);
	read_panel(r, b);
	read_chain(r, b);
	read_when(r, b);
}

void booking_read_order(struct request *r, struct booking *b)
{
	read_state(r, b);
	read_customer(r, b, false);
	read_chain(r, b);
	read_when(r, b);
}

void booking_read_rest(struct request *r, struct booking *b)
{
	read_customer(r, b, true);
	read_panel(r, b);
}


struct state_value { const char *key, *value; };

char *booking_link(const struct booking *b, struct arena *a, const char *key, const char *value)
{
	struct out o = { .arena = a };
	char *customer = b->customer ? arena_printf(a, "%lld", (long long)b->customer) : NULL;
	char *staff = arena_printf(a, "%lld", (long long)b->staff);
	struct out shown = { .arena = a };
	out_iso_day(&shown, b->day);
	bool who = strcmp(key, "customer") == 0, what = strcmp(key, "svc") == 0, at = strcmp(key, "at") == 0, keep = strcmp(key, "keep") == 0;
	const struct state_value state[] = {
		{ "day", shown.s }, { "customer", who ? value : customer }, { "walkin", b->walk_in ? "1" : NULL },
		{ "new", strcmp(key, "new") == 0 ? value : b->is_new && !who ? "1" : NULL }, { "q", who ? NULL : b->q }, { "last", who ? NULL : b->last },
		{ "first", who ? NULL : b->first }, { "mobile", who ? NULL : b->mobile },
		{ "svc", what ? value : b->services_said || at ? b->services : NULL },
		{ "staff", b->staff_said && !who ? staff : NULL }, { "only", b->only ? "1" : NULL },
		{ "place", b->place ? arena_printf(a, "%lld", (long long)b->place) : NULL },
		{ "when", strcmp(key, "when") == 0 ? value : b->when_text }, { "more", strcmp(key, "more") == 0 ? value : NULL },
		{ "shorter", strcmp(key, "shorter") == 0 ? value : b->shorter ? "1" : NULL },
		{ "keep", keep ? value : b->keep && !what ? "1" : NULL }, { "why", who ? NULL : b->why },
		{ "at", at ? value : keep && b->at_start >= 0 ? slot_when(a, b->at_day, b->at_start) : NULL },
		{ "replace", b->replace ? arena_printf(a, "%lld", (long long)b->replace) : NULL },
		{ "version", b->replace ? arena_printf(a, "%lld", (long long)b->version) : NULL },
	};
	for (size_t i = 0; i < COUNT(state); i++)
		out_query(&o, state[i].key, state[i].value);
	party_guests_query(&o, b);
	out_raw(&o, b->extra);
	return o.s;
}

static char *booking_path(const struct booking *b, struct arena *a, const char *key, const char *value)
{
	return arena_printf(a, "%s%s", b->path, booking_link(b, a, key, value));
}

/* The services' notation with one more; "+hsc" was typed: at once. */
static char *with(struct arena *a, const struct booking *b, int64_t service)
{
	return b->chain.n == 0 || !b->services_said ? arena_printf(a, "%lld", (long long)service)
	    : arena_printf(a, "%s%s%lld", b->services, b->add[0] == '+' ? "+" : ",", (long long)service);
}

char *slot_when(struct arena *a, day d, int start)
{
	struct out o = { .arena = a };
	out_iso_day(&o, d);
	out_raw(&o, " ");
	out_iso_daytime(&o, (daytime){ start });
	return o.s;
}

static char *chip(struct arena *a, day d, const char *hour)
{
	struct civil c = date_civil(d);
	return arena_printf(a, "%d.%d. %s", c.day, c.month, hour);
}

char *slot_codes(struct arena *a, const struct booking *b, const struct slot *s)
{
	char *text = arena_text(a, "");
	int64_t last = 0;
	for (size_t i = 0; i < s->nclaims; i++) {
		if (s->claims[i].staff == 0 || s->claims[i].staff == last)
			continue;
		last = s->claims[i].staff;
		text = arena_printf(a, "%s%s%s", text, *text ? " " : "", staff_code_of(b, last));
	}
	return text;
}

static bool chosen_slot(const struct booking *b, size_t i)
{
	const struct slot *s = &b->slots.at[i];
	return b->at_start < 0 ? i == 0 : s->day.n == b->at_day.n && s->start == b->at_start;
}

/* Where the cursor stands next: services, then the time, then the button. */
static bool services_next(const struct booking *b)
{
	bool who = b->customer != 0 || b->walk_in || (b->is_new && !text_empty(b->mobile));
	return who && !b->services_said;
}

static bool when_next(const struct booking *b)
{
	return b->services_said && b->at_start < 0;
}

static char *when_said(struct arena *a, const struct booking *b)
{
	struct slot_request q = booking_request(b);
	char *d = day_long(a, q.first);
	char *said = b->when.earliest >= 0 ? arena_printf(a, _("%s, from %s"), d, daytime_text(a, (daytime){ b->when.earliest })) : d;
	return b->place_name != NULL ? arena_printf(a, "%s · %s", said, b->place_name) : said;
}

#include "gen/modules/calendar/booking.html.h"

void booking_state(struct out *o, const struct booking *b) { state_html(o, b); }
void booking_whom(struct out *o, const struct booking *b) { whom_html(o, b); }
void booking_what(struct out *o, const struct booking *b) { services_html(o, b); }

void booking_panel(struct request *r, const struct booking *b)
{
	panel_html(&r->page, r, b);
}

static void panel(struct request *r, const struct day_view *view, void *about)
{
	(void)view;
	booking_panel(r, about);
}

/* While a name is typed only the panel changes: the book beside it stays where it is. */
static bool typed_customer(const struct request *r, const struct booking *b)
{
	return r->fragment && text_equal(r->typed, "q") && b->customer == 0 && b->at_start < 0;
}

void page_booking(struct request *r, const struct route *route)
{
	(void)route;
	struct booking *b = arena_new_of(r->arena, struct booking);
	booking_read_wish(r, b);
	if (party_guests_turn(r, b))
		return;
	booking_propose(r, b);
	if (typed_customer(r, b)) {
		page_part(r);
		booking_panel(r, b);
		page_end(r);
		return;
	}
	struct day_pick *picks;
	struct day_wish wish = { .day = b->at_start >= 0 ? b->at_day : b->when.day.n != NONE ? b->when.day : b->day };
	wish.npicks = party_guests_picks(r->arena, b, wish.day, &picks);
	wish.picks = picks;
	page_book_wide(r, &wish, panel, b);
	if (b->error != NULL)
		r->status = 422;
}
