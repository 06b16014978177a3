/* chain_again.c: placing again what is already booked, and placing in spite of everything (declared in chain.h). */
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
	struct query q = db_query(db, SQL("SELECT t.id FROM staff_service x JOIN staff t ON t.id = x.staff JOIN service v ON v.id = x.service WHERE x.service = ? AND t.id <> ? "
	    "AND t.active = 1 AND t.in_book = 1 AND (v.skill IS NULL OR EXISTS (SELECT 1 FROM staff_skill k WHERE k.staff = t.id AND k.skill = v.skill)) "
	    "ORDER BY t.sort, t.id"), B(service), B(own));
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
		*step = (struct slot_step){ .wished = chain->links[i].wished, .only_wished = to != 0, .beside = chain_beside(a, i) };
		frozen_phases(db, s, step);
		chain_rule_load(db, &chain->links[i], step);
		others_who_can(db, s->service, step->wished, step);
		chain->n++;
	}
	chain->minutes = chain_minutes(chain);
}

static int minutes_of(const struct slot_step *s, size_t nphases)
{
	int sum = 0;
	for (size_t i = 0; i < nphases; i++)
		sum += s->phases[i].minutes;
	return sum;
}

static bool needs_class(const struct slot_step *s, int64_t class)
{
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].place_class == class)
			return true;
	return false;
}

/* Minutes from the begin of this step to that of the next. */
static int until_next(const struct chain *chain, size_t at)
{
	const struct slot_step *s = &chain->steps[at];
	size_t tail = slots_tail(s);
	int64_t class = tail > 0 ? s->phases[s->nphases - 1].place_class : 0;
	for (size_t i = at + 1; class != 0 && i < chain->n && !chain->steps[i].beside; i++)
		if (needs_class(&chain->steps[i], class))
			return minutes_of(s, s->nphases);
	return minutes_of(s, s->nphases - tail);
}

int chain_minutes_with(const struct chain *chain, const int *extra)
{
	int at = 0, end = 0;
	for (size_t i = 0; i < chain->n; i++) {
		at = chain->steps[i].beside ? 0 : at;
		int more = extra != NULL ? extra[i] : 0, over = at + minutes_of(&chain->steps[i], chain->steps[i].nphases) + more;
		end = over > end ? over : end;
		at += until_next(chain, i) + more;
	}
	return end;
}

int chain_minutes(const struct chain *chain) { return chain_minutes_with(chain, NULL); }

/* A step's phases, to be changed. */
static struct slot_phase *own_phases(struct arena *a, struct slot_step *s)
{
	struct slot_phase *own = arena_array(a, struct slot_phase, s->nphases);
	for (size_t i = 0; i < s->nphases; i++)
		own[i] = s->phases[i];
	s->phases = own;
	return own;
}

/* Which phases a move to another place or device concerns: those that can go there; else those that take any; else the work. */
enum concerned { FITTING, TAKING, WORKING };

static size_t put_on_place(struct arena *a, struct chain *chain, const struct place *to, int64_t from, enum concerned whom)
{
	size_t moved = 0;
	for (size_t i = 0; i < chain->n; i++) {
		struct slot_phase *p = own_phases(a, &chain->steps[i]);
		for (size_t k = 0; k < chain->steps[i].nphases; k++, p++) {
			bool taking = p->place_class != 0 && (from == 0 || p->place == from);
			if (whom == FITTING ? !taking || p->place_class != to->class : whom == TAKING ? !taking : p->kind != PHASE_ACTIVE)
				continue;
			p->place_class = to->class;
			p->place = to->id;
			p->only_place = true;
			moved++;
		}
	}
	return moved;
}

bool chain_to_place(struct arena *a, struct chain *chain, const struct place *to, int64_t from, bool all_the_same)
{
	if (put_on_place(a, chain, to, from, FITTING) > 0)
		return true;
	if (all_the_same && put_on_place(a, chain, to, from, TAKING) == 0)
		put_on_place(a, chain, to, from, WORKING);
	return false;
}

static size_t put_on_device(struct arena *a, struct chain *chain, int64_t to, int64_t from, enum concerned whom)
{
	size_t moved = 0;
	for (size_t i = 0; i < chain->n; i++) {
		struct slot_phase *p = own_phases(a, &chain->steps[i]);
		for (size_t k = 0; k < chain->steps[i].nphases; k++, p++) {
			bool taking = p->device != 0 && p->kind != PHASE_BUFFER && (from == 0 || p->device == from);
			if (whom == FITTING ? !taking || p->device != to : whom == TAKING ? !taking : p->kind != PHASE_ACTIVE)
				continue;
			p->device = to;
			moved++;
		}
	}
	return moved;
}

bool chain_to_device(struct arena *a, struct chain *chain, int64_t to, int64_t from)
{
	if (put_on_device(a, chain, to, from, FITTING) > 0)
		return true;
	if (put_on_device(a, chain, to, from, TAKING) == 0)
		put_on_device(a, chain, to, from, WORKING);
	return false;
}

/* The active phase that is over last; book_resize() takes the same. */
bool chain_stretch(struct arena *a, struct chain *chain, int by)
{
	int at = 0, latest = 0;
	size_t step = chain->n, phase = 0;
	for (size_t i = 0; i < chain->n; i++) {
		const struct slot_step *s = &chain->steps[i];
		at = s->beside ? 0 : at;
		for (size_t k = 0; k < s->nphases; k++)
			if (s->phases[k].kind == PHASE_ACTIVE && at + minutes_of(s, k + 1) >= latest) {
				latest = at + minutes_of(s, k + 1);
				step = i;
				phase = k;
			}
		at += until_next(chain, i);
	}
	if (step == chain->n)
		return false;
	struct slot_phase *p = own_phases(a, &chain->steps[step]) + phase;
	p->minutes += by;
	chain->minutes = chain_minutes(chain);
	return p->minutes >= RASTER;
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
	int begin = start;
	for (size_t i = 0; i < chain->n; i++) {
		const struct slot_step *s = &chain->steps[i];
		begin = s->beside ? start : begin;
		int at = begin;
		int64_t who = s->wished != 0 ? s->wished : s->ncandidates > 0 ? s->candidates[0].staff : 0;
		for (size_t k = 0; k < s->nphases; k++) {
			const struct slot_phase *p = &s->phases[k];
			*arena_push(a, &claims) = (struct slot_claim){ .step = (int)i, .phase = (int)k, .start = at, .end = at + p->minutes,
				.staff = p->kind == PHASE_ACTIVE ? who : 0, .place = p->place != 0 ? p->place : first_place(w, p->place_class),
				.device = p->kind == PHASE_BUFFER ? 0 : p->device };
			at += p->minutes;
		}
		begin += until_next(chain, i);
	}
	*slot = (struct slot){ .day = d, .start = start, .end = start + chain_minutes(chain), .claims = claims.at, .nclaims = claims.n };
}
