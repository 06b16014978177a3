/* panel.c: one appointment beside the book: who, what now, last visits, what can be done, with its keys. */
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/booking.h"
#include "modules/calendar/page.h"
#include "modules/calendar/panel.h"
#include "modules/calendar/party.h"
#include "web/icon.h"
#include <string.h>

static str phase_who(const struct panel_view *p, const struct book_step *s, const struct book_phase *ph)
{
	if (ph->kind == PHASE_ACTIVE)
		return s->staff_name != NULL ? s->staff_name : "";
	for (size_t i = 0; i < p->nplaces; i++)
		if (p->places[i].id == ph->place)
			return p->places[i].name;
	return "";
}

static char *birthday_text(struct arena *a, const struct customer_card *c, day today)
{
	struct civil b = date_civil(c->birthday), t = date_civil(today);
	int age = t.year - b.year - (t.month < b.month || (t.month == b.month && t.day < b.day));
	char *date = day_month(a, c->birthday);
	return c->birthday_year ? arena_printf(a, "%s, %d", date, age) : date;
}

static char *status_note(struct arena *a, const struct panel_view *p)
{
	const struct book_appt *x = p->appt;
	day d;
	daytime t;
	if (x->day.n == NONE)
		return arena_text(a, _("parked"));
	if (x->status == STATUS_CANCELLED || x->status == STATUS_NO_SHOW)
		return arena_text(a, x->reason_text ? x->reason_text : "");
	if (x->status == STATUS_IN_SERVICE && x->started_at.s != NONE) {
		zone_local(x->started_at, &d, &t);
		return arena_printf(a, _("since %s"), daytime_text(a, t));
	}
	if (x->status == STATUS_ARRIVED && x->arrived_at.s != NONE) {
		zone_local(x->arrived_at, &d, &t);
		return arena_printf(a, _("here since %s"), daytime_text(a, t));
	}
	return arena_printf(a, "%s, %s", day_short(a, x->day), daytime_text(a, (daytime){ x->start }));
}

static char *booked_text(struct arena *a, struct db *db, const struct book_appt *x)
{
	day d;
	daytime t;
	struct query q = db_query(db, SQL("SELECT a.booked_at, s.code FROM appointment a LEFT JOIN staff s ON s.id = a.booked_by WHERE a.id = ?"), B(x->id));
	instant at = { 0 };
	str code = NULL;
	while (db_step(&q)) {
		at = db_instant(&q, 0);
		code = db_text(&q, 1);
	}
	zone_local(at, &d, &t);
	return code != NULL ? arena_printf(a, _("Booked %s by %s, who has changed what"), day_short(a, d), code)
	    : arena_printf(a, _("Booked %s, who has changed what"), day_short(a, d));
}

static void add_act(struct panel_view *p, struct panel_act act)
{
	if (p->nacts < COUNT(p->acts))
		p->acts[p->nacts++] = act;
}

static void find_acts(struct arena *a, struct panel_view *p)
{
	enum status s = p->appt->status;
	const char *next = status_looks[s].next;
	if (next != NULL && p->appt->day.n != NONE && p->appt->kind == APPT_VISIT)
		add_act(p, (struct panel_act){ "status", " primary", "s", "S", _(next), status_looks[status_next(s)].icon ? status_looks[status_next(s)].icon : "check",
			arena_printf(a, "%d", (int)status_next(s)) });
	if (s > STATUS_CONFIRMED && s < STATUS_PAID)
		add_act(p, (struct panel_act){ "status", "", "Backspace", "⌫", _("Back one step"), "undo-2", arena_printf(a, "%d", (int)s - 1) });
	if (s < STATUS_IN_SERVICE && p->appt->day.n != NONE)
		add_act(p, (struct panel_act){ "park", "", "x", "X", _("Park"), "square-parking", NULL });
	if (s == STATUS_CANCELLED || s == STATUS_NO_SHOW)
		add_act(p, (struct panel_act){ "status", "", "s", "S", _("Confirm again"), "check", "2" });
}

static void read_places(struct db *db, struct panel_view *p)
{
	struct { struct place_name *at; size_t n, cap; } places = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name FROM place"));
	while (db_step(&q))
		*arena_push(db_arena(db), &places) = (struct place_name){ db_int(&q, 0), db_text(&q, 1) };
	p->places = places.at;
	p->nplaces = places.n;
}

#include "gen/modules/calendar/panel.html.h"

void panel_appointment_said(struct request *r, const struct day_view *view, const struct book_appt *appt, const char *error)
{
	struct panel_view *p = arena_new_of(r->arena, struct panel_view);
	*p = (struct panel_view){ .appt = appt, .shown = view->on.day, .error = error, .can_change = r->role >= 1 && page_may_change(),
		.now = appt->day.n == r->today.n ? (int)r->clock.min : -1, .cancelling = page_may_change() && (request_yes(r, "cancel") || request_get(r, "text") != NULL), .services = url_encode(r->arena, chain_notation_of(r->arena, appt, false)) };
	if (appt->customer != 0 && !customer_card(r->db, appt->customer, r->today, &p->card))
		p->card.id = 0;
	read_places(r->db, p);
	p->rule_reason = db_one_text(r->db, SQL("SELECT rule_reason FROM appointment WHERE id = ?"), B(appt->id));
	p->rules = appt_rules_of(r, appt, p->rule_reason);
	if (p->can_change)
		find_acts(r->arena, p);
	appointment_html(&r->page, r, p);
}

void panel_appointment(struct request *r, const struct day_view *view, void *appt)
{
	panel_appointment_said(r, view, appt, NULL);
}
