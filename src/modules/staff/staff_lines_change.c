/* staff_lines_change.c: what the sections of a person's form hold, line by line, so that changes of somebody else are noticed. */
#include "base/date.h"
#include "base/text.h"
#include "modules/staff/staff_parts_change.h"

static void pattern_lines(struct form *form, const struct staff_parts *p, struct form_lines *lines)
{
	struct arena *a = form->from.arena;
	struct out from = { .arena = a };
	out_day(&from, p->from);
	form_line(form, lines, _("Valid from"), from.s);
	form_line(form, lines, _("Weeks in turn"), arena_printf(a, "%d", p->weeks));
	if (p->slack > 0)
		form_line(form, lines, _("Breaks may move"), arena_printf(a, "%d", p->slack));
	for (int w = 0; w < p->weeks; w++)
		for (int d = 1; d <= 7; d++) {
			const char *day_name = weekday_long((day){ d + 3 });
			form_line(form, lines, p->weeks > 1 ? arena_printf(a, "%s (%d)", day_name, w + 1) : day_name, settings_hours_text(a, &p->week[w][d]));
		}
}

static void exception_lines(struct form *form, const struct staff_parts *p, struct form_lines *lines)
{
	for (size_t i = 0; i < p->nexceptions; i++) {
		struct out on = { .arena = form->from.arena };
		out_day(&on, p->exceptions[i].on);
		const char *hours = settings_hours_text(form->from.arena, &p->exceptions[i].hours);
		form_line(form, lines, on.s, text_empty(hours) ? _("free|of a day") : hours);
	}
}

static void absence_lines(struct form *form, const struct staff_parts *p, struct form_lines *lines)
{
	static const char *const kinds[] = { N_("Vacation"), N_("Sick"), N_("Child sick"), N_("Vocational school"), N_("Training"), N_("Time off"), N_("Other reason") };
	struct arena *a = form->from.arena;
	for (size_t i = 0; i < p->nabsences; i++) {
		const struct staff_absence *x = &p->absences[i];
		struct out label = { .arena = a };
		out_day(&label, x->from);
		out_raw(&label, "–");
		out_day(&label, x->to);
		const char *kind = lang_text(kinds[x->kind >= 0 && x->kind < (int64_t)COUNT(kinds) ? x->kind : (int64_t)COUNT(kinds) - 1]);
		const char *hours = x->start.min == NONE ? "" : arena_printf(a, ", %s–%s", daytime_text(a, x->start), daytime_text(a, x->end));
		form_line(form, lines, label.s, arena_printf(a, "%s%s, %s%s%s", kind, hours, x->granted ? _("granted") : _("asked for"), x->note ? ", " : "",
		    x->note ? x->note : ""));
	}
}

/* The names of what is ticked, typed or kept. */
static str ticked(struct form *form, const char *key, bool typed, struct query *q)
{
	const struct request *r = form->from.arg;
	char *text = arena_text(form->from.arena, "");
	while (db_step(q)) {
		bool on = !typed && db_bool(q, 2);
		const char *sent, *id = arena_printf(form->from.arena, "%lld", (long long)db_int(q, 0));
		for (size_t i = 0; typed && !on && (sent = request_all(r, key, i)) != NULL; i++)
			on = text_equal(sent, id);
		if (on)
			text = arena_printf(form->from.arena, "%s%s%s", text, *text ? ", " : "", db_text(q, 1));
	}
	return text;
}

void staff_parts_lines(struct form *form, bool typed, struct form_lines *lines)
{
	const struct staff_parts *p = typed ? form->extra : NULL;
	typed = p != NULL && p->sent;
	if (!typed)
		p = staff_parts_load(form);
	pattern_lines(form, p, lines);
	exception_lines(form, p, lines);
	absence_lines(form, p, lines);
	struct query q = db_query(form->from.db, SQL("SELECT id, name, EXISTS (SELECT 1 FROM staff_service WHERE staff = ? AND service = service.id) "
	    "FROM service WHERE active = 1 ORDER BY name, id"), B(form_id(form)));
	form_line(form, lines, _("Does"), ticked(form, "does", typed, &q));
	q = db_query(form->from.db, SQL("SELECT id, name, EXISTS (SELECT 1 FROM staff_skill WHERE staff = ? AND skill = skill.id) FROM skill ORDER BY name, id"),
	    B(form_id(form)));
	form_line(form, lines, _("Skills"), ticked(form, "skill", typed, &q));
}
