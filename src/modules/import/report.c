#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "modules/import/plan.h"
#include <string.h>

static void line(struct out *o, const char *s)
{
	out_bytes(o, s, strlen(s));
	out_bytes(o, "\n", 1);
}

static void counts(struct out *o, const struct plan *p)
{
	struct arena *a = p->arena;
	size_t matched = 0, services = 0, blocks = 0;
	for (size_t i = 0; i < p->appointments.n; i++) {
		matched += p->appointments.at[i].customer >= 0;
		services += p->appointments.at[i].service >= 0;
		blocks += p->appointments.at[i].kind == 1;
	}
	line(o, arena_printf(a, _("Customers: %zu new, %zu completed (only empty fields), %zu unchanged"), p->new_customers, p->changed_customers, p->same_customers));
	line(o, arena_printf(a, _("Birthdays from calendars: %zu"), p->birthdays));
	line(o, arena_printf(a, _("Appointments: %zu new (%zu with a known customer, %zu with a known service), %zu blocks"),
	    p->appointments.n - blocks, matched, services, blocks));
	line(o, arena_printf(a, _("Absences: %zu new"), p->absences.n));
	line(o, arena_printf(a, _("Already there and left as they are: %zu"), p->known_events));
	if (p->overlaps > 0)
		line(o, arena_printf(a, _("Overlapping with others, taken over all the same: %zu"), p->overlaps));
	if (p->without_place > 0)
		line(o, arena_printf(a, _("Without the place or device of their service, because it is taken: %zu"), p->without_place));
	if (p->guessed_staff > 0)
		line(o, arena_printf(a, _("Without a recognised employee, given to the owner: %zu"), p->guessed_staff));
	if (p->found->outside > 0)
		line(o, arena_printf(a, _("More than ten years back or two years ahead, left out: %zu"), p->found->outside));
}

static void mapping(struct out *o, const struct plan *p)
{
	const char *file = NULL;
	for (size_t i = 0; i < p->found->mappings.n; i++) {
		const struct found_mapping *m = &p->found->mappings.at[i];
		if (m->file != file)
			line(o, arena_printf(p->arena, _("\nColumns of %s:"), m->file));
		file = m->file;
		line(o, arena_printf(p->arena, "  %s → %s", m->heading, m->field != NULL ? m->field : _("Note")));
	}
}

static void faults(struct out *o, const struct plan *p, bool lost)
{
	size_t n = 0;
	for (size_t i = 0; i < p->found->faults.n; i++) {
		const struct found_fault *f = &p->found->faults.at[i];
		if (f->lost != lost)
			continue;
		if (n++ == 0)
			line(o, lost ? _("\nNot read or left out:") : _("\nPlease look at these:"));
		const char *where = f->line == 0 ? f->file : arena_printf(p->arena, _("%s, line %d"), f->file, f->line);
		line(o, text_empty(f->what) || f->line == 0 ? arena_printf(p->arena, "  %s: %s", where, f->why) :
		    arena_printf(p->arena, _("  %s: “%s”: %s"), where, f->what, f->why));
	}
}

char *report_text(const struct plan *p, bool done)
{
	struct out o = { .arena = p->arena };
	line(&o, done ? _("Import: done") : _("Import: this would happen (nothing was changed)"));
	counts(&o, p);
	if (p->found->notes.n > 0)
		line(&o, _("\nHow it was read:"));
	for (size_t i = 0; i < p->found->notes.n; i++)
		line(&o, arena_printf(p->arena, "  %s", p->found->notes.at[i]));
	mapping(&o, p);
	faults(&o, p, false);
	faults(&o, p, true);
	if (p->found->faults_left_out > 0)
		line(&o, arena_printf(p->arena, _("  and %zu more"), p->found->faults_left_out));
	return o.s;
}
