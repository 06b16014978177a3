#include "modules/roster/roster_private.h"
#include "base/date.h"
#include "base/text.h"
#include "web/icon.h"
#include <string.h>

enum { TOLD = 12, WEEKS = 53 };                        /* warnings listed; columns of the year */

/* One cell of the matrix: a day, or the days of one absence in a row. */
struct cell {
	day from, to;
	const struct duty_day *duty;
	const struct roster_absence *whole, *part;   /* part: the first by the hour */
	str warning;
};
struct cells { struct cell *at; size_t n, cap; };

static bool covers(const struct staff_absence *x, int64_t staff, day on) { return x->staff == staff && x->from.n <= on.n && x->to.n >= on.n; }
static bool is_illness(const struct staff_absence *x) { return x->kind == DUTY_SICK || x->kind == DUTY_CHILD_SICK; }

/* A day on which the shop is shut breaks an absence that lasts longer than it. */
static const struct roster_absence *shown_on(const struct roster *v, int64_t staff, const struct duty_day *d, day on, bool whole)
{
	const struct roster_absence *best = NULL;
	int best_score = 0;
	for (size_t i = 0; i < v->absences.n; i++) {
		const struct staff_absence *x = &v->absences.at[i].is;
		if (!covers(x, staff, on) || (x->start.min == NONE) != whole || (d->shut && d->planned == 0 && x->from.n != x->to.n))
			continue;
		int score = !x->granted ? 1 : is_illness(x) ? 3 : 2;
		if (score > best_score) {
			best = &v->absences.at[i];
			best_score = score;
		}
	}
	return best;
}

static bool is_of_day(enum worklaw_code code) { return code != WORKLAW_WEEK_LONG && code != WORKLAW_WEEK_DAYS && code != WORKLAW_SATURDAYS; }

/* Up to where a warning reaches: a week or month begins on its day. */
static day warned_to(const struct worklaw_warning *w)
{
	struct civil c = date_civil(w->day);
	return (day){ w->day.n + (is_of_day(w->code) ? 0 : w->code == WORKLAW_SATURDAYS ? date_days_in_month(c.year, c.month) - 1 : 6) };
}

static bool concerns(const struct roster *v, const struct worklaw_warning *w)
{
	return w->day.n < v->from.n + v->ndays && warned_to(w).n >= v->from.n;
}

static str warning_on(struct arena *a, const struct roster *v, int64_t staff, day on)
{
	char *text = NULL;
	for (size_t i = 0; i < v->warnings.n; i++) {
		const struct worklaw_warning *w = &v->warnings.at[i];
		if (w->staff == staff && w->day.n == on.n && is_of_day(w->code))
			text = arena_printf(a, "%s%s%s", text ? text : "", text ? "; " : "", worklaw_text(a, w));
	}
	return text;
}

/* Of the person's weeks and months. */
static str warning_of(struct arena *a, const struct roster *v, int64_t staff)
{
	char *text = NULL;
	for (size_t i = 0; i < v->warnings.n; i++) {
		const struct worklaw_warning *w = &v->warnings.at[i];
		if (w->staff == staff && !is_of_day(w->code) && concerns(v, w))
			text = arena_printf(a, "%s%s%s", text ? text : "", text ? "; " : "", worklaw_text(a, w));
	}
	return text;
}

static struct cells cells_of(struct arena *a, const struct request *r, const struct roster *v, size_t person)
{
	struct cells cells = { 0 };
	int64_t staff = v->team.people[person].id;
	for (int i = 0; i < v->ndays; i++) {
		day on = { v->from.n + i };
		const struct duty_day *d = duty_at(&v->duty, person, on);
		const struct roster_absence *whole = shown_on(v, staff, d, on, true);
		struct cell *last = cells.n > 0 ? &cells.at[cells.n - 1] : NULL;
		if (whole != NULL && last != NULL && last->whole == whole) {
			last->to = on;
			continue;
		}
		*arena_push(a, &cells) = (struct cell){ on, on, d, whole, whole ? NULL : shown_on(v, staff, d, on, false),
			roster_sees_account(r, staff) ? warning_on(a, v, staff, on) : NULL };
	}
	return cells;
}

static const char *absence_css(const struct staff_absence *x)
{
	static const char *const css[DUTY_KINDS] = { "ab-u", "ab-k", "ab-k", "ab-s", "ab-s", "ab-u", "ab-u" };
	return !x->granted ? "ab-a" : css[x->kind >= 0 && x->kind < DUTY_KINDS ? x->kind : DUTY_OTHER];
}

/* "Urlaub bis Di 27., genehmigt" */
static char *absence_text(struct arena *a, const struct roster *v, const struct roster_absence *x)
{
	const char *kind = staff_absence_short(x->is.kind);
	bool vacation = x->is.kind == DUTY_VACATION || x->is.kind == DUTY_TIME_OFF;
	char *until = x->is.to.n >= v->from.n + v->ndays ? arena_printf(a, _("%s until %s"), kind, day_short(a, x->is.to)) : arena_text(a, kind);
	char *text = !x->is.granted ? arena_printf(a, _("%s asked for"), until) : vacation ? arena_printf(a, _("%s, granted"), until) : until;
	return x->hits == 0 ? text : arena_printf(a, P_("%s, %d appointment", "%s, %d appointments", x->hits), text, x->hits);
}

/* "ab 15 Uhr: Urlaub beantragt"; where it is narrow only the times. */
static char *part_text(struct arena *a, const struct cell *c, bool narrow)
{
	const struct staff_absence *x = &c->part->is;
	char *from = roster_time(a, (int)x->start.min), *to = roster_time(a, (int)x->end.min);
	if (narrow)
		return arena_printf(a, "%s–%s", from, to);
	char *when = x->end.min >= c->duty->end ? arena_printf(a, _("from %s: %s"), from, staff_absence_short(x->kind))
	    : arena_printf(a, _("%s–%s: %s"), from, to, staff_absence_short(x->kind));
	return x->granted ? when : arena_printf(a, _("%s asked for"), when);
}

static bool is_selected(const struct roster *v, const struct cell *c, int64_t staff)
{
	const struct roster_wish *w = &v->wish;
	if (w->absence != 0)
		return c->whole != NULL ? c->whole->is.id == w->absence : c->part != NULL && c->part->is.id == w->absence;
	return w->staff == staff && w->on.n != NONE && c->from.n <= (w->to.n == NONE ? w->on.n : w->to.n) && c->to.n >= w->on.n;
}

static char *cell_path(struct arena *a, const struct roster *v, const struct cell *c, int64_t staff)
{
	struct out on = { .arena = a };
	out_iso_day(&on, c->from);
	return c->whole != NULL ? roster_path(a, &v->wish, arena_printf(a, "&absence=%lld", (long long)c->whole->is.id))
	    : roster_path(a, &v->wish, arena_printf(a, "&staff=%lld&on=%s", (long long)staff, on.s));
}

static char *day_css(struct arena *a, const struct roster *v, day on, day today)
{
	const struct roster_day *d = &v->days[on.n - v->from.n];
	return arena_printf(a, "%s%s%s", on.n == today.n ? " td" : "", d->closed ? " so" : "", date_weekday(on) == 1 && on.n != v->from.n ? " wkb" : "");
}

struct sum { int64_t planned, target; };
static struct sum sum_of(const struct roster *v, size_t person)
{
	struct sum s = { 0, duty_target(v->team.contracts, v->team.ncontracts, &v->team.rows.people[person], v->from, v->ndays) };
	for (int i = 0; i < v->ndays; i++) {
		const struct duty_day *d = duty_at(&v->duty, person, (day){ v->from.n + i });
		s.planned += d->worked + d->credited;
	}
	return s;
}

/* An hour a week more than the contract has. */
static bool is_over(const struct roster *v, const struct sum *s) { return s->planned > s->target + 60 * v->ndays / 7; }
static int64_t tenth(int64_t min) { return (min + 3) / 6 * 6; }

/* 'u' granted vacation in this week of the year, 'a' only asked for, ' ' none. week: 0.. from the Monday of 1 January's week. */
static char week_state(const struct roster *v, int64_t staff, int week)
{
	day monday = { date_monday(date_day(v->year, 1, 1)).n + 7 * week };
	char state = ' ';
	for (size_t i = 0; i < v->vacations.n; i++) {
		const struct staff_absence *x = &v->vacations.at[i].is;
		if (x->staff != staff || !v->team.kinds[x->kind].vacation || x->start.min != NONE || x->from.n > monday.n + 6 || x->to.n < monday.n)
			continue;
		state = x->granted ? 'u' : state == 'u' ? 'u' : 'a';
	}
	return state;
}

static int weeks_of_year(int year)
{
	return (int)((date_monday(date_day(year, 12, 31)).n - date_monday(date_day(year, 1, 1)).n) / 7 + 1);
}

/* How many of the year's weeks begin the month: those whose Thursday lies in it. */
static int month_weeks(int year, int month)
{
	int n = 0;
	day monday = date_monday(date_day(year, 1, 1));
	for (int w = 0; w < weeks_of_year(year); w++) {
		struct civil thursday = date_civil((day){ monday.n + 7 * w + 3 });
		int in = thursday.year < year ? 1 : thursday.year > year ? 12 : thursday.month;
		n += in == month;
	}
	return n;
}

static char *week_text(struct arena *a, const struct roster *v, int first, int last, char state)
{
	int year, from, to;
	day monday = date_monday(date_day(v->year, 1, 1));
	date_iso_week((day){ monday.n + 7 * first }, &year, &from);
	date_iso_week((day){ monday.n + 7 * last }, &year, &to);
	const char *how = state == 'u' ? _("granted") : _("asked for");
	return first == last ? arena_printf(a, _("week %d %s"), from, how) : arena_printf(a, _("week %d to %d %s"), from, to, how);
}

static char *heading(struct arena *a, const struct roster *v)
{
	struct civil c = date_civil(v->from);
	return v->wish.span == ROSTER_MONTH ? arena_printf(a, "%s %d", month_long(c.month), c.year)
	    : roster_range(a, v->from, (day){ v->from.n + v->ndays - 1 });
}

/* Where the arrows lead: a span earlier or later. */
static char *beside_path(struct arena *a, const struct roster *v, int step)
{
	struct roster_wish w = v->wish;
	w.day = v->wish.span == ROSTER_MONTH ? date_add_months(v->from, step) : (day){ v->wish.day.n + 7 * step * (int)v->wish.span };
	return roster_path(a, &w, "");
}

static char *span_path(struct arena *a, const struct roster *v, enum roster_span span)
{
	struct roster_wish w = v->wish;
	w.span = span;
	return roster_path(a, &w, "");
}

static char *form_path(struct arena *a, const struct roster *v, const char *more)
{
	struct out d = { .arena = a };
	out_iso_day(&d, v->wish.day);
	return arena_printf(a, "/roster/absence?day=%s&span=%d%s", d.s, (int)v->wish.span, more);
}

/* Names of those who have an absence on days of this one as well. */
static str also_away(struct arena *a, const struct roster *v, const struct staff_absence *x)
{
	char *text = NULL;
	for (size_t p = 0; p < v->team.rows.npeople; p++)
		for (size_t i = 0; i < v->absences.n; i++) {
			const struct staff_absence *y = &v->absences.at[i].is;
			if (y->staff != v->team.people[p].id || y->staff == x->staff || y->from.n > x->to.n || y->to.n < x->from.n || y->start.min != NONE)
				continue;
			text = arena_printf(a, "%s%s%s", text ? text : "", text ? ", " : "", v->team.people[p].name);
			break;
		}
	return text;
}

#include "gen/modules/roster/roster.html.h"

static void top(struct request *r, const void *about) { top_html(&r->page, r, about); }

static void own_panel(struct request *r, const struct roster *v, const struct roster_refused *refused)
{
	struct roster_absence x;
	if (v->wish.absence != 0 && roster_absence_find(r->db, v->wish.absence, &x))
		roster_panel_absence(r, v, &x, refused);
	else if (v->wish.absence == 0 && v->wish.on.n != NONE && roster_person_of(&v->team, v->wish.staff) >= 0)
		roster_panel_cell(r, v, refused);
}

static void write_page(struct request *r, const struct roster_wish *wish, roster_panel_fn *panel, void *about, const struct roster_refused *refused)
{
	struct roster *v = arena_new_of(r->arena, struct roster);
	roster_load(r, wish, v);
	bool beside_it = panel != NULL || wish->absence != 0 || (wish->staff != 0 && wish->on.n != NONE);
	struct out iso = { .arena = r->arena };
	out_iso_day(&iso, wish->day);
	struct page page = { .day = iso.s, .title = arena_printf(r->arena, _("Duty roster, %s"), heading(r->arena, v)), .section = "roster",
		.body_class = beside_it ? "p-roster with-panel" : "p-roster", .main_class = "sheet", .top = top, .about = v };
	page_begin(r, &page);
	matrix_html(&r->page, r, v);
	page_aside(r);
	if (panel != NULL)
		panel(r, v, about);
	else
		own_panel(r, v, refused);
	page_end(r);
}

void roster_page(struct request *r, const struct roster_wish *wish, roster_panel_fn *panel, void *about) { write_page(r, wish, panel, about, NULL); }

void roster_page_refused(struct request *r, const struct roster_wish *wish, const struct roster_refused *refused)
{
	write_page(r, wish, NULL, NULL, refused);
}

static void page_roster(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_wish wish = roster_wish(r);
	roster_page(r, &wish, NULL, NULL);
}

static void page_print(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_wish wish = roster_wish(r);
	struct roster *v = arena_new_of(r->arena, struct roster);
	roster_load(r, &wish, v);
	v->paper = true;
	struct page page = { .title = arena_printf(r->arena, _("Duty roster, %s"), heading(r->arena, v)), .section = "roster", .body_class = "bare paper", .bare = true };
	page_begin(r, &page);
	paper_html(&r->page, r, v, db_one_text(r->db, SQL("SELECT name FROM shop")));
	page_end(r);
}

static const struct route routes[] = {
	{ "GET", "/roster", page_roster, .role = ROLE_APPRENTICE },
	{ "GET", "/roster/print", page_print, .role = ROLE_APPRENTICE },
	{ "GET", "/roster.csv", roster_page_csv, .role = ROLE_MANAGEMENT },
	{ "GET", "/roster/account", roster_page_accounts, .role = ROLE_APPRENTICE },
	{ "GET", "/roster/account/#", roster_page_account, .role = ROLE_APPRENTICE },
};
static const struct section section = { "roster", N_("Duty roster"), "calendar-range", "/roster", ROLE_APPRENTICE };
const struct module roster_module = { .name = "roster", ROUTES(routes), .section = &section };
