#include "modules/calendar/calendar.h"
#include "entity/entity.h"
#include "modules/calendar/booking.h"
#include "modules/calendar/move.h"
#include "modules/calendar/overview.h"
#include "modules/calendar/sheet_page.h"
#include "modules/calendar/page.h"

static void page_home(struct request *r, const struct route *route)
{
	(void)route;
	page_redirect(r, "/book");
}

static void page_walk_in(struct request *r, const struct route *route)
{
	(void)route;
	page_redirect(r, "/book/new?walkin=1&when=h");
}

static const struct route routes[] = {
	{ "GET", "/", page_home, .role = ROLE_APPRENTICE },
	{ "GET", "/book", page_day, .role = ROLE_APPRENTICE },
	{ "GET", "/book/week", page_week, .role = ROLE_APPRENTICE },
	{ "GET", "/book/month", page_month, .role = ROLE_APPRENTICE },
	{ "GET", "/book/print", page_print, .role = ROLE_APPRENTICE },
	{ "GET", "/book/go", page_go, .role = ROLE_APPRENTICE },
	{ "GET", "/book/new", page_booking, .role = ROLE_APPRENTICE },
	{ "GET", "/book/walkin", page_walk_in, .role = ROLE_APPRENTICE },
	{ "GET", "/book/block", page_block_form, .role = ROLE_STYLIST },
	{ "GET", "/book/place", page_place, .role = ROLE_STYLIST },
	{ "GET", "/book/#/place", page_place, .role = ROLE_STYLIST },
	{ "GET", "/book/check", page_check, .role = ROLE_STYLIST },
	{ "GET", "/book/move", page_move_ask, .role = ROLE_STYLIST },
	{ "GET", "/book/#/next", page_next_time, .role = ROLE_STYLIST },
	{ "GET", "/book/#/edit", page_edit, .role = ROLE_STYLIST },
};
static const struct section section = { "book", N_("Book"), "book-open", "/book", ROLE_APPRENTICE };
const struct module calendar_module = { .name = "calendar", ROUTES(routes), .section = &section };
