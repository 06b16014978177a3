/* Where the shop lies, when it is open, and the days that are otherwise: holidays worked, days closed. */
#include "base/date.h"
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/settings/settings_private.h"
#include "rules/holidays.h"
#include <string.h>

enum { OVERRIDES = 120, HOLIDAYS = 2 * HOLIDAYS_MAX };
struct other_day { day on; str name, reason; bool differs; struct settings_hours hours; };   /* name: of a holiday, else NULL */
struct days {
	bool sent;
	struct settings_hours week[8];
	struct other_day holidays[HOLIDAYS]; size_t nholidays;      /* of this year and the next, from today on */
	struct other_day others[OVERRIDES]; size_t nothers;
};

static const char *key_of(struct form *form, const char *stem, int64_t n) { return arena_printf(form->from.arena, "%s%lld", stem, (long long)n); }

static void list_holidays(struct form *form, struct days *d)
{
	const struct shop *shop = form->record;
	int year = date_civil(form->from.today).year;
	for (int y = year; y <= year + 1; y++) {
		struct holiday found[HOLIDAYS_MAX];
		size_t n = holidays_of_year(shop->country, shop->state, y, found);
		for (size_t i = 0; i < n; i++)
			if (found[i].day.n >= form->from.today.n)
				d->holidays[d->nholidays++] = (struct other_day){ .on = found[i].day, .name = found[i].name };
	}
}

static struct other_day *holiday_on(struct days *d, day on)
{
	for (size_t i = 0; i < d->nholidays; i++)
		if (d->holidays[i].on.n == on.n) return &d->holidays[i];
	return NULL;
}

static void load_overrides(struct form *form, struct days *d)
{
	struct query q = db_query(form->from.db, SQL("SELECT day, closed, start, end, reason FROM day_override WHERE day >= ? ORDER BY day"), B(form->from.today));
	while (db_step(&q)) {
		struct other_day *o = holiday_on(d, db_day(&q, 0));
		if (o == NULL && d->nothers == OVERRIDES - 2) break;
		if (o == NULL) o = &d->others[d->nothers++];
		o->on = db_day(&q, 0);
		o->differs = true;
		o->reason = db_text(&q, 4);
		if (db_bool(&q, 1)) continue;
		o->hours.n = 1;
		o->hours.spans[0] = db_null(&q, 2) ? (struct settings_span){ 0, SETTINGS_DAY } : (struct settings_span){ (int)db_int(&q, 2), (int)db_int(&q, 3) };
	}
	db_done(&q);
}

static struct days *load(struct form *form)
{
	struct days *d = arena_new_of(form->from.arena, struct days);
	struct query q = db_query(form->from.db, SQL("SELECT weekday, start, end FROM opening ORDER BY weekday, start"));
	while (db_step(&q)) {
		struct settings_hours *h = &d->week[db_int(&q, 0)];
		if (h->n < SETTINGS_SPANS) h->spans[h->n++] = (struct settings_span){ (int)db_int(&q, 1), (int)db_int(&q, 2) };
	}
	db_done(&q);
	list_holidays(form, d);
	load_overrides(form, d);
	return d;
}

/* ---- what was typed ---- */

static void read_hours(struct form *form, const char *key, const char *label, int most, struct settings_hours *hours_r)
{
	const char *typed = form_get(form, key);
	if (!settings_hours_read(form->from.arena, typed, hours_r))
		form_error(form, key, _("%s: hours like 9–12:30, 13–18, please, not “%s”."), label, text_cut(form->from.arena, typed, 40));
	else if (hours_r->n > most)
		form_error(form, key, P_("%s: one span of time only.", "%s: two spans of time at most.", most), label);
}

static void read_place(struct form *form)
{
	struct shop *shop = form->record;
	const char *typed = form_get(form, "place");
	size_t n;
	const struct holiday_state *states = holidays_states(NULL, &n);
	for (size_t i = 0; i < n; i++)
		if (typed != NULL && strlen(typed) > 3 && strncmp(typed, states[i].country, 2) == 0 && strcmp(typed + 3, states[i].code) == 0) {
			shop->country = states[i].country;
			shop->state = states[i].code;
			shop->zone = strcmp(shop->country, "AT") == 0 ? "Europe/Vienna" : strcmp(shop->country, "CH") == 0 ? "Europe/Zurich" : "Europe/Berlin";
			return;
		}
	form_error(form, "place", _("State: please choose from the list; the public holidays follow from it."));
}

static void read_others(struct form *form, struct days *d)
{
	for (int i = 0; i < OVERRIDES; i++) {
		struct other_day o = { .differs = true, .reason = form_get(form, key_of(form, "ov-reason", i)) };
		const char *key = key_of(form, "ov-day", i), *typed = form_get(form, key);
		if (text_empty(typed)) continue;
		if (!read_day(typed, form->from.today, &o.on)) {
			form_error(form, key, _("%s: a day like 23/11/2026, please, not “%s”."), _("Other day"), text_cut(form->from.arena, typed, 40));
			continue;
		}
		read_hours(form, key_of(form, "ov-hours", i), _("Other day"), 1, &o.hours);
		if (text_empty(o.reason)) o.reason = NULL;
		else if (text_length(o.reason) > 100) form_error(form, key_of(form, "ov-reason", i), _("Other day: the reason has at most 100 characters."));
		bool twice = holiday_on(d, o.on) != NULL && holiday_on(d, o.on)->differs;
		for (size_t k = 0; k < d->nothers; k++) twice = twice || d->others[k].on.n == o.on.n;
		if (twice) form_error(form, key, _("Other day: this day is there twice."));
		d->others[d->nothers++] = o;
	}
}

void settings_days_read(struct form *form)
{
	struct days *d = arena_new_of(form->from.arena, struct days);
	form->extra = d;
	d->sent = form_get(form, "parts") != NULL;
	if (!d->sent) return;
	list_holidays(form, d);                     /* those that the form showed; another state's come at the next look */
	for (int weekday = 1; weekday <= 7; weekday++)
		read_hours(form, key_of(form, "open", weekday), weekday_long((day){ weekday + 3 }), 2, &d->week[weekday]);
	for (size_t i = 0; i < d->nholidays; i++) {
		read_hours(form, key_of(form, "hol", d->holidays[i].on.n), _(d->holidays[i].name), 1, &d->holidays[i].hours);
		d->holidays[i].differs = d->holidays[i].hours.n > 0;
	}
	read_others(form, d);
	read_place(form);
}

/* ---- saving ---- */

static void save_day(struct db *db, const struct other_day *o)
{
	const struct settings_span *s = &o->hours.spans[0];
	bool usual = o->hours.n == 1 && s->start == 0 && s->end == SETTINGS_DAY;
	int64_t start = o->hours.n == 0 || usual ? NONE : (int64_t)s->start, end = o->hours.n == 0 || usual ? NONE : (int64_t)s->end;
	db_run(db, SQL("INSERT INTO day_override(day, closed, start, end, reason) VALUES(?1,?2,?3,?4,?5) ON CONFLICT(day) DO UPDATE SET"
	    " closed = ?2, start = ?3, end = ?4, reason = ?5, version = version + 1"), B(o->on), B(o->hours.n == 0), B(start), B(end), B(o->reason));
}

/* What stands there and was shown, but did not come back, is as usual again. */
static void drop_missing(struct form *form, const struct days *d)
{
	struct { day *at; size_t n, cap; } stored = { 0 };
	struct query q = db_query(form->from.db, SQL("SELECT day FROM day_override WHERE day >= ? ORDER BY day"), B(form->from.today));
	while (db_step(&q)) *arena_push(form->from.arena, &stored) = db_day(&q, 0);
	db_done(&q);
	for (size_t i = 0; i < stored.n; i++) {
		bool kept = false;
		for (size_t k = 0; k < d->nothers; k++) kept = kept || d->others[k].on.n == stored.at[i].n;
		for (size_t k = 0; k < d->nholidays; k++) kept = kept || (d->holidays[k].differs && d->holidays[k].on.n == stored.at[i].n);
		if (!kept) db_run(form->from.db, SQL("DELETE FROM day_override WHERE day = ?"), B(stored.at[i]));
	}
}

void settings_days_save(struct form *form)
{
	const struct days *d = form->extra;
	struct db *db = form->from.db;
	if (d == NULL || !d->sent) return;
	db_run(db, SQL("DELETE FROM opening"));
	for (int weekday = 1; weekday <= 7; weekday++)
		for (int i = 0; i < d->week[weekday].n; i++)
			db_run(db, SQL("INSERT INTO opening(weekday, start, end) VALUES(?,?,?)"), B(weekday), B(d->week[weekday].spans[i].start),
			    B(d->week[weekday].spans[i].end < SETTINGS_DAY ? d->week[weekday].spans[i].end : SETTINGS_DAY));
	drop_missing(form, d);
	for (size_t i = 0; i < d->nholidays; i++)
		if (d->holidays[i].differs) save_day(db, &d->holidays[i]);
	for (size_t i = 0; i < d->nothers; i++) save_day(db, &d->others[i]);
	live_publish(form->from.arg, "day", form->from.today.n);
}

static void day_line(struct form *form, struct form_lines *lines, const struct other_day *o)
{
	struct out label = { .arena = form->from.arena };
	const char *hours = settings_hours_text(form->from.arena, &o->hours);
	out_day(&label, o->on);
	form_line(form, lines, label.s, arena_printf(form->from.arena, "%s%s%s", text_empty(hours) ? _("closed|of a day") : hours, o->reason ? ", " : "",
	    o->reason ? o->reason : ""));
}

void settings_days_lines(struct form *form, bool typed, struct form_lines *lines)
{
	const struct days *d = typed ? form->extra : NULL;
	if (d == NULL || !d->sent)
		d = load(form);
	for (int weekday = 1; weekday <= 7; weekday++)
		form_line(form, lines, weekday_long((day){ weekday + 3 }), settings_hours_text(form->from.arena, &d->week[weekday]));
	for (size_t i = 0; i < d->nholidays; i++)
		if (d->holidays[i].differs)
			day_line(form, lines, &d->holidays[i]);
	for (size_t i = 0; i < d->nothers; i++)
		day_line(form, lines, &d->others[i]);
}

#include "gen/modules/settings/settings_days.html.h"
