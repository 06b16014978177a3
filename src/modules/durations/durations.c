#include "modules/durations/durations.h"
#include "base/text.h"
#include "web/icon.h"

enum { MOST_STALE = 300 };

static bool may_decide(const struct request *r) { return page_may_change() && r->role >= ROLE_STYLIST; }
static bool may_apply(const struct request *r) { return page_may_change() && r->role >= ROLE_MANAGEMENT; }

#include "gen/modules/durations/durations.html.h"

static void page_hints(struct request *r, const struct route *route)
{
	(void)route;
	struct duration_hints hints = durations_find(r->db, 0, r->today);
	struct page page = { .title = _("Own durations"), .section = "settings", .main_class = "sheet" };
	page_begin(r, &page);
	hints_html(&r->page, r, &hints);
	page_end(r);
}

static void page_stale(struct request *r, const struct route *route)
{
	(void)route;
	struct stale_visits stale = durations_stale(r, NULL, 0, MOST_STALE);
	struct page page = { .title = _("Booked before the list changed"), .section = "settings", .main_class = "sheet" };
	page_begin(r, &page);
	stale_html(&r->page, r, &stale);
	page_end(r);
}

/* At the appointment: only what its own services say. */
static void about_appointment(struct request *r, struct out *o, int64_t id)
{
	struct book_appt a;
	if (!book_load_one(r->db, id, &a) || a.customer == 0)
		return;
	struct duration_hints hints = durations_find(r->db, a.customer, r->today);
	for (size_t i = 0; i < hints.n; i++)
		for (size_t k = 0; k < a.nsteps; k++)
			if (hints.at[i].service == a.steps[k].service) {
				hint_html(o, r, &hints.at[i]);
				break;
			}
}

static void about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	if (!may_decide(r))
		return;
	if (text_equal(kind, "appointment"))
		about_appointment(r, o, id);
	else if (text_equal(kind, "customer")) {
		struct duration_hints hints = durations_find(r->db, id, r->today);
		customer_html(o, &hints);
	}
}

static const struct route routes[] = {
	{ "GET", "/durations", page_hints, .role = ROLE_STYLIST },
	{ "GET", "/durations/booked", page_stale, .role = ROLE_MANAGEMENT },
};
const struct module durations_module = { .name = "durations", ROUTES(routes), .about = about };
