#include "modules/calendar/day.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/calendar/catalogue.h"
#include "modules/calendar/day_private.h"
#include "modules/calendar/hours.h"
#include "web/icon.h"
#include "web/web.h"
#include <string.h>

enum { HOUR = 60, MOST_NEXT = 6, MOST_WAITING = 4 };

struct columns { struct column *at; size_t n, cap; };

static void read_columns(struct db *db, struct query *q, struct columns *columns)
{
	while (db_step(q))
		*arena_push(db_arena(db), columns) = (struct column){ .id = db_int(q, 0), .name = db_text(q, 1), .code = db_text(q, 2) };
}

/* Whoever is in the book and here on that day. */
/* Who works here on that day; and who has appointments then, although she left since, or came later than these say. */
static struct columns staff_columns(struct db *db, day d)
{
	struct columns columns = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name, code FROM staff WHERE in_book = 1 "
	    "AND ((active = 1 AND ifnull(joined, 0) <= ?1 AND ifnull(left, 9999999) >= ?1) "
	    "OR id IN (SELECT resource >> 2 FROM use WHERE day = ?1 AND resource & 3 = 1)) ORDER BY sort, id"), B(d));
	read_columns(db, &q, &columns);
	return columns;
}

static struct columns place_columns(struct db *db)
{
	struct columns columns = { 0 };
	struct query q = db_query(db, SQL("SELECT p.id, p.name, c.name FROM place p JOIN place_class c ON c.id = p.class "
	    "WHERE p.active = 1 ORDER BY c.sort, p.sort, p.id"));
	read_columns(db, &q, &columns);
	for (size_t i = 0; i < columns.n; i++) {
		columns.at[i].note = columns.at[i].code;
		columns.at[i].code = NULL;
		columns.at[i].axis = AXIS_PLACE;
	}
	return columns;
}

static void add_devices(struct db *db, struct columns *columns)
{
	struct query q = db_query(db, SQL("SELECT id, name || iif(quantity > 1, ' (' || quantity || ')', '') FROM device "
	    "WHERE active = 1 ORDER BY sort, id"));
	while (db_step(&q))
		*arena_push(db_arena(db), columns) = (struct column){ .id = db_int(&q, 0), .name = db_text(&q, 1), .axis = AXIS_DEVICE };
}

static void widen(struct day_view *v, int start, int end)
{
	int open = start / HOUR * HOUR, close = (end + HOUR - 1) / HOUR * HOUR;
	if (open < v->on.open)
		v->on.open = open;
	if (close > v->on.close)
		v->on.close = close;
}

/* The rows shown: opening hours with half an hour around, and whatever was booked outside of them. */
static void set_range(struct day_view *v, const struct worktime_rows *rows)
{
	v->on.open = 9 * HOUR;
	v->on.close = 18 * HOUR;
	bool known = false;
	for (size_t i = 0; i < rows->nopenings; i++) {
		if (!known) {
			v->on.open = 23 * HOUR;
			v->on.close = 1 * HOUR;
		}
		known = true;
		int start = rows->openings[i].start - 30, end = rows->openings[i].end + 30;
		widen(v, start < 0 ? 0 : start, end > 1440 ? 1440 : end);
	}
	for (size_t i = 0; i < v->appts.n; i++)
		if (book_takes_time(&v->appts.at[i]))
			widen(v, v->appts.at[i].start, v->appts.at[i].end);
}

static bool is_today(const struct day_view *v) { return v->on.now >= 0 && v->on.now <= DAY_MINUTES; }

static str place_name(struct db *db, int64_t id)
{
	return id == 0 ? NULL : db_one_text(db, SQL("SELECT name FROM place WHERE id = ?"), B(id));
}

static void find_waiting(struct db *db, struct day_view *v)
{
	struct { struct waiting *at; size_t n, cap; } list = { 0 };
	struct arena *a = db_arena(db);
	for (size_t i = 0; i < v->appts.n && list.n < MOST_WAITING; i++) {
		const struct book_appt *x = &v->appts.at[i];
		for (size_t s = 0; x->status == STATUS_IN_SERVICE && s < x->nsteps; s++)
			for (size_t p = 0; p < x->steps[s].nphases; p++) {
				const struct book_phase *ph = &x->steps[s].phases[p];
				if (ph->kind != PHASE_WAIT || ph->start > v->on.now || ph->end <= v->on.now)
					continue;
				str place = place_name(db, ph->place);
				*arena_push(a, &list) = (struct waiting){ .appt = x, .name = day_last_name(a, x->name), .style = x->steps[s].style,
				    .end = ph->end, .left = arena_printf(a, _("%d′ left"), ph->end - v->on.now),
				    .where = arena_printf(a, "%s%s%s", place ? place : "", place ? " · " : "",
				        x->steps[s].staff_code ? x->steps[s].staff_code : "") };
			}
	}
	v->waiting = list.at;
	v->nwaiting = list.n;
}

static void find_next(struct day_view *v, struct arena *a)
{
	struct { struct next_up *at; size_t n, cap; } list = { 0 };
	for (size_t i = 0; i < v->appts.n && list.n < MOST_NEXT; i++) {
		const struct book_appt *x = &v->appts.at[i];
		if (x->kind == APPT_BLOCK || x->status > STATUS_ARRIVED || x->start < v->on.now - 30)
			continue;
		*arena_push(a, &list) = (struct next_up){ x, day_last_name(a, x->name),
			x->nsteps > 0 && x->steps[0].staff_code ? x->steps[0].staff_code : "", x->start };
	}
	v->next = list.at;
	v->nnext = list.n;
}

static void lay_out(struct db *db, struct day_view *v, const struct worktime_rows *rows)
{
	struct arena *a = db_arena(db);
	struct worktime_spans spans = worktime_spans(a, rows, v->on.day, 1);
	struct span open[2];
	int nopen = worktime_opening(rows, v->on.day, open);
	for (size_t i = 0; i < v->ncolumns; i++) {
		struct column *c = &v->columns[i];
		if (v->axis == AXIS_STAFF)
			c->hours = hours_of(a, rows, &spans, &v->appts, c->id, v->on.day);
		else
			for (int k = 0; k < nopen; k++)
				c->hours.work[c->hours.nwork++] = open[k];
		c->hours.reason = v->closed;
		layout_column(a, &v->on, &v->appts, c);
	}
}

/* Where nobody works at all the columns stay as they are. */
static void count_away(struct day_view *v)
{
	for (size_t i = 0; i < v->ncolumns; i++)
		v->naway += v->columns[i].away;
	if (v->naway < v->ncolumns)
		return;
	for (size_t i = 0; i < v->ncolumns; i++)
		v->columns[i].away = false;
	v->naway = 0;
}

/* Whose column is asked for without saying so: of the first proposal, of the chosen appointment; 0 = nobody's. */
static int64_t meant_column(const struct day_view *v, const struct day_wish *wish)
{
	if (wish->who != 0 || v->axis != AXIS_STAFF)
		return wish->who;
	if (wish->npicks > 0 && wish->picks->slot->nclaims > 0 && wish->picks->slot->day.n == v->on.day.n)
		return wish->picks->slot->claims->staff;
	for (size_t i = 0; i < v->appts.n; i++)
		if (v->appts.at[i].id == wish->chosen && v->appts.at[i].nsteps > 0)
			return v->appts.at[i].steps->staff;
	return 0;
}

/* A phone shows one column: the one that is meant, else the user's own if there is work, else the first with work. */
static size_t solo_column(const struct day_view *v, const struct day_wish *wish)
{
	int64_t meant = meant_column(v, wish);
	size_t first = v->ncolumns, own = v->ncolumns;
	for (size_t i = 0; i < v->ncolumns; i++) {
		if (v->columns[i].id == meant && (v->axis == AXIS_STAFF || v->columns[i].axis == wish->who_axis))
			return i;
		if (v->columns[i].away)
			continue;
		if (first == v->ncolumns)
			first = i;
		if (v->axis == AXIS_STAFF && v->columns[i].id == wish->own)
			own = i;
	}
	return own < v->ncolumns ? own : first < v->ncolumns ? first : 0;
}

void day_load(struct db *db, const struct day_wish *wish, day today, daytime clock, struct day_view *v)
{
	static const char *const names[] = { [AXIS_STAFF] = "who", [AXIS_PLACE] = "place", [AXIS_DEVICE] = "device" };
	*v = (struct day_view){ .axis = wish->axis, .axis_query = wish->axis == AXIS_STAFF ? "" : "&axis=place", .chosen = wish->chosen,
		.who_query = wish->who != 0 ? arena_printf(db_arena(db), "&%s=%lld", names[wish->who_axis], (long long)wish->who) : "" };
	v->on.day = wish->day;
	v->on.now = wish->day.n == today.n ? (int)clock.min : wish->day.n < today.n ? DAY_MINUTES + 1 : -1;
	struct worktime_rows rows = hours_rows(db, wish->day, wish->day);
	v->closed = hours_closed_reason(db_arena(db), &rows, db, wish->day);
	v->appts = book_load_day(db, wish->day);
	v->parked = book_load_parked(db);
	book_mark_conflicts(&v->appts);
	struct columns columns = wish->axis == AXIS_STAFF ? staff_columns(db, wish->day) : place_columns(db);
	if (wish->axis != AXIS_STAFF)
		add_devices(db, &columns);
	v->columns = columns.at;
	v->ncolumns = columns.n;
	set_range(v, &rows);
	lay_out(db, v, &rows);
	count_away(v);
	v->solo = solo_column(v, wish);
	if (is_today(v))
		find_waiting(db, v);
	find_next(v, db_arena(db));
}

void day_load_week(struct db *db, int64_t staff, day first, size_t ndays, day today, daytime clock, struct day_view *v)
{
	struct arena *a = db_arena(db);
	day last = { first.n + (int64_t)ndays - 1 };
	struct worktime_rows rows = hours_rows(db, first, last);
	struct worktime_spans spans = worktime_spans(a, &rows, first, (int)ndays);
	struct book_appts all = book_load_days(db, first, last);
	struct day_view range = { .appts = all };
	set_range(&range, &rows);
	for (size_t i = 0; i < ndays; i++) {
		day d = { first.n + (int64_t)i };
		v[i] = (struct day_view){ .axis = AXIS_STAFF, .axis_query = "",
			.on = { d, range.on.open, range.on.close, d.n == today.n ? (int)clock.min : d.n < today.n ? DAY_MINUTES + 1 : -1 },
			.closed = hours_closed_reason(a, &rows, db, d), .appts = book_of_day(&all, d), .ncolumns = 1 };
		v[i].columns = arena_new_of(a, struct column);
		*v[i].columns = (struct column){ .id = staff, .name = day_short(a, d), .hours = hours_of(a, &rows, &spans, &v[i].appts, staff, d) };
		v[i].columns->hours.reason = v[i].closed;
		layout_column(a, &v[i].on, &v[i].appts, v[i].columns);
	}
}

/* The column's parameter in links and for the script. */
static const char *column_name(const struct column *c)
{
	return c->axis == AXIS_STAFF ? "staff" : c->axis == AXIS_PLACE ? "place" : "device";
}

static char *wait_text(struct arena *a, int end)
{
	return arena_printf(a, _("Processing until %s"), daytime_text(a, (daytime){ end }));
}

/* From the first to the last claim of this person, waiting times between them included. */
static bool pick_span(const struct day_pick *p, int64_t staff, int *start_r, int *end_r)
{
	bool found = false;
	for (size_t i = 0; i < p->slot->nclaims; i++) {
		const struct slot_claim *c = &p->slot->claims[i];
		if (c->staff != staff)
			continue;
		if (!found)
			*start_r = c->start;
		*end_r = c->end;
		found = true;
	}
	return found;
}

static int claim_kind(const struct day_pick *p, const struct slot_claim *c)
{
	return (int)p->chain->steps[c->step].phases[c->phase].kind;
}

/* Work that follows at once and looks the same is drawn as one, as the book will draw it. */
static bool goes_on(const struct day_pick *p, const struct slot_claim *c, const struct slot_claim *next)
{
	return claim_kind(p, next) == PHASE_ACTIVE && next->start == c->end && next->staff == c->staff &&
	    text_equal(p->chain->links[c->step].style, p->chain->links[next->step].style);
}

static void item_html(struct out *, const struct day_view *, const struct column *, const struct item *);

#include "gen/modules/calendar/day.html.h"

static void item_html(struct out *o, const struct day_view *v, const struct column *c, const struct item *i)
{
	switch (i->kind) {
	case ITEM_OFF:     off_html(o, v, c, i); return;
	case ITEM_GAP:     gap_html(o, v, c, i); return;
	case ITEM_BREAK:   break_html(o, i); return;
	case ITEM_ABSENCE: absence_html(o, v, i); return;
	case ITEM_VISIT:   visit_html(o, v, c, i); return;
	}
}
