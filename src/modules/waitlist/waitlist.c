/* waitlist.c: the list beside the book, whom to call when time came free, and what other pages show of it. */
#include "modules/waitlist/waitlist.h"
#include "base/date.h"
#include "base/text.h"
#include "entity/entity.h"
#include "web/icon.h"

enum { AHEAD_DAYS = 28, SHOWN = 3 };

/* The list: who waits, and the first time that suits. */
struct line { const struct waitlist_entry *waiting; struct slot slot; bool possible; };
struct list_view { day shown; struct line *lines; size_t n; int64_t expired; bool expired_shown, may_change; struct booking names; const char *error; };

/* Who fits a freed time; chosen: the one that Enter books. */
struct fits_view { struct waiting_window window; int64_t appointment; struct waiting_proposals all; const struct waiting_proposal *chosen; struct booking names; };

static char *name_of(struct arena *a, const struct waitlist_entry *w) { return customer_name(a, w->last, w->first); }

static char *line_note(struct arena *a, const struct waitlist_entry *w)
{
	return w->booked.n == NONE ? NULL : arena_printf(a, _("has got an appointment on %s meanwhile"), day_short(a, w->booked));
}

static char *fits_path(struct arena *a, const struct fits_view *v, int64_t pick)
{
	struct out o = { .arena = a };
	out_iso_day(&o, v->window.day);
	return arena_printf(a, "/waitlist/for?day=%s&start=%d&end=%d&appt=%lld&pick=%lld", o.s, v->window.start, v->window.end, (long long)v->appointment, (long long)pick);
}

static char *other_person(struct arena *a, const struct fits_view *v, const struct waiting_proposal *p)
{
	for (size_t i = 0; p->fit.other_person && i < p->fit.slot->nclaims; i++)
		if (p->fit.slot->claims[i].staff != 0 && p->fit.slot->claims[i].staff != p->waiting->wish.staff)
			return arena_printf(a, _("%s instead of %s"), staff_name_of(&v->names, p->fit.slot->claims[i].staff), p->waiting->wished_name);
	return NULL;
}

#include "gen/modules/waitlist/waitlist.html.h"

static void first_time(struct request *r, struct slot_world *world, struct line *line)
{
	const struct waiting_wish *w = &line->waiting->wish;
	struct chain *chain = arena_new_of(r->arena, struct chain);
	waitlist_chain(r->db, line->waiting, chain);
	if (world->ndays == 0)
		*world = hours_world(r->db, r->today, AHEAD_DAYS);
	world->today = r->today;
	world->now = (int)r->clock.min;
	struct slot_request q = { .steps = chain->steps, .nsteps = chain->n, .first = w->from, .last = w->to, .weekdays = w->weekdays,
		.earliest = w->earliest, .done_by = w->done_by, .wish_day = { NONE } };
	struct slots best = slots_find(r->arena, world, &q, 1);
	line->possible = best.n > 0;
	if (line->possible)
		line->slot = best.at[0];
}

static void list_panel(struct request *r, const struct day_view *view, void *about)
{
	struct list_view *v = about;
	v->shown = view->on.day;
	list_html(&r->page, r, v);
}

void waitlist_page(struct request *r, const char *error)
{
	struct day_wish wish = page_wish(r);
	struct list_view v = { .expired_shown = request_yes(r, "expired"), .error = error, .may_change = page_may_change(),
		.names = { .at_start = -1 }, .expired = waitlist_expired(r->db, r->today) };
	struct waitlist_entries all = waitlist_load(r->db, r->today, v.expired_shown);
	struct slot_world world = { .ndays = 0 };
	v.lines = arena_array(r->arena, struct line, all.n);
	booking_names(r->db, &v.names);
	for (; v.n < all.n; v.n++) {
		v.lines[v.n].waiting = &all.at[v.n];
		if (!v.expired_shown)
			first_time(r, &world, &v.lines[v.n]);
	}
	page_book_wide(r, &wish, list_panel, &v);
}

static void page_list(struct request *r, const struct route *route)
{
	(void)route;
	waitlist_page(r, NULL);
}

static void fits_panel(struct request *r, const struct day_view *view, void *about)
{
	(void)view;
	fits_html(&r->page, r, about);
}

static bool read_window(struct request *r, struct waiting_window *w)
{
	int64_t start = request_int(r, "start"), end = request_int(r, "end");
	w->day = request_day(r, "day");
	if (w->day.n == NONE || start < 0 || end <= start || end > DAY_MINUTES)
		return false;
	w->start = (int)start;
	w->end = (int)end;
	return true;
}

static const struct waiting_proposal *chosen_of(const struct waiting_proposals *all, int64_t id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].waiting->id == id)
			return &all->at[i];
	return NULL;
}

/* Nobody fits: the book, as if nothing had been asked. */
static void page_for(struct request *r, const struct route *route)
{
	(void)route;
	struct fits_view v = { .appointment = request_int(r, "appt"), .names = { .at_start = -1 } };
	struct day_wish wish = page_wish(r);
	struct out d = { .arena = r->arena };
	out_iso_day(&d, wish.day);
	if (read_window(r, &v.window))
		v.all = waitlist_fitting(r, &v.window);
	if (v.all.n == 0) {
		page_redirect(r, "/book?day=%s&appt=%lld", d.s, (long long)wish.chosen);
		return;
	}
	booking_names(r->db, &v.names);
	v.chosen = chosen_of(&v.all, request_int(r, "pick"));
	if (v.chosen == NULL && request_yes(r, "first"))
		v.chosen = &v.all.at[0];
	struct day_pick pick = { 1, v.chosen ? v.chosen->fit.slot : NULL, v.chosen ? &v.chosen->chain : NULL };
	wish.picks = &pick;
	wish.npicks = v.chosen != NULL;
	if (v.chosen != NULL)
		pick.number = (int)(v.chosen - v.all.at) + 1;
	page_book_wide(r, &wish, fits_panel, &v);
}

/* Only a look at the days wished: the page asks the engine. After a cancellation the first one is chosen at once; who moves
 * or parks has something else in hand, and Enter must not book. */
static const char *freed(struct request *r, const struct freed *f)
{
	bool wanted = false;
	if (f->day.n < r->today.n)
		return NULL;
	struct waitlist_entries all = waitlist_load(r->db, r->today, false);
	for (size_t i = 0; i < all.n; i++)
		wanted = wanted || waiting_wants_day(&all.at[i].wish, f->day);
	struct out d = { .arena = r->arena };
	out_iso_day(&d, f->day);
	return !wanted ? NULL : arena_printf(r->arena, "/waitlist/for?day=%s&start=%d&end=%d&appt=%lld%s", d.s, f->start, f->end,
	    (long long)f->appointment, f->cancelled ? "&first=1" : "");
}

/* The parameters of the booking panel's address, so that the form here begins with the same customer and services. */
static char *same_state(struct request *r)
{
	static const char *const keys[] = { "day", "customer", "new", "q", "last", "first", "mobile", "svc", "staff", "only", "when", "note" };
	char *text = arena_text(r->arena, "");
	for (size_t i = 0; i < COUNT(keys); i++)
		if (!text_empty(request_get(r, keys[i])))
			text = arena_printf(r->arena, "%s%s%s=%s", text, *text ? "&" : "?", keys[i], url_encode(r->arena, request_get(r, keys[i])));
	return text;
}

static void about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	if (text_equal(kind, "top"))
		top_html(o, waitlist_count(r->db, r->today));
	else if (text_starts(kind, "booking") && page_may_change() && !request_yes(r, "walkin") && !request_yes(r, "replace"))
		offer_html(o, same_state(r), text_equal(kind, "booking-full"));
	else if (text_equal(kind, "customer")) {
		struct waitlist_entries all = waitlist_load(r->db, r->today, false);
		customer_html(o, r, &all, id);
	}
}

static const struct route routes[] = {
	{ "GET", "/waitlist", page_list, .role = ROLE_APPRENTICE },
	{ "GET", "/waitlist/for", page_for, .role = ROLE_APPRENTICE },
};
const struct module waitlist_module = { .name = "waitlist", ROUTES(routes), .about = about, .freed = freed };
