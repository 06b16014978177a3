/* roster_load.c: everything the roster's page needs: a handful of queries, none of them per person or day. */
#include "base/date.h"
#include "base/text.h"
#include "modules/roster/roster_private.h"
#include "rules/holidays.h"

#define ROWS(type) struct { struct type *at; size_t n, cap; }

static int64_t or_none(int64_t n) { return n == NONE ? 0 : n; }

struct roster_wish roster_wish(struct request *r)
{
	int64_t span = request_int(r, "span");
	day d = request_day(r, "day");
	return (struct roster_wish){ .day = d.n == NONE ? r->today : d, .span = span >= ROSTER_WEEK && span <= ROSTER_MONTH ? (enum roster_span)span : ROSTER_TWO,
		.absence = or_none(request_int(r, "absence")), .staff = or_none(request_int(r, "staff")), .on = request_day(r, "on"), .to = { NONE } };
}

char *roster_path(struct arena *a, const struct roster_wish *w, const char *more)
{
	struct out d = { .arena = a };
	out_iso_day(&d, w->day);
	return arena_printf(a, "/roster?day=%s&span=%d%s", d.s, (int)w->span, more);
}

static bool is_management(const struct request *r) { return r->role >= ROLE_MANAGEMENT; }
bool roster_may_enter(const struct request *r) { return is_management(r) && page_may_change(); }
bool roster_may_ask(const struct request *r, int64_t staff) { return page_may_change() && (is_management(r) || staff == r->user); }
bool roster_sees_account(const struct request *r, int64_t staff) { return is_management(r) || staff == r->user; }

static void set_days(struct roster *o)
{
	struct civil c = date_civil(o->wish.day);
	o->from = o->wish.span == ROSTER_MONTH ? date_day(c.year, c.month, 1) : date_monday(o->wish.day);
	o->ndays = o->wish.span == ROSTER_MONTH ? date_days_in_month(c.year, c.month) : 7 * (int)o->wish.span;
	o->year = date_civil(o->from).year;
}

bool roster_wish_shows(const struct roster_wish *w, day from, day to)
{
	struct roster o = { .wish = *w };
	set_days(&o);
	return from.n < o.from.n + o.ndays && to.n >= o.from.n;
}

/* The law looks at whole weeks and months, and at the rest since the day before. */
static day law_from(const struct roster *o)
{
	struct civil c = date_civil(o->from);
	return date_monday((day){ date_day(c.year, c.month, 1).n - 1 });
}

static day law_to(const struct roster *o)
{
	struct civil c = date_civil((day){ o->from.n + o->ndays - 1 });
	return (day){ date_monday((day){ date_day(c.year, c.month, 1).n + date_days_in_month(c.year, c.month) }).n + 6 };
}

static struct roster_absences read_absences(struct arena *a, struct query *q)
{
	struct roster_absences list = { 0 };
	while (db_step(q))
		*arena_push(a, &list) = (struct roster_absence){ .is = { .id = db_int(q, 0), .kind = db_int(q, 2), .granted = db_bool(q, 3), .from = db_day(q, 4),
			.to = db_day(q, 5), .start = db_daytime(q, 6), .end = db_daytime(q, 7), .note = db_text(q, 8), .staff = db_int(q, 1) }, .version = db_int(q, 9) };
	return list;
}

struct roster_absences roster_absences_load(struct db *db, day from, day to, int64_t staff, day today)
{
	struct query q = db_query(db, SQL("SELECT id, staff, kind, granted, from_day, to_day, start, end, note, version FROM absence"
	    " WHERE (?3 = 0 OR staff = ?3) AND ((to_day >= ?1 AND from_day <= ?2) OR (granted = 0 AND to_day >= ?4)) ORDER BY from_day, id"),
	    B(from), B(to), B(staff), B(today));
	return read_absences(db_arena(db), &q);
}

bool roster_absence_find(struct db *db, int64_t id, struct roster_absence *absence_r)
{
	struct query q = db_query(db, SQL("SELECT id, staff, kind, granted, from_day, to_day, start, end, note, version FROM absence WHERE id = ?"), B(id));
	struct roster_absences found = read_absences(db_arena(db), &q);
	if (found.n > 0)
		*absence_r = found.at[0];
	return found.n > 0;
}

/* Appointments that still stand in the way of absences: of asked for ones all, of granted ones those on the days shown. From the
 * absences to their days to the appointments there, in this order (CROSS JOIN): any other way reads all years of the book. */
static void count_hits(struct db *db, struct roster *o, day today)
{
	struct query q = db_query(db, SQL("SELECT b.id, count(DISTINCT u.appointment) FROM absence b CROSS JOIN use u ON u.day BETWEEN max(b.from_day, ?1,"
	    " iif(b.granted, ?2, 0)) AND min(b.to_day, iif(b.granted, ?3, b.to_day)) AND u.resource = b.staff * 4 + 1 AND u.start < coalesce(b.end, 1440)"
	    " AND u.end > coalesce(b.start, 0) CROSS JOIN appointment a ON a.id = u.appointment AND a.kind = 0 AND a.status < 5"
	    " WHERE b.to_day >= ?1 AND (b.granted = 0 OR b.from_day <= ?3) GROUP BY b.id"), B(today), B(o->from), B(o->from.n + o->ndays - 1));
	while (db_step(&q))
		for (size_t i = 0; i < o->absences.n; i++)
			if (o->absences.at[i].is.id == db_int(&q, 0))
				o->absences.at[i].hits = (int)db_int(&q, 1);
}

/* A holiday by its name, a day closed on purpose by its reason, else a day off like each week's. */
static void load_closed(struct db *db, struct roster *o)
{
	const struct worktime_rows *rows = &o->team.rows;
	for (int i = 0; i < o->ndays; i++) {
		struct span open[2];
		const char *holiday = holidays_name(rows->country, rows->state, o->days[i].day);
		if (worktime_opening(rows, o->days[i].day, open) == 0)
			o->days[i].closed = holiday != NULL ? lang_text(holiday) : _("day off");
	}
	struct query q = db_query(db, SQL("SELECT day, reason FROM day_override WHERE closed = 1 AND reason IS NOT NULL AND day BETWEEN ? AND ?"),
	    B(o->from), B(o->from.n + o->ndays - 1));
	while (db_step(&q))
		o->days[db_int(&q, 0) - o->from.n].closed = db_text(&q, 1);
}

static void load_foot(struct db *db, struct roster *o)
{
	o->days = arena_array(db_arena(db), struct roster_day, (size_t)o->ndays);
	for (int i = 0; i < o->ndays; i++) {
		day on = { o->from.n + i };
		struct roster_day *d = &o->days[i];
		*d = (struct roster_day){ .day = on, .least = o->team.least[date_weekday(on)] };
		for (size_t p = 0; p < o->team.rows.npeople; p++) {
			int worked = duty_at(&o->duty, p, on)->worked;
			d->present += worked > 0;
			d->working += o->team.people[p].in_book ? worked : 0;
		}
	}
	load_closed(db, o);
	struct query q = db_query(db, SQL("SELECT day, sum(end - start) FROM use WHERE day BETWEEN ? AND ? AND resource % 4 = 1 GROUP BY day"),
	    B(o->from), B(o->from.n + o->ndays - 1));
	while (db_step(&q))
		o->days[db_int(&q, 0) - o->from.n].taken = db_int(&q, 1);
}

static void load_declined(struct request *r, struct roster *o)
{
	ROWS(roster_declined) list = { 0 };
	struct query q = db_query(r->db, SQL("SELECT d.id, d.kind, d.from_day, d.to_day, d.answer, s.name FROM absence_declined d LEFT JOIN staff s ON s.id = d.declined_by"
	    " WHERE d.staff = ? AND d.to_day >= ? ORDER BY d.from_day LIMIT 3"), B(r->user), B(r->today));
	while (db_step(&q))
		*arena_push(r->arena, &list) = (struct roster_declined){ db_int(&q, 0), db_int(&q, 1), db_day(&q, 2), db_day(&q, 3), db_text(&q, 4), db_text(&q, 5) };
	o->declined = list.at;
	o->ndeclined = list.n;
}

void roster_load(struct request *r, const struct roster_wish *wish, struct roster *o)
{
	*o = (struct roster){ .wish = *wish };
	set_days(o);
	day first = law_from(o), last = law_to(o);
	day january = date_day(o->year, 1, 1), december = date_day(o->year, 12, 31);
	roster_team_load(r->db, o->from, (day){ o->from.n + o->ndays - 1 }, first.n < january.n ? first : january, last.n > december.n ? last : december, &o->team);
	struct worktime_spans spans = worktime_spans(r->arena, &o->team.rows, first, (int)(last.n - first.n + 1));
	o->warnings = worklaw_check(r->arena, &o->team.rows, &spans, first, (int)(last.n - first.n + 1));
	o->duty = duty_days(r->arena, &o->team.rows, o->team.kinds, o->team.contracts, o->team.ncontracts, o->from, o->ndays);
	o->absences = roster_absences_load(r->db, o->from, (day){ o->from.n + o->ndays - 1 }, 0, r->today);
	count_hits(r->db, o, r->today);
	load_foot(r->db, o);
	o->accounts = roster_accounts(r->db, &o->team, o->year, r->today);
	o->vacations = roster_absences_load(r->db, january, december, 0, december);
	load_declined(r, o);
}
