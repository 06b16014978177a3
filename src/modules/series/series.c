#include "modules/series/series.h"
#include "base/text.h"
#include "web/icon.h"

struct member { int64_t appointment; day planned, day; int start; enum status status; str codes; };
struct members { struct member *at; size_t n, cap; };
struct series_view { struct series_row row; struct customer_card card; str staff_name; struct members members; int64_t chosen; };
/* Of one appointment: its place in its series. */
struct part { int64_t series; struct series_rule rule; int number, of; };

static struct members read_members(struct db *db, int64_t series)
{
	struct members all = { 0 };
	struct query q = db_query(db, SQL("SELECT a.id, a.series_day, a.day, a.start, a.status, (SELECT group_concat(DISTINCT t.code) FROM appt_step s "
	    "JOIN staff t ON t.id = s.staff WHERE s.appointment = a.id) FROM appointment a WHERE a.series = ? ORDER BY a.series_day, a.id"), B(series));
	while (db_step(&q))
		*arena_push(db_arena(db), &all) = (struct member){ db_int(&q, 0), db_day(&q, 1), db_day(&q, 2), db_null(&q, 3) ? 0 : (int)db_int(&q, 3),
			(enum status)db_int(&q, 4), db_text(&q, 5) };
	return all;
}

static bool read_part(struct db *db, int64_t appointment, struct part *part)
{
	struct series_row row;
	*part = (struct part){ .series = db_one(db, SQL("SELECT series FROM appointment WHERE id = ?"), B(appointment)) };
	if (part->series == NONE || !series_load(db, part->series, &row))
		return false;
	part->rule = row.rule;
	part->number = (int)db_one(db, SQL("SELECT count(*) FROM appointment a JOIN appointment x ON x.id = ?1 WHERE a.series = x.series "
	    "AND (a.series_day < x.series_day OR (a.series_day = x.series_day AND a.id <= x.id))"), B(appointment));
	part->of = (int)db_one(db, SQL("SELECT count(*) FROM appointment WHERE series = ?"), B(part->series));
	return true;
}

static bool may_plan(const struct request *r) { return page_may_change() && r->role >= ROLE_STYLIST; }

static bool is_open(const struct series_view *v, const struct member *m)
{
	(void)v;
	return m->status <= STATUS_CONFIRMED && m->day.n != NONE;
}

#include "gen/modules/series/series.html.h"

static void view_panel(struct request *r, const struct day_view *shown, void *about)
{
	(void)shown;
	view_html(&r->page, r, about);
}

/* The first one still to come, or the last of all. */
static day shown_day(const struct request *r, const struct series_view *v)
{
	day shown = r->today;
	for (size_t i = 0; i < v->members.n; i++)
		if (v->members.at[i].day.n != NONE && is_open(v, &v->members.at[i])) {
			shown = v->members.at[i].day;
			if (shown.n >= r->today.n)
				break;
		}
	return shown;
}

static void page_series(struct request *r, const struct route *route)
{
	(void)route;
	struct series_view v = { .chosen = request_int(r, "appt") };
	if (!series_load(r->db, r->id[0], &v.row) || !customer_card(r->db, v.row.customer, r->today, &v.card)) {
		page_error(r, 404, _("This series does not exist (any more)."));
		return;
	}
	v.staff_name = db_one_text(r->db, SQL("SELECT name FROM staff WHERE id = ?"), B(v.row.staff));
	v.members = read_members(r->db, v.row.id);
	struct day_wish wish = { .day = shown_day(r, &v) };
	page_book(r, &wish, view_panel, &v);
}

static void about_appointment(struct request *r, struct out *o, int64_t id)
{
	struct part part;
	if (read_part(r->db, id, &part))
		part_html(o, &part, id);
}

static void acts_of_appointment(struct request *r, struct out *o, int64_t id)
{
	struct part part;
	bool visit = db_one(r->db, SQL("SELECT customer IS NOT NULL AND day IS NOT NULL AND status < 7 FROM appointment WHERE id = ?"), B(id)) == 1;
	if (may_plan(r) && visit && !read_part(r->db, id, &part))
		begin_html(o, "appt", id);
}

static void about_customer(struct request *r, struct out *o, int64_t id)
{
	struct { struct series_row *at; size_t n, cap; } rows = { 0 };
	struct query q = db_query(r->db, SQL("SELECT id FROM series WHERE customer = ?1 AND last_day >= ?2 ORDER BY id DESC"), B(id), B(r->today));
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	while (db_step(&q))
		*arena_push(r->arena, &ids) = db_int(&q, 0);
	for (size_t i = 0; i < ids.n; i++) {
		struct series_row row;
		if (series_load(r->db, ids.at[i], &row))
			*arena_push(r->arena, &rows) = row;
	}
	if (rows.n > 0 || may_plan(r))
		customer_html(o, id, rows.at, rows.n, may_plan(r));
}

static void about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	if (text_equal(kind, "appointment"))
		about_appointment(r, o, id);
	else if (text_equal(kind, "appointment-acts"))
		acts_of_appointment(r, o, id);
	else if (text_equal(kind, "customer"))
		about_customer(r, o, id);
}

static const struct route routes[] = { { "GET", "/series/#", page_series, .role = ROLE_APPRENTICE } };
const struct module series_module = { .name = "series", ROUTES(routes), .about = about };
