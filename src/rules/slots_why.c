/* slots_why_not(): walks the chain from the asked start as far as it goes and tells what stops it there. */
#include "rules/slots.h"
#include "rules/slots_joint.h"

struct walk {
	const struct slots_plan *plan;
	int end;                                      /* one past the last step of the strand */
	struct bits *seen;                            /* for each step: starts already tried */
	struct slot_block block;                      /* the one furthest down the chain */
	int reached;                                  /* its step's number; -1 none yet */
	bool of_wished;                               /* it speaks of the wished person: others don't replace it */
};

static int64_t taken_by(const struct slots_plan *p, int64_t resource, int minute)
{
	size_t end, first = slots_map_day(&p->map, p->map.from, &end);
	for (size_t i = first; i < end; i++) {
		const struct use *u = &p->map.uses[i];
		if (u->resource == resource && u->start < minute + RASTER && u->end > minute && (p->map.except == 0 || u->appointment != p->map.except))
			return u->appointment;
	}
	return 0;
}

/* Why this person has no time at this minute. */
static void explain_person(const struct slots_plan *p, int64_t staff, int minute, struct slot_block *b)
{
	static const struct { enum worktime_kind kind; enum slot_block_code code; } spans[] = {
		{ WORKTIME_SHUT, SLOT_SHUT }, { WORKTIME_ABSENT, SLOT_ABSENT }, { WORKTIME_BREAK, SLOT_BREAK }, { WORKTIME_OFF, SLOT_NOT_WORKING },
	};
	const struct worktime_span *asked = slots_map_asked(&p->map, staff, p->map.from, minute, minute + RASTER);
	b->staff = staff;
	b->asked = asked != NULL ? asked->absence : 0;
	b->asked_kind = asked != NULL ? asked->absence_kind : 0;
	for (size_t k = 0; k < COUNT(spans); k++) {
		for (size_t i = 0; i < p->world->nwork; i++) {
			const struct worktime_span *s = &p->world->work[i];
			if (s->kind != spans[k].kind || breaks_moves(s) || s->staff != staff || s->day.n != p->map.from.n || s->start >= minute + RASTER || s->end <= minute)
				continue;
			b->code = spans[k].code;
			b->absence = s->absence;
			b->absence_kind = s->absence_kind;
			return;
		}
	}
	b->appointment = taken_by(p, resource_of(RESOURCE_PERSON, staff), minute);
	b->code = b->appointment != 0 ? SLOT_PERSON_TAKEN : SLOT_NOT_WORKING;
}

/* The first unit in from .. to - 1 that is not free; to if there is none. */
static int first_taken(const struct bits *free, int from, int to)
{
	int x = from < BITS_DAY ? bits_next(free, from, false) : from;
	return x < to ? x : to;
}

static int free_from(const struct bits *free, int t)
{
	return t < BITS_DAY ? bits_next(free, t, true) * RASTER : DAY_MINUTES;
}

static bool person_blocks(const struct slots_plan *p, const struct slots_step *s, const struct slots_option *o, int t, struct slot_block *b)
{
	const struct slots_profile *f = &s->profiles[o->profile];
	const struct bits *staffed = &p->map.staffed[0];
	int unstaffed = first_taken(staffed, t, t + f->total);
	if (o->row < 0 && unstaffed < t + f->total) {
		b->code = SLOT_NOT_WORKING;
		b->until = free_from(staffed, unstaffed);
		return true;
	}
	for (int i = 0; o->row >= 0 && i < (int)s->of->nphases; i++) {
		if (s->of->phases[i].kind != PHASE_ACTIVE)
			continue;
		const struct bits *free = slots_map_free(&p->map, o->row, 0);
		int from = t + f->offset[i], x = first_taken(free, from, from + f->length[i]);
		if (x == from + f->length[i])
			continue;
		b->phase = i;
		b->until = free_from(free, x);
		explain_person(p, o->staff, x * RASTER, b);
		return true;
	}
	return false;
}

/* All places of the class are taken at some time of the run: tells the one that is free again first. */
static bool places_block(const struct slots_plan *p, const struct slots_step *s, const struct slots_profile *f, int t, struct slot_block *b)
{
	for (int r = 0; r < s->nruns; r++) {
		const struct slots_run *run = &s->runs[r];
		int from = t + f->offset[run->first], to = t + f->offset[run->last] + f->length[run->last];
		bool possible = false;
		struct slot_block one = { .code = SLOT_PLACES_TAKEN, .step = b->step, .phase = run->first, .place_class = run->class, .place = run->only, .until = DAY_MINUTES };
		for (int i = 0; i < p->nplaces; i++) {
			if (!slots_run_takes(run, f->offset[run->first], &p->places[i]))
				continue;
			const struct bits *free = slots_map_free(&p->map, p->place_rows[i], 0);
			int x = first_taken(free, from, to);
			possible = possible || x == to;
			if (x == to || free_from(free, x) >= one.until)
				continue;
			one.until = free_from(free, x);
			one.appointment = taken_by(p, resource_of(RESOURCE_PLACE, p->places[i].id), x * RASTER);
		}
		if (possible)
			continue;
		*b = one;
		return true;
	}
	return false;
}

static bool device_blocks(const struct slots_plan *p, const struct slots_step *s, const struct slots_profile *f, int t, struct slot_block *b)
{
	for (int i = 0; i < (int)s->of->nphases; i++) {
		int64_t device = s->of->phases[i].device;
		if (device == 0 || s->of->phases[i].kind == PHASE_BUFFER)
			continue;
		const struct bits *free = slots_map_free(&p->map, slots_map_row(&p->map, resource_of(RESOURCE_DEVICE, device)), 0);
		int from = t + f->offset[i], x = first_taken(free, from, from + f->length[i]);
		if (x == from + f->length[i])
			continue;
		*b = (struct slot_block){ .code = SLOT_DEVICE_TAKEN, .step = b->step, .phase = i, .device = device, .until = free_from(free, x),
			.appointment = taken_by(p, resource_of(RESOURCE_DEVICE, device), x * RASTER) };
		return true;
	}
	return false;
}

static bool clock_blocks(const struct slots_plan *p, int t, int total, struct slot_block *b)
{
	int x = p->map.exists != NULL ? first_taken(p->map.exists, t, t + total) : BITS_DAY;
	if (x >= t + total || x >= BITS_DAY)
		return false;
	b->code = SLOT_NO_SUCH_TIME;
	b->until = free_from(p->map.exists, x);
	return true;
}

/* The service's own hours. */
static bool hours_block(const struct slots_plan *p, const struct slots_step *s, const struct slots_profile *f, int t, struct slot_block *b)
{
	const struct slot_step *of = s->of;
	int last = f->last > 0 ? f->last : f->total;
	bool today = of->weekdays == 0 || slots_plan_on(of->weekdays, p->map.from), soon = of->from > 0 && t * RASTER < of->from;
	if (today && !soon && (of->until <= 0 || (t + last) * RASTER <= of->until))
		return false;
	b->code = SLOT_OUTSIDE;
	b->until = today && soon && of->from < DAY_MINUTES ? of->from : DAY_MINUTES;
	if (today)
		b->window = (struct span){ of->from > 0 ? of->from : 0, of->until > 0 ? of->until : DAY_MINUTES };
	return true;
}

static struct slot_block block_of(const struct slots_plan *p, const struct slots_step *s, const struct slots_option *o, int t)
{
	struct slot_block b = { .step = (int)(s->of - p->request->steps) };
	const struct slots_profile *f = &s->profiles[o->profile];
	if (!clock_blocks(p, t, f->total, &b) && !hours_block(p, s, f, t, &b) && !person_blocks(p, s, o, t, &b) && !places_block(p, s, f, t, &b))
		device_blocks(p, s, f, t, &b);
	return b;
}

static void remember(struct walk *w, int step, const struct slot_block *b, bool wished)
{
	bool better = step > w->reached || (step == w->reached && !w->of_wished && (wished || b->until < w->block.until));
	if (!better)
		return;
	w->block = *b;
	w->reached = step;
	w->of_wished = wished;
}

/* true: the strand can be done from this step on. Each step and start is tried once. */
static bool possible_from(struct walk *w, int step, int t)
{
	if (step == w->end)
		return true;
	const struct slots_step *s = &w->plan->steps[step];
	if (t <= BITS_DAY && bits_get(&w->seen[step], t))
		return false;
	if (t <= BITS_DAY)
		bits_set(&w->seen[step], t, t + 1);
	for (int o = 0; o < s->noptions; o++) {
		const struct slots_option *option = &s->options[o];
		struct slot_block b = block_of(w->plan, s, option, t);
		if (b.code == SLOT_POSSIBLE) {
			if (possible_from(w, step + 1, t + s->profiles[option->profile].next))
				return true;
			continue;
		}
		remember(w, step, &b, s->of->wished != 0 && s->of->wished == option->staff);
	}
	return false;
}

/* Each strand by itself; the first that can't be done names the reason. */
static bool all_possible(struct walk *w, int t)
{
	const struct slots_plan *p = w->plan;
	for (int i = 0; i < p->nsteps; i = w->end) {
		w->end = i + 1;
		while (w->end < p->nsteps && !p->steps[w->end].beside)
			w->end++;
		w->reached = -1;
		w->of_wished = false;
		if (!possible_from(w, i, t))
			return false;
	}
	return true;
}

static bool bound_blocks(const struct slot_request *q, day d, int start, struct slot_block *b)
{
	struct bits allowed = {0};
	bits_set(&allowed, 0, BITS_DAY);
	slots_plan_bounds(q, d, &allowed);
	if (bits_get(&allowed, start / RASTER))
		return false;
	const struct slot_bound *first = &q->not_before;
	bool soon = slots_plan_bound(first) && (d.n < first->day.n || (d.n == first->day.n && start < first->minute));
	b->code = soon ? SLOT_TOO_SOON : SLOT_TOO_LATE;
	b->bound = soon ? *first : q->not_after;
	b->until = soon && d.n == first->day.n && first->minute < DAY_MINUTES ? first->minute : DAY_MINUTES;
	return true;
}

/* What can't be said step by step. */
static struct slot_block walk_ways(struct slots_plan *ways, size_t n, int t)
{
	struct walk walk = { .plan = NULL };
	struct slot_block joint = { .code = SLOT_POSSIBLE };
	bool alone = false;
	for (size_t i = n; i-- > 0;) {                /* the one that waits for each tail comes last and names the reason */
		struct slots_plan *p = &ways[i];
		walk = (struct walk){ .plan = p, .seen = arena_array(p->arena, struct bits, (size_t)p->nsteps), .reached = -1 };
		if (!all_possible(&walk, t))
			continue;
		struct bits starts = p->tight != NULL ? slots_plan_day(p, 0) : (struct bits){0};
		if (p->tight == NULL || bits_get(&starts, t))
			return (struct slot_block){ .code = SLOT_POSSIBLE };
		slots_joint_why(p, 0, t, &joint);
		alone = true;
	}
	return alone ? joint : walk.block;
}

struct slot_block slots_why_not(struct arena *a, const struct slot_world *w, const struct slot_request *q, day d, int start)
{
	struct slot_request one = *q;
	struct slots_plan p;
	one.done_by = 0;
	if (w->today.n != NONE && (d.n < w->today.n || (d.n == w->today.n && start + RASTER <= w->now)))
		return (struct slot_block){ .code = SLOT_PAST };
	struct slot_block gone = { .code = SLOT_POSSIBLE };
	if (start >= 0 && start < DAY_MINUTES && bound_blocks(q, d, start, &gone))
		return gone;
	if (start < 0 || start >= DAY_MINUTES || !slots_plan_make(a, w, &one, d, d, &p) || p.map.from.n != d.n)
		return (struct slot_block){ .code = SLOT_NOT_WORKING, .until = DAY_MINUTES };
	for (int i = 0; i < p.nsteps; i++)
		if (p.steps[i].noptions == 0)
			return (struct slot_block){ .code = SLOT_NOBODY, .step = (int)(p.steps[i].of - one.steps), .staff = p.steps[i].of->wished };
	if (clock_blocks(&p, start / RASTER, 1, &gone))
		return gone;
	if (!bits_get(&p.map.staffed[0], start / RASTER) && p.steps[0].of->phases[0].kind != PHASE_ACTIVE)
		return (struct slot_block){ .code = SLOT_NOT_WORKING, .until = free_from(&p.map.staffed[0], start / RASTER) };
	struct slots_plan *ways;
	size_t n = slots_plan_ways(&p, &ways);
	return walk_ways(ways, n, start / RASTER);
}
