/* slots_oracle.h: what is possible, for slots_test.c: a slow way that tries everything, minute by minute, choice by choice. */
#ifndef TESTS_SLOTS_ORACLE_H
#define TESTS_SLOTS_ORACLE_H
#include "slots_salon.h"

static int rounded(int min) { return min < 5 ? 5 : (min + 4) / 5 * 5; }

enum { EARLY = 15, LATE = LONG + 200 };           /* nobody works earlier before, or later after, the salon's opening */

/* Of the salon in hand: who works in the whole five minutes, and from when until when anybody does. */
static bool working[DAYS][STAFF + 1][DAY_MINUTES / 5];
static struct span doors[DAYS];
/* Its breaks that may move: their own minutes count as working time. */
enum { RESTS = 40 };
static struct hours_rest rests[RESTS];
static size_t nrests;

/* The whole five minutes in one span of work; or some of them in a break that may move, the others in work. */
static bool in_spans(const struct slot_world *w, day d, int64_t staff, int at)
{
	int there = 0;
	bool rest = false;
	for (size_t i = 0; i < w->nwork; i++) {
		const struct worktime_span *s = &w->work[i];
		bool moves = s->kind == WORKTIME_BREAK && s->move_from >= 0 && s->move_to - s->move_from >= s->end - s->start;
		if (s->staff != staff || s->day.n != d.n || (s->kind != WORKTIME_WORK && !moves))
			continue;
		if (!moves && s->start <= at && at + 5 <= s->end)
			return true;
		for (int minute_ = at; minute_ < at + 5; minute_++) {
			there += s->start <= minute_ && minute_ < s->end;
			rest = rest || (moves && s->start <= minute_ && minute_ < s->end);
		}
	}
	return rest && there == 5;
}

static void list_rests(const struct salon *s)
{
	nrests = 0;
	for (size_t i = 0; i < s->world.nwork && !s->by_rows; i++) {
		const struct worktime_span *w = &s->work[i];
		if (w->kind == WORKTIME_BREAK && w->move_from >= 0 && w->move_to - w->move_from >= w->end - w->start)
			rests[nrests++] = (struct hours_rest){ w->staff, (int)(w->day.n - s->from.n), w->start, w->end, w->move_from, w->move_to };
	}
	for (int d = 0; d < DAYS && s->by_rows; d++)
		for (int p = 1; p <= STAFF; p++)
			nrests += hours_rests(&s->hours.rows, (day){ s->from.n + d }, d, p, &rests[nrests], RESTS - nrests);
}

static bool all_minutes(const struct worktime_rows *rows, day d, int64_t staff, int at)
{
	for (int minute = at; minute < at + 5; minute++)
		if (!hours_works(rows, d, staff, minute))
			return false;
	return true;
}

static void look_at_work(const struct salon *s)
{
	memset(working, 0, sizeof working);
	list_rests(s);
	for (int d = 0; d < DAYS; d++) {
		day on = { s->from.n + d };
		doors[d] = (struct span){ DAY_MINUTES, 0 };
		for (int at = (s->open - EARLY) / 5 * 5; at < s->open + LATE; at += 5)
			for (int p = 1; p <= STAFF; p++) {
				bool here = s->by_rows ? all_minutes(&s->hours.rows, on, p, at) : in_spans(&s->world, on, p, at);
				working[d][p][at / 5] = here;
				doors[d].start = here && at < doors[d].start ? at : doors[d].start;
				doors[d].end = here ? at + 5 : doors[d].end;
			}
	}
}

static bool works(const struct slot_world *w, day d, int64_t staff, int at)
{
	return working[d.n - w->from.n][staff][at / 5];
}

static int users(const struct slot_world *w, day d, int64_t resource, int at)
{
	int n = 0;
	for (size_t i = 0; i < w->nuses; i++) {
		const struct use *u = &w->uses[i];
		n += u->day.n == d.n && u->resource == resource && (w->except == 0 || u->appointment != w->except) && u->start < at + 5 && u->end > at;
	}
	return n;
}

static int capacity(const struct slot_world *w, day d, int64_t resource, int at)
{
	int64_t id = resource_id(resource);
	if (at < 0 || at >= DAY_MINUTES)
		return 0;
	switch (resource_kind(resource)) {
	case RESOURCE_PERSON: return works(w, d, id, at);
	case RESOURCE_PLACE: return 1;
	case RESOURCE_DEVICE: return w->devices[id - 1].quantity;
	}
	return 0;
}

/* What the visit itself holds, as far as it is thought out. */
enum { OWN = STEPS * PHASES * 3 };
static struct { int64_t resource; int start, end; } own[OWN];
static int nown;

static int own_users(int64_t resource, int at)
{
	int n = 0;
	for (int i = 0; i < nown; i++)
		n += own[i].resource == resource && own[i].start < at + 5 && own[i].end > at;
	return n;
}

static void hold(int64_t resource, int start, int end)
{
	own[nown].resource = resource;
	own[nown].start = start;
	own[nown++].end = end;
}

/* For a pool each use counts in every five minutes that it touches. */
static bool is_free(const struct slot_world *w, day d, int64_t resource, int start, int end)
{
	for (int at = start; at < end; at += 5)
		if (users(w, d, resource, at) + own_users(resource, at) >= capacity(w, d, resource, at))
			return false;
	return true;
}

/* The place that alone will do; 0 = any of the class. */
static int64_t only(const struct slot_phase *p) { return p->only_place ? p->place : 0; }

/* Two phases that follow one another on the same place. */
static bool stay(const struct slot_phase *a, const struct slot_phase *b)
{
	return a->place_class == b->place_class && only(a) == only(b);
}

static bool place_suits(const struct slot_world *w, const struct slot_phase *p, int64_t id)
{
	return w->places[id - 1].class == p->place_class && (only(p) == 0 || only(p) == id);
}

static int phase_length(const struct slot_step *s, size_t phase, int extra)
{
	int longest = -1;
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE && (longest < 0 || s->phases[i].minutes > s->phases[longest].minutes))
			longest = (int)i;
	return rounded(s->phases[phase].minutes + ((int)phase == longest ? extra : 0));
}

/* Somebody has come before and somebody goes after. */
static bool staffed(const struct slot_world *w, day d, int start, int end)
{
	const struct span *door = &doors[d.n - w->from.n];
	return door->start <= start && end <= door->end;
}

/* The day has all of these minutes. */
static bool exists(const struct slot_world *w, day d, int start, int end)
{
	for (size_t i = 0; i < w->nmissing; i++)
		if (w->missing[i].day.n == d.n && w->missing[i].start < end && start < w->missing[i].end)
			return false;
	return true;
}

static bool has_active(const struct slot_step *s)
{
	for (size_t i = 0; i < s->nphases; i++)
		if (s->phases[i].kind == PHASE_ACTIVE)
			return true;
	return false;
}

/* ---- tails: what is aired or cleaned at a step's end while the customer goes on ---- */

static int tail_minutes(const struct slot_step *s)
{
	int n = 0;
	for (size_t i = s->nphases; i-- > 1 && s->phases[i].kind == PHASE_BUFFER && (i + 1 == s->nphases || stay(&s->phases[i], &s->phases[i + 1]));)
		n += rounded(s->phases[i].minutes);
	return n;
}

static int64_t tail_class(const struct slot_step *s) { return s->phases[s->nphases - 1].place_class; }

/* The extra minutes of everybody who may do it; n is 1 (no extra) if it needs nobody. */
static size_t extras_of(const struct slot_step *s, int extras_r[STAFF])
{
	size_t n = 0;
	extras_r[0] = 0;
	if (!has_active(s))
		return 1;
	for (size_t i = 0; i < s->ncandidates; i++)
		if (!s->only_wished || s->candidates[i].staff == s->wished)
			extras_r[n++] = s->candidates[i].extra_minutes;
	return n;
}

/* For somebody who may do it: begins it on a place of this class so soon; or is through so soon (class -1), tail not counted. */
static bool sooner_than(const struct slot_step *s, int64_t class, int minutes_)
{
	int extras[STAFF];
	for (size_t k = extras_of(s, extras); k-- > 0;) {
		int at = 0;
		for (size_t i = 0; i < s->nphases; i++) {
			if (class >= 0 && s->phases[i].place_class == class && at < minutes_)
				return true;
			at += phase_length(s, i, extras[k]);
		}
		if (class < 0 && at - tail_minutes(s) < minutes_)
			return true;
	}
	return false;
}

static bool needs_later(const struct slot_request *q, size_t from, int64_t class)
{
	for (size_t i = from; i < q->nsteps && !q->steps[i].beside; i++)
		if (sooner_than(&q->steps[i], class, DAY_MINUTES))
			return true;
	return false;
}

/* ---- breaks that may move: every place is tried ---- */

static bool shares(const struct hours_rest *a, const struct hours_rest *b)
{
	return a->staff == b->staff && a->day == b->day && (a->move_from + 4) / 5 < b->move_to / 5 && (b->move_from + 4) / 5 < a->move_to / 5;
}

/* All of the list from number i on, beside what is taken and one another. */
static bool rests_fit(const struct slot_world *w, day d, const struct hours_rest *const *list, size_t n, size_t i)
{
	if (i == n)
		return n <= 4;
	int64_t resource = resource_of(RESOURCE_PERSON, list[i]->staff);
	int length = (list[i]->end - list[i]->start + 4) / 5 * 5;
	for (int at = (list[i]->move_from + 4) / 5 * 5; at + length <= list[i]->move_to / 5 * 5; at += 5) {
		int before = nown;
		if (!is_free(w, d, resource, at, at + length))
			continue;
		hold(resource, at, at + length);
		bool fit = rests_fit(w, d, list, n, i + 1);
		nown = before;
		if (fit)
			return true;
	}
	return false;
}

/* Does the visit reach into the minutes within which the break may lie? */
static bool reached(const struct hours_rest *r)
{
	for (int i = 0; i < nown; i++)
		if (own[i].resource == resource_of(RESOURCE_PERSON, r->staff) && own[i].start < (r->move_to + 4) / 5 * 5 && own[i].end > r->move_from / 5 * 5)
			return true;
	return false;
}

/* The break and all that have to share their bounds with it, or with one of those. */
static bool group_fits(const struct slot_world *w, day d, size_t first)
{
	const struct hours_rest *list[RESTS];
	bool in[RESTS] = { false };
	size_t n = 0;
	in[first] = true;
	list[n++] = &rests[first];
	for (size_t k = 0; k < n; k++)
		for (size_t i = 0; i < nrests; i++)
			if (!in[i] && shares(list[k], &rests[i])) {
				in[i] = true;
				list[n++] = &rests[i];
			}
	bool touched = false;
	for (size_t k = 0; k < n; k++)
		touched = touched || reached(list[k]);
	return !touched || rests_fit(w, d, list, n, 0);
}

static bool breaks_have_place(const struct slot_world *w, day d)
{
	for (size_t i = 0; i < nrests; i++)
		if (rests[i].day == d.n - w->from.n && !group_fits(w, d, i))
			return false;
	return true;
}

/* ---- the visit: strand by strand, step by step, phase by phase, place by place ---- */

struct visit { const struct slot_world *w; const struct slot_request *q; day d; int start, done_by; };

static bool step_from(const struct visit *v, size_t step, int at);

static bool in_own_hours(const struct visit *v, const struct slot_step *s, int begin, int end)
{
	bool today = s->weekdays == 0 || (s->weekdays & 1u << (unsigned)date_weekday(v->d));
	return today && begin >= s->from && (s->until == 0 || end <= s->until);
}

/* Everything after a step that is done. */
static bool rest_from(const struct visit *v, size_t step, int end)
{
	const struct slot_step *s = &v->q->steps[step];
	int tail = tail_minutes(s);
	int64_t class = tail_class(s);
	if (step + 1 == v->q->nsteps || v->q->steps[step + 1].beside)
		return step_from(v, step + 1, v->start);
	bool too_long = class != 0 && needs_later(v->q, step + 2, class) && sooner_than(&v->q->steps[step + 1], -1, tail);
	if (tail == 0 || too_long)
		return step_from(v, step + 1, end);
	if (step_from(v, step + 1, end - tail))
		return true;
	return class != 0 && sooner_than(&v->q->steps[step + 1], class, tail) && step_from(v, step + 1, end);
}

struct doing { const struct slot_step *s; size_t step; int64_t staff; int extra; };

/* The phases from number i on. run_start: where the place of this phase began to be held. */
static bool phase_from(const struct visit *v, const struct doing *x, size_t i, int at, int run_start);

static bool phase_placed(const struct visit *v, const struct doing *x, size_t i, int end, int run_start, int64_t place)
{
	int before = nown;
	if (place != 0) {
		if (!place_suits(v->w, &x->s->phases[i], place) || !is_free(v->w, v->d, resource_of(RESOURCE_PLACE, place), run_start, end))
			return false;
		hold(resource_of(RESOURCE_PLACE, place), run_start, end);
	}
	bool fits = phase_from(v, x, i + 1, end, end);
	nown = before;
	return fits;
}

/* One place is as good as another where nothing else of the visit can want it. */
static bool choice_matters(const struct visit *v, const struct doing *x, size_t i)
{
	for (size_t k = 1; k < v->q->nsteps; k++)
		if (v->q->steps[k].beside)
			return true;
	return i + 1 == x->s->nphases;
}

static bool phase_from(const struct visit *v, const struct doing *x, size_t i, int at, int run_start)
{
	if (i == x->s->nphases)
		return rest_from(v, x->step, at);
	const struct slot_phase *p = &x->s->phases[i];
	int end = at + phase_length(x->s, i, x->extra), before = nown;
	int64_t person = resource_of(RESOURCE_PERSON, x->staff), device = resource_of(RESOURCE_DEVICE, p->device);
	if (end > DAY_MINUTES || !exists(v->w, v->d, at, end) || (v->done_by > 0 && end > v->done_by) || (x->staff == 0 && !staffed(v->w, v->d, at, end)))
		return false;
	if ((p->kind == PHASE_ACTIVE && !is_free(v->w, v->d, person, at, end)) || (p->device != 0 && p->kind != PHASE_BUFFER && !is_free(v->w, v->d, device, at, end)))
		return false;
	if (p->kind == PHASE_ACTIVE)
		hold(person, at, end);
	if (p->device != 0 && p->kind != PHASE_BUFFER)
		hold(device, at, end);
	bool fits = false, tried = false, last_of_run = i + 1 == x->s->nphases || !stay(p, p + 1);
	if (!last_of_run)
		fits = phase_from(v, x, i + 1, end, run_start);
	else if (p->place_class == 0)
		fits = phase_placed(v, x, i, end, run_start, 0);
	for (int64_t id = 1; last_of_run && p->place_class != 0 && !fits && id <= (int64_t)v->w->nplaces && (!tried || choice_matters(v, x, i)); id++) {
		tried = tried || (place_suits(v->w, p, id) && is_free(v->w, v->d, resource_of(RESOURCE_PLACE, id), run_start, end));
		fits = phase_placed(v, x, i, end, run_start, id);
	}
	nown = before;
	return fits;
}

/* The whole step, and all after it. */
static bool step_by(const struct visit *v, size_t step, int at, int64_t staff, int extra)
{
	struct doing x = { .s = &v->q->steps[step], .step = step, .staff = staff, .extra = extra };
	int end = at, last = 0;
	for (size_t i = 0; i < x.s->nphases; i++) {
		end += phase_length(x.s, i, extra);
		last = x.s->phases[i].kind == PHASE_ACTIVE ? end : last;
	}
	return in_own_hours(v, x.s, at, last > 0 ? last : end) && phase_from(v, &x, 0, at, at);
}

static bool step_from(const struct visit *v, size_t step, int at)
{
	if (step == v->q->nsteps)
		return breaks_have_place(v->w, v->d);
	const struct slot_step *s = &v->q->steps[step];
	if (!has_active(s))
		return step_by(v, step, at, 0, 0);
	for (size_t i = 0; i < s->ncandidates; i++)
		if ((!s->only_wished || s->candidates[i].staff == s->wished) && step_by(v, step, at, s->candidates[i].staff, s->candidates[i].extra_minutes))
			return true;
	return false;
}

static bool visit_fits(const struct slot_world *w, const struct slot_request *q, day d, int at, int done_by)
{
	struct visit v = { w, q, d, at, done_by };
	nown = 0;
	return staffed(w, d, at, at + 5) && step_from(&v, 0, at);
}

static bool before_bound(day d, int at, const struct slot_bound *b) { return d.n < b->day.n || (d.n == b->day.n && at < b->minute); }
static bool after_bound(day d, int at, const struct slot_bound *b) { return d.n > b->day.n || (d.n == b->day.n && at > b->minute); }

static bool in_bounds(const struct slot_request *q, day d, int at)
{
	return (q->not_before.day.n == NONE || !before_bound(d, at, &q->not_before)) && (q->not_after.day.n == NONE || !after_bound(d, at, &q->not_after));
}

static bool allowed(const struct slot_world *w, const struct slot_request *q, day d, int at)
{
	if (at < q->earliest || (q->latest > 0 && at > q->latest))
		return false;
	if (q->weekdays != 0 && !(q->weekdays & 1u << (unsigned)date_weekday(d)))
		return false;
	if (!in_bounds(q, d, at))
		return false;
	return w->today.n == NONE || d.n > w->today.n || (d.n == w->today.n && at >= w->now);
}
#endif
