/* day_text.c: the words in the book's grid (used by day.html only; declared in day_private.h). */
#include "modules/calendar/day_private.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/staff/staff.h"
#include <string.h>

/* In the book the last kind is simply "absent". */
const char *absence_kind_label(int kind)
{
	return kind >= 0 && kind < STAFF_ABSENCE_KINDS - 1 ? staff_absence_label(kind) : _("Absent");
}

const char *day_absence_icon(int kind) { return staff_absence_icon(kind); }

char *day_absence_label(struct arena *a, const struct absent *absent)
{
	return absent->granted ? arena_text(a, absence_kind_label(absent->kind))
	    : arena_printf(a, _("%s asked for"), absence_kind_label(absent->kind));
}

char *day_absence_note(struct arena *a, day today, const struct absent *absent)
{
	if (!absent->granted)
		return arena_text(a, _("still open"));
	if (absent->until.n > today.n)
		return arena_printf(a, _("until %s"), day_short(a, absent->until));
	return arena_text(a, "");
}

char *day_first_word(struct arena *a, const char *name)
{
	return arena_copy(a, name, strcspn(name, " "));
}

/* "Köhler-Assenmacher" of "Köhler-Assenmacher, Friederike". */
char *day_last_name(struct arena *a, const char *name)
{
	return arena_copy(a, name, strcspn(name, ","));
}

void day_visit_heading(struct out *o, const struct item *i)
{
	out_printf(o, _("%s to %s"), daytime_text(o->arena, (daytime){ i->start }), daytime_text(o->arena, (daytime){ i->end }));
	if (i->appt->kind == APPT_BLOCK)
		return;
	out_raw(o, ", ");
	put(o, lang_text(status_looks[i->appt->status].label));
	if (i->appt->conflict) {
		out_raw(o, ", ");
		put(o, _("conflict"));
	}
}

void day_visit_classes(struct out *o, const struct day_view *v, const struct item *i)
{
	out_raw(o, " s-");
	put(o, status_looks[i->appt->status].css);
	out_raw(o, " g-");
	put(o, i->nbodies > 0 ? i->bodies[0].style : "block");
	out_raw(o, i->inside ? " in" : "");
	out_raw(o, i->left ? " half-l" : "");
	out_raw(o, i->right ? " half-r" : "");
	out_raw(o, i->appt->conflict ? " cf" : "");
	if (i->appt->id == v->chosen)
		out_raw(o, i->part <= 1 ? " sel" : " selc");
}

/* A step is named once; where only a later phase of it is seen, by that phase's name. */
static const char *segment_label(const struct item *i, const struct body *b, size_t k)
{
	const struct segment *s = &i->segments[k];
	if (s->first_of_step)
		return s->step->label;
	if (s->phase->kind == PHASE_WAIT)
		return s->phase->name ? s->phase->name : _("Processing time");
	if (k > b->first && s[-1].step == s->step)
		return NULL;
	return s->phase->name ? s->phase->name : s->step->label;
}

const char *day_body_label(struct arena *a, const struct item *i, const struct body *b)
{
	const char *text = NULL;
	for (size_t k = b->first; k < b->first + b->n; k++) {
		const char *label = segment_label(i, b, k);
		if (label != NULL)
			text = text ? arena_printf(a, "%s, %s", text, label) : label;
	}
	return text ? text : "";
}

bool day_goes_on(const struct day_view *v, const struct book_appt *appt, const struct body *b)
{
	if (appt->status != STATUS_IN_SERVICE)
		return false;
	int at = appt->start;
	for (size_t s = 0; s < appt->nsteps; s++)
		for (size_t p = 0; p < appt->steps[s].nphases; p++) {
			int start = appt->steps[s].phases[p].start;
			if (start <= v->on.now && start > at)
				at = start;
		}
	return b->start <= at && at < b->end;
}

char *day_length(struct arena *a, int minutes_)
{
	return minutes_ > 90 ? hours_text(a, (minutes){ minutes_ }) : arena_printf(a, "%d′", minutes_);
}

static char *since(struct arena *a, const char *format, instant t)
{
	day d;
	daytime at;
	zone_local(t, &d, &at);
	return arena_printf(a, "%s %s", format, daytime_text(a, at));
}

char *day_extra_line(struct arena *a, const struct day_view *v, const struct item *i)
{
	const struct book_appt *appt = i->appt;
	(void)v;
	if (appt->status == STATUS_IN_SERVICE && appt->started_at.s != NONE)
		return since(a, _("since"), appt->started_at);
	if (appt->status == STATUS_ARRIVED && appt->arrived_at.s != NONE)
		return since(a, _("here since"), appt->arrived_at);
	if (appt->status == STATUS_DONE)
		return arena_text(a, _("done, to be paid"));
	if (appt->status == STATUS_TENTATIVE)
		return arena_text(a, lang_text(status_looks[STATUS_TENTATIVE].label));
	if (!text_empty(appt->alert))
		return arena_text(a, appt->alert);
	return appt->note != NULL && appt->status < STATUS_DONE ? arena_text(a, appt->note) : NULL;
}

char *day_parked_text(struct arena *a, const struct book_appt *appt)
{
	return arena_printf(a, "%s · %d′ · %s", book_services(a, appt, 1), book_length(appt),
	    appt->nsteps > 0 && appt->steps[0].staff_code ? appt->steps[0].staff_code : _("any"));
}

char *day_book_label(struct arena *a, const struct day_view *v)
{
	return arena_printf(a, _("Appointment book, %s"), day_long(a, v->on.day));
}

void day_off_text(struct out *o, const struct day_view *v, const struct column *c, const struct item *i)
{
	bool before = i->start <= v->on.open, after = i->end >= v->on.close;
	char *text = NULL;
	if (before && after)
		text = arena_text(o->arena, c->hours.reason ? c->hours.reason : _("not on duty"));
	else if (before && i->end - i->start >= 60)
		text = arena_printf(o->arena, _("from %s"), daytime_text(o->arena, (daytime){ i->end }));
	else if (after && i->end - i->start > 60)
		text = arena_printf(o->arena, _("until %s"), daytime_text(o->arena, (daytime){ i->start }));
	out_raw(o, text ? "<span>" : "<span class=\"vh\">");
	put(o, text ? text : _("closed"));
	out_raw(o, "</span>");
}

char *day_why_away(struct arena *a, day d, const struct hours *h)
{
	if (h->nabsent == 0)
		return arena_text(a, h->reason ? h->reason : _("not on duty"));
	char *note = day_absence_note(a, d, &h->absent[0]);
	return arena_printf(a, "%s%s%s", day_absence_label(a, &h->absent[0]), *note ? " " : "", note);
}

void day_head_state(struct out *o, const struct day_view *v, const struct column *c)
{
	bool now = v->on.now >= 0 && c->free_from >= 0 && c->free_from - v->on.now < 5;
	int left = c->free_from + c->free_minutes - v->on.now;
	if (v->on.now > 1440)
		return;
	out_raw(o, now ? "<span class=\"fr now-free\">" : "<span class=\"fr\">");
	if (c->hours.nwork == 0 || c->away) {
		put(o, day_why_away(o->arena, v->on.day, &c->hours));
	} else if (c->free_from < 0) {
		put(o, _("full today"));
	} else if (now) {
		put(o, _("now until"));
		out_raw(o, " <time>");
		put(o, (daytime){ c->free_from + c->free_minutes });
		out_raw(o, "</time>");
		if (left <= 90) {                   /* longer than that the end says enough */
			out_raw(o, " <b>");
			put(o, day_length(o->arena, left));
			out_raw(o, "</b>");
		}
	} else {
		put(o, _("free"));
		out_raw(o, " <time>");
		put(o, (daytime){ c->free_from });
		out_raw(o, "</time> <b>");
		put(o, day_length(o->arena, c->free_minutes));
		out_raw(o, "</b>");
	}
	out_raw(o, "</span>");
}

int64_t day_taken(const struct day_view *v)
{
	int64_t length = 0;
	for (size_t i = 0; i < v->columns->nitems; i++)
		for (size_t k = 0; k < v->columns->items[i].nsegments; k++) {
			const struct book_phase *p = v->columns->items[i].segments[k].phase;
			if (p->kind == PHASE_ACTIVE)
				length += p->end - p->start;
		}
	return length;
}

char *day_sum(struct arena *a, const struct day_view *v)
{
	int visits = 0;
	for (size_t i = 0; i < v->columns->nitems; i++)
		visits += v->columns->items[i].kind == ITEM_VISIT && v->columns->items[i].appt->kind == APPT_VISIT;
	return visits == 0 ? arena_text(a, v->closed ? v->closed : "") :
	    arena_printf(a, P_("%d appointment · %s", "%d appointments · %s", visits), visits, hours_text(a, (minutes){ day_taken(v) }));
}
