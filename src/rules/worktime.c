#include "rules/worktime.h"
#include "base/date.h"
#include "rules/holidays.h"
#include <stdlib.h>

enum { SPANS = 40 };                              /* of one person's day; more are not shown */
struct list { struct span at[SPANS]; int n; };

/* A day's breaks that may move: rows, then what of them lies in the work and on no other break. */
struct moving { struct worktime_shift at[SPANS]; int n; };

/* One person's rows. */
struct own {
	const struct worktime_person *person;
	struct { struct worktime_pattern *at; size_t n, cap; } patterns;     /* by from, latest first */
	struct { struct worktime_shift *at; size_t n, cap; } shifts;
	struct { struct worktime_exception *at; size_t n, cap; } exceptions;
	struct { struct worktime_absence *at; size_t n, cap; } absences;
};

/* The shop's day as it bears on a person's. */
struct shop_day { bool closed, shut; struct span open[2]; int nopen; };

static void list_add(struct list *l, int start, int end)
{
	if (start < end && l->n < SPANS)
		l->at[l->n++] = (struct span){ start, end };
}

/* What of the list lies inside one of the other spans. */
static struct list cut(const struct list *l, const struct span *by, int nby)
{
	struct list r = {0};
	for (int i = 0; i < l->n; i++)
		for (int k = 0; k < nby; k++)
			list_add(&r, l->at[i].start > by[k].start ? l->at[i].start : by[k].start, l->at[i].end < by[k].end ? l->at[i].end : by[k].end);
	return r;
}

static void take_out(struct list *l, struct span hole)
{
	struct list r = {0};
	for (int i = 0; i < l->n; i++) {
		struct span s = l->at[i];
		list_add(&r, s.start, s.end < hole.start ? s.end : hole.start);
		list_add(&r, s.start > hole.end ? s.start : hole.end, s.end);
	}
	*l = r;
}

static int by_start(const void *a, const void *b)
{
	const struct span *x = a, *y = b;
	return x->start != y->start ? x->start - y->start : x->end - y->end;
}

/* In order, and overlapping ones made one. */
static void tidy(struct list *l)
{
	struct list r = {0};
	if (l->n > 1)
		qsort(l->at, (size_t)l->n, sizeof *l->at, by_start);
	for (int i = 0; i < l->n; i++) {
		if (r.n > 0 && l->at[i].start <= r.at[r.n - 1].end)
			r.at[r.n - 1].end = l->at[i].end > r.at[r.n - 1].end ? l->at[i].end : r.at[r.n - 1].end;
		else
			list_add(&r, l->at[i].start, l->at[i].end);
	}
	*l = r;
}

static const struct worktime_override *override_of(const struct worktime_rows *rows, day d)
{
	for (size_t i = 0; i < rows->noverrides; i++)
		if (rows->overrides[i].day.n == d.n)
			return &rows->overrides[i];
	return NULL;
}

static int usual_hours(const struct worktime_rows *rows, day d, struct span out_r[2])
{
	struct list l = {0};
	int weekday = date_weekday(d);
	for (size_t i = 0; i < rows->nopenings; i++)
		if (rows->openings[i].weekday == weekday)
			list_add(&l, rows->openings[i].start, rows->openings[i].end);
	if (rows->nopenings == 0)
		list_add(&l, 0, DAY_MINUTES);
	tidy(&l);
	for (int i = 0; i < l.n && i < 2; i++)
		out_r[i] = l.at[i];
	return l.n < 2 ? l.n : 2;
}

int worktime_opening(const struct worktime_rows *rows, day d, struct span out_r[2])
{
	const struct worktime_override *o = override_of(rows, d);
	if (o != NULL && o->closed)
		return 0;
	if (o != NULL && o->start >= 0) {
		out_r[0] = (struct span){ o->start, o->end };
		return 1;
	}
	if (o == NULL && holidays_name(rows->country, rows->state, d) != NULL)
		return 0;
	int n = usual_hours(rows, d, out_r);
	if (n == 0 && o != NULL) {                /* opened on purpose, hours left open */
		out_r[0] = (struct span){ 0, DAY_MINUTES };
		return 1;
	}
	return n;
}

static int latest_first(const void *a, const void *b)
{
	const struct worktime_pattern *x = a, *y = b;
	return (y->from.n > x->from.n) - (y->from.n < x->from.n);
}

static struct own own_rows(struct arena *a, const struct worktime_rows *rows, const struct worktime_person *p, day from, day to)
{
	struct own o = { .person = p };
	for (size_t i = 0; i < rows->npatterns; i++) {
		if (rows->patterns[i].staff != p->id)
			continue;
		*arena_push(a, &o.patterns) = rows->patterns[i];
		for (size_t k = 0; k < rows->nshifts; k++)
			if (rows->shifts[k].pattern == rows->patterns[i].id)
				*arena_push(a, &o.shifts) = rows->shifts[k];
	}
	if (o.patterns.n > 1)
		qsort(o.patterns.at, o.patterns.n, sizeof *o.patterns.at, latest_first);
	for (size_t i = 0; i < rows->nexceptions; i++)
		if (rows->exceptions[i].staff == p->id && rows->exceptions[i].day.n >= from.n && rows->exceptions[i].day.n <= to.n)
			*arena_push(a, &o.exceptions) = rows->exceptions[i];
	for (size_t i = 0; i < rows->nabsences; i++)
		if (rows->absences[i].staff == p->id && rows->absences[i].to.n >= from.n && rows->absences[i].from.n <= to.n)
			*arena_push(a, &o.absences) = rows->absences[i];
	return o;
}

/* Work and breaks of the day from its own rows; true if there were any. */
static bool from_exceptions(const struct own *o, day d, struct list *work, struct list *breaks)
{
	bool any = false;
	for (size_t i = 0; i < o->exceptions.n; i++) {
		const struct worktime_exception *e = &o->exceptions.at[i];
		if (e->day.n != d.n)
			continue;
		any = true;
		if (e->kind == 0)
			list_add(work, e->start, e->end);
		else if (e->kind == 1)
			list_add(breaks, e->start, e->end);
	}
	return any;
}

static int by_own(const void *a, const void *b)
{
	const struct worktime_shift *x = a, *y = b;
	if (x->start != y->start)
		return x->start - y->start;
	if (x->end != y->end)
		return x->end - y->end;
	return x->move_from != y->move_from ? x->move_from - y->move_from : x->move_to - y->move_to;
}

static void from_pattern(const struct own *o, day d, struct list *work, struct list *breaks, struct moving *moving)
{
	size_t p = 0;
	while (p < o->patterns.n && o->patterns.at[p].from.n > d.n)
		p++;
	if (p == o->patterns.n)
		return;
	const struct worktime_pattern *pattern = &o->patterns.at[p];
	int week = pattern->weeks > 0 ? (int)((d.n - date_monday(pattern->from).n) / 7 % pattern->weeks) : 0;
	int weekday = date_weekday(d);
	for (size_t i = 0; i < o->shifts.n; i++) {
		const struct worktime_shift *s = &o->shifts.at[i];
		if (s->pattern != pattern->id || s->week != week || s->weekday != weekday)
			continue;
		if (s->kind != 0 && moving->n < SPANS && worktime_can_move(s->start, s->end, s->move_from, s->move_to))
			moving->at[moving->n++] = *s;
		else
			list_add(s->kind == 0 ? work : breaks, s->start, s->end);
	}
}

/* Where they lie by themselves; that is taken out of the work. */
static void place_moving(struct moving *m, struct list *work)
{
	struct moving rows = *m;
	struct list left = *work;
	m->n = 0;
	if (rows.n > 1)
		qsort(rows.at, (size_t)rows.n, sizeof *rows.at, by_own);
	for (int i = 0; i < rows.n; i++) {
		struct span own = { rows.at[i].start, rows.at[i].end };
		struct list pieces = cut(&left, &own, 1);
		take_out(&left, own);
		for (int k = 0; k < pieces.n && m->n < SPANS; k++) {
			m->at[m->n] = rows.at[i];
			m->at[m->n].start = pieces.at[k].start;
			m->at[m->n++].end = pieces.at[k].end;
		}
	}
	*work = left;
}

static void emit(struct arena *a, struct worktime_spans *out, const struct worktime_span *like, const struct list *spans)
{
	for (int i = 0; i < spans->n; i++) {
		struct worktime_span s = *like;
		s.start = spans->at[i].start;
		s.end = spans->at[i].end;
		*arena_push(a, out) = s;
	}
}

static void emit_moving(struct arena *a, struct worktime_spans *out, struct worktime_span like, const struct moving *m)
{
	for (int i = 0; i < m->n; i++) {
		like.start = m->at[i].start;
		like.end = m->at[i].end;
		like.move_from = m->at[i].move_from;
		like.move_to = m->at[i].move_to;
		*arena_push(a, out) = like;
	}
}

static void emit_whole(struct arena *a, struct worktime_spans *out, struct worktime_span like)
{
	emit(a, out, &like, &(struct list){ .at = { { 0, DAY_MINUTES } }, .n = 1 });
}

/* Shows the absences and takes granted ones out of work and breaks. Where two overlap, the earlier row counts. */
static void absences(struct arena *a, const struct own *o, struct worktime_spans *out, struct worktime_span like, struct list *work, struct list *breaks)
{
	struct list left = { .at = { { 0, DAY_MINUTES } }, .n = 1 };
	for (size_t i = 0; i < o->absences.n; i++) {
		const struct worktime_absence *x = &o->absences.at[i];
		if (x->from.n > like.day.n || x->to.n < like.day.n)
			continue;
		struct span hole = x->start < 0 ? (struct span){ 0, DAY_MINUTES } : (struct span){ x->start, x->end };
		struct list shown = { .at = { hole }, .n = 1 };
		like.kind = x->granted ? WORKTIME_ABSENT : WORKTIME_ASKED;
		like.absence = x->id;
		like.absence_kind = x->kind;
		if (x->granted) {
			shown = cut(&left, &hole, 1);
			take_out(&left, hole);
			take_out(work, hole);
			take_out(breaks, hole);
		}
		emit(a, out, &like, &shown);
	}
}

static int in_order(const void *a, const void *b)
{
	const struct worktime_span *x = a, *y = b;
	if (x->start != y->start)
		return x->start - y->start;
	if (x->kind != y->kind)
		return x->kind < y->kind ? -1 : 1;
	return (x->absence > y->absence) - (x->absence < y->absence);
}

static void person_day(struct arena *a, const struct own *o, const struct shop_day *shop, day d, struct worktime_spans *out)
{
	struct worktime_span like = { .day = d, .staff = o->person->id, .kind = WORKTIME_OFF };
	struct list work = {0}, breaks = {0};
	struct moving moving;
	moving.n = 0;
	bool here = (o->person->joined.n == NONE || o->person->joined.n <= d.n) && (o->person->left.n == NONE || o->person->left.n >= d.n);
	bool own_day = here && from_exceptions(o, d, &work, &breaks);
	if (shop->closed || (shop->shut && !own_day)) {
		like.kind = WORKTIME_SHUT;
		emit_whole(a, out, like);
		return;
	}
	if (here && !own_day) {
		from_pattern(o, d, &work, &breaks, &moving);
		work = cut(&work, shop->open, shop->nopen);
	}
	tidy(&work);
	tidy(&breaks);
	if (work.n == 0) {
		emit_whole(a, out, like);
		return;
	}
	size_t first = out->n;
	breaks = cut(&breaks, work.at, work.n);
	for (int i = 0; i < breaks.n; i++)
		take_out(&work, breaks.at[i]);
	if (moving.n > 0)
		place_moving(&moving, &work);
	absences(a, o, out, like, &work, &breaks);
	like.kind = WORKTIME_WORK;
	emit(a, out, &like, &work);
	like.kind = WORKTIME_BREAK;
	emit(a, out, &like, &breaks);
	emit_moving(a, out, like, &moving);
	qsort(&out->at[first], out->n - first, sizeof *out->at, in_order);
}

static int by_id(const void *a, const void *b)
{
	const struct own *x = a, *y = b;
	return (x->person->id > y->person->id) - (x->person->id < y->person->id);
}

struct worktime_spans worktime_spans(struct arena *a, const struct worktime_rows *rows, day from, int ndays)
{
	struct worktime_spans out = {0};
	struct own *own = arena_array(a, struct own, rows->npeople + 1);
	for (size_t i = 0; i < rows->npeople; i++)
		own[i] = own_rows(a, rows, &rows->people[i], from, (day){ from.n + ndays - 1 });
	qsort(own, rows->npeople, sizeof *own, by_id);
	for (int n = 0; n < ndays; n++) {
		day d = { from.n + n };
		struct shop_day shop = {0};
		const struct worktime_override *o = override_of(rows, d);
		shop.closed = o != NULL && o->closed;
		shop.nopen = worktime_opening(rows, d, shop.open);
		shop.shut = shop.nopen == 0;
		for (size_t i = 0; i < rows->npeople; i++)
			person_day(a, &own[i], &shop, d, &out);
	}
	return out;
}
