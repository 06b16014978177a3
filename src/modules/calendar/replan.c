/* replan.c: placing again what is already booked, and placing in spite of everything (declared in chain.h). */
#include "modules/calendar/chain.h"

static void frozen_phases(struct db *db, const struct book_step *s, struct slot_step *step)
{
	struct slot_phase *phases = arena_array(db_arena(db), struct slot_phase, s->nphases);
	struct query q = db_query(db, SQL("SELECT kind, minutes, coalesce(place_class, (SELECT class FROM place WHERE id = place)), device, place "
	    "FROM appt_phase WHERE step = ? ORDER BY seq"), B(s->id));
	size_t n = 0;
	while (db_step(&q))
		if (n < s->nphases)
			phases[n++] = (struct slot_phase){ .kind = (enum phase_kind)db_int(&q, 0), .minutes = (int)db_int(&q, 1),
				.place_class = db_ref(&q, 2).id, .device = db_ref(&q, 3).id, .place = db_ref(&q, 4).id };
	step->phases = phases;
	step->nphases = n;
}

/* Durations are frozen, so nobody adds minutes. */
static void others_who_can(struct db *db, int64_t service, int64_t own, struct slot_step *step)
{
	struct { struct slot_candidate *at; size_t n, cap; } people = { 0 };
	*arena_push(db_arena(db), &people) = (struct slot_candidate){ own, 0 };
	struct query q = db_query(db, SQL("SELECT t.id FROM staff_service x JOIN staff t ON t.id = x.staff WHERE x.service = ? AND t.id <> ? "
	    "AND t.active = 1 AND t.in_book = 1 ORDER BY t.sort, t.id"), B(service), B(own));
	while (db_step(&q))
		*arena_push(db_arena(db), &people) = (struct slot_candidate){ db_int(&q, 0), 0 };
	step->candidates = people.at;
	step->ncandidates = people.n;
}

void chain_of_appointment(struct db *db, const struct book_appt *a, int64_t from, int64_t to, struct chain *chain)
{
	*chain = (struct chain){ .n = 0 };
	for (size_t i = 0; i < a->nsteps && i < CHAIN_MOST; i++) {
		const struct book_step *s = &a->steps[i];
		bool moves = to != 0 && (from == 0 || s->staff == from);
		chain->links[i] = (struct chain_link){ .service = s->service, .label = s->label, .style = s->style, .price = s->price,
			.wished = moves ? to : s->staff };
		struct slot_step *step = &chain->steps[i];
		*step = (struct slot_step){ .wished = chain->links[i].wished, .only_wished = to != 0 };
		frozen_phases(db, s, step);
		others_who_can(db, s->service, step->wished, step);
		chain->minutes += s->nphases > 0 ? s->phases[s->nphases - 1].end - s->phases[0].start : 0;
		chain->n++;
	}
}

static int64_t first_place(const struct slot_world *w, int64_t class)
{
	for (size_t i = 0; class != 0 && i < w->nplaces; i++)
		if (w->places[i].class == class)
			return w->places[i].id;
	return 0;
}

void chain_force(struct arena *a, const struct chain *chain, const struct slot_world *w, day d, int start, struct slot *slot)
{
	struct { struct slot_claim *at; size_t n, cap; } claims = { 0 };
	int at = start;
	for (size_t i = 0; i < chain->n; i++) {
		const struct slot_step *s = &chain->steps[i];
		int64_t who = s->wished != 0 ? s->wished : s->ncandidates > 0 ? s->candidates[0].staff : 0;
		for (size_t k = 0; k < s->nphases; k++) {
			const struct slot_phase *p = &s->phases[k];
			*arena_push(a, &claims) = (struct slot_claim){ .step = (int)i, .phase = (int)k, .start = at, .end = at + p->minutes,
				.staff = p->kind == PHASE_ACTIVE ? who : 0, .place = first_place(w, p->place_class),
				.device = p->kind == PHASE_BUFFER ? 0 : p->device };
			at += p->minutes;
		}
	}
	*slot = (struct slot){ .day = d, .start = start, .end = at, .claims = claims.at, .nclaims = claims.n };
}
