/* roster_form_change.c: entering an absence, or asking for one: what it would mean stands there before it is saved. */
#include "modules/roster/roster_change_private.h"
#include "base/date.h"
#include "base/text.h"
#include "web/icon.h"

enum { MOST_DAYS = 1100, NOTE_MAX = 200 };

struct absence_form {
	struct form form;
	struct roster_wish wish;
	struct staff_absence x;
	int64_t version;
	bool asks, posted, picture;                 /* asks: only for oneself; picture: who and which days are known */
	struct roster_hits hits;
	struct roster_effect effect;
};

/* ---- reading ---- */

static const char *typed(struct absence_form *f, const char *key)
{
	const char *text = form_get(&f->form, key);
	return text_empty(text) ? NULL : text;
}

static day read_day_at(struct absence_form *f, const char *key, const char *label, day missing)
{
	day d = missing;
	const char *text = typed(f, key);
	if (text != NULL && !read_day(text, f->form.from.today, &d)) {
		form_error(&f->form, key, _("%s: a day like 23/11/2026, please, not “%s”."), label, text_cut(f->form.from.arena, text, 40));
		return (day){ NONE };
	}
	return d;
}

static daytime read_time_at(struct absence_form *f, const char *key, const char *label, daytime missing)
{
	daytime t = missing;
	const char *text = form_get(&f->form, key);
	if (text != NULL)
		t.min = NONE;
	if (!text_empty(text) && (!read_daytime(text, &t) || t.min % RASTER != 0)) {
		form_error(&f->form, key, _("%s: a time like 9:30, please, not “%s”."), label, text_cut(f->form.from.arena, text, 40));
		t.min = NONE;
	}
	return t;
}

static int64_t read_kind(struct absence_form *f, int64_t missing)
{
	int64_t kind = missing;
	const char *text = typed(f, "kind");
	if (text != NULL && (!read_int(text, &kind) || kind < 0 || kind >= STAFF_ABSENCE_KINDS)) {
		form_error(&f->form, "kind", _("Kind: please choose from the list."));
		return DUTY_VACATION;
	}
	if (f->asks && (kind == DUTY_SICK || kind == DUTY_CHILD_SICK || kind == DUTY_SCHOOL))
		form_error(&f->form, "kind", _("Kind: the management enters this."));
	return kind;
}

/* Sick leave begins today unless something else is said. */
static void read_form(struct request *r, struct absence_form *f, bool asks)
{
	struct roster_absence old = { .is = { .from = { NONE }, .to = { NONE }, .start = { NONE }, .end = { NONE }, .kind = DUTY_VACATION } };
	int64_t id = request_int(r, "id"), staff = request_int(r, "staff");
	f->form = roster_form(r);
	f->wish = roster_wish(r);
	f->asks = asks;
	if (!asks && id > 0 && roster_absence_find(r->db, id, &old))
		f->version = request_int(r, "version") == NONE ? old.version : request_int(r, "version");
	f->x = old.is;
	f->x.staff = asks ? r->user : staff > 0 ? staff : old.is.staff;
	f->x.kind = read_kind(f, old.is.kind);
	f->x.from = read_day_at(f, "from", _("First day"), form_get(&f->form, "from") ? (day){ NONE } : f->x.kind == DUTY_SICK && old.is.id == 0 ? r->today : old.is.from);
	f->x.to = read_day_at(f, "to", _("Last day"), form_get(&f->form, "to") ? f->x.from : old.is.to.n == NONE ? f->x.from : old.is.to);
	f->x.start = read_time_at(f, "start", _("From, time"), old.is.start);
	f->x.end = read_time_at(f, "end", _("Until, time"), old.is.end);
	f->x.note = form_get(&f->form, "note") ? typed(f, "note") : old.is.note;
}

/* ---- checking ---- */

static void check_days(struct absence_form *f)
{
	struct staff_absence *x = &f->x;
	day today = f->form.from.today;
	if (x->from.n == NONE) {
		if (f->posted)
			form_error(&f->form, "from", _("First day: still missing."));
		return;
	}
	if (x->to.n != NONE && x->to.n < x->from.n)
		form_error(&f->form, "to", _("Last day: lies before the first."));
	else if (x->to.n != NONE && x->to.n - x->from.n >= MOST_DAYS)
		form_error(&f->form, "to", _("Last day: three years at a time at most, not %d days."), (int)(x->to.n - x->from.n + 1));
	if (f->asks && x->from.n < today.n)
		form_error(&f->form, "from", _("First day: is over already."));
	else if (x->from.n < today.n - 2 * 366)
		form_error(&f->form, "from", _("First day: lies more than two years back."));
	else if (x->from.n > today.n + 3 * 366)
		form_error(&f->form, "from", _("First day: lies more than three years ahead."));
}

static void check_times(struct absence_form *f)
{
	struct staff_absence *x = &f->x;
	if ((x->start.min == NONE) != (x->end.min == NONE)) {
		if (f->posted)
			form_error(&f->form, x->start.min == NONE ? "start" : "end", _("By the hour: both times are needed, or none for whole days."));
	} else if (x->start.min != NONE && x->end.min <= x->start.min)
		form_error(&f->form, "end", _("Until, time: lies before the beginning."));
}

static void check_person(struct absence_form *f)
{
	struct db *db = f->form.from.db;
	const struct staff_absence *x = &f->x;
	if (x->staff == 0 && !f->posted)
		return;
	if (db_one(db, SQL("SELECT 1 FROM staff WHERE id = ? AND active = 1"), B(x->staff)) != 1)
		form_error(&f->form, "staff", _("Who: please choose one of the staff."));
	else if (x->from.n != NONE && x->to.n != NONE && db_one(db, SQL("SELECT 1 FROM staff WHERE id = ? AND (left IS NULL OR left >= ?) AND (joined IS NULL OR joined <= ?)"),
	    B(x->staff), B(x->from), B(x->to)) != 1)
		form_error(&f->form, "staff", _("Who: does not work here on these days."));
}

static void check_clash(struct absence_form *f)
{
	const struct staff_absence *x = &f->x;
	struct roster_absences others = roster_absences_load(f->form.from.db, x->from, x->to, x->staff, (day){ INT64_MAX });
	for (size_t i = 0; i < others.n; i++) {
		const struct staff_absence *y = &others.at[i].is;
		if (y->id != x->id && staff_absences_clash(x, y))
			form_error(&f->form, "from", _("First day: overlaps with %s, %s."), staff_absence_label(y->kind), roster_when(f->form.from.arena, y));
	}
}

static bool check(struct absence_form *f)
{
	check_person(f);
	check_days(f);
	check_times(f);
	if (f->x.note != NULL && text_length(f->x.note) > NOTE_MAX)
		form_error(&f->form, "note", _("Note: at most 200 characters."));
	f->picture = f->x.staff != 0 && f->x.from.n != NONE && f->x.to.n != NONE && f->form.faults.n == 0;
	if (f->picture)
		check_clash(f);
	return f->form.faults.n == 0;
}

/* ---- the panel ---- */

static void look_ahead(struct absence_form *f)
{
	if (!f->picture)
		return;
	if (f->x.start.min == NONE || f->x.end.min == NONE)
		f->x.start.min = f->x.end.min = NONE;
	f->hits = roster_hits(f->form.from.db, &f->x, f->form.from.today);
	f->effect = roster_effect(f->form.from.db, &f->x, f->form.from.today);
}

/* A field keeps what was typed; a day that came in an address is shown as people write it. */
static const char *shown(struct absence_form *f, const char *key, const char *value)
{
	const struct request *r = f->form.from.arg;
	const char *text = form_get(&f->form, key);
	return text != NULL && (f->posted || r->typed != NULL || value == NULL) ? text : value;
}

#include "gen/modules/roster/roster_form_change.html.h"

static void show_panel(struct request *r, const struct roster *v, void *about)
{
	(void)v;
	form_panel_html(&r->page, r, about);
}

static void show(struct request *r, struct absence_form *f)
{
	look_ahead(f);
	if (r->typed != NULL && r->fragment && !f->posted) {
		page_part(r);
		form_panel_html(&r->page, r, f);
		page_end(r);
		return;
	}
	f->wish.staff = f->x.staff;
	f->wish.on = f->x.from;
	f->wish.to = f->x.to;
	roster_page(r, &f->wish, show_panel, f);
}

void roster_page_form(struct request *r, const struct route *route)
{
	(void)route;
	struct absence_form *f = arena_new_of(r->arena, struct absence_form);
	read_form(r, f, r->role < ROLE_MANAGEMENT);
	(void)check(f);
	show(r, f);
}

/* ---- saving ---- */

static bool write(struct absence_form *f, bool granted)
{
	struct db *db = f->form.from.db;
	struct staff_absence *x = &f->x;
	x->granted = granted;
	if (x->id != 0)
		return db_run(db, SQL("UPDATE absence SET staff = ?, kind = ?, granted = ?, from_day = ?, to_day = ?, start = ?, end = ?, note = ?, version = version + 1"
		    " WHERE id = ? AND version = ?"), B(x->staff), B(x->kind), B(granted), B(x->from), B(x->to), B(x->start), B(x->end), B(x->note), B(x->id), B(f->version)) == 1;
	db_run(db, SQL("INSERT INTO absence(staff, kind, granted, from_day, to_day, start, end, note) VALUES(?,?,?,?,?,?,?,?)"), B(x->staff), B(x->kind),
	    B(granted), B(x->from), B(x->to), B(x->start), B(x->end), B(x->note));
	x->id = db_last_id(db);
	return true;
}

/* Back to where the days are in sight; to the absence itself if it meets appointments. */
static void lead_back(struct request *r, struct absence_form *f)
{
	struct roster_hits hits = roster_hits(r->db, &f->x, r->today);
	const char *more = hits.n > 0 && !f->asks ? arena_printf(r->arena, "&absence=%lld", (long long)f->x.id) : "";
	if (!roster_wish_shows(&f->wish, f->x.from, f->x.to))
		f->wish.day = f->x.from;
	page_redirect(r, "%s", roster_path(r->arena, &f->wish, more));
}

static void save(struct request *r, bool asks)
{
	struct absence_form *f = arena_new_of(r->arena, struct absence_form);
	f->posted = true;
	read_form(r, f, asks);
	int64_t id = request_int(r, "id");
	bool granted = !asks && !text_equal(request_get(r, "save"), "ask"), is_new = f->x.id == 0;
	if (!asks && id > 0 && is_new) {
		page_error(r, 404, _("This absence does not exist (any more)."));
		return;
	}
	struct roster_absence before;
	bool had = !is_new && roster_absence_find(r->db, f->x.id, &before);
	if (!check(f)) {
		r->status = 422;
		show(r, f);
	} else if (!write(f, granted)) {
		form_error(&f->form, "from", _("This absence was changed in the meantime. Here is what was typed; close it to see how it stands now."));
		r->status = 409;
		show(r, f);
	} else {
		roster_say(r, &f->x, !is_new ? _("changed") : granted ? _("entered") : _("asked for"));
		if (had)
			roster_publish(r, &before.is);
		roster_publish(r, &f->x);
		lead_back(r, f);
	}
}

void roster_page_save(struct request *r, const struct route *route)
{
	(void)route;
	save(r, false);
}

void roster_page_ask(struct request *r, const struct route *route)
{
	(void)route;
	save(r, true);
}
