/* replan_text.c: what is proposed, in sentences a receptionist could say on the phone. */
#include "base/text.h"
#include "modules/replan/replan.h"
#include <string.h>

char *replan_codes(struct arena *a, const struct replan_view *v, const struct slot *s)
{
	char *text = arena_text(a, "");
	int64_t last = 0;
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && s->claims[i].staff != last) {
			last = s->claims[i].staff;
			text = arena_printf(a, "%s%s%s", text, *text ? " " : "", staff_code_of(&v->names, last));
		}
	return text;
}

static const char *first_name(struct arena *a, const char *name)
{
	return arena_copy(a, name, strcspn(name, " "));
}

/* "Katharina", "Katharina, Leonie" */
static char *people(struct arena *a, const struct replan_view *v, const struct slot *s)
{
	char *text = arena_text(a, "");
	int64_t last = 0;
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && s->claims[i].staff != last) {
			last = s->claims[i].staff;
			text = arena_printf(a, "%s%s%s", text, *text ? ", " : "", first_name(a, staff_name_of(&v->names, last)));
		}
	return text;
}

static char *time_of(struct arena *a, int min) { return daytime_text(a, (daytime){ min }); }

char *replan_place_text(struct arena *a, const struct replan_view *v, const struct replan_line *l, const struct replan_choice *c)
{
	(void)l;
	switch (c->kind) {
	case REPLAN_CALL: return arena_text(a, _("call first"));
	case REPLAN_DAY:  return arena_printf(a, "%s %s, %s", day_short(a, c->slot.day), time_of(a, c->slot.start), people(a, v, &c->slot));
	case REPLAN_TIME: return arena_printf(a, "%s, %s", time_of(a, c->slot.start), people(a, v, &c->slot));
	case REPLAN_KEPT: case REPLAN_COLLEAGUE: break;
	}
	return people(a, v, &c->slot);
}

static char *call_why(struct arena *a, struct db *db, const struct replan_view *v, const struct replan_proposal *p)
{
	switch (p->why) {
	case REPLAN_ASKED_FOR:   return arena_text(a, _("as decided"));
	case REPLAN_UNPLANNABLE: return arena_text(a, _("this appointment cannot be planned anew"));
	case REPLAN_NOBODY:      return arena_text(a, _("nobody else who is there does this"));
	case REPLAN_PROMISED:    return arena_printf(a, _("only %s was wished"), first_name(a, v->staff_name));
	case REPLAN_UNREACHABLE: return arena_text(a, _("there is no phone number, and something would change"));
	case REPLAN_OTHERS:      return arena_text(a, _("what is free serves the others better"));
	case REPLAN_FINE: case REPLAN_FULL: break;
	}
	char *block = slot_block_text(a, db, &v->names, &p->block);
	return block != NULL ? arena_printf(a, _("nothing is free; %s"), block) : arena_text(a, _("nothing is free"));
}

/* The weightiest reason that the finder gives for the place. */
static const char *good_reason(struct arena *a, const struct replan_view *v, const struct slot *s)
{
	for (size_t i = 0; i < s->nreasons; i++)
		if (slot_reason_good(&s->reasons[i]) && s->reasons[i].code != SLOT_SOONEST)
			return slot_reason_text(a, &v->names, &s->reasons[i]);
	return NULL;
}

char *replan_why_text(struct arena *a, struct db *db, const struct replan_view *v, const struct replan_line *l)
{
	const struct replan_choice *c = &l->proposal->choice;
	const char *good = c->kind == REPLAN_CALL ? NULL : good_reason(a, v, &c->slot);
	char *text = NULL;
	if (l->appt->status >= STATUS_ARRIVED)
		text = arena_text(a, _("is here already"));
	else if (c->kind == REPLAN_CALL)
		text = call_why(a, db, v, l->proposal);
	else if (c->kind == REPLAN_KEPT || c->kind == REPLAN_COLLEAGUE)
		text = arena_printf(a, _("%s, same time"), time_of(a, c->slot.start));
	else if (c->kind == REPLAN_TIME)
		text = arena_printf(a, _("%s instead of %s"), time_of(a, c->slot.start), time_of(a, l->appt->start));
	else
		text = arena_printf(a, P_("%d day later", "%d days later", c->slot.day.n - l->appt->day.n), (int)(c->slot.day.n - l->appt->day.n));
	if (c->price.promises > 0)
		text = arena_printf(a, "%s; %s", text, _("not as wished"));
	if (l->proposal->odd != 0)
		text = arena_printf(a, "%s; %s", text, l->proposal->odd & REPLAN_ODD_TAKEN ? _("taken by somebody else meanwhile") : _("outside of working hours"));
	return good != NULL ? arena_printf(a, "%s; %s", text, good) : text;
}

char *replan_cost_text(struct arena *a, const struct replan_price *p)
{
	if (p->days > 0)
		return arena_printf(a, P_("%d day", "%d days", p->days), p->days);
	return arena_printf(a, "%d′", p->minutes);
}

char *replan_reason_text(struct arena *a, const struct replan_view *v)
{
	static const char *const sentences[] = { N_("%s is on vacation"), N_("%s is ill"), N_("%s's child is ill"), N_("%s is at school"), N_("%s is in training"),
		N_("%s has time off"), N_("%s is not there") };
	if (v->to.n == NONE)
		return arena_printf(a, _("%s does not work here any more"), first_name(a, v->staff_name));
	return arena_printf(a, _(sentences[v->kind]), first_name(a, v->staff_name));
}

char *replan_call_text(struct arena *a, const struct replan_view *v, const struct replan_line *l, const struct slot *to)
{
	if (to == NULL)
		return arena_printf(a, _("no time found; now %s %s"), day_short(a, l->appt->day), time_of(a, l->appt->start));
	if (to->day.n != l->appt->day.n)
		return arena_printf(a, _("%s %s with %s"), day_short(a, to->day), time_of(a, to->start), people(a, v, to));
	if (to->start == l->appt->start)
		return arena_printf(a, _("%s with %s, same time"), time_of(a, to->start), people(a, v, to));
	return arena_printf(a, _("%s with %s instead of %s"), time_of(a, to->start), people(a, v, to), time_of(a, l->appt->start));
}
