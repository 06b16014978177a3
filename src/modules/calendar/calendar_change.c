/* calendar_change.c: booking and what happens to appointments afterwards. Only the shop's program links this file. */
#include "base/date.h"
#include "base/text.h"
#include "db/db_write.h"
#include "db/journal.h"
#include "entity/entity.h"
#include "modules/calendar/after_change.h"
#include "modules/calendar/book_change.h"
#include "modules/calendar/booking.h"
#include "modules/calendar/booking_rules.h"
#include "modules/calendar/calendar.h"
#include "modules/calendar/hours.h"
#include "modules/calendar/move.h"
#include "modules/calendar/page.h"
#include "modules/calendar/panel.h"
#include "modules/calendar/party_book_change.h"
#include "modules/calendar/party_change.h"
#include <string.h>

static void show_booking(struct request *r, const struct day_view *view, void *booking)
{
	(void)view;
	booking_panel(r, booking);
}

/* The panel again. The time stays chosen if it is not that which is wrong. */
static void show_refused(struct request *r, struct booking *b, int status, const char *sentence, bool keep)
{
	struct day_wish wish = { .day = b->at_start >= 0 ? b->at_day : b->day };
	if (b->names == NULL)
		booking_read_rest(r, b);
	booking_propose(r, b);
	b->error = sentence;
	if (!keep)
		b->at_start = -1;
	page_book_wide(r, &wish, show_booking, b);
	r->status = status;
}

static void refuse_booking(struct request *r, struct booking *b, int status, const char *sentence)
{
	show_refused(r, b, status, sentence, false);
}

/* The customer in the same line: only a last name is needed. */
int64_t booking_new_customer(struct request *r, const struct booking *b, const char **refusal_r)
{
	*refusal_r = NULL;
	if (text_empty(b->last))
		*refusal_r = _("Last name: still missing.");
	else if (text_length(b->last) > 80 || (b->first && text_length(b->first) > 80) || (b->mobile && text_length(b->mobile) > 40))
		*refusal_r = _("Name and phone: at most 80 characters each.");
	if (*refusal_r != NULL)
		return NONE;
	db_run(r->db, SQL("INSERT INTO customer(last, first, mobile, since) VALUES (?, ?, ?, ?)"), B(b->last),
	    B(text_empty(b->first) ? (str)NULL : b->first), B(text_empty(b->mobile) ? (str)NULL : b->mobile), B(r->today));
	return db_last_id(r->db);
}

/* The chosen slot anew, inside of the transaction: what the browser saw may be over. */
static bool take_slot(struct request *r, struct booking *b, bool force, struct slot *slot)
{
	b->world = hours_frame_world(r->db, &b->frame, b->at_day, 1);
	b->world.today = (day){ NONE };
	b->world.except = b->replace;
	struct slot_request q = booking_request(b);
	q.first = q.last = b->at_day;
	q.earliest = q.latest = 0;
	q = booking_rules_lifted(r->arena, q);                   /* they are judged afterwards, with the reason */
	if (force) {
		chain_force(r->arena, &b->chain, &b->world, b->at_day, b->at_start, slot);
		const char *clock = slot_clock_text(r->arena, slot->day, slot->start, slot->end);
		if (clock != NULL)
			refuse_booking(r, b, 409, clock);
		return clock == NULL;
	}
	if (slots_at(r->arena, &b->world, &q, b->at_day, b->at_start, slot))
		return true;
	struct slot_block block = slots_why_not(r->arena, &b->world, &q, b->at_day, b->at_start);
	booking_read_rest(r, b);
	char *why = slot_block_text(r->arena, r->db, b, &block);
	refuse_booking(r, b, 409, arena_printf(r->arena, _("%s is not possible: %s."), daytime_text(r->arena, (daytime){ b->at_start }),
	    why ? why : _("taken in the meantime")));
	return false;
}

static bool complete(struct request *r, struct booking *b)
{
	str missing = party_book_change_missing(r, b);
	if (b->customer == 0 && !b->is_new && !b->walk_in)
		refuse_booking(r, b, 422, _("Customer: still missing."));
	else if (b->chain.n == 0)
		refuse_booking(r, b, 422, _("Service: still missing."));
	else if (b->note && text_length(b->note) > 500)
		refuse_booking(r, b, 422, _("Note: at most 500 characters."));
	else if (b->at_start < 0)
		refuse_booking(r, b, 422, _("When: please choose one of the times."));
	else if (b->at_start + b->chain.minutes > DAY_MINUTES)
		refuse_booking(r, b, 422, _("When: an appointment ends before midnight."));
	else if (missing != NULL)
		refuse_booking(r, b, 422, missing);
	else
		return true;
	return false;
}

/* Against a rule: with the reason, which stays with the appointment. */
static const char *keep_reason(struct request *r, const struct booking *b, int64_t id)
{
	char *broken = booking_rules_broken(r->arena, r->db, b);
	char *kept = booking_rules_kept(r->arena, r->db, b);
	if (broken == NULL)
		return kept != NULL ? arena_printf(r->arena, _("; kept all the same: %s"), kept) : "";
	db_run(r->db, SQL("UPDATE appointment SET rule_reason = ? WHERE id = ?"), B(arena_printf(r->arena, "%s: %s", broken, b->why)), B(id));
	return arena_printf(r->arena, _("; all the same (%s): %s"), broken, b->why);
}

static void say_booked(struct request *r, const struct booking *b, int64_t id, const struct slot *slot, const char *name)
{
	struct arena *a = r->arena;
	const char *reason = keep_reason(r, b, id);
	db_command_subject(r->db, "appointment", id);
	db_command_text(r->db, arena_printf(a, _("%s: booked %s %s, %s%s"), name, day_short(a, slot->day),
	    daytime_text(a, (daytime){ slot->start }), b->chain.links[0].label, reason));
	live_publish(r, "day", slot->day.n);
	struct out d = { .arena = a };
	out_iso_day(&d, slot->day);
	page_redirect(r, "/book?day=%s&appt=%lld", d.s, (long long)id);
}

static void read_force(struct request *r, struct booking *b)
{
	const char *at = request_get(r, "force");
	daytime t;
	if (at != NULL && strlen(at) > 11 && date_from_iso(arena_copy(r->arena, at, 10), &b->at_day) && read_daytime(at + 11, &t))
		b->at_start = (int)t.min;
}

static void replace_services(struct request *r, struct booking *b, const struct slot *slot, bool force)
{
	struct book_appt a;
	if (!after_load(r, b->replace, &a))
		return;
	if (a.status >= STATUS_DONE) {
		refuse_booking(r, b, 409, _("What is done is no longer changed; undo takes it back."));
		return;
	}
	book_replace(r->db, a.id, &b->chain, slot, force);
	const char *reason = keep_reason(r, b, a.id);
	after_freeing(r, &a, slot->day, arena_printf(r->arena, _("now %s, %s %s%s"), b->chain.links[0].label, day_short(r->arena, slot->day),
	    daytime_text(r->arena, (daytime){ slot->start }), reason));
}

static struct booking *read_order(struct request *r)
{
	struct booking *b = arena_new_of(r->arena, struct booking);
	booking_read_order(r, b);
	read_force(r, b);
	if (b->at_start >= 0)
		b->frame = hours_frame(r->db, b->at_day, 1);
	b->head = journal_head(r->db);
	return b;
}

/* On a reading thread, beside other bookings: services, people, working hours, all that is seldom changed. */
static void prepare_booking(struct request *r, const struct route *route)
{
	(void)route;
	r->prepared = read_order(r);
}

/* It is read again if anything else than bookings was changed since; whether the slot is free is seen in the transaction only. */
static struct booking *order_of(struct request *r)
{
	static const char *const bookings[] = { "appointment", "appt_step", "appt_phase", "use", NULL };
	struct booking *b = r->prepared;
	return b != NULL && db_unchanged(r->db, b->head, bookings) ? b : read_order(r);
}

static void page_book_save(struct request *r, const struct route *route)
{
	(void)route;
	struct slot slot;
	bool force = request_get(r, "force") != NULL;
	struct booking *b = order_of(r);
	if (!complete(r, b) || !take_slot(r, b, force, &slot))
		return;
	booking_rules_facts(r, b);                               /* visits and tests of this very moment */
	booking_rules_judge(r, b, &slot);
	const char *refusal = booking_rules_refusal(r, b);
	if (refusal != NULL) {
		show_refused(r, b, 422, refusal, !force);
		return;
	}
	if (b->replace != 0) {
		replace_services(r, b, &slot, force);
		return;
	}
	bool is_new = b->customer == 0 && b->is_new;
	int64_t customer = is_new ? booking_new_customer(r, b, &refusal) : b->customer;
	if (refusal != NULL) {
		refuse_booking(r, b, 422, refusal);
		return;
	}
	struct book_new n = { .customer = customer, .wish_staff = b->only ? b->staff : 0, .booked_by = r->user, .note = b->note,
		.status = text_equal(request_get(r, "save"), "tentative") ? STATUS_TENTATIVE : STATUS_CONFIRMED, .forced = force, .now = r->now,
		.is_new = is_new || (customer != 0 && b->card.visits == 0), .label = customer == 0 ? _("Walk-in") : NULL };
	struct slot own = b->guests->n > 0 && !force ? party_guests_part(r->arena, &slot, 0, b->chain.n) : slot;
	int64_t id = book_insert(r->db, &n, &b->chain, &own);
	if (id == NONE)
		return;
	const char *others = party_book_change_save(r, b, &n, &slot, id, &refusal);
	if (refusal != NULL)
		refuse_booking(r, b, 422, refusal);
	else
		say_booked(r, b, id, &slot, arena_printf(r->arena, "%s%s", is_new ? b->last : customer != 0 ? b->card.last : _("Walk-in"), others));
}

/* ---- what happens to an appointment ---- */

static void page_status(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	int64_t to = request_int(r, "to");
	if (!after_seen(r, &a))
		return;
	if (to < STATUS_TENTATIVE || to > STATUS_DONE || !status_allowed(a.status, (enum status)to)) {
		move_refuse(r, &a, 422, _("Status: this step is not possible from here."));
		return;
	}
	if (a.day.n == NONE && to > STATUS_CONFIRMED) {
		move_refuse(r, &a, 422, _("This appointment is parked: it has no time yet."));
		return;
	}
	book_set_status(r->db, a.id, (enum status)to, 0, r->now);
	struct book_conflict c = a.status >= STATUS_CANCELLED ? book_find_overlap(r->db, a.id) : (struct book_conflict){ .found = false };
	if (c.found) {
		move_refuse(r, &a, 409, arena_printf(r->arena, _("%s is taken by %s until %s."), c.resource, c.other,
		    daytime_text(r->arena, (daytime){ c.end })));
		return;
	}
	after_done(r, &a, a.day, _(status_looks[to].label));
}

static void page_cancel(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	int64_t reason = request_int(r, "reason");
	const char *text = request_get(r, "text");
	if (!after_seen(r, &a))
		return;
	if (reason < 1 || reason > 3 || (text && text_length(text) > 200)) {
		move_refuse(r, &a, 422, _("Reason: please choose one of the three; a remark has at most 200 characters."));
		return;
	}
	if (request_yes(r, "all")) {
		party_change_cancel(r, &a, (int)reason, text);
		return;
	}
	book_set_status(r->db, a.id, reason == 3 ? STATUS_NO_SHOW : STATUS_CANCELLED, (int)reason, r->now);
	db_run(r->db, SQL("UPDATE appointment SET reason_text = ? WHERE id = ?"), B(text_empty(text) ? (str)NULL : text), B(a.id));
	after_freeing(r, &a, a.day, reason == 3 ? _("did not come") : reason == 2 ? _("cancelled at short notice") : _("cancelled"));
}

static void page_park(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	if (!after_seen(r, &a))
		return;
	book_park(r->db, a.id, r->now);
	after_freeing(r, &a, a.day, _("parked"));
}

/* What a move was against, kept with the appointment. */
static const char *moved_against(struct request *r, const struct book_appt *a, str rules)
{
	if (rules == NULL)
		return "";
	db_run(r->db, SQL("UPDATE appointment SET rule_reason = coalesce(rule_reason || ' · ', '') || ? WHERE id = ?"),
	    B(arena_printf(r->arena, _("moved all the same: %s"), rules)), B(a->id));
	return arena_printf(r->arena, _("; all the same: %s"), rules);
}

static void page_move(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	struct move_target t;
	bool force = request_yes(r, "force");
	if (!after_seen(r, &a) || !move_read(r, &a, &t))
		return;
	if (request_yes(r, "all")) {
		party_change_move(r, &a, &t, force);
		return;
	}
	struct slot slot;
	if (!move_find(r, &a, &t, &slot)) {
		if (!force || t.never) {
			move_refuse(r, &a, 409, t.why);
			return;
		}
		force = t.rules == NULL;                         /* against a rule is not over somebody else's time */
		if (force) {
			chain_force(r->arena, &t.chain, &t.world, t.day, t.start, &slot);
			t.rules = appt_rules_moved(r, &a, &t.chain, &slot);
		}
	}
	book_move(r->db, &a, &slot, force);
	struct book_appt moved;
	if (t.resize_end > 0 && book_load_one(r->db, a.id, &moved))
		book_resize(r->db, &moved, t.resize_end - t.start - book_length(&a), force);
	after_freeing(r, &a, t.day, arena_printf(r->arena, _("moved to %s %s%s"), day_short(r->arena, t.day), daytime_text(r->arena, (daytime){ t.start }),
	    moved_against(r, &a, t.rules)));
}

static void page_note(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	const char *note = request_get(r, "note");
	if (!after_seen(r, &a))
		return;
	if (note && text_length(note) > 500) {
		move_refuse(r, &a, 422, _("Note: at most 500 characters."));
		return;
	}
	db_run(r->db, SQL("UPDATE appointment SET note = ?, version = version + 1 WHERE id = ?"), B(text_empty(note) ? (str)NULL : note), B(a.id));
	after_done(r, &a, a.day, _("note changed"));
}

static void page_block(struct request *r, const struct route *route)
{
	(void)route;
	day d = request_day(r, "day");
	daytime start = request_daytime(r, "start"), end = request_daytime(r, "end");
	int64_t staff = request_int(r, "staff");
	const char *label = request_get(r, "label"), *clock = slot_clock_text(r->arena, d, (int)start.min, (int)end.min);
	if (d.n == NONE || start.min == NONE || end.min == NONE || end.min <= start.min)
		move_refuse_block(r, 422, _("From and to: two times of one day, the first before the second."));
	else if (db_one(r->db, SQL("SELECT id FROM staff WHERE id = ? AND in_book = 1"), B(staff)) == NONE)
		move_refuse_block(r, 422, _("Who: please choose one of the staff."));
	else if (text_empty(label) || text_length(label) > 80)
		move_refuse_block(r, 422, _("What: 1 to 80 characters."));
	else if (clock != NULL)
		move_refuse_block(r, 409, clock);
	else {
		struct book_new n = { .label = label, .booked_by = r->user, .status = STATUS_CONFIRMED, .now = r->now, .forced = request_yes(r, "force") };
		int64_t id = book_insert_block(r->db, &n, staff, d, (int)start.min, (int)end.min);
		struct book_conflict c = n.forced || id == NONE ? (struct book_conflict){ .found = false } : book_find_conflict(r->db, id);
		struct book_appt a;
		if (c.found)
			move_refuse_block(r, 409, arena_printf(r->arena, _("%s is taken by %s until %s."), c.resource, c.other,
			    daytime_text(r->arena, (daytime){ c.end })));
		else if (book_load_one(r->db, id, &a))
			after_done(r, &a, d, _("entered"));
	}
}

/* An undo brings back what one command changed, of one appointment or of thousands (an import); what was changed of them
 * later stays, and their uses must be those of both. It must not bring back what has been given to somebody else since. */
static const char *settle(struct request *r, const struct command *c)
{
	int64_t *ids;
	size_t n = c->undoes == 0 ? 0 : journal_touched_all(r->db, c->undoes, "appointment", &ids);
	for (size_t i = 0; i < n; i++)
		book_settle(r->db, ids[i]);
	for (size_t i = 0; i < n; i++) {
		struct book_conflict x = book_find_overlap(r->db, ids[i]);
		if (x.found)
			return arena_printf(r->arena, _("%s is taken by %s until %s."), x.resource, x.other, daytime_text(r->arena, (daytime){ x.end }));
	}
	return NULL;
}

static const struct route routes[] = {
	{ "POST", "/book/new", page_book_save, .role = ROLE_APPRENTICE, .before = prepare_booking, .command = "appointment.book" },
	{ "POST", "/book/block", page_block, .role = ROLE_STYLIST, .command = "appointment.block" },
	{ "POST", "/book/#/status", page_status, .role = ROLE_APPRENTICE, .command = "appointment.status" },
	{ "POST", "/book/#/cancel", page_cancel, .role = ROLE_STYLIST, .command = "appointment.cancel" },
	{ "POST", "/book/#/park", page_park, .role = ROLE_STYLIST, .command = "appointment.park" },
	{ "POST", "/book/#/move", page_move, .role = ROLE_STYLIST, .command = "appointment.move" },
	{ "POST", "/book/#/split", split_change_page, .role = ROLE_STYLIST, .command = "appointment.split" },
	{ "POST", "/book/#/note", page_note, .role = ROLE_APPRENTICE, .command = "appointment.note" },
};
const struct module calendar_change = { .name = "calendar", ROUTES(routes), .invariant = settle };
