#include "modules/calendar/booking_rules.h"
#include "base/text.h"
#include "modules/visit/visit.h"
#include "web/icon.h"

enum { REASON_MOST = 200 };

static struct slot_bound now_of(const struct request *r) { return (struct slot_bound){ r->today, (int)r->clock.min }; }

static size_t rules_of(const struct chain *chain, struct visit_rule *rules)
{
	for (size_t i = 0; i < chain->n; i++)
		rules[i] = chain->links[i].rule;
	return chain->n;
}

void booking_rules_read(struct request *r, struct booking *b)
{
	struct visit_rule rules[CHAIN_MOST];
	size_t n = rules_of(&b->chain, rules);
	b->facts = visit_facts_of(r->db, b->customer, b->never_here && !b->shorter, rules, n);
	visit_bounds(rules, n, &b->facts, now_of(r), &b->not_before, &b->not_after);
}

static void judge(struct request *r, struct booking *b, const struct visit_when *when)
{
	struct visit_rule rules[CHAIN_MOST];
	size_t n = rules_of(&b->chain, rules);
	visit_judge(rules, when, n, &b->facts, now_of(r), &b->verdicts);
}

void booking_rules_judge(struct request *r, struct booking *b, const struct slot *s)
{
	struct visit_when when[CHAIN_MOST];
	for (size_t i = 0; i < b->chain.n; i++)
		when[i] = (struct visit_when){ s->day, DAY_MINUTES, 0 };
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		struct visit_when *w = &when[c->step];
		bool last = b->chain.steps[c->step].phases[c->phase].kind == PHASE_ACTIVE || w->end == 0;
		w->start = c->start < w->start ? c->start : w->start;
		w->end = last ? c->end : w->end;
	}
	judge(r, b, when);
}

void booking_rules_show(struct request *r, struct booking *b)
{
	struct slot forced;
	if (b->chain.n == 0)
		return;
	for (size_t i = 0; i < b->slots.n; i++)
		if (b->at_start < 0 || (b->slots.at[i].day.n == b->at_day.n && b->slots.at[i].start == b->at_start)) {
			if (b->at_start < 0 && b->refused != NULL)
				break;
			booking_rules_judge(r, b, &b->slots.at[i]);
			return;
		}
	day d = b->at_start >= 0 ? b->at_day : b->refused != NULL ? b->refused_day : (day){ NONE };
	int start = b->at_start >= 0 ? b->at_start : b->refused_start;
	if (d.n == NONE || d.n < b->world.from.n || d.n >= b->world.from.n + b->world.ndays)
		return;
	chain_force(r->arena, &b->chain, &b->world, d, start, &forced);
	booking_rules_judge(r, b, &forced);
}

static bool asks(const struct booking *b)
{
	for (size_t i = 0; i < b->verdicts.n; i++)
		if (visit_needs_reason(b->verdicts.at[i].code))
			return true;
	return false;
}

const char *booking_rules_refusal(struct request *r, const struct booking *b)
{
	if (!asks(b))
		return NULL;
	if (text_empty(b->why))
		return arena_printf(r->arena, _("Reason: %s. Please say why it is booked all the same."), booking_rules_broken(r->arena, r->db, b));
	return text_length(b->why) > REASON_MOST ? _("Reason: at most 200 characters.") : NULL;
}

char *booking_rules_broken(struct arena *a, struct db *db, const struct booking *b)
{
	char *text = NULL;
	for (size_t i = 0; i < b->verdicts.n; i++)
		if (visit_needs_reason(b->verdicts.at[i].code)) {
			char *one = visit_text(a, db, &b->chain, &b->verdicts.at[i]);
			text = text == NULL ? one : arena_printf(a, "%s; %s", text, one);
		}
	return text;
}

struct rule_texts booking_rules_of(struct request *r, const struct book_appt *a)
{
	struct rule_texts texts = { .n = 0 };
	struct booking *b = arena_new_of(r->arena, struct booking);
	struct visit_when when[CHAIN_MOST];
	if (a->kind != APPT_VISIT || a->day.n == NONE || a->status >= STATUS_IN_SERVICE)
		return texts;
	for (size_t i = 0; i < a->nsteps && i < CHAIN_MOST; i++) {
		const struct book_step *s = &a->steps[i];
		struct slot_step step;
		b->chain.links[i].service = s->service;
		b->chain.links[i].label = s->label;
		chain_rule_load(r->db, &b->chain.links[i], &step);
		b->chain.links[i].rule.lead_hours = 0;             /* it has been booked: how long before is no matter any more */
		when[i] = (struct visit_when){ a->day, a->start, a->end };
		for (size_t k = s->nphases; k-- > 0;) {
			when[i].start = s->phases[k].start;
			if (s->phases[k].kind == PHASE_ACTIVE && when[i].end == a->end)
				when[i].end = s->phases[k].end;
		}
		b->chain.n++;
	}
	b->customer = a->customer;
	booking_rules_read(r, b);
	judge(r, b, when);
	for (size_t i = 0; i < b->verdicts.n; i++)
		texts.at[texts.n++] = visit_text(r->arena, r->db, &b->chain, &b->verdicts.at[i]);
	return texts;
}

static str service_name(struct db *db, int64_t id)
{
	str name = db_one_text(db, SQL("SELECT name FROM service WHERE id = ?"), B(id));
	return name != NULL ? name : "";
}

static char *bound_text(struct arena *a, const struct slot_bound *bound)
{
	return arena_printf(a, "%s, %s", day_short(a, bound->day), daytime_text(a, (daytime){ bound->minute }));
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
	case VISIT_REFILL_LATE: return refill_text(a, db, label, v);
	case VISIT_AGE_UNKNOWN: return arena_printf(a, _("%s is done from %lld years on; her birthday is not known"), label, (long long)v->a);
	case VISIT_NO_TEST:     return arena_printf(a, _("%s: no %s yet, %lld hours before at least"), label, service_name(db, v->a), (long long)v->b);
	case VISIT_TEST_FRESH:  return arena_printf(a, _("%s: the test is too fresh, possible from %s on"), label, bound_text(a, &v->bound));
	case VISIT_TEST_OLD:    return arena_printf(a, _("%s: the test of %s is too old (it holds %lld days)"), label, day_short(a, (day){ v->a }), (long long)v->b);
	case VISIT_REACTION:    return arena_printf(a, _("%s: the test of %s showed a reaction"), label, day_short(a, (day){ v->a }));
	case VISIT_TOO_YOUNG:   return arena_printf(a, _("%s: %lld years old then, done from %lld on"), label, (long long)v->a, (long long)v->b);
	case VISIT_OUTSIDE:     return outside_text(a, label, v);
	case VISIT_TOO_SOON:    return arena_printf(a, _("%s: asked for at least %lld hours before, possible from %s on"), label, (long long)v->a, bound_text(a, &v->bound));
	}
	return arena_text(a, "");
}

/* The services' notation with the i-th replaced. */
static char *instead(struct arena *a, const struct booking *b, size_t i, int64_t service)
{
	char *text = arena_text(a, "");
	for (size_t k = 0; k < b->chain.n; k++) {
		const struct chain_link *l = &b->chain.links[k];
		text = k == i ? arena_printf(a, "%s%s%lld", text, *text ? "," : "", (long long)service)
		    : l->only != 0 ? arena_printf(a, "%s%s%lld@%lld", text, *text ? "," : "", (long long)l->service, (long long)l->only)
		                   : arena_printf(a, "%s%s%lld", text, *text ? "," : "", (long long)l->service);
	}
	return text;
}

#include "gen/modules/calendar/booking_rules.html.h"
