/* durations_change.c: what somebody decided about durations and prices. Only the shop's program links this file. */
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/calendar_change.h"
#include "modules/durations/durations.h"

enum { MOST_CHOSEN = 300 };

static const struct duration_hint *hint_of(const struct duration_hints *hints, int64_t service)
{
	for (size_t i = 0; i < hints->n; i++)
		if (hints->at[i].service == service)
			return &hints->at[i];
	return NULL;
}

static void take(struct request *r, const struct duration_hint *h, bool only_staff)
{
	ref staff = { only_staff ? h->staff : 0 };
	db_run(r->db, SQL("DELETE FROM customer_duration WHERE customer = ?1 AND service = ?2 AND ifnull(staff, 0) = ifnull(?3, 0)"), B(h->customer),
	    B(h->service), B(staff));
	if (h->extra != 0)
		db_run(r->db, SQL("INSERT INTO customer_duration(customer, service, staff, extra_minutes) VALUES (?, ?, ?, ?)"), B(h->customer),
		    B(h->service), B(staff), B(h->extra));
}

static void page_decide(struct request *r, const struct route *route)
{
	(void)route;
	struct duration_hints hints = durations_find(r->db, request_int(r, "customer"), r->today);
	const struct duration_hint *h = hint_of(&hints, request_int(r, "service"));
	const char *what = request_get(r, "take");
	bool staff = text_equal(what, "staff"), no = text_equal(what, "no");
	if (h == NULL || h->minutes != request_int(r, "minutes") || request_int(r, "customer") == 0)
		page_error(r, 409, _("This proposal is over: the visits say something else by now."));
	else if (!no && !text_equal(what, "all") && !(staff && h->staff != 0))
		page_error(r, 422, _("Decision: for everybody, only with this person, or not at all."));
	else {
		if (no)
			db_run(r->db, SQL("INSERT INTO duration_dismissed(customer, service, minutes) VALUES (?1, ?2, ?3) "
			    "ON CONFLICT DO UPDATE SET minutes = ?3"), B(h->customer), B(h->service), B(h->minutes));
		else
			take(r, h, staff);
		db_command_subject(r->db, "customer", h->customer);
		db_command_text(r->db, arena_printf(r->arena, no ? _("%s: %s stays at %d minutes") : _("%s: %s now takes %d minutes"), h->customer_name,
		    h->service_name, no ? h->planned : h->minutes));
		live_publish(r, "customer", h->customer);
		page_redirect(r, "%s", page_back(r));
	}
}

static void set_prices(struct request *r, const struct stale_visit *v)
{
	for (size_t i = 0; i < v->chain.n; i++)
		db_run(r->db, SQL("UPDATE appt_step SET price = ?1 WHERE id = ?2 AND price <> ?1"), B(chain_price_of(&v->chain.links[i], v->appt.steps[i].staff)),
		    B(v->appt.steps[i].id));
	db_run(r->db, SQL("UPDATE appointment SET version = version + 1 WHERE id = ?"), B(v->appt.id));
}

/* The ids that are ticked; -1: too many. What changed since the page was made is looked at anew. */
static int read_chosen(const struct request *r, int64_t *ids)
{
	const char *text;
	int n = 0;
	for (size_t i = 0; (text = request_all(r, "appt", i)) != NULL; i++) {
		if (n == MOST_CHOSEN)
			return -1;
		if (read_int(text, &ids[n]))
			n++;
	}
	return n;
}

static void apply(struct request *r, const struct stale_visits *stale, bool lengths, int *done_r, int *left_r)
{
	for (size_t i = 0; i < stale->n; i++) {
		const struct stale_visit *v = &stale->at[i];
		bool longer = v->minutes != book_length(&v->appt);
		if (lengths && longer && v->fits)
			book_replace(r->db, v->appt.id, &v->chain, &v->slot, false);
		else if (lengths && longer) {
			(*left_r)++;
			continue;
		} else {
			set_prices(r, v);
		}
		(*done_r)++;
		live_publish(r, "day", v->appt.day.n);
	}
}

static void page_apply(struct request *r, const struct route *route)
{
	(void)route;
	int64_t *ids = arena_array(r->arena, int64_t, MOST_CHOSEN);
	int n = read_chosen(r, ids), done = 0, left = 0;
	bool both = text_equal(request_get(r, "take"), "both");
	if (n <= 0 || (!both && !text_equal(request_get(r, "take"), "price"))) {
		page_error(r, 422, n == 0 ? _("Appointments: none is chosen.") : n < 0 ? _("Appointments: too many at once.") : _("What: prices, or prices and lengths."));
		return;
	}
	struct stale_visits stale = durations_stale(r, ids, (size_t)n, MOST_CHOSEN);
	apply(r, &stale, both, &done, &left);
	if (done == 0) {
		page_error(r, 409, _("None of the chosen appointments could be changed: their new lengths do not fit, or they have been changed meanwhile."));
		return;
	}
	char *text = arena_printf(r->arena, P_("list taken over for %d appointment", "list taken over for %d appointments", done), done);
	if (left > 0)
		text = arena_printf(r->arena, P_("%s, %d does not fit and stays", "%s, %d do not fit and stay", left), text, left);
	db_command_text(r->db, text);
	page_redirect(r, "/durations/booked");
}

static const struct route routes[] = {
	{ "POST", "/durations/decide", page_decide, .role = ROLE_STYLIST, .command = "durations.decide" },
	{ "POST", "/durations/booked", page_apply, .role = ROLE_MANAGEMENT, .command = "durations.apply" },
};
const struct module durations_change = { .name = "durations", ROUTES(routes) };
