#include "modules/calendar/booking_rules.h"
#include "base/text.h"
#include "modules/calendar/party_guests.h"
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

/* As many minutes more for whoever does it. */
static void lengthen(struct arena *a, struct chain_link *link, struct slot_step *step)
{
	struct slot_candidate *all = arena_alloc(a, (step->ncandidates + 1) * sizeof *all);
	for (size_t i = 0; i < step->ncandidates; i++)
		all[i] = (struct slot_candidate){ step->candidates[i].staff, step->candidates[i].extra_minutes + link->rule.new_extra };
	step->candidates = all;
	link->minutes += link->rule.new_extra;
	link->rule.longer = true;
}

static void take_other(struct request *r, struct chain *chain, size_t i, const struct chain_wish *wish)
{
	struct chain_link link, *said = &chain->links[i];
	struct slot_step step;
	if (!chain_load_one(r->db, said->rule.new_to, said->only, wish, &link, &step))
		return;
	link.said = link.rule.instead_of = said->service;
	chain->links[i] = link;
	chain->steps[i] = step;
}

void booking_rules_read(struct request *r, struct booking *b, const struct chain_wish *wish)
{
	booking_rules_facts(r, b);
	for (size_t i = 0; i < b->chain.n && !b->shorter; i++) {
		struct chain_link *l = &b->chain.links[i];
		if ((l->rule.new_extra == 0 && l->rule.new_to == 0) || !visit_is_new(&l->rule, &b->facts, r->today))
			continue;
		if (l->rule.new_to != 0)
			take_other(r, &b->chain, i, wish);
		else
			lengthen(r->arena, l, &b->chain.steps[i]);
	}
	b->chain.minutes = chain_minutes(&b->chain);
	for (size_t i = 0; i < b->chain.n; i++)
		b->chain.minutes += b->chain.links[i].rule.longer ? b->chain.links[i].rule.new_extra : 0;
	booking_rules_facts(r, b);
}

void booking_rules_facts(struct request *r, struct booking *b)
{
	struct visit_rule rules[CHAIN_MOST];
	size_t n = rules_of(&b->chain, rules);
	b->facts = visit_facts_of(r->db, b->customer, b->never_here, b->replace, rules, n);
	visit_bounds(rules, n, &b->facts, now_of(r), &b->not_before, &b->not_after);
}

static void judge(struct request *r, struct booking *b, const struct visit_when *when)
{
	struct visit_rule rules[CHAIN_MOST];
	size_t n = rules_of(&b->chain, rules);
	visit_judge(rules, when, n, &b->facts, now_of(r), &b->verdicts);
}

void rules_when(const struct chain *chain, const struct slot *s, struct visit_when *when)
{
	for (size_t i = 0; i < chain->n; i++)
		when[i] = (struct visit_when){ s->day, DAY_MINUTES, 0 };
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		if (c->step >= (int)chain->n)
			continue;                           /* a companion's */
		struct visit_when *w = &when[c->step];
		bool last = chain->steps[c->step].phases[c->phase].kind == PHASE_ACTIVE || w->end == 0;
		w->start = c->start < w->start ? c->start : w->start;
		w->end = last ? c->end : w->end;
	}
}

/* "Mia: Ansatzfarbe: …"; several after one another. */
static char *all_broken(struct arena *a, struct db *db, const struct chain *chain, const struct visit_verdicts *v, const char *who)
{
	char *text = NULL;
	for (size_t i = 0; i < v->n; i++)
		if (visit_needs_reason(v->at[i].code)) {
			char *one = visit_text_kept(a, db, chain, &v->at[i]);
			one = who != NULL ? arena_printf(a, "%s: %s", who, one) : one;
			text = text == NULL ? one : arena_printf(a, "%s; %s", text, one);
		}
	return text;
}

/* A companion's part of the slot; where it has none (all the same), her steps from the start on. */
static void judge_guest(struct request *r, struct party_guest *g, const struct slot *own)
{
	struct visit_rule rules[CHAIN_MOST] = { { 0 } };
	struct visit_when when[CHAIN_MOST];
	struct visit_verdicts v;
	size_t n = rules_of(&g->chain, rules);
	bool first = g->is_new || (g->customer != 0 && g->card.visits == 0);
	struct visit_facts facts = visit_facts_of(r->db, g->customer, first, 0, rules, n);
	rules_when(&g->chain, own, when);
	for (size_t i = 0; own->nclaims == 0 && i < n; i++)
		when[i] = (struct visit_when){ own->day, own->start, own->start + g->chain.minutes };
	visit_judge(rules, when, n, &facts, now_of(r), &v);
	g->broken = all_broken(r->arena, r->db, &g->chain, &v, g->name);
}

void booking_rules_judge(struct request *r, struct booking *b, const struct slot *s)
{
	struct visit_when when[CHAIN_MOST];
	size_t first = b->chain.n;
	rules_when(&b->chain, s, when);
	judge(r, b, when);
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; first += b->guests->at[i++].chain.n) {
		struct slot own = party_guests_part(r->arena, s, first, b->guests->at[i].chain.n);
		judge_guest(r, &b->guests->at[i], &own);
	}
}

static const struct slot *listed(const struct booking *b)
{
	for (size_t i = 0; i < b->slots.n; i++)
		if (b->at_start < 0 || (b->slots.at[i].day.n == b->at_day.n && b->slots.at[i].start == b->at_start))
			return b->at_start < 0 && b->refused != NULL ? NULL : &b->slots.at[i];
	return NULL;
}

void booking_rules_show(struct request *r, struct booking *b)
{
	struct slot forced;
	if (b->chain.n == 0)
		return;
	const struct slot *s = listed(b);
	day d = b->at_start >= 0 ? b->at_day : b->refused != NULL ? b->refused_day : (day){ NONE };
	int start = b->at_start >= 0 ? b->at_start : b->refused_start;
	if (s == NULL && d.n != NONE && d.n >= b->world.from.n && d.n < b->world.from.n + b->world.ndays) {
		chain_force(r->arena, &b->chain, &b->world, d, start, &forced);
		s = &forced;
	}
	if (s != NULL)
		booking_rules_judge(r, b, s);
}

struct slot_request booking_rules_lifted(struct arena *a, struct slot_request q)
{
	struct slot_step *steps = arena_alloc(a, (q.nsteps + 1) * sizeof *steps);
	for (size_t i = 0; i < q.nsteps; i++) {
		steps[i] = q.steps[i];
		steps[i].from = steps[i].until = 0;
		steps[i].weekdays = 0;
	}
	q.steps = steps;
	q.not_before = q.not_after = (struct slot_bound){ { NONE }, 0 };
	return q;
}

static bool asks(const struct booking *b)
{
	for (size_t i = 0; i < b->verdicts.n; i++)
		if (visit_needs_reason(b->verdicts.at[i].code))
			return true;
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; i++)
		if (b->guests->at[i].broken != NULL)
			return true;
	return false;
}

char *booking_rules_kept(struct arena *a, struct db *db, const struct booking *b)
{
	for (size_t i = 0; i < b->verdicts.n; i++)
		if (b->verdicts.at[i].code == VISIT_REFILL_LATE)
			return visit_text(a, db, &b->chain, &b->verdicts.at[i]);
	return NULL;
}

const char *booking_rules_refusal(struct request *r, const struct booking *b)
{
	char *late = b->keep ? NULL : booking_rules_kept(r->arena, r->db, b);
	if (asks(b) && text_empty(b->why))
		return arena_printf(r->arena, _("Reason: %s. Please say why it is booked all the same."), booking_rules_broken(r->arena, r->db, b));
	if (asks(b) && text_length(b->why) > REASON_MOST)
		return _("Reason: at most 200 characters.");
	return late != NULL ? arena_printf(r->arena, _("%s. Please take that, or keep what was chosen."), late) : NULL;
}

char *booking_rules_broken(struct arena *a, struct db *db, const struct booking *b)
{
	char *text = all_broken(a, db, &b->chain, &b->verdicts, NULL);
	for (size_t i = 0; b->guests != NULL && i < b->guests->n; i++)
		if (b->guests->at[i].broken != NULL)
			text = text == NULL ? arena_text(a, b->guests->at[i].broken) : arena_printf(a, "%s; %s", text, b->guests->at[i].broken);
	return text;
}

/* The services' notation with the i-th replaced. */
static char *instead(struct arena *a, const struct booking *b, size_t i, int64_t service)
{
	char *text = arena_text(a, "");
	for (size_t k = 0; k < b->chain.n; k++) {
		const struct chain_link *l = &b->chain.links[k];
		text = k == i ? arena_printf(a, "%s%s%lld", text, *text ? "," : "", (long long)service)
		    : l->only != 0 ? arena_printf(a, "%s%s%lld@%lld", text, *text ? "," : "", (long long)(l->said ? l->said : l->service), (long long)l->only)
		                   : arena_printf(a, "%s%s%lld", text, *text ? "," : "", (long long)(l->said ? l->said : l->service));
	}
	return text;
}

#include "gen/modules/calendar/booking_rules.html.h"
