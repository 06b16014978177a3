/* series_state.c: what is wished, out of the address; what is not said is guessed from the customer's last visits. */
#include "base/date.h"
#include "base/text.h"
#include "modules/series/series.h"
#include "rules/when.h"
#include <string.h>

enum { YEAR = 365, OFTEN = 4 };

bool series_load(struct db *db, int64_t id, struct series_row *row)
{
	bool found = false;
	struct query q = db_query(db, SQL("SELECT id, customer, staff, version, unit, every, weekday, nth, start, anchor, last_day, services "
	    "FROM series WHERE id = ?"), B(id));
	while (db_step(&q)) {
		*row = (struct series_row){ .id = db_int(&q, 0), .customer = db_int(&q, 1), .staff = db_ref(&q, 2).id, .version = db_int(&q, 3),
			.services = db_text(&q, 11) };
		row->rule = (struct series_rule){ .unit = (enum series_unit)db_int(&q, 4), .every = (int)db_int(&q, 5), .weekday = (int)db_int(&q, 6),
			.nth = (int)db_int(&q, 7), .start = (int)db_int(&q, 8), .anchor = db_day(&q, 9), .first = db_day(&q, 9), .last = db_day(&q, 10) };
		found = true;
	}
	return found;
}

size_t series_following(struct db *db, int64_t series, int64_t from, int64_t **ids_r)
{
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	struct query q = db_query(db, SQL("SELECT id FROM appointment WHERE series = ?1 AND status BETWEEN 1 AND 2 AND day IS NOT NULL "
	    "AND series_day >= (SELECT series_day FROM appointment WHERE id = ?2 AND series = ?1) ORDER BY series_day, id"), B(series), B(from));
	while (db_step(&q))
		*arena_push(db_arena(db), &ids) = db_int(&q, 0);
	*ids_r = ids.at;
	return ids.n;
}

/* How many weeks lie between her visits: the middle one of the last gaps. */
static int usual_rhythm(const struct customer_card *c)
{
	int weeks[COUNT(c->last_visits)], n = 0;
	for (size_t i = 0; i + 1 < c->nlast; i++) {
		int gap = (int)((c->last_visits[i].day.n - c->last_visits[i + 1].day.n + 3) / 7);
		if (gap < 1)
			continue;
		int k = n++;
		for (; k > 0 && weeks[k - 1] > gap; k--)
			weeks[k] = weeks[k - 1];
		weeks[k] = gap;
	}
	int middle = n == 0 ? OFTEN : weeks[n / 2];
	return middle > 52 ? 52 : middle;
}

/* The visit it goes on from: the appointment it was begun at, else the next one, else the last one. */
static void find_anchor(struct request *r, struct series_plan *p)
{
	struct query q = db_query(r->db, SQL("SELECT day, start, id = ?2 FROM appointment WHERE customer = ?1 AND day IS NOT NULL AND status < 7 "
	    "ORDER BY id = ?2 DESC, day > ?3 DESC, abs(day - ?3) LIMIT 1"), B(p->customer), B(p->origin), B(r->today));
	p->rule = (struct series_rule){ SERIES_WEEKS, usual_rhythm(&p->card), date_weekday(r->today), 0, 600, r->today, { 0 }, { 0 } };
	while (db_step(&q)) {
		p->rule.anchor = db_day(&q, 0);
		p->rule.weekday = date_weekday(p->rule.anchor);
		p->rule.start = (int)db_int(&q, 1) / RASTER * RASTER;
		p->anchored = true;
	}
	p->rule.first = (day){ (p->rule.anchor.n > r->today.n ? p->rule.anchor.n : r->today.n) + 1 };
	p->rule.last = (day){ p->rule.first.n + YEAR };
}

/* Begun at an appointment: for whom, what and by whom are known. */
static bool read_origin(struct request *r, struct series_plan *p)
{
	struct book_appt x;
	if (p->origin == 0)
		return true;
	if (!book_load_one(r->db, p->origin, &x) || x.customer == 0 || x.day.n == NONE) {
		page_error(r, 404, _("This appointment does not exist (any more), or has no customer."));
		return false;
	}
	p->customer = x.customer;
	if (text_empty(p->services))
		p->services = chain_notation_of(r->arena, &x, false);
	if (p->staff == NONE && x.nsteps > 0)
		p->staff = x.steps[0].staff;
	return true;
}

static bool read_changed(struct request *r, int64_t series, struct series_plan *p)
{
	struct series_row row;
	if (!series_load(r->db, series, &row)) {
		page_error(r, 404, _("This series does not exist (any more)."));
		return false;
	}
	p->series = series;
	p->customer = row.customer;
	p->services = row.services;
	p->version = row.version;
	if (p->staff == NONE)
		p->staff = row.staff;
	p->rule = row.rule;
	p->nfollowing = series_following(r->db, series, p->from, &p->following);
	day from = { db_one(r->db, SQL("SELECT series_day FROM appointment WHERE id = ? AND series = ?"), B(p->from), B(series)) };
	if (p->nfollowing == 0 || from.n == NONE) {
		page_error(r, 404, _("Nothing of this series is left to change from there on."));
		return false;
	}
	from = date_monday(from);                            /* to an earlier weekday: still the same week */
	p->rule.first = from.n > r->today.n ? from : (day){ r->today.n + 1 };
	return true;
}

static void read_chain(struct request *r, struct series_plan *p)
{
	/* With the script the select keeps what was taken from it; it counts only when it is changed. */
	bool adds = r->fragment ? text_equal(r->typed, "add") : text_equal(r->method, "GET") || text_empty(p->services);
	if (adds && !text_empty(p->add) && request_int(r, "add") > 0)
		p->services = text_empty(p->services) ? p->add : arena_printf(r->arena, "%s,%s", p->services, p->add);
	if (text_empty(p->services))
		p->services = chain_as_last_time(r->db, p->customer);
	struct chain_wish wish = { p->customer, p->staff == NONE ? p->card.usual_staff : p->staff, false };
	chain_load(r->db, p->services, &wish, &p->chain);
	if (p->staff == NONE && wish.staff == 0 && p->chain.n > 0 && p->chain.steps[0].last != 0) {
		wish.staff = p->chain.steps[0].last;
		chain_load(r->db, p->services, &wish, &p->chain);
	}
	p->staff = wish.staff;
}

static void read_offers(struct db *db, struct series_plan *p)
{
	struct { struct series_offer *at; size_t n, cap; } offers = { 0 };
	struct query q = db_query(db, SQL("SELECT v.id, v.name FROM service v JOIN service_group g ON g.id = v.service_group WHERE v.active = 1 "
	    "ORDER BY g.sort, g.id, v.sort, v.name"));
	while (db_step(&q))
		*arena_push(db_arena(db), &offers) = (struct series_offer){ db_int(&q, 0), db_text(&q, 1) };
	p->offers = offers.at;
	p->noffers = offers.n;
}

/* After a visit comes a whole rhythm's pause: nothing more in the same week (or month). */
static void pause_after(struct series_rule *u)
{
	struct civil c = date_civil(u->anchor);
	day next = u->unit == SERIES_WEEKS ? (day){ date_monday(u->anchor).n + 7 } : date_add_months(date_day(c.year, c.month, 1), 1);
	if (next.n > u->first.n)
		u->first = next;
}

static void read_rhythm(struct request *r, struct series_plan *p)
{
	struct when until;
	p->rule_wrong = !series_read(r->arena, p->rule_text, &p->rule);
	if (p->anchored)
		pause_after(&p->rule);
	if (text_empty(p->until_text))
		return;
	p->until_wrong = !when_read(r->arena, p->until_text, r->today, r->today, &until) || until.day.n == NONE || until.day.n < p->rule.first.n
	    || until.day.n > r->today.n + (int64_t)SERIES_YEARS * (YEAR + 1);
	if (!p->until_wrong)
		p->rule.last = until.day;
}

bool series_read_plan(struct request *r, int64_t series, struct series_plan *p)
{
	int64_t customer = request_int(r, "customer"), origin = request_int(r, "appt"), from = request_int(r, "from");
	*p = (struct series_plan){ .customer = customer == NONE ? 0 : customer, .origin = origin == NONE || series != 0 ? 0 : origin, .staff = request_int(r, "staff"),
		.from = from == NONE ? 0 : from, .rule_text = request_get(r, "rule"), .until_text = request_get(r, "until"),
		.services = request_get(r, "svc"), .add = request_get(r, "add"), .ready = request_yes(r, "ready") };
	if (series != 0 ? !read_changed(r, series, p) : !read_origin(r, p))
		return false;
	if (!customer_card(r->db, p->customer, r->today, &p->card)) {
		page_error(r, 404, _("This customer does not exist (any more)."));
		return false;
	}
	p->names.at_start = -1;
	booking_names(r->db, &p->names);
	if (series == 0)
		find_anchor(r, p);
	read_offers(r->db, p);
	p->path = series == 0 ? "/series/new" : arena_printf(r->arena, "/series/%lld/change", (long long)series);
	p->back = series != 0 ? arena_printf(r->arena, "/series/%lld", (long long)series) : p->origin != 0
	    ? arena_printf(r->arena, "/book?appt=%lld", (long long)p->origin) : arena_printf(r->arena, "/customer/%lld", (long long)p->customer);
	read_chain(r, p);
	read_rhythm(r, p);
	return true;
}

/* ---- the address ---- */

char *series_choice(struct arena *a, day planned, const struct series_proposal *to)
{
	struct out o = { .arena = a };
	out_iso_day(&o, planned);
	if (to == NULL) {
		out_raw(&o, "=skip");
		return o.s;
	}
	out_raw(&o, "=");
	out_iso_day(&o, to->slot.day);
	out_raw(&o, " ");
	out_iso_daytime(&o, (daytime){ to->slot.start });
	out_raw(&o, to->other ? " x" : "");
	return o.s;
}

static void add_number(struct out *o, const char *key, int64_t value)
{
	if (value != 0)
		out_query(o, key, arena_printf(o->arena, "%lld", (long long)value));
}

char *series_link(const struct series_plan *p, struct arena *a, const char *key, const char *value)
{
	struct out o = { .arena = a };
	bool pick = strcmp(key, "pick") == 0;
	add_number(&o, "customer", p->series == 0 && p->origin == 0 ? p->customer : 0);
	add_number(&o, "appt", p->origin);
	add_number(&o, "from", p->from);
	out_query(&o, "svc", strcmp(key, "svc") == 0 ? value : p->series == 0 ? p->services : NULL);
	out_query(&o, "staff", arena_printf(a, "%lld", (long long)p->staff));
	out_query(&o, "rule", strcmp(key, "rule") == 0 ? value : p->rule_text);
	out_query(&o, "until", p->until_text);
	for (size_t i = 0; i < p->n; i++) {
		const struct series_visit *v = &p->visits[i];
		if (!v->decided || (pick && strncmp(value, series_choice(a, v->planned, NULL), 10) == 0))
			continue;
		out_query(&o, "pick", series_choice(a, v->planned, v->left_out ? NULL : &(struct series_proposal){ v->slot, v->other }));
	}
	if (pick)
		out_query(&o, "pick", value);
	out_query(&o, "ready", pick || strcmp(key, "ready") == 0 ? "1" : NULL);
	return o.s;
}
