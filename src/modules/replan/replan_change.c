/* replan_change.c: planning anew and taking it over; what came of each call. Only the shop's program links this file. */
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/calendar_change.h"
#include "modules/replan/replan.h"
#include "modules/replan/replan_private.h"
#include "web/icon.h"
#include <stdlib.h>
#include <string.h>

static const struct { unsigned kinds; const char *word; } row_kinds[] = {
	{ 1u << REPLAN_KEPT, N_("stays") }, { 1u << REPLAN_COLLEAGUE | 1u << REPLAN_TIME, N_("in the team") }, { 1u << REPLAN_DAY, N_("another day") },
	{ 1u << REPLAN_CALL, N_("call") },
};

static const char *row_css(enum replan_kind kind)
{
	return kind == REPLAN_KEPT ? "k-keep" : kind == REPLAN_DAY ? "k-move" : kind == REPLAN_CALL ? "k-call" : "k-other";
}

static const char *row_icon(enum replan_kind kind)
{
	return kind == REPLAN_KEPT ? "check" : kind == REPLAN_DAY ? "calendar-days" : kind == REPLAN_CALL ? "phone" : "users";
}

static const char *row_word(enum replan_kind kind)
{
	static const char *const words[] = { N_("stays"), N_("in the team"), N_("in the team, other time"), N_("another day"), N_("no time decided") };
	return words[kind];
}

static char *kind_word(struct arena *a, const struct replan_line *l, unsigned kinds)
{
	return arena_printf(a, "%lld:k%u", (long long)l->appt->id, l->kinds == kinds ? 0 : kinds);
}

static char *pin_word(struct arena *a, const struct replan_line *l, const struct slot *s)
{
	return arena_printf(a, "%lld:p%s", (long long)l->appt->id, replan_word(a, s));
}

static char *free_word(struct arena *a, const struct replan_line *l)
{
	return arena_printf(a, "%lld:k0", (long long)l->appt->id);
}

/* What taking over does with this row: "17:4:c:" and a slot; c = somebody has to be called, n = nobody. Instead of a slot:
 * "stay", or "park" where it can't wait until the call was made. */
static char *do_word(struct arena *a, const struct replan_line *l)
{
	const struct replan_proposal *p = l->proposal;
	const char *where = p->choice.kind == REPLAN_CALL ? (p->in_the_way ? "park" : "stay")
	    : l->appt->status >= STATUS_ARRIVED ? "stay" : replan_word(a, &p->choice.slot);
	bool call = l->appt->status < STATUS_ARRIVED && (p->choice.kind == REPLAN_CALL || p->choice.price.calls > 0);
	return arena_printf(a, "%lld:%lld:%c:%s", (long long)l->appt->id, (long long)l->appt->version, call ? 'c' : 'n', where);
}

#include "gen/modules/replan/replan.html.h"

static void show(struct request *r, struct replan_view *v)
{
	struct page page = { .section = "book", .main_class = "sheet two" };
	page.title = v->staff == 0 ? _("Who is away?") : replan_reason_text(r->arena, v);
	if (v->staff == 0)
		page.main_class = "sheet";
	page_begin(r, &page);
	if (v->staff == 0) {
		choose_html(&r->page, r, v);
	} else {
		struct calls calls = replan_calls(r->db, r->today);
		plan_html(&r->page, r, v);
		replan_calls_html(r, &calls);
	}
	page_end(r);
}

static void page_plan(struct request *r, const struct route *route)
{
	(void)route;
	struct replan_view *v = arena_new_of(r->arena, struct replan_view);
	if (!replan_read(r, v))
		return;
	v->names_db = r->db;
	if (v->staff != 0)
		replan_plan_view(r, v);
	show(r, v);
}

/* ---- taking over ---- */

struct order { int64_t appointment, version; bool call, stay, park; struct slot slot; struct book_appt appt; };
struct orders { struct order *at; size_t n, cap; };

static bool read_order(struct request *r, const char *text, struct order *o)
{
	char *rest;
	*o = (struct order){ .appointment = strtoll(text, &rest, 10) };
	if (*rest != ':')
		return false;
	o->version = strtoll(rest + 1, &rest, 10);
	if (rest[0] != ':' || (rest[1] != 'c' && rest[1] != 'n') || rest[2] != ':')
		return false;
	o->call = rest[1] == 'c';
	o->stay = strcmp(rest + 3, "stay") == 0;
	o->park = strcmp(rest + 3, "park") == 0;
	return o->stay || o->park || replan_slot(r->arena, rest + 3, &o->slot);
}

static bool refuse(struct request *r, struct replan_view *v, int status, const char *sentence)
{
	v->names_db = r->db;
	replan_plan_view(r, v);
	v->error = sentence;
	show(r, v);
	r->status = status;
	return false;
}

static bool moves(const struct order *o)
{
	if (o->stay || o->park)
		return false;
	if (o->slot.day.n != o->appt.day.n || o->slot.start != o->appt.start)
		return true;
	for (size_t i = 0; i < o->slot.nclaims; i++) {
		const struct slot_claim *c = &o->slot.claims[i];
		const struct book_phase *ph = &o->appt.steps[c->step].phases[c->phase];
		if (ph->staff != c->staff || ph->place != c->place || ph->device != c->device)
			return true;
	}
	return false;
}

/* Each as it was seen: changed meanwhile, or no longer fitting its steps, it is not touched and neither is any other. */
static bool check_order(struct request *r, struct replan_view *v, struct order *o)
{
	if (!book_load_one(r->db, o->appointment, &o->appt) || o->appt.version != o->version)
		return refuse(r, v, 409, _("An appointment has been changed meanwhile; this is the plan as things stand now."));
	for (size_t i = 0; i < o->slot.nclaims; i++)
		if ((size_t)o->slot.claims[i].step >= o->appt.nsteps || (size_t)o->slot.claims[i].phase >= o->appt.steps[o->slot.claims[i].step].nphases)
			return refuse(r, v, 422, _("This plan does not fit the appointment."));
	const char *clock = moves(o) ? slot_clock_text(r->arena, o->slot.day, o->slot.start, o->slot.end) : NULL;
	return clock == NULL || refuse(r, v, 422, clock);
}

static bool read_orders(struct request *r, struct replan_view *v, struct orders *all)
{
	const char *text;
	for (size_t i = 0; (text = request_all(r, "do", i)) != NULL; i++) {
		struct order *o = arena_push(r->arena, all);
		if (!read_order(r, text, o))
			return refuse(r, v, 422, _("This plan is not understood; please look once more."));
		if (!check_order(r, v, o))
			return false;
	}
	return true;
}

static void add_call(struct request *r, const struct replan_view *v, const struct order *o)
{
	struct replan_line line = { .appt = &o->appt };
	db_run(r->db, SQL("DELETE FROM call WHERE appointment = ? AND result IN (0, 3)"), B(o->appointment));
	db_run(r->db, SQL("INSERT INTO call(appointment, reason, proposal, at, by) VALUES (?, ?, ?, ?, ?)"), B(o->appointment), B(replan_reason_text(r->arena, v)),
	    B(replan_call_text(r->arena, v, &line, o->stay || o->park ? NULL : &o->slot)), B(r->now), B(r->user));
}

/* All leave their places first, so that two may change them. false: one meets somebody else's; nothing is kept of it. */
static bool move_all(struct request *r, struct replan_view *v, const struct orders *all)
{
	for (size_t i = 0; i < all->n; i++) {
		const struct order *o = &all->at[i];
		if (o->park)
			book_park(r->db, o->appointment, r->now);
		else if (moves(o))
			book_move(r->db, &o->appt, &o->slot, false);
	}
	for (size_t i = 0; i < all->n; i++) {
		if (!moves(&all->at[i]))
			continue;
		struct book_conflict c = book_find_overlap(r->db, all->at[i].appointment);
		if (c.found)
			return refuse(r, v, 409, arena_printf(r->arena, _("%s: %s is taken by %s until %s by now; this is the plan as things stand."), all->at[i].appt.name,
			    c.resource, c.other, daytime_text(r->arena, (daytime){ c.end })));
	}
	return true;
}

static bool absent_already(struct request *r, const struct replan_view *v)
{
	return db_one(r->db, SQL("SELECT count(*) FROM absence WHERE staff = ?1 AND granted = 1 AND from_day <= ?2 AND to_day >= ?3 AND (start IS NULL OR "
	    "(start <= ?4 AND end >= ?5))"), B(v->staff), B(v->from), B(v->to), B(v->start < 0 ? 0 : v->start), B(v->start < 0 ? DAY_MINUTES : v->end)) > 0;
}

static void enter_absence(struct request *r, const struct replan_view *v)
{
	if (v->to.n == NONE) {
		db_run(r->db, SQL("UPDATE staff SET left = ?, version = version + 1 WHERE id = ?"), B((day){ v->from.n - 1 }), B(v->staff));
		return;
	}
	if (absent_already(r, v))
		return;
	db_run(r->db, SQL("INSERT INTO absence(staff, kind, granted, from_day, to_day, start, end) VALUES (?, ?, 1, ?, ?, ?, ?)"), B(v->staff), B(v->kind), B(v->from),
	    B(v->to), B(v->start < 0 ? (int64_t)NONE : v->start), B(v->start < 0 ? (int64_t)NONE : v->end));
}

static void page_apply(struct request *r, const struct route *route)
{
	(void)route;
	struct replan_view *v = arena_new_of(r->arena, struct replan_view);
	struct orders all = { 0 };
	int calls = 0, moved = 0;
	if (!replan_read(r, v))
		return;
	if (v->staff == 0) {
		page_error(r, 422, _("Who: please choose one of the staff."));
		return;
	}
	if (!read_orders(r, v, &all) || !move_all(r, v, &all))
		return;
	for (size_t i = 0; i < all.n; i++) {
		const struct order *o = &all.at[i];
		if (o->call)
			add_call(r, v, o);
		calls += o->call;
		moved += moves(o);
		live_publish(r, "day", o->appt.day.n);
		if (!o->stay && !o->park)
			live_publish(r, "day", o->slot.day.n);
	}
	enter_absence(r, v);
	live_publish(r, "day", v->from.n);
	db_command_subject(r->db, "staff", v->staff);
	db_command_text(r->db, arena_printf(r->arena, _("%s: %d appointments planned anew, %d calls"), replan_reason_text(r->arena, v), moved, calls));
	page_redirect(r, calls > 0 ? "/calls" : "/book");
}

/* ---- the call list ---- */

static void page_result(struct request *r, const struct route *route)
{
	(void)route;
	int64_t result = request_int(r, "result"), version = request_int(r, "version"), appointment = NONE, now = NONE;
	struct query q = db_query(r->db, SQL("SELECT appointment, version FROM call WHERE id = ?"), B(r->id[0]));
	while (db_step(&q)) {
		appointment = db_int(&q, 0);
		now = db_int(&q, 1);
	}
	if (appointment == NONE)
		page_error(r, 404, _("This call is no longer on the list."));
	else if (result < CALL_AGREED || result > CALL_MISSED)
		page_error(r, 422, _("Result: reached, another appointment, or not reached."));
	else if (version != NONE && version != now)
		page_error(r, 409, _("Somebody else has dealt with this call meanwhile."));
	else {
		static const char *const said[] = { "", N_("called, agrees"), N_("called, wants another appointment"), N_("called, not reached") };
		db_run(r->db, SQL("UPDATE call SET result = ?, tries = tries + 1, result_at = ?, result_by = ?, version = version + 1 WHERE id = ?"), B(result), B(r->now),
		    B(r->user), B(r->id[0]));
		db_command_subject(r->db, "appointment", appointment);
		str name = db_one_text(r->db, SQL("SELECT coalesce(c.last, a.label) FROM appointment a LEFT JOIN customer c ON c.id = a.customer WHERE a.id = ?"), B(appointment));
		db_command_text(r->db, arena_printf(r->arena, "%s: %s", name ? name : "", _(said[result])));
		live_publish(r, "calls", r->id[0]);
		if (result == CALL_OTHER)
			page_redirect(r, "/book/%lld/place", (long long)appointment);
		else
			page_redirect(r, "/calls");
	}
}

static const struct route routes[] = {
	{ "GET", "/replan", page_plan, .role = ROLE_STYLIST },
	{ "POST", "/replan", page_apply, .role = ROLE_STYLIST, .command = "replan.apply" },
	{ "POST", "/calls/#", page_result, .role = ROLE_APPRENTICE, .command = "call.result" },
};
const struct module replan_change = { .name = "replan", ROUTES(routes) };
