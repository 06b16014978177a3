/* appt_rules.c: the rules by visit for what is booked already: its panel, and where it is moved to. */
#include "modules/calendar/booking_rules.h"
#include "modules/visit/visit.h"
#include <string.h>

struct judged { struct chain chain; struct visit_rule rules[CHAIN_MOST]; struct visit_facts facts; };

static struct slot_bound now_of(const struct request *r) { return (struct slot_bound){ r->today, (int)r->clock.min }; }

/* lead: whether it counts how long before. */
static struct judged *load(struct request *r, const struct book_appt *a, bool lead)
{
	struct judged *j = arena_new_of(r->arena, struct judged);
	*j = (struct judged){ .chain = { .n = 0 } };
	for (size_t i = 0; i < a->nsteps && i < CHAIN_MOST; i++) {
		struct slot_step step;
		struct chain_link *l = &j->chain.links[j->chain.n];
		l->service = a->steps[i].service;
		l->label = a->steps[i].label;
		chain_rule_load(r->db, l, &step);
		if (!lead)
			l->rule.lead_hours = 0;
		j->rules[j->chain.n++] = l->rule;
	}
	j->facts = visit_facts_of(r->db, a->customer, false, a->id, j->rules, j->chain.n);
	return j;
}

static void lies(const struct book_appt *a, struct visit_when *when)
{
	for (size_t i = 0; i < a->nsteps && i < CHAIN_MOST; i++) {
		const struct book_step *s = &a->steps[i];
		when[i] = (struct visit_when){ a->day, a->start, 0 };
		for (size_t k = s->nphases; k-- > 0;) {
			when[i].start = s->phases[k].start;
			if (when[i].end == 0 && s->phases[k].kind == PHASE_ACTIVE)
				when[i].end = s->phases[k].end;
		}
		if (when[i].end == 0)
			when[i].end = s->nphases > 0 ? s->phases[s->nphases - 1].end : a->end;
	}
}

struct rule_texts appt_rules_of(struct request *r, const struct book_appt *a, str reason)
{
	struct rule_texts texts = { .n = 0 };
	struct visit_when when[CHAIN_MOST];
	struct visit_verdicts v;
	if (a->kind != APPT_VISIT || a->day.n == NONE || a->status >= STATUS_IN_SERVICE)
		return texts;
	struct judged *j = load(r, a, false);                    /* it has been booked: how long before is no matter any more */
	lies(a, when);
	visit_judge(j->rules, when, j->chain.n, &j->facts, now_of(r), &v);
	for (size_t i = 0; i < v.n; i++) {
		const char *text = visit_text_kept(r->arena, r->db, &j->chain, &v.at[i]);
		if (reason == NULL || strstr(reason, text) == NULL)
			texts.at[texts.n++] = text;
	}
	return texts;
}

static bool among(const struct visit_verdicts *v, const struct visit_verdict *one)
{
	for (size_t i = 0; i < v->n; i++)
		if (v->at[i].code == one->code && v->at[i].step == one->step)
			return true;
	return false;
}

char *appt_rules_moved(struct request *r, const struct book_appt *a, const struct chain *chain, const struct slot *to)
{
	struct visit_when when[CHAIN_MOST];
	struct visit_verdicts before = { .n = 0 }, after;
	char *text = NULL;
	if (a->kind != APPT_VISIT || chain->n != a->nsteps)
		return NULL;
	bool sooner = a->day.n == NONE || to->day.n < a->day.n || (to->day.n == a->day.n && to->start < a->start);
	struct judged *j = load(r, a, sooner);
	if (a->day.n != NONE) {
		lies(a, when);
		visit_judge(j->rules, when, j->chain.n, &j->facts, now_of(r), &before);
	}
	rules_when(chain, to, when);
	visit_judge(j->rules, when, j->chain.n, &j->facts, now_of(r), &after);
	for (size_t i = 0; i < after.n; i++) {
		const struct visit_verdict *v = &after.at[i];
		if ((!visit_needs_reason(v->code) && v->code != VISIT_REFILL_LATE) || among(&before, v))
			continue;
		char *one = visit_text_kept(r->arena, r->db, &j->chain, v);
		text = text == NULL ? one : arena_printf(r->arena, "%s; %s", text, one);
	}
	return text;
}

void appt_rules_bound(struct request *r, const struct book_appt *a, struct slot_request *q)
{
	if (a->kind != APPT_VISIT || db_one_text(r->db, SQL("SELECT rule_reason FROM appointment WHERE id = ?"), B(a->id)) != NULL)
		return;
	struct judged *j = load(r, a, true);
	visit_bounds(j->rules, j->chain.n, &j->facts, now_of(r), &q->not_before, &q->not_after);
}
