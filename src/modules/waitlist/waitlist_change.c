/* waitlist_change.c: putting somebody on the waiting list, booking what came free, taking off. */
#include "base/date.h"
#include "base/text.h"
#include "db/db_write.h"
#include "entity/entity.h"
#include "modules/calendar/calendar_change.h"
#include "modules/waitlist/waitlist_form.h"
#include <string.h>

static ref ref_of(int64_t id) { return (ref){ id }; }
static int64_t or_none(int minute) { return minute > 0 ? minute : NONE; }

static void say(struct request *r, const struct waitlist_entry *w, const char *text)
{
	db_command_subject(r->db, "waiting", w->id);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s", w->last, text));
	live_publish(r, "waitlist", w->id);
}

/* The entry of the path, as the person saw it. false: the page was written. */
static bool load_seen(struct request *r, const char *version_key, struct waitlist_entry *w)
{
	int64_t version = request_int(r, version_key);
	bool there = waitlist_load_one(r->db, r->id[0], w);
	if (there && (version == NONE || version == w->version))
		return true;
	waitlist_page(r, there ? _("This entry was changed in the meantime. Here is the list as it stands now.")
	    : _("This entry is no longer on the list."));
	r->status = there ? 409 : 404;
	return false;
}

static void page_form(struct request *r, const struct route *route)
{
	(void)route;
	struct waitlist_entry w;
	struct waiting_form *f = arena_new_of(r->arena, struct waiting_form);
	if (r->id[0] != 0 && !request_yes(r, "form")) {
		if (load_seen(r, "version", &w))
			page_redirect(r, "%s", waitlist_form_path(r->arena, &w));
		return;
	}
	waitlist_form_read(r, f);
	waitlist_form_page(r, f);
}

static void write_services(struct db *db, int64_t id, const struct chain *chain)
{
	db_run(db, SQL("DELETE FROM waiting_service WHERE waiting = ?"), B(id));
	for (size_t i = 0; i < chain->n; i++)
		db_run(db, SQL("INSERT INTO waiting_service(waiting, seq, service, staff, beside) VALUES (?, ?, ?, ?, ?)"), B(id), B((int64_t)i),
		    B(chain->links[i].service), B(ref_of(chain->links[i].only)), B(chain->steps[i].beside));
}

static int64_t write_entry(struct request *r, const struct waiting_form *f, int64_t customer, const struct waiting_wish *w)
{
	bool only = f->booking.only && w->staff != 0;
	const char *note = text_empty(f->note) ? NULL : f->note;
	if (f->id != 0)
		db_run(r->db, SQL("UPDATE waiting SET customer = ?, staff = ?, only_staff = ?, weekdays = ?, from_day = ?, to_day = ?, earliest = ?, done_by = ?, "
		    "note = ?, version = version + 1 WHERE id = ?"), B(customer), B(ref_of(w->staff)), B(only), B((int64_t)w->weekdays), B(w->from), B(w->to),
		    B(or_none(w->earliest)), B(or_none(w->done_by)), B(note), B(f->id));
	else
		db_run(r->db, SQL("INSERT INTO waiting(customer, staff, only_staff, weekdays, from_day, to_day, earliest, done_by, note, since, entered_by) "
		    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), B(customer), B(ref_of(w->staff)), B(only), B((int64_t)w->weekdays), B(w->from), B(w->to),
		    B(or_none(w->earliest)), B(or_none(w->done_by)), B(note), B(r->now), B(ref_of(r->user)));
	int64_t id = f->id != 0 ? f->id : db_last_id(r->db);
	write_services(r->db, id, &f->booking.chain);
	return id;
}

static void page_save(struct request *r, const struct route *route)
{
	(void)route;
	struct waiting_form *f = arena_new_of(r->arena, struct waiting_form);
	struct waiting_wish wish;
	struct waitlist_entry w;
	if (r->id[0] != 0 && !load_seen(r, "entry", &w))
		return;
	waitlist_form_read(r, f);
	const struct booking *b = &f->booking;
	int64_t customer = b->customer;
	if (customer == 0 && !b->is_new)
		f->error = _("Customer: still missing.");
	else if (b->chain.n == 0)
		f->error = _("Service: still missing.");
	else if (waitlist_form_wish(r, f, &wish) && customer == 0)
		customer = booking_new_customer(r, b, &f->error);
	if (f->error != NULL) {
		waitlist_form_page(r, f);
		r->status = 422;
		return;
	}
	int64_t id = write_entry(r, f, customer, &wish);
	if (!waitlist_load_one(r->db, id, &w))
		return;
	say(r, &w, f->id != 0 ? _("wish on the waiting list changed") : _("put on the waiting list"));
	struct out d = { .arena = r->arena };
	out_iso_day(&d, b->day);
	page_redirect(r, "/waitlist?day=%s", d.s);
}

static void page_remove(struct request *r, const struct route *route)
{
	(void)route;
	struct waitlist_entry w;
	if (!load_seen(r, "version", &w))
		return;
	db_run(r->db, SQL("DELETE FROM waiting_service WHERE waiting = ?"), B(w.id));
	db_run(r->db, SQL("DELETE FROM waiting WHERE id = ?"), B(w.id));
	say(r, &w, _("taken off the waiting list"));
	page_redirect(r, "/waitlist");
}

static bool read_at(struct request *r, day *day_r, int *start_r)
{
	const char *at = request_get(r, "at");
	daytime t;
	if (at == NULL || strlen(at) < 12 || !date_from_iso(arena_copy(r->arena, at, 10), day_r) || !read_daytime(at + 11, &t) || t.min % RASTER != 0)
		return false;
	*start_r = (int)t.min;
	return true;
}

static void refuse_book(struct request *r, int status, const char *sentence)
{
	waitlist_page(r, sentence);
	r->status = status;
}

/* The slot anew, inside of the transaction: what the browser saw may be over. */
static bool take_slot(struct request *r, const struct chain *chain, day d, int start, struct slot *slot)
{
	struct slot_world world = hours_world(r->db, d, 1);
	world.today = r->today;
	world.now = (int)r->clock.min;
	struct slot_request q = { .steps = chain->steps, .nsteps = chain->n, .first = d, .last = d, .wish_day = { NONE } };
	if (slots_at(r->arena, &world, &q, d, start, slot))
		return true;
	struct booking names = { .at_start = -1 };
	booking_names(r->db, &names);
	struct slot_block block = slots_why_not(r->arena, &world, &q, d, start);
	const char *why = slot_block_text(r->arena, r->db, &names, &block);
	refuse_book(r, 409, arena_printf(r->arena, _("%s is not possible: %s."), daytime_text(r->arena, (daytime){ start }),
	    why ? why : _("taken in the meantime")));
	return false;
}

/* One command: the appointment, and the entry off the list. One undo takes both back. */
static void page_book_entry(struct request *r, const struct route *route)
{
	(void)route;
	struct waitlist_entry w;
	struct chain *chain = arena_new_of(r->arena, struct chain);
	struct slot slot;
	day d;
	int start;
	if (!load_seen(r, "version", &w))
		return;
	if (!read_at(r, &d, &start)) {
		refuse_book(r, 422, _("When: a day and a time in steps of five minutes."));
		return;
	}
	waitlist_chain(r->db, &w, chain);
	if (chain->n == 0) {
		refuse_book(r, 422, _("Service: still missing."));
		return;
	}
	if (!take_slot(r, chain, d, start, &slot))
		return;
	struct customer_card card;
	struct book_new n = { .customer = w.customer, .wish_staff = w.only ? w.wish.staff : 0, .booked_by = r->user, .note = w.note, .status = STATUS_CONFIRMED,
		.now = r->now, .is_new = customer_card(r->db, w.customer, r->today, &card) && card.visits == 0 };
	int64_t id = book_insert(r->db, &n, chain, &slot);
	db_run(r->db, SQL("UPDATE waiting SET appointment = ?, version = version + 1 WHERE id = ?"), B(id), B(w.id));
	say(r, &w, arena_printf(r->arena, _("booked %s %s from the waiting list"), day_short(r->arena, d), daytime_text(r->arena, (daytime){ start })));
	db_command_subject(r->db, "appointment", id);
	live_publish(r, "day", d.n);
	struct out on = { .arena = r->arena };
	out_iso_day(&on, d);
	page_redirect(r, "/book?day=%s&appt=%lld", on.s, (long long)id);
}

static const struct route routes[] = {
	{ "GET", "/waitlist/#", page_form, .role = ROLE_APPRENTICE },
	{ "POST", "/waitlist/#", page_save, .role = ROLE_APPRENTICE, .command = "waitlist.save" },
	{ "POST", "/waitlist/#/remove", page_remove, .role = ROLE_APPRENTICE, .command = "waitlist.remove" },
	{ "POST", "/waitlist/#/book", page_book_entry, .role = ROLE_APPRENTICE, .command = "waitlist.book" },
};
const struct module waitlist_change = { .name = "waitlist", ROUTES(routes) };
