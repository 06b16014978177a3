/* roster_csv.c: the days shown as a table, a line per person and day, for spreadsheets. */
#include "modules/roster/roster_private.h"
#include "base/date.h"

static void cell(struct out *o, const char *text, bool ours)
{
	if (o->len > 0 && o->s[o->len - 1] != '\n')
		out_raw(o, ";");
	out_csv(o, text, ours);
}

static void head(struct out *o)
{
	static const char *const names[] = { N_("Code"), N_("Staff"), N_("Day"), N_("Weekday"), N_("From"), N_("Until"), N_("Break, minutes"), N_("Hours|sum"), N_("Credited"),
		N_("Absence"), N_("State|of an absence"), N_("Remark") };
	out_raw(o, "\xEF\xBB\xBF");
	for (size_t i = 0; i < COUNT(names); i++) {
		if (i > 0)
			out_raw(o, ";");
		out_csv(o, lang_text(names[i]), false);
	}
	out_raw(o, "\r\n");
}

static const struct staff_absence *absence_on(const struct roster *v, int64_t staff, day on)
{
	for (size_t i = 0; i < v->absences.n; i++) {
		const struct staff_absence *x = &v->absences.at[i].is;
		if (x->staff == staff && x->from.n <= on.n && x->to.n >= on.n)
			return x;
	}
	return NULL;
}

static void line(struct out *o, const struct roster *v, size_t person, const struct roster_day *day_)
{
	struct arena *a = o->arena;
	const struct roster_person *who = &v->team.people[person];
	const struct duty_day *d = duty_at(&v->duty, person, day_->day);
	const struct staff_absence *x = absence_on(v, who->id, day_->day);
	struct out on = { .arena = a };
	int first = d->nwork > 0 ? d->work[0].start : -1, last = d->nwork > 0 ? d->work[d->nwork - 1].end : -1;
	out_day(&on, day_->day);
	cell(o, who->code, false);
	cell(o, who->name, false);
	cell(o, on.s, true);
	cell(o, weekday_short(day_->day), false);
	cell(o, first < 0 ? NULL : daytime_text(a, (daytime){ first }), true);
	cell(o, first < 0 ? NULL : daytime_text(a, (daytime){ last }), true);
	cell(o, first < 0 ? NULL : arena_printf(a, "%d", last - first - d->worked), true);
	cell(o, roster_hours(a, d->worked), true);
	cell(o, roster_hours(a, d->credited), true);
	cell(o, x ? staff_absence_label(x->kind) : NULL, false);
	cell(o, x ? x->granted ? _("granted") : _("asked for") : NULL, false);
	cell(o, x ? x->note : day_->closed, false);
	out_raw(o, "\r\n");
}

void roster_page_csv(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_wish wish = roster_wish(r);
	struct roster *v = arena_new_of(r->arena, struct roster);
	struct out from = { .arena = r->arena };
	roster_load(r, &wish, v);
	out_iso_day(&from, v->from);
	r->content_type = "text/csv; charset=utf-8";
	r->filename = arena_printf(r->arena, _("duty-roster-%s.csv"), from.s);
	head(&r->page);
	for (size_t p = 0; p < v->team.rows.npeople; p++)
		for (int i = 0; i < v->ndays; i++)
			line(&r->page, v, p, &v->days[i]);
}
