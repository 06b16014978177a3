#include "modules/calendar/overview.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/booking.h"
#include "modules/calendar/hours.h"
#include "modules/calendar/page.h"
#include "web/icon.h"

enum { WEEK = 7, MOST_WEEKS = 6 };

struct cell { day day; int visits; int64_t taken, working; bool outside; str closed; };
struct month_view { day first; struct cell cells[MOST_WEEKS * WEEK]; size_t ncells; };
struct sheet_line { const struct book_appt *appt; size_t first, last; int start, end; str phone; bool inside; };   /* steps first..last */
struct sheet_column { str name, code; struct { struct sheet_line *at; size_t n, cap; } lines; struct hours hours; };
struct sheet { day day; str shop; struct sheet_column *columns; size_t ncolumns; };

static struct staff_name *staff_names(struct db *db, size_t *n_r)
{
	struct { struct staff_name *at; size_t n, cap; } names = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name, code FROM staff WHERE active = 1 AND in_book = 1 ORDER BY sort, id"));
	while (db_step(&q))
		*arena_push(db_arena(db), &names) = (struct staff_name){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2) };
	*n_r = names.n;
	return names.at;
}

/* How full a day is, in tenths of what could be worked. */
static int fullness(const struct cell *c)
{
	return c->working <= 0 ? 0 : (int)(c->taken * 10 / c->working > 10 ? 10 : c->taken * 10 / c->working);
}

/* "Ansatzfarbe, wirkt bis 9:40, Schnitt, Föhnen" */
static char *phases_text(struct arena *a, const struct sheet_line *l)
{
	char *text = arena_text(a, "");
	for (size_t k = l->first; k <= l->last; k++) {
		const struct book_step *s = &l->appt->steps[k];
		text = arena_printf(a, "%s%s%s", text, k > l->first ? ", " : "", s->label);
		for (size_t i = 0; i < s->nphases; i++)
			if (s->phases[i].kind == PHASE_WAIT)
				text = arena_printf(a, _("%s, processing until %s"), text, daytime_text(a, (daytime){ s->phases[i].end }));
	}
	return text;
}

#include "gen/modules/calendar/overview.html.h"

static day shown_day(struct request *r)
{
	day d = request_day(r, "day");
	return d.n == NONE ? r->today : d;
}

static void overview_top(struct request *r, const void *about)
{
	const day *d = about;
	bar_html(&r->page, r, *d);
}

/* Days that are shut and empty are left out, so that a shop's five days have the room of five. */
static size_t drop_closed(struct day_view *views, size_t n)
{
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (views[i].closed == NULL || views[i].appts.n > 0)
			views[kept++] = views[i];
	return kept;
}

void page_week(struct request *r, const struct route *route)
{
	(void)route;
	size_t n, nnames;
	day d = shown_day(r);
	struct staff_name *names = staff_names(r->db, &nnames);
	int64_t staff = request_int(r, "staff");
	const struct staff_name *who = nnames > 0 ? &names[0] : NULL;
	for (size_t i = 0; i < nnames; i++)
		if (names[i].id == staff || (staff == NONE && names[i].id == r->user))
			who = &names[i];
	struct day_view views[WEEK];
	if (who == NULL) {
		page_error(r, 404, _("Nobody is in the book yet."));
		return;
	}
	day_load_week(r->db, who->id, date_monday(d), WEEK, r->today, r->clock, views);
	n = drop_closed(views, WEEK);
	struct page page = { .title = arena_printf(r->arena, _("Week of %s"), who->name), .section = "book", .body_class = "p-day",
		.main_class = "m-week", .top = overview_top, .about = &d };
	page_begin(r, &page);
	week_html(&r->page, names, nnames, who, d, views, n);
	page_aside(r);
	page_end(r);
}

static void count_month(struct db *db, struct month_view *m, day from, day to)
{
	struct worktime_rows rows = hours_rows(db, from, to);
	struct worktime_spans spans = worktime_spans(db_arena(db), &rows, from, (int)m->ncells);
	for (size_t i = 0; i < spans.n; i++)
		if (spans.at[i].kind == WORKTIME_WORK)
			m->cells[spans.at[i].day.n - from.n].working += spans.at[i].end - spans.at[i].start;
	struct query q = db_query(db, SQL("SELECT day, sum(end - start), count(DISTINCT appointment) FROM use "
	    "WHERE day BETWEEN ? AND ? AND resource % 4 = 1 GROUP BY day"), B(from), B(to));
	while (db_step(&q)) {
		struct cell *c = &m->cells[db_int(&q, 0) - from.n];
		c->taken = db_int(&q, 1);
		c->visits = (int)db_int(&q, 2);
	}
	for (size_t i = 0; i < m->ncells; i++)
		if (m->cells[i].working == 0)
			m->cells[i].closed = hours_closed_reason(db_arena(db), &rows, db, m->cells[i].day);
}

void page_month(struct request *r, const struct route *route)
{
	(void)route;
	day d = shown_day(r);
	struct civil c = date_civil(d);
	struct month_view *m = arena_new_of(r->arena, struct month_view);
	m->first = date_day(c.year, c.month, 1);
	day from = date_monday(m->first), last = { m->first.n + date_days_in_month(c.year, c.month) - 1 };
	day to = { date_monday(last).n + WEEK - 1 };
	for (day at = from; at.n <= to.n; at.n++)
		m->cells[m->ncells++] = (struct cell){ .day = at, .outside = date_civil(at).month != c.month };
	count_month(r->db, m, from, to);
	struct page page = { .title = arena_printf(r->arena, "%s %d", month_long(c.month), c.year), .section = "book", .body_class = "p-day",
		.main_class = "m-month", .top = overview_top, .about = &d };
	page_begin(r, &page);
	month_html(&r->page, m, r->today);
	page_aside(r);
	page_end(r);
}

static void add_lines(struct db *db, struct sheet_column *c, int64_t staff, const struct book_appts *appts)
{
	for (size_t i = 0; i < appts->n; i++) {
		const struct book_appt *a = &appts->at[i];
		for (size_t s = 0; book_takes_time(a) && s < a->nsteps; s++) {
			const struct book_step *step = &a->steps[s];
			if (step->staff != staff || step->nphases == 0)
				continue;
			int start = step->phases[0].start, end = step->phases[step->nphases - 1].end;
			struct sheet_line *before = c->lines.n > 0 ? &c->lines.at[c->lines.n - 1] : NULL;
			if (before != NULL && before->appt == a && before->last + 1 == s) {
				before->last = s;
				before->end = end;
				continue;
			}
			*arena_push(db_arena(db), &c->lines) = (struct sheet_line){ a, s, s, start, end, NULL, before != NULL && before->end > start };
		}
	}
}

/* One query for all phone numbers of the day. */
static void add_phones(struct db *db, struct sheet *sheet)
{
	struct query q = db_query(db, SQL("SELECT a.id, coalesce(c.mobile, c.phone, c.phone_other) FROM appointment a "
	    "JOIN customer c ON c.id = a.customer WHERE a.day = ?"), B(sheet->day));
	while (db_step(&q)) {
		int64_t id = db_int(&q, 0);
		str phone = db_text(&q, 1);
		for (size_t i = 0; i < sheet->ncolumns; i++)
			for (size_t k = 0; k < sheet->columns[i].lines.n; k++)
				if (sheet->columns[i].lines.at[k].appt->id == id)
					sheet->columns[i].lines.at[k].phone = phone;
	}
}

/* Without a day: tomorrow, as it is printed in the evening. */
void page_print(struct request *r, const struct route *route)
{
	(void)route;
	day d = request_day(r, "day");
	struct sheet sheet = { .day = d.n == NONE ? (day){ r->today.n + 1 } : d };
	size_t n;
	struct staff_name *names = staff_names(r->db, &n);
	struct book_appts appts = book_load_day(r->db, sheet.day);
	struct worktime_rows rows = hours_rows(r->db, sheet.day, sheet.day);
	struct worktime_spans spans = worktime_spans(r->arena, &rows, sheet.day, 1);
	sheet.columns = arena_array(r->arena, struct sheet_column, n);
	sheet.ncolumns = n;
	sheet.shop = db_one_text(r->db, SQL("SELECT name FROM shop"));
	for (size_t i = 0; i < n; i++) {
		sheet.columns[i] = (struct sheet_column){ .name = names[i].name, .code = names[i].code, .hours = hours_of(&rows, &spans, names[i].id, sheet.day) };
		add_lines(r->db, &sheet.columns[i], names[i].id, &appts);
	}
	add_phones(r->db, &sheet);
	struct page page = { .title = arena_printf(r->arena, _("Day sheet %s"), day_short(r->arena, sheet.day)), .section = "book",
		.body_class = "bare paper", .bare = true };
	page_begin(r, &page);
	sheet_html(&r->page, &sheet, r->now);
	page_end(r);
}
