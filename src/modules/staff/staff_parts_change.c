/* Working hours, exceptions, absences and services of one person, beside the standard form. */
#include "modules/staff/staff_parts_change.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/staff/staff.h"
#include <string.h>

const char *staff_parts_key(struct form *form, const char *stem, long long a, long long b)
{
	return b < 0 ? arena_printf(form->from.arena, "%s%lld", stem, a) : arena_printf(form->from.arena, "%s%lld-%lld", stem, a, b);
}

/* ---- from the database ---- */

/* Work and breaks back to the spans that people typed. Rows come in order of their start. */
static void add_row(struct settings_hours *h, int64_t kind, int start, int end)
{
	if (kind == 0 && h->n < SETTINGS_SPANS) {
		h->spans[h->n++] = (struct settings_span){ start, end };
	} else if (kind == 1 && h->n > 0 && h->n < SETTINGS_SPANS) {
		struct settings_span *last = &h->spans[h->n - 1], rest = { end, last->end };
		if (start <= last->start || end >= last->end) return;
		last->end = start;
		h->spans[h->n++] = rest;
	}
}

static void load_pattern(struct form *form, struct staff_parts *p)
{
	struct db *db = form->from.db;
	int64_t pattern = 0;
	p->from = date_monday(form->from.today);
	p->weeks = 1;
	struct query q = db_query(db, SQL("SELECT id, from_day, weeks, break_slack FROM pattern WHERE staff = ? ORDER BY from_day DESC LIMIT 1"), B(form_id(form)));
	while (db_step(&q)) {
		pattern = db_int(&q, 0);
		p->from = db_day(&q, 1);
		p->weeks = (int)db_int(&q, 2);
		p->slack = (int)db_int(&q, 3);
	}
	db_done(&q);
	if (form_id(form) == 0)
		for (int d = 1; d <= 7; d++) p->week[0][d] = (struct settings_hours){ .n = 1, .spans = { { 0, SETTINGS_DAY } } };
	q = db_query(db, SQL("SELECT week, weekday, kind, start, end FROM shift WHERE pattern = ? ORDER BY week, weekday, kind, start"), B(pattern));
	while (db_step(&q)) add_row(&p->week[db_int(&q, 0)][db_int(&q, 1)], db_int(&q, 2), (int)db_int(&q, 3), (int)db_int(&q, 4));
	db_done(&q);
}

static void load_exceptions(struct form *form, struct staff_parts *p)
{
	struct query q = db_query(form->from.db, SQL("SELECT day, kind, start, end FROM staff_day WHERE staff = ? AND day >= ? ORDER BY day, kind, start"),
	    B(form_id(form)), B(form->from.today));
	while (db_step(&q)) {
		day on = db_day(&q, 0);
		if (p->nexceptions == 0 || p->exceptions[p->nexceptions - 1].on.n != on.n) {
			if (p->nexceptions == STAFF_EXCEPTIONS - 2) break;
			p->exceptions[p->nexceptions++] = (struct staff_exception){ .on = on };
		}
		add_row(&p->exceptions[p->nexceptions - 1].hours, db_int(&q, 1), (int)db_int(&q, 2), (int)db_int(&q, 3));
	}
	db_done(&q);
}

static void load_absences(struct form *form, struct staff_parts *p)
{
	struct query q = db_query(form->from.db, SQL("SELECT id, kind, granted, from_day, to_day, start, end, note FROM absence"
	    " WHERE staff = ? AND to_day >= ? ORDER BY from_day, id LIMIT 13"), B(form_id(form)), B(form->from.today));
	while (db_step(&q))
		p->absences[p->nabsences++] = (struct staff_absence){ .id = db_int(&q, 0), .kind = db_int(&q, 1), .granted = db_int(&q, 2), .from = db_day(&q, 3),
			.to = db_day(&q, 4), .start = db_daytime(&q, 5), .end = db_daytime(&q, 6), .note = db_text(&q, 7), .staff = form_id(form) };
	db_done(&q);
}

struct staff_parts *staff_parts_load(struct form *form)
{
	struct staff_parts *p = arena_new_of(form->from.arena, struct staff_parts);
	load_pattern(form, p);
	load_exceptions(form, p);
	load_absences(form, p);
	return p;
}

/* ---- what was typed ---- */

static day read_date(struct form *form, const char *key, const char *label)
{
	day d = { NONE };
	const char *typed = form_get(form, key);
	if (!text_empty(typed) && !read_day(typed, form->from.today, &d))
		form_error(form, key, _("%s: a day like 23/11/2026, please, not “%s”."), label, text_cut(form->from.arena, typed, 40));
	return d;
}

static void read_hours(struct form *form, const char *key, const char *label, struct settings_hours *hours_r)
{
	const char *typed = form_get(form, key);
	if (!settings_hours_read(form->from.arena, typed, hours_r))
		form_error(form, key, _("%s: hours like 9–12:30, 13–18, please, not “%s”."), label, text_cut(form->from.arena, typed, 40));
}

static void read_pattern(struct form *form, struct staff_parts *p)
{
	int64_t weeks = 1;
	p->from = read_date(form, "pattern-from", _("Valid from"));
	if (p->from.n == NONE) p->from = form->from.today;
	p->from = date_monday(p->from);
	if (!read_int(form_get(form, "pattern-weeks") ? form_get(form, "pattern-weeks") : "1", &weeks) || weeks < 1 || weeks > STAFF_WEEKS) {
		form_error(form, "pattern-weeks", _("Weeks in turn: please choose from the list."));
		weeks = 1;
	}
	p->weeks = (int)weeks;
	int64_t slack = 0;
	const char *typed = form_get(form, "pattern-slack");
	if (!text_empty(typed) && (!read_int(typed, &slack) || slack < 0 || slack > 240 || slack % 5 != 0))
		form_error(form, "pattern-slack", _("Breaks may move: 0 to 240 minutes in steps of 5, not “%s”."), text_cut(form->from.arena, typed, 40));
	else
		p->slack = (int)slack;
	for (int w = 0; w < STAFF_WEEKS; w++)
		for (int d = 1; d <= 7; d++)
			read_hours(form, staff_parts_key(form, "shift", w, d), weekday_long((day){ d + 3 }), &p->week[w][d]);
}

static void read_exceptions(struct form *form, struct staff_parts *p)
{
	for (int i = 0; i < STAFF_EXCEPTIONS; i++) {
		const char *key = staff_parts_key(form, "ex-day", i, -1);
		struct staff_exception e = { .on = read_date(form, key, _("Single day")) };
		if (e.on.n == NONE) continue;
		read_hours(form, staff_parts_key(form, "ex-hours", i, -1), _("Single day"), &e.hours);
		for (size_t k = 0; k < p->nexceptions; k++)
			if (p->exceptions[k].on.n == e.on.n) form_error(form, key, _("Single day: this day is there twice."));
		p->exceptions[p->nexceptions++] = e;
	}
}

static int64_t read_within(struct form *form, const char *key, int64_t max)
{
	int64_t value = 0;
	const char *typed = form_get(form, key);
	return typed != NULL && read_int(typed, &value) && value >= 0 && value <= max ? value : 0;
}

static daytime read_time(struct form *form, const char *key)
{
	daytime t = { NONE };
	const char *typed = form_get(form, key);
	if (!text_empty(typed) && (!read_daytime(typed, &t) || t.min % 5 != 0))
		form_error(form, key, _("Absence: a time like 9:30, please, not “%s”."), text_cut(form->from.arena, typed, 40));
	return t;
}

/* As it stands in the database: what overlaps there already is nobody's slip of today. */
static bool is_stored(struct form *form, const struct staff_absence *a)
{
	return a->id != 0 && db_one(form->from.db, SQL("SELECT 1 FROM absence WHERE id = ? AND staff = ? AND kind = ? AND from_day = ? AND to_day = ?"
	    " AND start IS ? AND end IS ?"), B(a->id), B(form_id(form)), B(a->kind), B(a->from), B(a->to), B(a->start), B(a->end)) == 1;
}

static void read_absence(struct form *form, struct staff_parts *p, int i)
{
	const char *from = staff_parts_key(form, "ab-from", i, -1), *to = staff_parts_key(form, "ab-to", i, -1), *end = staff_parts_key(form, "ab-end", i, -1);
	struct staff_absence a = { .id = read_within(form, staff_parts_key(form, "ab-id", i, -1), INT64_MAX),
		.kind = read_within(form, staff_parts_key(form, "ab-kind", i, -1), 6), .granted = read_within(form, staff_parts_key(form, "ab-granted", i, -1), 1),
		.from = read_date(form, from, _("Absence, from")), .to = read_date(form, to, _("Absence, to")),
		.start = read_time(form, staff_parts_key(form, "ab-start", i, -1)), .end = read_time(form, end),
		.note = form_get(form, staff_parts_key(form, "ab-note", i, -1)) };
	if (text_empty(a.note)) a.note = NULL;
	if (a.from.n == NONE) {
		if (a.to.n != NONE) form_error(form, from, _("Absence: the first day is still missing."));
		return;
	}
	if (a.to.n == NONE) a.to = a.from;
	if (a.to.n < a.from.n) form_error(form, to, _("Absence: the last day lies before the first."));
	if ((a.start.min == NONE) != (a.end.min == NONE)) form_error(form, end, _("Absence: by the hour needs both times."));
	else if (a.start.min != NONE && a.end.min <= a.start.min) form_error(form, end, _("Absence: its end lies before its start."));
	for (size_t k = 0; k < p->nabsences; k++)
		if (staff_absences_clash(&a, &p->absences[k]) && !(is_stored(form, &a) && is_stored(form, &p->absences[k])))
			form_error(form, from, _("Absence: overlaps with the one from %s."), day_short(form->from.arena, p->absences[k].from));
	if (a.note != NULL && text_length(a.note) > 200) form_error(form, staff_parts_key(form, "ab-note", i, -1), _("Absence: the note has at most 200 characters."));
	p->absences[p->nabsences++] = a;
}

void staff_parts_read(struct form *form)
{
	struct staff_parts *p = arena_new_of(form->from.arena, struct staff_parts);
	form->extra = p;
	p->sent = form_get(form, "parts") != NULL;
	if (!p->sent) return;
	read_pattern(form, p);
	read_exceptions(form, p);
	for (int i = 0; i < STAFF_ABSENCES; i++) read_absence(form, p, i);
}

#include "gen/modules/staff/staff_parts.html.h"
