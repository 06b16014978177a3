#include "rules/slots_joint.h"
#include "rules/slots_score.h"
#include <stdlib.h>
#include <string.h>

/* What is taken off the 100: another day weighs more than another person (who said "if possible"), and that more than a scrap. */
enum {
	SALEABLE = 30 / RASTER,                   /* a rest shorter than this is a scrap */
	SCRAP = 9, OPEN_END = 3,                  /* at either end of a person's stretch */
	OTHER_WISHED = 10, OTHER_WISHED_MOST = 30, OTHER_LAST = 4, CHANGE_OF_PERSON = 8,
	DAY_FIRST = 14, DAY_EACH = 4, DAY_MOST = 50,
	ASKED = 12,                               /* somebody has asked to be away then */
	LATER_EACH = 30, LATER_MOST = 8,          /* 1 point for each 30 minutes after the earliest time asked for */
};

static int side_cost(int units)
{
	return units == 0 ? 0 : units < SALEABLE ? SCRAP : OPEN_END;
}

static int stretch_cost(const struct slots_stretch *s)
{
	return side_cost(s->before) + side_cost(s->after);
}

static void measure(const struct slots_plan *p, int dayno, struct slots_stretch *s)
{
	const struct bits *free = slots_map_free(&p->map, s->row, dayno);
	s->before = bits_before(free, s->start);
	s->after = bits_next(free, s->end, false) - s->end;
}

static struct slots_stretch stretch_of(const struct slots_step *s, const struct slots_option *o, int t)
{
	const struct slots_profile *f = &s->profiles[o->profile];
	return (struct slots_stretch){ .staff = o->staff, .row = o->row, .start = t + f->first, .end = t + f->last };
}

static int preference(const struct slots_step *s, int64_t staff, int64_t before)
{
	return (s->of->wished == staff) * 1000 + (before == staff) * 100 + (s->of->last == staff) * 50;
}

/* The first absence that the option's person has asked for and that meets the step. */
static const struct worktime_span *asked(const struct slots_plan *p, int dayno, int t, const struct slots_step *s, const struct slots_option *o)
{
	const struct slots_profile *f = &s->profiles[o->profile];
	const struct worktime_span *first = NULL;
	for (int i = 0; o->staff != 0 && first == NULL && i < (int)s->of->nphases; i++)
		if (s->of->phases[i].kind == PHASE_ACTIVE)
			first = slots_map_asked(&p->map, o->staff, (day){ p->map.from.n + dayno }, (t + f->offset[i]) * RASTER, (t + f->offset[i] + f->length[i]) * RASTER);
	return first;
}

int slots_score_value(const struct slots_plan *p, int dayno, int t, const struct slots_step *s, int option, int64_t before)
{
	const struct slots_option *o = &s->options[option];
	int value = preference(s, o->staff, before);
	if (s->noptions > 1) {
		struct slots_stretch stretch = stretch_of(s, o, t);
		if (o->row >= 0)
			measure(p, dayno, &stretch);
		value -= stretch_cost(&stretch) + (p->map.nasked > 0 && asked(p, dayno, t, s, o) != NULL ? ASKED : 0);
	}
	return value;
}

static int choose(const struct slots_plan *p, int dayno, int t, const struct slots_step *s, int64_t before)
{
	int best = -1, best_value = 0;
	for (int o = 0; o < s->noptions; o++) {
		if (!bits_get(slots_plan_fits(p, dayno, s->first_option + o), t))
			continue;
		int value = preference(s, s->options[o].staff, before);
		if (best >= 0 && value <= best_value)
			continue;                     /* its rests can only make it worse */
		value = slots_score_value(p, dayno, t, s, o, before);
		if (best < 0 || value > best_value) {
			best = o;
			best_value = value;
		}
	}
	if (best < 0)
		abort();                              /* asked for a start that slots_plan_day() did not give */
	return best;
}

/* Adds a step's stretch to the person's, if known. */
static int stretches_add(struct slots_stretch *list, int n, struct slots_stretch s)
{
	for (int i = 0; i < n; i++) {
		if (list[i].staff != s.staff)
			continue;
		list[i].start = s.start < list[i].start ? s.start : list[i].start;
		list[i].end = s.end > list[i].end ? s.end : list[i].end;
		return n;
	}
	list[n] = s;
	return n + 1;
}

static int stretches(const struct slots_plan *p, int dayno, int t, const int *option, struct slots_stretch *list_r)
{
	int n = 0, begin = t;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		const struct slots_option *o = &s->options[option[i]];
		t = s->beside ? begin : t;
		if (o->staff != 0)
			n = stretches_add(list_r, n, stretch_of(s, o, t));
		t += s->profiles[o->profile].next;
	}
	for (int i = 0; i < n; i++)
		measure(p, dayno, &list_r[i]);
	return n;
}

static int gap_cost(const struct slots_plan *p, int dayno, int t, const int *option)
{
	struct slots_stretch *list = p->stretches;
	int n = stretches(p, dayno, t, option, list), sum = 0;
	for (int i = 0; i < n; i++)
		sum += stretch_cost(&list[i]);
	return n == 0 ? 0 : sum / n;
}

static int person_cost(const struct slots_plan *p, const int *option)
{
	int wished = 0, other = 0;
	int64_t before = 0;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slot_step *of = p->steps[i].of;
		int64_t staff = p->steps[i].options[option[i]].staff;
		before = p->steps[i].beside ? 0 : before;
		if (staff == 0)
			continue;
		if (of->wished != 0 && of->wished != staff)
			wished += OTHER_WISHED;
		else if (of->wished == 0 && of->last != 0 && of->last != staff)
			other += OTHER_LAST;
		if (before != 0 && before != staff && of->wished != staff)
			other += CHANGE_OF_PERSON;
		before = staff;
	}
	return (wished < OTHER_WISHED_MOST ? wished : OTHER_WISHED_MOST) + (other < OTHER_WISHED ? other : OTHER_WISHED);
}

/* Days from the wished day, else from the first one looked at. */
static int64_t days_off(const struct slots_plan *p, int dayno)
{
	const struct slot_request *q = p->request;
	return p->map.from.n + dayno - (q->wish_day.n != NONE ? q->wish_day.n : p->map.from.n);
}

static int day_cost(const struct slots_plan *p, int dayno)
{
	int64_t n = llabs(days_off(p, dayno));
	int64_t cost = n == 0 ? 0 : DAY_FIRST + DAY_EACH * n;
	return cost < DAY_MOST ? (int)cost : DAY_MOST;
}

static int later_cost(const struct slots_plan *p, int t)
{
	int late = t * RASTER - p->request->earliest;
	if (p->request->earliest <= 0 || late <= 0)
		return 0;
	return late / LATER_EACH < LATER_MOST ? late / LATER_EACH : LATER_MOST;
}

int slots_score_bound(const struct slots_plan *p, int dayno)
{
	return 100 - day_cost(p, dayno);
}

/* What nobody asked for costs nothing, and then a start is worth a point at least. */
static int with_asked(const struct slots_plan *p, int dayno, int t, const int *option, int score)
{
	int begin = t;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		const struct slots_option *o = &s->options[option[i]];
		t = s->beside ? begin : t;
		if (asked(p, dayno, t, s, o) != NULL)
			return score > ASKED ? score - ASKED : 0;
		t += s->profiles[o->profile].next;
	}
	return score;
}

/* One after the other, each step on its own. */
static void choose_each(const struct slots_plan *p, int dayno, int at, int *option_r)
{
	int64_t before = 0;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		option_r[i] = choose(p, dayno, at, s, before);
		const struct slots_option *o = &s->options[option_r[i]];
		before = o->staff != 0 ? o->staff : before;
		at += s->profiles[o->profile].next;
	}
}

int slots_score(const struct slots_plan *p, int dayno, int t, int *option_r)
{
	if (p->tight == NULL || !bits_get(&p->tight[dayno], t))
		choose_each(p, dayno, t, option_r);
	else if (!slots_joint_choose(p, dayno, t, option_r))
		abort();                              /* as in choose() */
	int score = 100 - gap_cost(p, dayno, t, option_r) - person_cost(p, option_r) - day_cost(p, dayno) - later_cost(p, t);
	score = score > 1 ? score : 1;
	return p->map.nasked > 0 ? with_asked(p, dayno, t, option_r, score) : score;
}

/* The place for a run from unit t on: the one wished, else the one before (nobody carries a wet customer about), else the
 * lowest id. */
static int64_t choose_place(const struct slots_plan *p, int dayno, const struct slots_run *run, const struct slots_profile *f, int t, int64_t before)
{
	int64_t best = 0;
	int from = t + f->offset[run->first], to = t + f->offset[run->last] + f->length[run->last];
	for (int i = 0; i < p->nplaces; i++) {
		int64_t id = p->places[i].id;
		if (!slots_run_takes(run, f->offset[run->first], &p->places[i]) || bits_next(slots_map_free(&p->map, p->place_rows[i], dayno), from, false) < to)
			continue;
		if (id == run->wished)
			return id;
		if (best == 0 || id == before)
			best = id;
	}
	return best;
}

static void claim_step(const struct slots_plan *p, int dayno, int t, const struct slots_step *s, const struct slots_option *o, int64_t *place, struct slot *slot)
{
	const struct slots_profile *f = &s->profiles[o->profile];
	struct slot_claim *claims = &slot->claims[slot->nclaims];
	for (int i = 0; i < (int)s->of->nphases; i++) {
		const struct slot_phase *phase = &s->of->phases[i];
		slot->claims[slot->nclaims++] = (struct slot_claim){
			.step = (int)(s->of - p->request->steps), .phase = i,
			.start = (t + f->offset[i]) * RASTER, .end = (t + f->offset[i] + f->length[i]) * RASTER,
			.staff = phase->kind == PHASE_ACTIVE ? o->staff : 0,
			.device = phase->kind == PHASE_BUFFER ? 0 : phase->device,
		};
	}
	for (int r = 0; r < s->nruns; r++) {
		const struct slots_run *run = &s->runs[r];
		*place = p->nstrands > 1 ? slots_joint_place(p, (int)(s - p->steps), r) : choose_place(p, dayno, run, f, t, *place);
		for (int i = run->first; i <= run->last; i++)
			claims[i].place = *place;
	}
}

static void make_claims(const struct slots_plan *p, int dayno, int t, const int *option, struct slot *slot)
{
	size_t n = 0;
	for (int i = 0; i < p->nsteps; i++)
		n += p->steps[i].of->nphases;
	slot->claims = arena_buffer(p->arena, sizeof *slot->claims * n);
	int64_t place = 0;
	int begin = t;
	if (p->nstrands > 1)
		(void)slots_joint_holds(p, dayno, t, option);
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		t = s->beside ? begin : t;
		claim_step(p, dayno, t, s, &s->options[option[i]], &place, slot);
		const struct slots_profile *f = &s->profiles[s->options[option[i]].profile];
		slot->end = (t + f->total) * RASTER > slot->end ? (t + f->total) * RASTER : slot->end;
		t += f->next;
	}
}

static void say(struct slot *slot, enum slot_reason_code code, int64_t a, int64_t b)
{
	for (size_t i = 0; i < slot->nreasons; i++)
		if (slot->reasons[i].code == code && slot->reasons[i].a == a)
			return;
	slot->reasons[slot->nreasons++] = (struct slot_reason){ code, a, b };
}

/* Pauses of the day's appointments: between two uses of one person, the customer waits and the person is free. */
static void find_waits(struct slots_plan *p, int dayno)
{
	size_t end, first = slots_map_day(&p->map, (day){ p->map.from.n + dayno }, &end);
	const struct use *uses = p->map.uses;
	p->waits.n = 0;
	p->waits.dayno = dayno;
	for (size_t i = first; i < end; i++) {
		const struct use *u = &uses[i], *next = NULL;
		if (resource_kind(u->resource) != RESOURCE_PERSON || u->appointment == 0 || u->appointment == p->map.except)
			continue;
		for (size_t k = first; k < end; k++)
			if (uses[k].resource == u->resource && uses[k].appointment == u->appointment && uses[k].start > u->end && (next == NULL || uses[k].start < next->start))
				next = &uses[k];
		if (next != NULL)
			*arena_push(p->arena, &p->waits) = (struct slots_wait){ slots_map_row(&p->map, u->resource), u->end, next->start, u->appointment };
	}
}

static void say_wait(const struct slots_plan *p, struct slot *slot, const struct slots_stretch *s)
{
	for (size_t i = 0; i < p->waits.n; i++) {
		const struct slots_wait *w = &p->waits.at[i];
		if (w->row == s->row && w->start <= s->start * RASTER && w->end >= s->end * RASTER) {
			say(slot, SLOT_USES_WAIT, w->start, w->appointment);
			return;
		}
	}
}

static void say_gaps(struct slot *slot, const struct slots_stretch *list, int n)
{
	int sum = 0, scraps = 0;
	for (int i = 0; i < n; i++) {
		sum += list[i].before + list[i].after;
		if (side_cost(list[i].before) == SCRAP)
			say(slot, SLOT_LEAVES_REST, list[i].before * RASTER, (list[i].start - list[i].before) * RASTER);
		if (side_cost(list[i].after) == SCRAP)
			say(slot, SLOT_LEAVES_REST, list[i].after * RASTER, list[i].end * RASTER);
		scraps += (side_cost(list[i].before) == SCRAP) + (side_cost(list[i].after) == SCRAP);
	}
	if (n == 0 || scraps > 0)
		return;
	if (sum == 0)
		say(slot, SLOT_CLOSES_GAP, list[0].start * RASTER, list[n - 1].end * RASTER);
	else if (list[0].before == 0)
		say(slot, SLOT_JOINS_BEFORE, list[0].start * RASTER, 0);
	else if (list[n - 1].after == 0)
		say(slot, SLOT_JOINS_AFTER, list[n - 1].end * RASTER, 0);
}

static void say_people(const struct slots_plan *p, struct slot *slot, const int *option, bool met)
{
	for (int i = 0; i < p->nsteps; i++) {
		const struct slot_step *of = p->steps[i].of;
		int64_t staff = p->steps[i].options[option[i]].staff;
		if (staff == 0)
			continue;
		if (!met && of->wished != 0 && staff != of->wished)
			say(slot, SLOT_OTHER_PERSON, staff, of->wished);
		if (met && of->wished != 0 && staff == of->wished)
			say(slot, SLOT_WISHED_PERSON, staff, 0);
		if (met && of->wished == 0 && of->last != 0 && staff == of->last)
			say(slot, SLOT_LAST_PERSON, staff, 0);
	}
}

static void say_asked(const struct slots_plan *p, int dayno, int t, const int *option, struct slot *slot)
{
	int begin = t;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		const struct slots_option *o = &s->options[option[i]];
		t = s->beside ? begin : t;
		const struct worktime_span *a = asked(p, dayno, t, s, o);
		if (a != NULL)
			say(slot, SLOT_ASKED_FOR, o->staff, a->absence);
		t += s->profiles[o->profile].next;
	}
}

struct slot slots_score_slot(struct slots_plan *p, int dayno, int t, bool soonest)
{
	int score = slots_score(p, dayno, t, p->option);
	struct slot slot = slots_score_of(p, dayno, t, p->option, soonest);
	slot.score = score;
	return slot;
}

struct slot slots_score_of(struct slots_plan *p, int dayno, int t, const int *option, bool soonest)
{
	struct slots_stretch *list = p->stretches;
	struct slot slot = { .day = { p->map.from.n + dayno }, .start = t * RASTER };
	make_claims(p, dayno, t, option, &slot);
	int n = stretches(p, dayno, t, option, list);
	slot.reasons = p->reasons;
	if (p->waits.dayno != dayno)
		find_waits(p, dayno);
	if (p->map.nasked > 0)
		say_asked(p, dayno, t, option, &slot);
	for (int i = 0; i < n; i++)
		say_wait(p, &slot, &list[i]);
	say_gaps(&slot, list, n);
	say_people(p, &slot, option, false);
	if (p->request->wish_day.n != NONE && days_off(p, dayno) != 0)
		say(&slot, SLOT_DAYS_LATER, days_off(p, dayno), 0);
	if (soonest)
		say(&slot, SLOT_SOONEST, 0, 0);
	say_people(p, &slot, option, true);
	slot.reasons = arena_buffer(p->arena, sizeof *slot.reasons * slot.nreasons);
	memcpy(slot.reasons, p->reasons, sizeof *slot.reasons * slot.nreasons);
	return slot;
}
