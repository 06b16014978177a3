/* series_change.c: planning a series, changing what is still to come of it, ending it. Only the shop's program links this. */
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/calendar_change.h"
#include "modules/series/series.h"
#include "web/icon.h"

static char *chosen_text(struct arena *a, const struct series_visit *v)
{
	return series_choice(a, v->planned, v->left_out ? NULL : &(struct series_proposal){ v->slot, v->other });
}

/* Of a day that fits: left out, or taken again. */
static char *other_choice(struct arena *a, const struct series_visit *v)
{
	return series_choice(a, v->planned, v->left_out ? &(struct series_proposal){ v->slot, false } : NULL);
}

static char *codes_text(struct arena *a, const struct series_plan *p, const struct slot *s)
{
	char *text = arena_text(a, "");
	int64_t last = 0;
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && s->claims[i].staff != last) {
			last = s->claims[i].staff;
			text = arena_printf(a, "%s%s%s", text, *text ? " " : "", staff_code_of(&p->names, last));
		}
	return text;
}

static const char *plan_path(const struct series_plan *p) { return p->path; }
static const char *back_path(const struct series_plan *p) { return p->back; }

#include "gen/modules/series/series_form.html.h"

static void form_panel(struct request *r, const struct day_view *view, void *about)
{
	(void)view;
	form_html(&r->page, r, about);
}

/* The book beside the form shows the first day that needs a look, else the first of all. */
static void show_form(struct request *r, struct series_plan *p)
{
	size_t open = series_open(p);
	const struct series_visit *v = open < p->n ? &p->visits[open] : p->n > 0 ? &p->visits[0] : NULL;
	struct day_wish wish = { .day = v != NULL ? v->planned : r->today };
	page_book_wide(r, &wish, form_panel, p);
}

static void page_form(struct request *r, const struct route *route)
{
	(void)route;
	struct series_plan p;
	if (!series_read_plan(r, r->id[0], &p))
		return;
	series_place(r, &p);
	show_form(r, &p);
}

static bool refuse(struct request *r, struct series_plan *p, int status, const char *sentence)
{
	p->error = sentence;
	p->ready = true;
	show_form(r, p);
	r->status = status;
	return false;
}

/* Everything that the person saw, and nothing that came up since. */
static bool complete(struct request *r, struct series_plan *p)
{
	if (p->chain.n == 0)
		return refuse(r, p, 422, _("Service: still missing."));
	if (p->rule_wrong || p->until_wrong)
		return refuse(r, p, 422, p->rule_wrong ? _("Rhythm: not understood.") : _("Until: not understood."));
	if (p->n == p->nleft)
		return refuse(r, p, 422, _("Rhythm: there is no day on which it could be."));
	for (size_t i = 0; i < p->n; i++)
		if (!p->visits[i].fits && !p->visits[i].decided && !p->visits[i].seen)
			return refuse(r, p, 409, arena_printf(r->arena, _("%s is no longer free; please look once more."),
			    day_short(r->arena, p->visits[i].planned)));
	return true;
}

static int64_t insert_series(struct request *r, const struct series_plan *p)
{
	const struct series_rule *u = &p->rule;
	db_run(r->db, SQL("INSERT INTO series(customer, unit, every, weekday, nth, start, anchor, last_day, services, staff, booked_by, booked_at) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), B(p->customer), B((int)u->unit), B(u->every), B(u->weekday), B(u->nth), B(u->start),
	    B(u->anchor), B(u->last), B(p->services), B((ref){ p->staff }), B(r->user), B(r->now));
	return db_last_id(r->db);
}

static void join(struct db *db, int64_t appointment, int64_t series, day planned)
{
	db_run(db, SQL("UPDATE appointment SET series = ?, series_day = ? WHERE id = ?"), B(series), B(planned), B(appointment));
}

static void book_visit(struct request *r, const struct series_plan *p, const struct series_visit *v, int64_t series)
{
	struct book_new n = { .customer = p->customer, .wish_staff = p->staff, .booked_by = r->user, .status = STATUS_CONFIRMED, .now = r->now };
	int64_t id = book_insert(r->db, &n, v->chain, &v->slot);
	if (id != NONE)
		join(r->db, id, series, v->planned);
	live_publish(r, "day", v->slot.day.n);
}

static void say(struct request *r, const struct series_plan *p, int64_t series, const char *what)
{
	db_command_subject(r->db, "series", series);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s", customer_name(r->arena, p->card.last, p->card.first), what));
	page_redirect(r, "/series/%lld", (long long)series);
}

static void page_plan(struct request *r, const struct route *route)
{
	(void)route;
	struct series_plan p;
	if (!series_read_plan(r, 0, &p))
		return;
	series_place(r, &p);
	if (!complete(r, &p))
		return;
	int64_t series = insert_series(r, &p);
	for (size_t i = 0; i < p.n; i++)
		if (!p.visits[i].left_out)
			book_visit(r, &p, &p.visits[i], series);
	if (p.origin != 0)
		db_run(r->db, SQL("UPDATE appointment SET series = ?, series_day = day, version = version + 1 WHERE id = ?"), B(series), B(p.origin));
	size_t n = p.n - p.nleft;
	say(r, &p, series, arena_printf(r->arena, P_("series of %d appointment, %s", "series of %d appointments, %s", n), (int)n,
	    series_text(r->arena, &p.rule)));
}

/* ---- changing what is to come ---- */

static bool fresh(struct request *r, const struct series_plan *p)
{
	int64_t version = request_int(r, "version");
	if (version == NONE || version == p->version)
		return true;
	struct series_plan again = *p;
	return refuse(r, &again, 409, _("This series has been changed meanwhile; please look once more."));
}

static void cancel(struct request *r, int64_t id, const char *why)
{
	day d = { db_one(r->db, SQL("SELECT day FROM appointment WHERE id = ?"), B(id)) };
	book_set_status(r->db, id, STATUS_CANCELLED, 1, r->now);
	db_run(r->db, SQL("UPDATE appointment SET reason_text = ? WHERE id = ?"), B(why), B(id));
	if (d.n != NONE)
		live_publish(r, "day", d.n);
}

static void move_visit(struct request *r, const struct series_plan *p, const struct series_visit *v)
{
	struct book_appt a;
	if (!book_load_one(r->db, v->appointment, &a))
		return;
	if (v->left_out) {
		cancel(r, a.id, _("left out of the series"));
		return;
	}
	book_move(r->db, &a, &v->slot, false);
	join(r->db, a.id, p->series, v->planned);
	live_publish(r, "day", a.day.n);
	live_publish(r, "day", v->slot.day.n);
}

static void update_series(struct request *r, const struct series_plan *p)
{
	const struct series_rule *u = &p->rule;
	db_run(r->db, SQL("UPDATE series SET unit = ?, every = ?, weekday = ?, nth = ?, start = ?, anchor = ?, last_day = ?, staff = ?, "
	    "version = version + 1 WHERE id = ?"), B((int)u->unit), B(u->every), B(u->weekday), B(u->nth), B(u->start), B(u->anchor), B(u->last),
	    B((ref){ p->staff }), B(p->series));
}

/* The appointments keep their notes and durations: the first goes to the rule's first day, and so on; days that are left
 * over get new ones, appointments that are left over are cancelled. */
static void page_change(struct request *r, const struct route *route)
{
	(void)route;
	struct series_plan p;
	if (!series_read_plan(r, r->id[0], &p))
		return;
	series_place(r, &p);
	if (!fresh(r, &p) || !complete(r, &p))
		return;
	for (size_t i = 0; i < p.n; i++) {
		if (p.visits[i].appointment != 0)
			move_visit(r, &p, &p.visits[i]);
		else if (!p.visits[i].left_out)
			book_visit(r, &p, &p.visits[i], p.series);
	}
	for (size_t i = p.n; i < p.nfollowing; i++)
		cancel(r, p.following[i], _("no longer part of the series"));
	update_series(r, &p);
	say(r, &p, p.series, arena_printf(r->arena, _("series changed to %s"), series_text(r->arena, &p.rule)));
}

static void page_finish(struct request *r, const struct route *route)
{
	(void)route;
	struct series_plan p;
	if (!series_read_plan(r, r->id[0], &p) || !fresh(r, &p))
		return;
	for (size_t i = 0; i < p.nfollowing; i++)
		cancel(r, p.following[i], _("series ended"));
	db_run(r->db, SQL("UPDATE series SET last_day = (SELECT ifnull(max(series_day), anchor) FROM appointment WHERE series = ?1 AND status < 7), "
	    "version = version + 1 WHERE id = ?1"), B(p.series));
	say(r, &p, p.series, arena_printf(r->arena, P_("series ended, %d appointment cancelled", "series ended, %d appointments cancelled", p.nfollowing),
	    (int)p.nfollowing));
}

static const struct route routes[] = {
	{ "GET", "/series/new", page_form, .role = ROLE_STYLIST },
	{ "POST", "/series/new", page_plan, .role = ROLE_STYLIST, .command = "series.book" },
	{ "GET", "/series/#/change", page_form, .role = ROLE_STYLIST },
	{ "POST", "/series/#/change", page_change, .role = ROLE_STYLIST, .command = "series.change" },
	{ "POST", "/series/#/end", page_finish, .role = ROLE_STYLIST, .command = "series.end" },
};
const struct module series_change = { .name = "series", ROUTES(routes) };
