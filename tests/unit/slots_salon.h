/* slots_salon.h: small random salons and wishes for slots_test.c. Half of them get their working time as spans, half as rows of
 * opening hours, patterns and absences; some lie in the night when the clock is put forward. */
#ifndef TESTS_SLOTS_SALON_H
#define TESTS_SLOTS_SALON_H
#include "rules/slots_map.h"
#include <stdio.h>
#include <stdlib.h>
#include "slots_hours.h"
#include <string.h>

enum { DAYS = 2, STAFF = 3, PLACES = 3, DEVICES = 2, USES = 8, STEPS = 3, PHASES = 3 };

struct salon {
	struct slot_world world;
	struct slot_request request;
	struct worktime_span spans[DAYS * STAFF * 4], *work;
	struct hours_rows hours;
	bool by_rows;                                    /* work was made of hours */
	bool strands;                                    /* some steps may be beside others */
	struct slot_missing missing;
	day from;
	int open;                                        /* about when it opens */
	struct use uses[USES];
	struct place places[PLACES];
	struct device devices[DEVICES];
	struct slot_step steps[STEPS];
	struct slot_phase phases[STEPS][PHASES];
	struct slot_candidate candidates[STEPS][STAFF];
};

static uint64_t state;
static int failed;

static int dice(int n)                            /* 0 .. n - 1, the same for the same seed */
{
	state ^= state << 13;
	state ^= state >> 7;
	state ^= state << 17;
	return (int)((state >> 33) % (uint64_t)n);
}

static bool chance(int percent) { return dice(100) < percent; }

static void fail(uint64_t seed, const char *what)
{
	failed++;
	if (failed < 20)
		printf("salon %llu: %s\n", (unsigned long long)seed, what);
}

/* ---- random salons: a short day with minutes of any kind, so that something fits and something does not ---- */

enum { MORNING = 540, NIGHT = 60, LONG = 120 };

static int opens;                                 /* of the salon in hand */
static int minute(void) { return opens + dice(LONG); }

/* A break that may move, in the middle of from .. *to or after it, and the work after it. *to: where the work before it ends; *end: over it all. */
static size_t make_break(struct worktime_span *out, day d, int64_t staff, int from, int *to, int *end)
{
	int at = from + dice(50), length = chance(60) ? 15 : 5 + dice(20);
	struct worktime_span rest = { .day = d, .staff = staff, .start = *to, .end = *to + length, .kind = WORKTIME_BREAK };
	if (chance(50))
		rest.start = at < *to - length ? at : *to - length;
	rest.end = rest.start + length;
	rest.move_from = rest.start - dice(40);
	rest.move_to = rest.end + dice(40);
	if (chance(50)) {
		rest.move_from -= rest.move_from % 5;
		rest.move_to -= rest.move_to % 5;
	}
	out[0] = rest;
	out[1] = (struct worktime_span){ .day = d, .staff = staff, .start = rest.end, .end = *to > rest.end ? *to : rest.end, .kind = WORKTIME_WORK };
	*to = rest.start;
	*end = out[1].end;
	return out[1].start < out[1].end ? 2 : 1;
}

static void make_spans(struct salon *s)
{
	size_t n = 0;
	for (int d = 0; d < DAYS; d++)
		for (int p = 1; p <= STAFF; p++) {
			int from = chance(60) ? s->open : minute(), to = from + 30 + dice(100);
			if (chance(15))
				continue;
			int end = to;
			if (chance(35))
				n += make_break(&s->spans[n], (day){ s->from.n + d }, p, from, &to, &end);
			s->spans[n++] = (struct worktime_span){ .day = { s->from.n + d }, .staff = p, .start = from, .end = to, .kind = chance(90) ? WORKTIME_WORK : WORKTIME_ABSENT };
			if (chance(30))
				s->spans[n++] = (struct worktime_span){ .day = { s->from.n + d }, .staff = p, .start = end + 1 + dice(15), .end = end + 56, .kind = WORKTIME_WORK };
		}
	s->work = s->spans;
	s->world.nwork = n;
}

static void make_work(struct arena *a, struct salon *s)
{
	if (s->by_rows) {
		struct worktime_spans all = worktime_spans(a, &s->hours.rows, s->from, DAYS);
		s->work = all.at;
		s->world.nwork = all.n;
	}
	s->world.work = s->work;
}

/* Days that are something special: around the two nights when the clock changes, holidays, a turn of the year. */
static day special_day(void)
{
	static const int days[] = { 20750, 20751, 20903, 20904, 20811, 20812, 20818, 20910, 20911 };
	return (day){ chance(40) ? days[dice((int)COUNT(days))] : 20600 + dice(400) };
}

static void make_time(struct arena *a, struct salon *s)
{
	s->by_rows = chance(50);
	s->from = s->by_rows ? special_day() : (day){ 100 };
	s->missing = (struct slot_missing){ { s->from.n + dice(DAYS) }, 120, 180 };
	bool night = chance(s->by_rows ? 30 : 15);
	s->open = opens = night ? NIGHT + dice(60) : MORNING;
	if (night) {
		s->world.missing = &s->missing;
		s->world.nmissing = 1;
	}
	if (s->by_rows)
		hours_make(&s->hours, s->from, s->open);
	else
		make_spans(s);
	make_work(a, s);
}

static void make_uses(struct salon *s)
{
	size_t n = (size_t)dice(USES + 1);
	for (size_t i = 0; i < n; i++) {
		enum resource_kind kind = (enum resource_kind)(1 + dice(3));
		int start = minute();
		s->uses[i] = (struct use){ .day = { s->from.n - 1 + dice(DAYS + 2) }, .resource = resource_of(kind, 1 + dice(3)),
			.start = start, .end = start + 1 + dice(40), .appointment = 1 + dice(3) };
	}
	s->world.uses = s->uses;
	s->world.nuses = n;
	s->world.except = chance(30) ? 1 : 0;
}

static void make_step(struct salon *s, int i)
{
	struct slot_step *step = &s->steps[i];
	step->nphases = (size_t)(1 + dice(PHASES));
	for (size_t k = 0; k < step->nphases; k++)
		s->phases[i][k] = (struct slot_phase){ .kind = (enum phase_kind)dice(3), .minutes = chance(30) ? 15 : 3 + dice(25),
			.place_class = dice(3), .device = chance(25) ? 1 + dice(DEVICES) : 0, .place = chance(20) ? 1 + dice(PLACES) : 0,
			.only_place = chance(60) };
	step->phases = s->phases[i];
	step->ncandidates = (size_t)dice(STAFF + 1);
	for (size_t k = 0; k < step->ncandidates; k++)
		s->candidates[i][k] = (struct slot_candidate){ .staff = ((int)k + i) % STAFF + 1, .extra_minutes = chance(40) ? dice(25) - 8 : 0 };
	step->candidates = s->candidates[i];
	step->wished = chance(50) ? 1 + dice(STAFF) : 0;
	step->only_wished = chance(20);
	step->last = chance(50) ? 1 + dice(STAFF) : 0;
	step->beside = s->strands && chance(60);
	step->from = chance(3) ? minute() : 0;
	step->until = chance(4) ? minute() + 60 : 0;
	step->weekdays = chance(3) ? (unsigned)dice(256) : 0;
}

static void make_bounds(struct salon *s)
{
	s->request.not_before = s->request.not_after = (struct slot_bound){ { NONE }, 0 };
	if (chance(7))
		s->request.not_before = (struct slot_bound){ { s->from.n + dice(DAYS) }, minute() };
	if (chance(7))
		s->request.not_after = (struct slot_bound){ { s->from.n + dice(DAYS) }, minute() };
}

static void make_salon(struct arena *a, struct salon *s, uint64_t seed)
{
	state = seed * UINT64_C(0x9E3779B97F4A7C15) + 1;
	for (int i = 0; i < 5; i++)
		dice(2);
	*s = (struct salon){ .world = { .ndays = DAYS, .today = { NONE } } };
	make_time(a, s);
	s->world.from = s->from;
	make_uses(s);
	for (int i = 0; i < PLACES; i++)
		s->places[i] = (struct place){ .id = i + 1, .class = 1 + dice(2) };
	for (int i = 0; i < DEVICES; i++)
		s->devices[i] = (struct device){ .id = i + 1, .quantity = 1 + dice(2) };
	s->world.places = s->places;
	s->world.nplaces = PLACES;
	s->world.devices = s->devices;
	s->world.ndevices = DEVICES;
	s->request = (struct slot_request){ .steps = s->steps, .nsteps = (size_t)(1 + dice(STEPS)), .first = { NONE }, .last = { NONE }, .wish_day = { NONE } };
	s->strands = chance(25);
	for (size_t i = 0; i < s->request.nsteps; i++)
		make_step(s, (int)i);
	make_bounds(s);
	if (chance(30))
		s->request.earliest = minute();
	if (chance(30))
		s->request.latest = minute();
	if (chance(30))
		s->request.done_by = minute();
	if (chance(20))
		s->request.weekdays = 1u << (unsigned)(1 + dice(7)) | 1u << (unsigned)(1 + dice(7));
	if (chance(20)) {
		s->world.today = (day){ s->from.n + dice(DAYS) };
		s->world.now = minute();
	}
	if (chance(30))
		s->request.wish_day = (day){ s->from.n - 1 + dice(DAYS + 2) };
}
#endif
