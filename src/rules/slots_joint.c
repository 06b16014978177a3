#include "rules/slots_breaks.h"
#include "rules/slots_joint.h"
#include "rules/slots_score.h"
#include <string.h>

enum { EFFORT = 20000 };                          /* choices tried for one start; none is known to need more than some dozens */
enum { PEOPLE = 1, BREAKS = 2, THINGS = 4, ALL = PEOPLE | BREAKS | THINGS };

struct joint_run { int step, run, from, to; int64_t place; };
struct slots_joint {
	int *option, *start;                          /* [step]: in the making */
	struct joint_run *runs; int nruns, *first_run;    /* first_run: [step], nruns at the end */
	bool alike;                                   /* no step lasts longer with one than with another */
	unsigned checks;
	int effort;
	int64_t device; int dayno; uint8_t used[BITS_DAY];   /* of the device looked at last */
};

void slots_joint_make(struct slots_plan *p)
{
	int all = 0, length = 0;
	if (p->nstrands == 1 && p->map.nmoving == 0)
		return;
	p->tight = arena_array(p->arena, struct bits, (size_t)p->map.ndays);
	struct slots_joint *j = p->joint = arena_new_of(p->arena, struct slots_joint);
	*j = (struct slots_joint){ .option = arena_array(p->arena, int, (size_t)p->nsteps), .start = arena_array(p->arena, int, (size_t)p->nsteps),
		.first_run = arena_array(p->arena, int, (size_t)p->nsteps + 1), .alike = true };
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		int most = 0;
		for (int k = 0; k < s->nprofiles; k++)
			most = s->profiles[k].total > most ? s->profiles[k].total : most;
		length = (s->beside ? 0 : length) + most;
		p->longest = length > p->longest ? length : p->longest;
		j->alike = j->alike && s->nprofiles == 1;
		j->first_run[i] = all;
		all += s->nruns;
	}
	j->first_run[p->nsteps] = all;
	j->runs = arena_array(p->arena, struct joint_run, (size_t)all + 1);
}

/* ---- people ---- */

static const struct slots_profile *profile_of(const struct slots_plan *p, int step, int option)
{
	return &p->steps[step].profiles[p->steps[step].options[option].profile];
}

static void add_active(const struct slots_plan *p, int step, int option, int t, struct bits *b)
{
	const struct slots_step *s = &p->steps[step];
	const struct slots_profile *f = profile_of(p, step, option);
	for (int i = 0; i < (int)s->of->nphases; i++)
		if (s->of->phases[i].kind == PHASE_ACTIVE)
			bits_set(b, t + f->offset[i], t + f->offset[i] + f->length[i]);
}

static bool meet(const struct bits *a, const struct bits *b)
{
	struct bits both = *a;
	bits_and(&both, b);
	return !bits_none(&both);
}

/* Can the person chosen for this step do it besides what is hers in the steps before? */
static bool person_holds(const struct slots_plan *p, int dayno, int step)
{
	const struct slots_joint *j = p->joint;
	const struct slots_option *o = &p->steps[step].options[j->option[step]];
	struct bits own = {0}, before = {0};
	int until;
	if (o->row < 0)
		return true;
	add_active(p, step, j->option[step], j->start[step], &own);
	for (int i = 0; i < step; i++)
		if (p->steps[i].options[j->option[i]].row == o->row)
			add_active(p, i, j->option[i], j->start[i], &before);
	if ((j->checks & PEOPLE) && meet(&own, &before))
		return false;
	bits_or(&own, &before);
	return !(j->checks & BREAKS) || p->map.nmoving == 0 || slots_breaks_hold(p, dayno, o->row, &own, &until);
}

/* ---- places and devices ---- */

static void count_used(const struct slots_plan *p, int dayno, int64_t device)
{
	struct slots_joint *j = p->joint;
	size_t end, i = slots_map_day(&p->map, (day){ p->map.from.n + dayno }, &end);
	if (j->device == device && j->dayno == dayno)
		return;
	j->device = device;
	j->dayno = dayno;
	memset(j->used, 0, sizeof j->used);
	for (; i < end; i++) {
		const struct use *u = &p->map.uses[i];
		if (u->resource != resource_of(RESOURCE_DEVICE, device) || (p->map.except != 0 && u->appointment == p->map.except))
			continue;
		for (int t = u->start / RASTER; t < (u->end + RASTER - 1) / RASTER && t < BITS_DAY; t++)
			j->used[t] = (uint8_t)(j->used[t] + (j->used[t] < UINT8_MAX));
	}
}

static int quantity(const struct slots_plan *p, int64_t device)
{
	for (size_t i = p->world->ndevices; i-- > 0;)
		if (p->world->devices[i].id == device)
			return p->world->devices[i].quantity;
	return 0;
}

/* How many phases of the first n steps have the device in this unit. */
static int claimed(const struct slots_plan *p, int n, int64_t device, int t)
{
	const struct slots_joint *j = p->joint;
	int sum = 0;
	for (int i = 0; i < n; i++) {
		const struct slots_step *s = &p->steps[i];
		const struct slots_profile *f = profile_of(p, i, j->option[i]);
		for (int k = 0; k < (int)s->of->nphases; k++) {
			int from = j->start[i] + f->offset[k];
			sum += s->of->phases[k].device == device && s->of->phases[k].kind != PHASE_BUFFER && from <= t && t < from + f->length[k];
		}
	}
	return sum;
}

/* The last of the first n steps beside those before it; until_r: over the unit that is one too many. */
static bool devices_hold(const struct slots_plan *p, int dayno, int n, int64_t *device_r, int *until_r)
{
	const struct slots_joint *j = p->joint;
	const struct slots_step *s = &p->steps[n - 1];
	const struct slots_profile *f = profile_of(p, n - 1, j->option[n - 1]);
	for (int k = 0; k < (int)s->of->nphases; k++) {
		int64_t device = s->of->phases[k].device;
		if (device == 0 || s->of->phases[k].kind == PHASE_BUFFER)
			continue;
		count_used(p, dayno, device);
		for (int t = j->start[n - 1] + f->offset[k], end = t + f->length[k]; t < end && t < BITS_DAY; t++) {
			if (claimed(p, n, device, t) + j->used[t] <= quantity(p, device))
				continue;
			*device_r = device;
			*until_r = (t + 1) * RASTER;
			return false;
		}
	}
	return true;
}

static bool place_free(const struct slots_plan *p, int dayno, int n, int place)
{
	const struct slots_joint *j = p->joint;
	const struct joint_run *r = &j->runs[n];
	const struct slots_step *s = &p->steps[r->step];
	int64_t id = p->places[place].id;
	if (!slots_run_takes(&s->runs[r->run], r->from - j->start[r->step], &p->places[place]) || bits_next(slots_map_free(&p->map, p->place_rows[place], dayno), r->from, false) < r->to)
		return false;
	for (int i = 0; i < n; i++)
		if (j->runs[i].place == id && j->runs[i].from < r->to && r->from < j->runs[i].to)
			return false;
	return true;
}

static bool give_places(const struct slots_plan *p, int dayno, int n, int most);

static bool give_place(const struct slots_plan *p, int dayno, int n, int most, int place)
{
	struct slots_joint *j = p->joint;
	if (!place_free(p, dayno, n, place) || j->effort-- <= 0)
		return false;
	j->runs[n].place = p->places[place].id;
	return give_places(p, dayno, n + 1, most);
}

/* The runs from number n on: the one wished, else the one before in the strand, else the lowest id. */
static bool give_places(const struct slots_plan *p, int dayno, int n, int most)
{
	const struct slots_joint *j = p->joint;
	if (n == most)
		return true;
	const struct slots_step *s = &p->steps[j->runs[n].step];
	bool begins = n == 0 || (j->runs[n].run == 0 && s->beside);
	int64_t first[2] = { s->runs[j->runs[n].run].wished, begins ? 0 : j->runs[n - 1].place };
	for (int k = 0; k < 2; k++)
		for (int i = 0; first[k] != 0 && i < p->nplaces; i++)
			if (p->places[i].id == first[k] && give_place(p, dayno, n, most, i))
				return true;
	for (int i = 0; i < p->nplaces; i++)
		if (p->places[i].id != first[0] && p->places[i].id != first[1] && give_place(p, dayno, n, most, i))
			return true;
	return false;
}

/* Have the first n steps places for all their runs? */
static bool places_hold(const struct slots_plan *p, int dayno, int n)
{
	struct slots_joint *j = p->joint;
	for (int i = 0; i < n; i++) {
		const struct slots_step *s = &p->steps[i];
		const struct slots_profile *f = profile_of(p, i, j->option[i]);
		for (int r = 0; r < s->nruns; r++)
			j->runs[j->first_run[i] + r] = (struct joint_run){ .step = i, .run = r, .from = j->start[i] + f->offset[s->runs[r].first],
				.to = j->start[i] + f->offset[s->runs[r].last] + f->length[s->runs[r].last] };
	}
	return give_places(p, dayno, 0, j->first_run[n]);
}

static bool things_hold(const struct slots_plan *p, int dayno, int n)
{
	int64_t device;
	int until;
	return p->nstrands == 1 || (devices_hold(p, dayno, n, &device, &until) && places_hold(p, dayno, n));
}

/* ---- all together ---- */

static int begin_of(const struct slots_plan *p, int step, int t)
{
	const struct slots_joint *j = p->joint;
	return step == 0 || p->steps[step].beside ? t : j->start[step - 1] + profile_of(p, step - 1, j->option[step - 1])->next;
}

struct pick { int option, value; };

/* The next option in the order of taste. */
static bool next_pick(const struct slots_plan *p, int dayno, int step, int64_t before, struct pick *pick)
{
	const struct slots_step *s = &p->steps[step];
	struct pick best = { -1, 0 };
	for (int o = 0; o < s->noptions; o++) {
		if (!bits_get(slots_plan_fits(p, dayno, s->first_option + o), p->joint->start[step]))
			continue;
		int value = slots_score_value(p, dayno, p->joint->start[step], s, o, before);
		bool later = pick->option < 0 || value < pick->value || (value == pick->value && o > pick->option);
		if (later && (best.option < 0 || value > best.value))
			best = (struct pick){ o, value };
	}
	*pick = best;
	return best.option >= 0;
}

static bool choose(const struct slots_plan *p, int dayno, int t, int step, int64_t before)
{
	struct slots_joint *j = p->joint;
	if (step == p->nsteps)
		return true;
	const struct slots_step *s = &p->steps[step];
	before = s->beside ? 0 : before;
	j->start[step] = begin_of(p, step, t);
	for (struct pick pick = { -1, 0 }; next_pick(p, dayno, step, before, &pick);) {
		int64_t staff = s->options[pick.option].staff;
		if (j->effort-- <= 0)
			return false;
		j->option[step] = pick.option;
		if (!person_holds(p, dayno, step) || ((j->checks & THINGS) && !j->alike && !things_hold(p, dayno, step + 1)))
			continue;
		if (choose(p, dayno, t, step + 1, staff != 0 ? staff : before))
			return true;
	}
	return false;
}

/* Where no step's length depends on who does it, things don't either: they are looked at once. */
static bool things_at_all(const struct slots_plan *p, int dayno, int t)
{
	struct slots_joint *j = p->joint;
	for (int i = 0; i < p->nsteps; i++) {
		j->option[i] = 0;
		j->start[i] = begin_of(p, i, t);
		if (!things_hold(p, dayno, i + 1))
			return false;
	}
	return true;
}

/* The minutes that a run surely holds, whoever does the steps; soonest, latest: when its step begins. */
static struct joint_run sure_run(const struct slots_step *s, int step, int run, int soonest, int latest)
{
	struct joint_run r = { .step = step, .run = run, .from = 0, .to = BITS_DAY };
	for (int i = 0; i < s->nprofiles; i++) {
		const struct slots_profile *f = &s->profiles[i];
		int from = latest + f->offset[s->runs[run].first], to = soonest + f->offset[s->runs[run].last] + f->length[s->runs[run].last];
		r.from = from > r.from ? from : r.from;
		r.to = to < r.to ? to : r.to;
	}
	r.from = r.from < BITS_DAY ? r.from : BITS_DAY;
	return r;
}

/* Are there as many places of its class free as runs surely want them when this one begins? */
static bool enough_places(const struct slots_plan *p, int dayno, const struct joint_run *r)
{
	const struct slots_joint *j = p->joint;
	int64_t class = p->steps[r->step].runs[r->run].class;
	int wanted = 0, there = 0;
	for (int i = 0; i < j->first_run[p->nsteps]; i++) {
		const struct joint_run *o = &j->runs[i];
		wanted += p->steps[o->step].runs[o->run].class == class && o->from <= r->from && r->from < o->to;
	}
	for (int i = 0; i < p->nplaces; i++)
		there += p->places[i].class == class && bits_get(slots_map_free(&p->map, p->place_rows[i], dayno), r->from);
	return r->from >= r->to || wanted <= there;
}

/* Are there places for what is surely held? If not, nobody need be tried. */
static bool places_at_all(const struct slots_plan *p, int dayno, int t)
{
	struct slots_joint *j = p->joint;
	int soonest = t, latest = t;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_step *s = &p->steps[i];
		int least = BITS_DAY, most = 0;
		soonest = s->beside ? t : soonest;
		latest = s->beside ? t : latest;
		for (int r = 0; r < s->nruns; r++)
			j->runs[j->first_run[i] + r] = sure_run(s, i, r, soonest, latest);
		for (int k = 0; k < s->nprofiles; k++) {
			least = s->profiles[k].next < least ? s->profiles[k].next : least;
			most = s->profiles[k].next > most ? s->profiles[k].next : most;
		}
		soonest += least;
		latest += most;
	}
	for (int i = 0; i < j->first_run[p->nsteps]; i++)
		if (!enough_places(p, dayno, &j->runs[i]))
			return false;
	return true;
}

static bool search(const struct slots_plan *p, int dayno, int t, unsigned checks)
{
	struct slots_joint *j = p->joint;
	j->effort = EFFORT;
	j->checks = checks;
	if ((checks & THINGS) && p->nstrands > 1 && (!places_at_all(p, dayno, t) || (j->alike && !things_at_all(p, dayno, t))))
		return false;
	return choose(p, dayno, t, 0, 0);
}

void slots_joint_keep(struct slots_plan *p, int dayno, struct bits *starts)
{
	struct bits safe = {0};
	p->tight[dayno] = *starts;
	if (p->nstrands == 1) {
		safe = slots_breaks_safe(p, dayno);
		for (int i = 0; i < BITS_WORDS; i++)
			p->tight[dayno].w[i] &= ~safe.w[i];
	}
	for (int t = bits_next(&p->tight[dayno], 0, true); t < BITS_DAY; t = bits_next(&p->tight[dayno], t + 1, true))
		if (!search(p, dayno, t, ALL))
			bits_clear(starts, t, t + 1);
}

bool slots_joint_choose(const struct slots_plan *p, int dayno, int t, int *option_r)
{
	if (!search(p, dayno, t, ALL))
		return false;
	memcpy(option_r, p->joint->option, sizeof *option_r * (size_t)p->nsteps);
	return true;
}

bool slots_joint_holds(const struct slots_plan *p, int dayno, int t, const int *option)
{
	struct slots_joint *j = p->joint;
	if (j == NULL)
		return true;
	j->effort = EFFORT;
	j->checks = ALL;
	for (int i = 0; i < p->nsteps; i++) {
		j->option[i] = option[i];
		j->start[i] = begin_of(p, i, t);
		if (!person_holds(p, dayno, i) || !things_hold(p, dayno, i + 1))
			return false;
	}
	return true;
}

int64_t slots_joint_place(const struct slots_plan *p, int step, int run)
{
	return p->joint->runs[p->joint->first_run[step] + run].place;
}

/* ---- why not ---- */

static int number_of(const struct slots_plan *p, int step) { return (int)(p->steps[step].of - p->request->steps); }

/* The people chosen would do; whose break is squeezed? */
static void why_break(const struct slots_plan *p, int dayno, struct slot_block *b)
{
	const struct slots_joint *j = p->joint;
	struct bits claims;
	for (int i = 0; i < p->nsteps; i++) {
		const struct slots_option *o = &p->steps[i].options[j->option[i]];
		claims = (struct bits){0};
		for (int k = 0; o->row >= 0 && k < p->nsteps; k++)
			if (p->steps[k].options[j->option[k]].row == o->row)
				add_active(p, k, j->option[k], j->start[k], &claims);
		if (o->row < 0 || slots_breaks_hold(p, dayno, o->row, &claims, &b->until))
			continue;
		b->step = number_of(p, i);
		b->staff = o->staff;
		return;
	}
}

/* The people chosen would do; what do they want twice? */
static void why_things(const struct slots_plan *p, int dayno, struct slot_block *b)
{
	struct slots_joint *j = p->joint;
	for (int i = 0; i < p->nsteps; i++) {
		b->step = number_of(p, i);
		if (!devices_hold(p, dayno, i + 1, &b->device, &b->until))
			return;
		j->effort = EFFORT;
		if (places_hold(p, dayno, i + 1))
			continue;
		int n = j->first_run[i];
		for (j->effort = EFFORT; n + 1 < j->first_run[i + 1] && give_places(p, dayno, 0, n + 1); j->effort = EFFORT)
			n++;
		b->place_class = p->steps[i].runs[j->runs[n].run].class;
		for (int k = 0; k < n; k++)
			if (p->steps[j->runs[k].step].runs[j->runs[k].run].class == b->place_class && j->runs[k].to * RASTER < b->until)
				b->until = j->runs[k].to * RASTER;
		return;
	}
}

/* The people liked best, without looking at the others: who is wanted twice? */
static void why_people(const struct slots_plan *p, struct slot_block *b)
{
	const struct slots_joint *j = p->joint;
	for (int i = 0; i < p->nsteps; i++)
		for (int k = 0; k < i; k++) {
			struct bits one = {0}, other = {0};
			const struct slots_option *o = &p->steps[i].options[j->option[i]];
			if (o->row < 0 || p->steps[k].options[j->option[k]].row != o->row)
				continue;
			add_active(p, i, j->option[i], j->start[i], &one);
			add_active(p, k, j->option[k], j->start[k], &other);
			if (!meet(&one, &other))
				continue;
			bits_and(&one, &other);
			b->step = number_of(p, i);
			b->staff = o->staff;
			b->until = bits_next(&other, bits_next(&one, 0, true), false) * RASTER;
			return;
		}
}

void slots_joint_why(const struct slots_plan *p, int dayno, int t, struct slot_block *block_r)
{
	*block_r = (struct slot_block){ .code = SLOT_AT_ONCE, .until = DAY_MINUTES };
	if (search(p, dayno, t, PEOPLE | THINGS)) {
		block_r->code = SLOT_NO_BREAK;
		why_break(p, dayno, block_r);
	} else if (search(p, dayno, t, PEOPLE))
		why_things(p, dayno, block_r);
	else if (search(p, dayno, t, 0))
		why_people(p, block_r);
}
