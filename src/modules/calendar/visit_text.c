/* visit_text.c: what the rules by visit (rules/visit.h) say, in words. */
#include "modules/calendar/booking_rules.h"

static str service_name(struct db *db, int64_t id)
{
	str name = db_one_text(db, SQL("SELECT name FROM service WHERE id = ?"), B(id));
	return name != NULL ? name : "";
}

static char *bound_text(struct arena *a, const struct slot_bound *bound)
{
	return arena_printf(a, "%s, %s", day_short(a, bound->day), daytime_text(a, (daytime){ bound->minute }));
}

/* The way out, where there still is one. */
static char *with_bound(struct arena *a, char *text, const struct slot_bound *bound)
{
	return bound->day.n == NONE ? text : arena_printf(a, _("%s, possible from %s on if one is made now"), text, bound_text(a, bound));
}

static char *refill_text(struct arena *a, struct db *db, str label, const struct visit_verdict *v)
{
	if (v->a == NONE)
		return arena_printf(a, _("%s: never done before; it would be %s"), label, service_name(db, v->c));
	return arena_printf(a, _("%s: the last one was %lld days ago, more than %lld; it would be %s"), label, (long long)v->a, (long long)v->b, service_name(db, v->c));
}

static char *outside_text(struct arena *a, str label, const struct visit_verdict *v)
{
	if (v->a == NONE)
		return arena_printf(a, _("%s is not done on that weekday"), label);
	if (v->a > 0 && v->b > 0)
		return arena_printf(a, _("%s is done from %s to %s only"), label, daytime_text(a, (daytime){ v->a }), daytime_text(a, (daytime){ v->b }));
	return v->a > 0 ? arena_printf(a, _("%s begins at %s at the earliest"), label, daytime_text(a, (daytime){ v->a }))
	                : arena_printf(a, _("%s has to be over by %s"), label, daytime_text(a, (daytime){ v->b }));
}

char *visit_text(struct arena *a, struct db *db, const struct chain *chain, const struct visit_verdict *v)
{
	str label = chain->links[v->step].label;
	switch (v->code) {
	case VISIT_FIRST:       return arena_printf(a, _("New here: %s takes %lld minutes longer"), label, (long long)v->a);
	case VISIT_FIRST_OTHER: return arena_printf(a, _("New here: %s instead of %s"), label, service_name(db, v->a));
	case VISIT_REFILL_LATE: return refill_text(a, db, label, v);
	case VISIT_AGE_UNKNOWN: return arena_printf(a, _("%s is done from %lld years on; her birthday is not known"), label, (long long)v->a);
	case VISIT_NO_TEST:     return with_bound(a, arena_printf(a, _("%s: no %s yet (at least %lld hours before)"), label, service_name(db, v->a), (long long)v->b), &v->bound);
	case VISIT_TEST_FRESH:  return arena_printf(a, _("%s: the test is too fresh, possible from %s on"), label, bound_text(a, &v->bound));
	case VISIT_TEST_OLD:    return with_bound(a, arena_printf(a, _("%s: the test of %s is too old (it holds %lld days)"), label, day_short(a, (day){ v->a }), (long long)v->b), &v->bound);
	case VISIT_REACTION:    return arena_printf(a, _("%s: the test of %s showed a reaction"), label, day_short(a, (day){ v->a }));
	case VISIT_TOO_YOUNG:   return arena_printf(a, _("%s: %lld years old then, done from %lld on"), label, (long long)v->a, (long long)v->b);
	case VISIT_OUTSIDE:     return outside_text(a, label, v);
	case VISIT_TOO_SOON:    return arena_printf(a, _("%s: asked for at least %lld hours before, possible from %s on"), label, (long long)v->a, bound_text(a, &v->bound));
	}
	return arena_text(a, "");
}

char *visit_text_kept(struct arena *a, struct db *db, const struct chain *chain, const struct visit_verdict *v)
{
	struct visit_verdict plain = *v;
	if (v->code == VISIT_NO_TEST || v->code == VISIT_TEST_OLD)
		plain.bound.day.n = NONE;
	return visit_text(a, db, chain, &plain);
}
