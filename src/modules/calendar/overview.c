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

/* How full a day is, in tenths of what could be worked. */
static int fullness(const struct cell *c)
{
	if (c->working <= 0 || c->taken <= 0)
		return 0;
	int tenths = (int)(c->taken * 10 / c->working);
	return tenths < 1 ? 1 : tenths > 10 ? 10 : tenths;
}

/* "12. bis 17. Oktober" of Monday to Saturday, "28. Sept. bis 3. Okt." */
static char *week_span(struct arena *a, day d)
{
	day first = date_monday(d), last = { first.n + WEEK - 2 };
	if (date_civil(first).month == date_civil(last).month)
		return arena_printf(a, _("%d. to %s"), date_civil(first).day, day_month(a, last));
	return arena_printf(a, _("%s to %s"), day_month_short(a, first), day_month_short(a, last));
}

static int64_t length_within(const struct span *s, const struct span *within, size_t n)
{
	int64_t length = 0;
	for (size_t i = 0; i < n; i++) {
		int from = s->start > within[i].start ? s->start : within[i].start, to = s->end < within[i].end ? s->end : within[i].end;
		length += to > from ? to - from : 0;
	}
	return length;
}

static int64_t workable(const struct hours *h)
{
	int64_t length = 0;
	for (size_t i = 0; i < h->nwork; i++)
		length += h->work[i].end - h->work[i].start;
	for (size_t i = 0; i < h->nbreaks; i++)
		length -= h->breaks[i].end - h->breaks[i].start;
	for (size_t i = 0; i < h->nabsent; i++)
		if (h->absent[i].granted)
			length -= length_within(&h->absent[i].span, h->work, h->nwork) - length_within(&h->absent[i].span, h->breaks, h->nbreaks);
	return length > 0 ? length : 0;
}

static char *week_sum(struct arena *a, const struct day_view *views, size_t n)
{
	int64_t taken = 0, working = 0;
	for (size_t i = 0; i < n; i++) {
		taken += day_taken(&views[i]);
		working += workable(&views[i].columns->hours);
	}
	return arena_printf(a, _("%s taken of %s"), hours_text(a, (minutes){ taken }), hours_text(a, (minutes){ working }));
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
	size_t n;
	day d = shown_day(r);
	const struct catalogue *c = catalogue_of(r->db);
	const struct staff_name *names = c->staff;
	int64_t staff = request_int(r, "staff");
	const struct staff_name *who = c->nbook > 0 ? &names[0] : NULL;
	for (size_t i = 0; i < c->nbook; i++)
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
	week_html(&r->page, names, c->nbook, who, d, views, n);
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
