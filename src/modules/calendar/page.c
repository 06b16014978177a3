#include "modules/calendar/page.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/calendar.h"
#include "modules/calendar/person.h"
#include "entity/entity.h"
#include "web/icon.h"
#include <string.h>

struct day_wish page_wish(struct request *r)
{
	day d = request_day(r, "day");
	const char *axis = request_get(r, "axis");
	int64_t appt = request_int(r, "appt"), who = request_int(r, "who"), place = request_int(r, "place"), device = request_int(r, "device");
	bool rooms = text_equal(axis, "place") || text_equal(axis, "device") || (place != NONE && place != 0) || (device != NONE && device != 0);
	struct day_wish wish = { .day = d.n == NONE ? r->today : d, .chosen = appt == NONE ? 0 : appt, .axis = rooms ? AXIS_PLACE : AXIS_STAFF,
		.who_axis = rooms ? device != NONE && device != 0 ? AXIS_DEVICE : AXIS_PLACE : AXIS_STAFF };
	int64_t one = wish.who_axis == AXIS_DEVICE ? device : rooms && place != NONE && place != 0 ? place : who;
	wish.who = one == NONE ? 0 : one;
	return wish;
}

const char *page_axis(struct request *r, char first)
{
	return page_wish(r).axis == AXIS_STAFF ? "" : first == '?' ? "?axis=place" : "&axis=place";
}

#include "gen/modules/calendar/page.html.h"

static void top(struct request *r, const void *about)
{
	top_html(&r->page, r, about);
}

static void write_book(struct request *r, const struct day_wish *wish, const char *body_class, panel_fn *panel, void *about)
{
	struct day_view view;
	struct day_wish own = *wish;
	own.own = r->user;
	day_load(r->db, &own, r->today, r->clock, &view);
	view.picks = wish->picks;
	view.npicks = wish->npicks;
	struct out iso = { .arena = r->arena };
	out_iso_day(&iso, wish->day);
	struct page page = { .day = iso.s, .title = arena_printf(r->arena, _("Appointment book, %s"), day_short(r->arena, wish->day)), .section = "book",
		.body_class = body_class, .main_class = "m-book", .top = top, .about = &view };
	page_begin(r, &page);
	day_book_html(&r->page, &view);
	page_aside(r);
	if (panel != NULL)
		panel(r, &view, about);
	day_foot_html(&r->page, &view);
	page_end(r);
}

void page_book(struct request *r, const struct day_wish *wish, panel_fn *panel, void *about)
{
	write_book(r, wish, panel != NULL ? "p-day with-panel" : "p-day", panel, about);
}

void page_book_wide(struct request *r, const struct day_wish *wish, panel_fn *panel, void *about)
{
	write_book(r, wish, "p-day with-panel p-bk", panel, about);
}

void page_day(struct request *r, const struct route *route)
{
	(void)route;
	struct day_wish wish = page_wish(r);
	struct book_appt appt;
	int64_t person = request_int(r, "person");
	if (person > 0 && wish.axis == AXIS_STAFF) {
		page_book(r, &wish, person_panel, &person);
		return;
	}
	if (wish.chosen == 0 || !book_load_one(r->db, wish.chosen, &appt)) {
		wish.chosen = 0;
		page_book(r, &wish, NULL, NULL);
		return;
	}
	if (appt.day.n != NONE && request_get(r, "day") == NULL)
		wish.day = appt.day;
	page_book(r, &wish, panel_appointment, &appt);
}
