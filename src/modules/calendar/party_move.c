/* party_move.c: moving all of a party together (declared in party.h): each keeps its people and its distance from the others. */
#include "base/text.h"
#include "modules/calendar/booking_parts.h"
#include "modules/calendar/party.h"

static bool is_of(const struct party_parts *parts, int64_t appointment)
{
	for (size_t i = 0; i < parts->n; i++)
		if (parts->at[i].appt.id == appointment)
			return true;
	return false;
}

static void load_parts(struct request *r, const struct book_appt *a, struct party_parts *parts)
{
	struct party_members all = party_of(r->db, a->id);
	for (size_t i = 0; i < all.n && parts->n < PARTY_MOST; i++) {
		struct party_part *p = &parts->at[parts->n];
		if (!party_goes_along(a, &all.at[i]) || !book_load_one(r->db, all.at[i].id, &p->appt))
			continue;
		chain_of_appointment(r->db, &p->appt, 0, 0, &p->chain);
		for (size_t k = 0; k < p->chain.n; k++)
			p->chain.steps[k].only_wished = p->chain.steps[k].wished != 0;
		parts->n++;
	}
}

void party_clear(struct request *r, const struct book_appt *a, struct move_target *t, struct party_parts *parts)
{
	*parts = (struct party_parts){ .n = 0 };
	load_parts(r, a, parts);
	struct use *uses = arena_array(r->arena, struct use, t->world.nuses);
	size_t n = 0;
	for (size_t i = 0; i < t->world.nuses; i++)
		if (t->world.uses[i].appointment != a->id && !is_of(parts, t->world.uses[i].appointment))
			uses[n++] = t->world.uses[i];
	t->world.uses = uses;
	t->world.nuses = n;
	t->world.map = NULL;
}

/* What one has taken the next must leave alone. */
static void take(struct arena *a, struct slot_world *w, const struct slot *slot, int64_t appointment)
{
	struct { struct use *at; size_t n, cap; } uses = { 0 };
	for (size_t i = 0; i < w->nuses; i++)
		*arena_push(a, &uses) = w->uses[i];
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		const int64_t ids[] = { [RESOURCE_PERSON] = c->staff, [RESOURCE_PLACE] = c->place, [RESOURCE_DEVICE] = c->device };
		for (int kind = RESOURCE_PERSON; kind <= RESOURCE_DEVICE; kind++)
			if (ids[kind] != 0)
				*arena_push(a, &uses) = (struct use){ .day = slot->day, .resource = resource_of((enum resource_kind)kind, ids[kind]),
					.start = c->start, .end = c->end, .appointment = appointment };
	}
	w->uses = uses.at;
	w->nuses = uses.n;
	w->map = NULL;
}

static str refusal(struct request *r, const struct slot_world *w, const struct slot_request *q, const struct party_part *p, day d, int start)
{
	struct booking names = { .at_start = -1 };
	booking_all_names(r->db, &names);
	struct slot_block block = slots_why_not(r->arena, w, q, d, start);
	char *why = slot_block_text(r->arena, r->db, &names, &block);
	return arena_printf(r->arena, _("%s: %s is not possible: %s."), p->appt.name, daytime_text(r->arena, (daytime){ start }), why ? why : _("taken"));
}

/* false: *why says what stands in the way of this one. */
static bool find_one(struct request *r, const struct book_appt *a, const struct move_target *t, bool anyway, struct party_part *p, str *why)
{
	int start = p->appt.start - a->start + t->start;
	struct slot_request q = { .steps = p->chain.steps, .nsteps = p->chain.n, .first = t->day, .last = t->day, .wish_day = { NONE } };
	if (start < 0 || start + p->chain.minutes > DAY_MINUTES)
		*why = arena_printf(r->arena, _("%s would not begin and end on the same day."), p->appt.name);
	else if (anyway) {
		chain_force(r->arena, &p->chain, &t->world, t->day, start, &p->slot);
		*why = slot_clock_text(r->arena, t->day, start, p->slot.end);
	}
	else if (!slots_at(r->arena, &t->world, &q, t->day, start, &p->slot))
		*why = refusal(r, &t->world, &q, p, t->day, start);
	return *why == NULL;
}

bool party_find(struct request *r, const struct book_appt *a, struct move_target *t, const struct slot *first, bool anyway, struct party_parts *parts, str *why)
{
	*why = NULL;
	take(r->arena, &t->world, first, a->id);
	for (size_t i = 0; i < parts->n; i++) {
		if (!find_one(r, a, t, anyway, &parts->at[i], why))
			return false;
		take(r->arena, &t->world, &parts->at[i].slot, parts->at[i].appt.id);
	}
	return true;
}

struct party_together party_at(struct request *r, const struct book_appt *a, const struct move_target *asked)
{
	struct party_together all = { .day = asked->day, .start = -1 };
	struct move_target t = *asked;
	struct party_parts parts;
	struct slot slot;
	party_clear(r, a, &t, &parts);
	all.asked = parts.n > 0 && a->day.n != NONE && asked->resize_end == 0;
	if (!all.asked)
		return all;
	if (!move_find(r, a, &t, &slot))
		all.why = t.why;
	else if (party_find(r, a, &t, &slot, false, &parts, &all.why))
		all.start = t.start;
	return all;
}

struct party_together party_next(struct request *r, const struct book_appt *a, const struct move_target *asked, const struct slot_request *q, bool later)
{
	struct party_together all = { .day = asked->day, .start = -1, .why = later ? _("Nothing fits later on this day.") : _("Nothing fits earlier on this day.") };
	struct move_target t = *asked;
	struct party_parts parts;
	party_clear(r, a, &t, &parts);
	all.asked = parts.n > 0;
	struct slots found = all.asked ? slots_find(r->arena, &t.world, q, 0) : (struct slots){ 0 };
	for (size_t i = 0; i < found.n && all.start < 0; i++) {
		const struct slot *slot = &found.at[later ? i : found.n - 1 - i];
		struct move_target there = t;
		str why;
		there.start = slot->start;
		if (party_find(r, a, &there, slot, false, &parts, &why))
			all.start = slot->start;
	}
	return all;
}
