#include "modules/calendar/hours.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "rules/breaks.h"
#include "rules/holidays.h"

#define ROWS(type) struct { struct type *at; size_t n, cap; }

static int int_or(const struct query *q, int column, int missing)
{
	return db_null(q, column) ? missing : (int)db_int(q, column);
}

static void read_shop(struct db *db, struct worktime_rows *rows)
{
	ROWS(worktime_opening) openings = { 0 };
	struct query q = db_query(db, SQL("SELECT weekday, start, end FROM opening ORDER BY weekday, start"));
	while (db_step(&q))
		*arena_push(db_arena(db), &openings) = (struct worktime_opening){ (int)db_int(&q, 0), (int)db_int(&q, 1), (int)db_int(&q, 2) };
	q = db_query(db, SQL("SELECT country, state FROM shop"));
	while (db_step(&q)) {
		rows->country = db_text(&q, 0);
		rows->state = db_text(&q, 1);
	}
	rows->openings = openings.at;
	rows->nopenings = openings.n;
}

static void read_people(struct db *db, struct worktime_rows *rows)
{
	struct arena *a = db_arena(db);
	ROWS(worktime_person) people = { 0 };
	ROWS(worktime_pattern) patterns = { 0 };
	ROWS(worktime_shift) shifts = { 0 };
	struct query q = db_query(db, SQL("SELECT id, birthday, joined, left FROM staff WHERE in_book = 1"));
	while (db_step(&q))
		*arena_push(a, &people) = (struct worktime_person){ db_int(&q, 0), db_day(&q, 1), db_day(&q, 2), db_day(&q, 3) };
	q = db_query(db, SQL("SELECT id, staff, from_day, weeks FROM pattern"));
	while (db_step(&q))
		*arena_push(a, &patterns) = (struct worktime_pattern){ db_int(&q, 0), db_int(&q, 1), db_day(&q, 2), (int)db_int(&q, 3) };
	q = db_query(db, SQL("SELECT s.pattern, s.week, s.weekday, s.kind, s.start, s.end, p.break_slack FROM shift s JOIN pattern p ON p.id = s.pattern"));
	while (db_step(&q)) {
		struct worktime_shift *shift = arena_push(a, &shifts);
		*shift = (struct worktime_shift){ .pattern = db_int(&q, 0), .week = (int)db_int(&q, 1), .weekday = (int)db_int(&q, 2),
		    .kind = (int)db_int(&q, 3), .start = (int)db_int(&q, 4), .end = (int)db_int(&q, 5) };
		int slack = shift->kind == 1 ? (int)db_int(&q, 6) : 0;
		if (slack > 0) {
			shift->move_from = shift->start > slack ? shift->start - slack : 0;
			shift->move_to = shift->end + slack < DAY_MINUTES ? shift->end + slack : DAY_MINUTES;
		}
	}
	rows->people = people.at;
	rows->npeople = people.n;
	rows->patterns = patterns.at;
	rows->npatterns = patterns.n;
	rows->shifts = shifts.at;
	rows->nshifts = shifts.n;
}

/* What holds for every day, as long as nothing else is agreed. */
static void *read_always(struct db *db)
{
	struct worktime_rows *rows = arena_new_of(db_arena(db), struct worktime_rows);
	read_shop(db, rows);
	read_people(db, rows);
	return rows;
}

static void read_days(struct db *db, day from, day to, struct worktime_rows *rows)
{
	struct arena *a = db_arena(db);
	ROWS(worktime_override) overrides = { 0 };
	ROWS(worktime_exception) exceptions = { 0 };
	ROWS(worktime_absence) absences = { 0 };
	struct query q = db_query(db, SQL("SELECT day, closed, start, end FROM day_override WHERE day BETWEEN ? AND ?"), B(from), B(to));
	while (db_step(&q))
		*arena_push(a, &overrides) = (struct worktime_override){ db_day(&q, 0), db_bool(&q, 1), int_or(&q, 2, -1), int_or(&q, 3, -1) };
	q = db_query(db, SQL("SELECT staff, day, kind, start, end FROM staff_day WHERE day BETWEEN ? AND ?"), B(from), B(to));
	while (db_step(&q))
		*arena_push(a, &exceptions) = (struct worktime_exception){ db_int(&q, 0), db_day(&q, 1), (int)db_int(&q, 2),
		    (int)db_int(&q, 3), (int)db_int(&q, 4) };
	q = db_query(db, SQL("SELECT id, staff, kind, granted, from_day, to_day, start, end FROM absence "
	    "WHERE to_day >= ? AND from_day <= ?"), B(from), B(to));
	while (db_step(&q))
		*arena_push(a, &absences) = (struct worktime_absence){ db_int(&q, 0), db_int(&q, 1), (int)db_int(&q, 2), db_bool(&q, 3),
		    db_day(&q, 4), db_day(&q, 5), int_or(&q, 6, -1), int_or(&q, 7, -1) };
	rows->overrides = overrides.at;
	rows->noverrides = overrides.n;
	rows->exceptions = exceptions.at;
	rows->nexceptions = exceptions.n;
	rows->absences = absences.at;
	rows->nabsences = absences.n;
}

struct worktime_rows hours_rows(struct db *db, day from, day to)
{
	struct worktime_rows rows = *(const struct worktime_rows *)db_keep(db, read_always);
	read_days(db, from, to, &rows);
	return rows;
}

static day absence_end(const struct worktime_rows *rows, int64_t id)
{
	for (size_t i = 0; i < rows->nabsences; i++)
		if (rows->absences[i].id == id)
			return rows->absences[i].to;
	return (day){ NONE };
}

/* What this person is booked for on that day. */
static size_t uses_of(struct arena *a, const struct book_appts *appts, int64_t staff, day d, const struct use **uses_r)
{
	ROWS(use) uses = { 0 };
	for (size_t i = 0; i < appts->n; i++)
		for (size_t s = 0; book_takes_time(&appts->at[i]) && s < appts->at[i].nsteps; s++)
			for (size_t k = 0; k < appts->at[i].steps[s].nphases; k++) {
				const struct book_phase *p = &appts->at[i].steps[s].phases[k];
				if (p->staff == staff)
					*arena_push(a, &uses) = (struct use){ .day = d, .resource = resource_of(RESOURCE_PERSON, staff), .start = p->start,
					    .end = p->end, .appointment = appts->at[i].id };
			}
	*uses_r = uses.at;
	return uses.n;
}

/* Working time once more, with the breaks where they lie now. */
static void move_breaks(struct hours *h, const struct breaks *b)
{
	bool work[DAY_MINUTES / RASTER + 1] = { false };
	for (size_t i = 0; i < h->nwork; i++)
		for (int t = h->work[i].start / RASTER; t < h->work[i].end / RASTER; t++)
			work[t] = true;
	h->nbreaks = 0;
	for (size_t i = 0; i < b->n; i++)
		for (int t = b->at[i].own.start / RASTER; t < b->at[i].own.end / RASTER; t++)
			work[t] = work[t] || b->at[i].moves;
	for (size_t i = 0; i < b->n && h->nbreaks < COUNT(h->breaks); i++) {
		h->breaks[h->nbreaks++] = b->at[i].now;
		for (int t = b->at[i].now.start / RASTER; t < b->at[i].now.end / RASTER; t++)
			work[t] = false;
	}
	h->nwork = 0;
	for (int t = 0, from = -1; t <= DAY_MINUTES / RASTER; t++) {
		if (work[t] && from < 0)
			from = t;
		if (!work[t] && from >= 0) {
			if (h->nwork < COUNT(h->work))
				h->work[h->nwork++] = (struct span){ from * RASTER, t * RASTER };
			from = -1;
		}
	}
}

struct hours hours_of(struct arena *a, const struct worktime_rows *rows, const struct worktime_spans *spans, const struct book_appts *appts, int64_t staff, day d)
{
	struct hours h = { 0 };
	bool moves = false;
	for (size_t i = 0; i < spans->n; i++) {
		const struct worktime_span *s = &spans->at[i];
		if (s->staff != staff || s->day.n != d.n)
			continue;
		struct span span = { s->start, s->end };
		moves = moves || breaks_moves(s);
		if (s->kind == WORKTIME_WORK && h.nwork < COUNT(h.work))
			h.work[h.nwork++] = span;
		else if (s->kind == WORKTIME_BREAK && h.nbreaks < COUNT(h.breaks))
			h.breaks[h.nbreaks++] = span;
		else if ((s->kind == WORKTIME_ABSENT || s->kind == WORKTIME_ASKED) && h.nabsent < COUNT(h.absent))
			h.absent[h.nabsent++] = (struct absent){ span, s->absence_kind, s->kind == WORKTIME_ABSENT, absence_end(rows, s->absence) };
	}
	if (moves) {
		const struct use *uses;
		size_t n = uses_of(a, appts, staff, d, &uses);
		struct breaks b = breaks_place(a, spans->at, spans->n, uses, n, staff, d);
		move_breaks(&h, &b);
	}
	return h;
}

str hours_closed_reason(struct arena *a, const struct worktime_rows *rows, struct db *db, day d)
{
	struct span open[2];
	if (worktime_opening(rows, d, open) > 0)
		return NULL;
	str reason = db_one_text(db, SQL("SELECT reason FROM day_override WHERE day = ? AND closed = 1"), B(d));
	if (reason != NULL)
		return reason;
	const char *holiday = rows->country != NULL ? holidays_name(rows->country, rows->state, d) : NULL;
	return holiday != NULL ? _(holiday) : arena_printf(a, _("closed on %s"), weekday_long(d));
}

static void read_places(struct db *db, struct hours_frame *f)
{
	ROWS(place) places = { 0 };
	ROWS(device) devices = { 0 };
	struct query q = db_query(db, SQL("SELECT id, class FROM place WHERE active = 1"));
	while (db_step(&q))
		*arena_push(db_arena(db), &places) = (struct place){ .id = db_int(&q, 0), .class = db_int(&q, 1) };
	q = db_query(db, SQL("SELECT id, quantity FROM device WHERE active = 1"));
	while (db_step(&q))
		*arena_push(db_arena(db), &devices) = (struct device){ .id = db_int(&q, 0), .quantity = (int)db_int(&q, 1) };
	f->places = places.at;
	f->nplaces = places.n;
	f->devices = devices.at;
	f->ndevices = devices.n;
}

/* The nights when the clock is put forward. */
static void find_missing(struct arena *a, struct hours_frame *f)
{
	ROWS(slot_missing) missing = { 0 };
	struct slot_missing m;
	for (int i = 0; i < f->ndays; i++) {
		m.day = (day){ f->from.n + i };
		if (zone_missing(m.day, &m.start, &m.end))
			*arena_push(a, &missing) = m;
	}
	f->missing = missing.at;
	f->nmissing = missing.n;
}

struct hours_frame hours_frame(struct db *db, day from, int ndays)
{
	struct hours_frame f = { .rows = hours_rows(db, from, (day){ from.n + ndays - 1 }), .from = from, .ndays = ndays };
	f.spans = worktime_spans(db_arena(db), &f.rows, from, ndays);
	read_places(db, &f);
	find_missing(db_arena(db), &f);
	return f;
}

/* The first span of this day or a later one; they are in order of days. */
static size_t first_span(const struct hours_frame *f, day d)
{
	size_t low = 0, high = f->spans.n;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (f->spans.at[middle].day.n < d.n)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

struct slot_world hours_frame_world(struct db *db, const struct hours_frame *f, day from, int ndays)
{
	ROWS(use) uses = { 0 };
	day to = { from.n + ndays - 1 };
	size_t first = first_span(f, from), end = first_span(f, (day){ to.n + 1 });
	struct query q = db_query(db, SQL("SELECT day, resource, start, end, appointment FROM use WHERE day BETWEEN ? AND ?"),
	    B(from), B(to));
	while (db_step(&q))
		*arena_push(db_arena(db), &uses) = (struct use){ .day = db_day(&q, 0), .resource = db_int(&q, 1), .start = (int)db_int(&q, 2),
		    .end = (int)db_int(&q, 3), .appointment = db_int(&q, 4) };
	return (struct slot_world){ .from = from, .ndays = ndays, .work = f->spans.at + first, .nwork = end - first, .uses = uses.at,
		.nuses = uses.n, .places = f->places, .nplaces = f->nplaces, .devices = f->devices, .ndevices = f->ndevices, .missing = f->missing, .nmissing = f->nmissing,
		.today = { NONE } };
}

struct slot_world hours_read_world(struct db *db, day from, int ndays)
{
	struct hours_frame f = hours_frame(db, from, ndays);
	return hours_frame_world(db, &f, from, ndays);
}
