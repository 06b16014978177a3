/* The finder's inner loop: five words at a time, which gcc unrolls only from -O3 on (measured: a third faster). */
#ifndef __clang__
#pragma GCC optimize("O3")
#endif
#include "rules/slots_joint.h"
#include <stdlib.h>
#include <string.h>

static bool needs_person(const struct slot_step *s)
{
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE)
			return true;
	return false;
}

int slots_plan_longest(const struct slot_step *s)
{
	int best = -1;
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE && (best < 0 || s->phases[i].minutes > s->phases[best].minutes))
			best = (int)i;
	return best;
}

/* The profile for these extra minutes; made when it is new. */
static int profile_for(struct arena *a, struct slots_step *s, int extra)
{
	for (int i = 0; i < s->nprofiles; i++)
		if (s->profiles[i].extra == extra)
			return i;
	size_t n = s->of->nphases;
	struct slots_profile p = { .extra = extra, .offset = arena_array(a, int, n), .length = arena_array(a, int, n) };
	int longest = slots_plan_longest(s->of);
	for (size_t i = 0; i < n; i++) {
		p.length[i] = slots_plan_units(s->of->phases[i].minutes + ((int)i == longest ? extra : 0));
		p.offset[i] = p.total;
		p.total += p.length[i];
		if (s->of->phases[i].kind != PHASE_ACTIVE)
			continue;
		p.first = p.last == 0 ? p.offset[i] : p.first;
		p.last = p.total;
	}
	p.next = p.total;
	s->profiles[s->nprofiles] = p;
	return s->nprofiles++;
}

static int by_staff(const void *a, const void *b)
{
	const struct slots_option *x = a, *y = b;
	if (x->staff != y->staff)
		return x->staff < y->staff ? -1 : 1;
	return (x->extra > y->extra) - (x->extra < y->extra);
}

/* Candidates in the order of their ids, each once, so that the order given cannot matter. */
static void make_options(struct arena *a, struct slots_step *s)
{
	const struct slot_step *of = s->of;
	s->options = arena_array(a, struct slots_option, of->ncandidates + 1);
	s->profiles = arena_array(a, struct slots_profile, of->ncandidates + 1);
	if (!needs_person(of)) {
		s->options[s->noptions++] = (struct slots_option){ .row = -1, .profile = profile_for(a, s, 0) };
		return;
	}
	for (size_t i = 0; i < of->ncandidates; i++)
		if (!of->only_wished || of->wished == of->candidates[i].staff)
			s->options[s->noptions++] = (struct slots_option){ .staff = of->candidates[i].staff, .extra = of->candidates[i].extra_minutes };
	qsort(s->options, (size_t)s->noptions, sizeof *s->options, by_staff);
	int kept = 0;
	for (int i = 0; i < s->noptions; i++)
		if (kept == 0 || s->options[kept - 1].staff != s->options[i].staff)
			s->options[kept++] = s->options[i];
	s->noptions = kept;
	for (int i = 0; i < kept; i++)
		s->options[i].profile = profile_for(a, s, s->options[i].extra);
}

static void make_runs(struct arena *a, struct slots_step *s)
{
	s->runs = arena_array(a, struct slots_run, s->of->nphases);
	struct slots_run before = { .class = 0 };
	for (size_t i = 0; i < s->of->nphases; i++) {
		const struct slot_phase *p = &s->of->phases[i];
		struct slots_run run = { .class = p->place_class, .wished = p->place, .only = p->only_place ? p->place : 0, .first = (int)i, .last = (int)i };
		if (run.class != 0 && run.class == before.class && run.only == before.only)
			s->runs[s->nruns - 1].last = (int)i;
		else if (run.class != 0)
			s->runs[s->nruns++] = run;
		before = run;
	}
}

/* Phases that follow one another on the same place (or on none). */
static bool stay(const struct slot_phase *a, const struct slot_phase *b)
{
	return a->place_class == b->place_class && (a->only_place ? a->place : 0) == (b->only_place ? b->place : 0);
}

size_t slots_tail(const struct slot_step *s)
{
	size_t n = 0;
	while (n + 1 < s->nphases && s->phases[s->nphases - 1 - n].kind == PHASE_BUFFER && (n == 0 || stay(&s->phases[s->nphases - 1 - n], &s->phases[s->nphases - n])))
		n++;
	return n;
}

static bool needs_class(const struct slots_step *s, int64_t class, int before)
{
	for (int r = 0; r < s->nruns; r++)
		for (int i = 0; s->runs[r].class == class && i < s->nprofiles; i++)
			if (s->profiles[i].offset[s->runs[r].first] < before)
				return true;
	return false;
}

static int shortest(const struct slots_step *s)
{
	int best = BITS_DAY;
	for (int i = 0; i < s->nprofiles; i++)
		best = s->profiles[i].total - s->tail < best ? s->profiles[i].total - s->tail : best;
	return best;
}

/* The next step goes on during the tail, unless it needs such a place too (then another way is tried beside this, see
 * slots_plan_ways()) or one further on does and the tail could last until then. */
static void make_tail(struct slots_plan *p, int at)
{
	struct slots_step *s = &p->steps[at];
	int64_t class = s->of->phases[s->of->nphases - 1].place_class;
	bool waits = false;
	for (int i = at + 2; class != 0 && i < p->nsteps && !p->steps[i].beside; i++)
		waits = waits || (needs_class(&p->steps[i], class, BITS_DAY) && s->tail > shortest(&p->steps[at + 1]));
	s->tangled = !waits && class != 0 && needs_class(&p->steps[at + 1], class, s->tail);
	for (int i = 0; !waits && !s->tangled && i < s->nprofiles; i++)
		s->profiles[i].next = s->profiles[i].total - s->tail;
}

static void make_tails(struct slots_plan *p)
{
	for (int i = 0; i < p->nsteps; i++) {
		struct slots_step *s = &p->steps[i];
		for (size_t k = s->of->nphases - slots_tail(s->of); s->nprofiles > 0 && k < s->of->nphases; k++)
			s->tail += s->profiles[0].length[k];
	}
	for (int i = 0; i + 1 < p->nsteps; i++)
		if (p->steps[i].tail > 0 && !p->steps[i + 1].beside)
			make_tail(p, i);
}

static bool make_steps(struct slots_plan *p)
{
	const struct slot_request *q = p->request;
	bool beside = false;                          /* also where the strand's first step has nothing to do */
	p->steps = arena_array(p->arena, struct slots_step, q->nsteps + 1);
	for (size_t i = 0; i < q->nsteps; i++) {
		beside = beside || q->steps[i].beside;
		if (q->steps[i].nphases == 0)
			continue;
		struct slots_step *s = &p->steps[p->nsteps++];
		s->of = &q->steps[i];
		s->beside = beside && p->nsteps > 1;
		p->nstrands += s->beside || p->nsteps == 1;
		beside = false;
		make_options(p->arena, s);
		make_runs(p->arena, s);
		s->first_option = p->noptions;
		p->noptions += s->noptions;
	}
	make_tails(p);
	return p->nsteps > 0;
}

static bool class_needed(const struct slots_plan *p, int64_t class)
{
	for (int i = 0; i < p->nsteps; i++)
		for (int r = 0; r < p->steps[i].nruns; r++)
			if (p->steps[i].runs[r].class == class)
				return true;
	return false;
}

static int by_id(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	return (x->id > y->id) - (x->id < y->id);
}

static size_t list_resources(struct slots_plan *p, int64_t *list)
{
	size_t n = 0;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		for (int o = 0; o < s->noptions; o++)
			if (s->options[o].staff != 0)
				list[n++] = resource_of(RESOURCE_PERSON, s->options[o].staff);
		for (size_t k = 0; k < s->of->nphases; k++)
			if (s->of->phases[k].device != 0)
				list[n++] = resource_of(RESOURCE_DEVICE, s->of->phases[k].device);
	}
	for (int i = 0; i < p->nplaces; i++)
		list[n++] = resource_of(RESOURCE_PLACE, p->places[i].id);
	return n;
}

static void make_map(struct slots_plan *p, day first, int ndays)
{
	const struct slot_world *w = p->world;
	size_t most = (size_t)p->noptions + w->nplaces;
	for (int i = 0; i < p->nsteps; i++)
		most += p->steps[i].of->nphases;
	p->places = arena_array(p->arena, struct place, w->nplaces + 1);
	for (size_t i = 0; i < w->nplaces; i++)
		if (class_needed(p, w->places[i].class))
			p->places[p->nplaces++] = w->places[i];
	qsort(p->places, (size_t)p->nplaces, sizeof *p->places, by_id);
	int64_t *list = arena_array(p->arena, int64_t, most + 1);
	size_t n = list_resources(p, list);
	if (w->map == NULL || w->except != 0 || !slots_map_view(w->map, list, n, first, ndays, &p->map))
		p->map = slots_map_make(p->arena, w, list, n, first, ndays);
	p->place_rows = arena_array(p->arena, int, (size_t)p->nplaces + 1);
	for (int i = 0; i < p->nplaces; i++)
		p->place_rows[i] = slots_map_row(&p->map, resource_of(RESOURCE_PLACE, p->places[i].id));
	for (int i = 0; i < p->nsteps; i++)
		for (int o = 0; o < p->steps[i].noptions; o++)
			if (p->steps[i].options[o].staff != 0)
				p->steps[i].options[o].row = slots_map_row(&p->map, resource_of(RESOURCE_PERSON, p->steps[i].options[o].staff));
}

bool slots_plan_make(struct arena *a, const struct slot_world *w, const struct slot_request *q, day first, day last, struct slots_plan *plan_r)
{
	struct slots_plan p = { .arena = a, .world = w, .request = q, .waits = { .dayno = -1 } };
	int64_t from = first.n > w->from.n ? first.n : w->from.n;
	int64_t end = w->from.n + w->ndays;
	if (last.n != NONE && last.n + 1 < end)
		end = last.n + 1;
	if (!make_steps(&p) || from >= end)
		return false;
	make_map(&p, (day){ from }, (int)(end - from));
	p.fits = arena_buffer(a, sizeof *p.fits * (size_t)p.map.ndays * (size_t)p.noptions);
	p.starts = arena_array(a, struct bits, (size_t)p.map.ndays);
	p.option = arena_array(a, int, (size_t)p.nsteps);
	p.stretches = arena_array(a, struct slots_stretch, (size_t)p.nsteps);
	slots_joint_make(&p);
	p.reasons = arena_array(a, struct slot_reason, (size_t)p.nsteps * 6 + 4);      /* at most 1 wait, 2 rests, 2 persons, 1 asked for a step */
	*plan_r = p;
	return true;
}

/* A way of its own: this tangled step's tail on this place, the next step at once on others. */
static struct slots_plan on_other_place(const struct slots_plan *of, int at, const struct place *place)
{
	struct slots_plan p = *of;
	struct arena *a = of->arena;
	p.steps = arena_array(a, struct slots_step, (size_t)p.nsteps);
	memcpy(p.steps, of->steps, sizeof *p.steps * (size_t)p.nsteps);
	for (int i = at; i <= at + 1; i++) {
		p.steps[i].runs = arena_array(a, struct slots_run, (size_t)p.steps[i].nruns);
		memcpy(p.steps[i].runs, of->steps[i].runs, sizeof *p.steps[i].runs * (size_t)p.steps[i].nruns);
	}
	struct slots_step *s = &p.steps[at], *next = s + 1;
	s->profiles = arena_array(a, struct slots_profile, (size_t)s->nprofiles);
	memcpy(s->profiles, of->steps[at].profiles, sizeof *s->profiles * (size_t)s->nprofiles);
	for (int i = 0; i < s->nprofiles; i++)
		s->profiles[i].next = s->profiles[i].total - s->tail;
	s->runs[s->nruns - 1].only = place->id;
	for (int i = 0; i < next->nruns; i++)
		if (next->runs[i].class == place->class) {
			next->runs[i].except = place->id;
			next->runs[i].until = s->tail;
		}
	p.fits = arena_buffer(a, sizeof *p.fits * (size_t)p.map.ndays * (size_t)p.noptions);
	p.starts = arena_array(a, struct bits, (size_t)p.map.ndays);
	if (p.tight != NULL)
		p.tight = arena_array(a, struct bits, (size_t)p.map.ndays);
	return p;
}

size_t slots_plan_ways(const struct slots_plan *plan, struct slots_plan **ways_r)
{
	struct slots_plan *ways = arena_array(plan->arena, struct slots_plan, SLOTS_WAYS);
	size_t n = 1;
	ways[0] = *plan;
	for (int at = 0; at < plan->nsteps; at++) {
		const struct slots_step *s = &plan->steps[at];
		size_t before = n;
		if (!s->tangled || n * ((size_t)plan->nplaces + 1) > SLOTS_WAYS)
			continue;
		for (size_t w = 0; w < before; w++) {
			const struct slots_run *run = &s->runs[s->nruns - 1];
			for (int i = 0; i < plan->nplaces; i++)
				if (slots_run_takes(run, BITS_DAY, &plan->places[i]))
					ways[n++] = on_other_place(&ways[w], at, &plan->places[i]);
			ways[w].delays++;
		}
	}
	*ways_r = ways;
	return n;
}

static struct bits places(const struct slots_plan *p, const struct slots_run *run, const struct slots_profile *profile, int dayno)
{
	int from = profile->offset[run->first];
	int length = profile->offset[run->last] + profile->length[run->last] - from;
	struct bits any = {0};
	for (int i = 0; i < p->nplaces; i++) {
		if (!slots_run_takes(run, from, &p->places[i]))
			continue;
		struct bits one = bits_run(slots_map_free(&p->map, p->place_rows[i], dayno), length);
		bits_or(&any, &one);
	}
	return bits_later(&any, from);
}

static struct bits device(const struct slots_plan *p, const struct slots_step *s, int phase, const struct slots_profile *profile, int dayno)
{
	int row = slots_map_row(&p->map, resource_of(RESOURCE_DEVICE, s->of->phases[phase].device));
	struct bits free = bits_run(slots_map_free(&p->map, row, dayno), profile->length[phase]);
	return bits_later(&free, profile->offset[phase]);
}

/* Where all that the step needs besides the person is free. */
static struct bits things(const struct slots_plan *p, const struct slots_step *s, const struct slots_profile *profile, int dayno)
{
	struct bits b = { { ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0) } };
	for (int i = 0; i < s->nruns; i++) {
		struct bits free = places(p, &s->runs[i], profile, dayno);
		bits_and(&b, &free);
	}
	for (int i = 0; i < (int)s->of->nphases; i++) {
		if (s->of->phases[i].device == 0 || s->of->phases[i].kind == PHASE_BUFFER)
			continue;
		struct bits free = device(p, s, i, profile, dayno);
		bits_and(&b, &free);
	}
	return b;
}

static struct bits person(const struct slots_plan *p, const struct slots_step *s, const struct slots_option *o, int dayno)
{
	struct bits b = { { ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0), ~UINT64_C(0) } };
	const struct slots_profile *profile = &s->profiles[o->profile];
	if (o->row < 0)
		return bits_run(&p->map.staffed[dayno], profile->total);
	for (int i = 0; i < (int)s->of->nphases; i++) {
		if (s->of->phases[i].kind != PHASE_ACTIVE)
			continue;
		struct bits free = bits_run(slots_map_free(&p->map, o->row, dayno), profile->length[i]);
		free = bits_later(&free, profile->offset[i]);
		bits_and(&b, &free);
	}
	return b;
}

/* The service's own hours and weekdays. */
static void cut_to_hours(const struct slot_step *s, const struct slots_profile *f, day d, struct bits *b)
{
	int opens = (s->from + RASTER - 1) / RASTER, closes = s->until / RASTER, last = f->last > 0 ? f->last : f->total;
	if (s->weekdays != 0 && !slots_plan_on(s->weekdays, d))
		*b = (struct bits){0};
	if (s->from > 0)
		bits_clear(b, 0, opens);
	if (s->until > 0)
		bits_clear(b, closes >= last ? closes - last + 1 : 0, BITS_WORDS * 64);
}

/* Where a step and all after it can start, given where the next one can; its tail too is over at the end. */
static struct bits step_starts(struct slots_plan *p, const struct slots_step *s, const struct bits *next, int dayno, int end)
{
	struct bits any = {0};
	for (int i = 0; i < s->nprofiles; i++) {
		const struct slots_profile *f = &s->profiles[i];
		struct bits base = bits_later(next, f->next), free = {0};
		if (f->next != f->total)
			bits_clear(&base, end + 1 > f->total ? end + 1 - f->total : 0, BITS_WORDS * 64);
		if (p->map.exists != NULL) {
			struct bits whole = bits_run(&p->map.exists[dayno], f->total);
			bits_and(&base, &whole);
		}
		if (s->of->from > 0 || s->of->until > 0 || s->of->weekdays != 0)
			cut_to_hours(s->of, f, (day){ p->map.from.n + dayno }, &base);
		if (!bits_none(&base)) {
			free = things(p, s, &s->profiles[i], dayno);
			bits_and(&base, &free);
		}
		bool none = bits_none(&base);
		for (int o = 0; o < s->noptions; o++) {
			if (s->options[o].profile != i)
				continue;
			struct bits *fits = &p->fits[(size_t)dayno * (size_t)p->noptions + (size_t)(s->first_option + o)];
			*fits = base;
			if (none)
				continue;
			struct bits free_person = person(p, s, &s->options[o], dayno);
			bits_and(fits, &free_person);
			bits_or(&any, fits);
		}
	}
	return any;
}

struct bits slots_plan_day(struct slots_plan *p, int dayno)
{
	if (bits_none(&p->map.staffed[dayno]))
		return (struct bits){ { 0 } };
	int end = p->request->done_by > 0 && p->request->done_by < DAY_MINUTES ? p->request->done_by / RASTER : BITS_DAY;
	struct bits open = {0}, next, strands = p->map.staffed[dayno];
	bits_set(&open, 0, end + 1);
	next = open;
	for (int i = p->nsteps - 1; i >= 0; i--) {
		next = step_starts(p, &p->steps[i], &next, dayno, end);
		if (!p->steps[i].beside)
			continue;
		bits_and(&strands, &next);
		next = open;
	}
	bits_and(&next, &strands);                    /* the staffed hours too: for a chain that begins with a wait the door is open */
	if (p->tight != NULL)
		slots_joint_keep(p, dayno, &next);
	p->starts[dayno] = next;
	return next;
}
