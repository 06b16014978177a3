/* layout_test: what stands where in a column. Random days are held against what one sees at once: no free time over somebody's
 * work, everything free that is long enough is offered, every visible part of a visit is drawn exactly once. */
#include "modules/calendar/layout.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static int failed, passed;

static void expect(bool is, const char *what, unsigned seed)
{
	if (is) {
		passed++;
		return;
	}
	failed++;
	if (failed < 10)
		printf("layout_test: %s (seed %u)\n", what, seed);
}

static unsigned state;
static int roll(int n)
{
	state = state * 1664525u + 1013904223u;
	return (int)((state >> 8) % (unsigned)n);
}

enum { PEOPLE = 3 };

static struct book_appt visit(struct arena *a, int64_t id)
{
	struct book_appt x = { .id = id, .day = { 100 }, .start = 480 + roll(100) * 5, .status = (enum status)(1 + roll(8)), .name = "x",
		.nsteps = (size_t)(1 + roll(3)) };
	x.steps = arena_array(a, struct book_step, x.nsteps);
	int at = x.start;
	for (size_t s = 0; s < x.nsteps; s++) {
		struct book_step *step = &x.steps[s];
		x.end = at > x.end ? at : x.end;
		at = s > 0 && roll(4) == 0 ? x.start : at;      /* at once with the first */
		*step = (struct book_step){ .id = (int64_t)s, .staff = 1 + roll(PEOPLE), .label = "y", .style = roll(2) ? "farbe" : "schnitt", .nphases = (size_t)(1 + roll(3)) };
		step->phases = arena_array(a, struct book_phase, step->nphases);
		for (size_t p = 0; p < step->nphases; p++) {
			int minutes_ = 5 + roll(12) * 5;
			step->phases[p] = (struct book_phase){ .kind = (enum phase_kind)(p == 0 ? 0 : roll(3)), .start = at, .end = at + minutes_,
				.staff = step->staff, .place = 1 };
			at += minutes_;
		}
	}
	x.end = at > x.end ? at : x.end;
	return x;
}

static bool works(const struct hours *h, int t)
{
	bool in = false;
	for (size_t i = 0; i < h->nwork; i++)
		in |= h->work[i].start <= t && t < h->work[i].end;
	for (size_t i = 0; i < h->nbreaks; i++)
		in &= !(h->breaks[i].start <= t && t < h->breaks[i].end);
	for (size_t i = 0; i < h->nabsent; i++)
		in &= !(h->absent[i].span.start <= t && t < h->absent[i].span.end);
	return in;
}

static bool active(const struct book_appts *all, int64_t staff, int t)
{
	for (size_t i = 0; i < all->n; i++)
		for (size_t s = 0; book_takes_time(&all->at[i]) && s < all->at[i].nsteps; s++)
			for (size_t p = 0; p < all->at[i].steps[s].nphases; p++) {
				const struct book_phase *ph = &all->at[i].steps[s].phases[p];
				if (all->at[i].steps[s].staff == staff && ph->kind == PHASE_ACTIVE && ph->start <= t && t < ph->end)
					return true;
			}
	return false;
}

static void check_gaps(const struct column *c, const struct book_appts *all, unsigned seed)
{
	for (size_t i = 0; i < c->nitems; i++)
		for (int t = c->items[i].start; c->items[i].kind == ITEM_GAP && t < c->items[i].end; t += 5) {
			expect(works(&c->hours, t), "free time is offered outside of work", seed);
			expect(!active(all, c->id, t), "free time is offered where somebody is being served", seed);
		}
}

static void check_parts(const struct column *columns, const struct book_appts *all, unsigned seed)
{
	for (size_t i = 0; i < all->n; i++) {
		size_t phases = 0, drawn = 0;
		for (size_t s = 0; s < all->at[i].nsteps; s++)
			phases += all->at[i].steps[s].nphases;
		for (int c = 0; c < PEOPLE; c++)
			for (size_t k = 0; k < columns[c].nitems; k++)
				if (columns[c].items[k].appt == &all->at[i])
					drawn += columns[c].items[k].nsegments;
		expect(book_takes_time(&all->at[i]) ? drawn == phases : drawn == 0 || drawn == phases, "a phase is drawn twice or not at all", seed);
	}
}

/* Bodies are the segments in order, each once; what follows upon another has room for a line, what goes on below for a name. */
static void check_bodies(const struct item *item, unsigned seed)
{
	size_t next = 0;
	for (size_t i = 0; i < item->nbodies; i++) {
		const struct body *b = &item->bodies[i];
		expect(b->n > 0 && b->first == next && next + b->n <= item->nsegments, "bodies are not the segments in order", seed);
		expect(b->start == item->segments[next].phase->start && b->end == item->segments[next + b->n - 1].phase->end,
		    "a body's times are not those of its segments", seed);
		expect(b->kind == BODY_TAKEN || b->n == 1, "waiting and clean-up stay apart", seed);
		expect(b->style != NULL, "a body has a style", seed);
		if (i > 0 && b->kind == BODY_TAKEN && b[-1].kind == BODY_TAKEN)
			expect(b->end - b->start >= 15 && b[-1].end - b[-1].start >= (i == 1 ? 30 : 15), "a body is too short for its words", seed);
		next += b->n;
	}
	expect(next == item->nsegments, "a segment is in no body", seed);
}

static void random_day(unsigned seed)
{
	struct arena *a = arena_new();
	struct book_appts all = { 0 };
	state = seed;
	for (int64_t n = 0, most = roll(12); n < most; n++)
		*arena_push(a, &all) = visit(a, n + 1);
	struct column columns[PEOPLE];
	struct layout_day on = { { 100 }, 420, 1380, roll(3) ? -1 : 600 };
	for (int c = 0; c < PEOPLE; c++) {
		columns[c] = (struct column){ .id = c + 1, .hours = { .work = { { 540, 780 }, { 840, 1080 } }, .nwork = 2 } };
		if (roll(2))
			columns[c].hours.breaks[columns[c].hours.nbreaks++] = (struct span){ 600, 630 };
		if (roll(3) == 0)
			columns[c].hours.absent[columns[c].hours.nabsent++] = (struct absent){ { 900, 1080 }, 0, true, { 100 } };
		layout_column(a, &on, &all, &columns[c]);
		check_gaps(&columns[c], &all, seed);
		for (size_t k = 0; k < columns[c].nitems; k++)
			check_bodies(&columns[c].items[k], seed);
		for (size_t k = 1; k < columns[c].nitems; k++)
			expect(columns[c].items[k].kind != ITEM_VISIT || columns[c].items[k - 1].kind != ITEM_VISIT ||
			    columns[c].items[k - 1].start <= columns[c].items[k].start, "visits are out of order", seed);
		for (size_t k = 0; k < columns[c].nitems; k++)
			expect(!(columns[c].items[k].left && columns[c].items[k].right), "a visit is left without any width", seed);
	}
	check_parts(columns, &all, seed);
	arena_free(a);
}

/* Colour 9:00 (30 active, 40 wait, 30 active): the 40 minutes are free, and who is put into them stands inside. */
static void waiting_time(void)
{
	struct arena *a = arena_new();
	struct book_phase colour[] = { { PHASE_ACTIVE, 540, 570, 1, 1, 0, NULL }, { PHASE_WAIT, 570, 610, 0, 1, 0, NULL }, { PHASE_ACTIVE, 610, 640, 1, 1, 0, NULL } };
	struct book_phase cut[] = { { PHASE_ACTIVE, 575, 590, 1, 2, 0, NULL } };
	struct book_step s1 = { .staff = 1, .phases = colour, .nphases = 3, .label = "a", .style = "farbe" };
	struct book_step s2 = { .staff = 1, .phases = cut, .nphases = 1, .label = "b", .style = "schnitt" };
	struct book_appt appts[] = { { .id = 1, .day = { 1 }, .start = 540, .end = 640, .status = STATUS_CONFIRMED, .steps = &s1, .nsteps = 1 },
		{ .id = 2, .day = { 1 }, .start = 575, .end = 590, .status = STATUS_CONFIRMED, .steps = &s2, .nsteps = 1 } };
	struct book_appts all = { appts, 1, 1 };
	struct layout_day on = { { 1 }, 480, 1080, -1 };
	struct column c = { .id = 1, .hours = { .work = { { 540, 640 } }, .nwork = 1 } };
	layout_column(a, &on, &all, &c);
	expect(c.free_from == 570 && c.free_minutes == 40, "the waiting time is free", 0);
	all.n = 2;
	layout_column(a, &on, &all, &c);
	const struct item *inner = NULL;
	for (size_t i = 0; i < c.nitems; i++)
		if (c.items[i].appt == &appts[1])
			inner = &c.items[i];
	expect(inner != NULL && inner->inside && !inner->left && !inner->right, "the cut stands inside of the waiting time", 0);
	expect(c.free_from == 590 && c.free_minutes == 20, "what is left of the waiting time is free", 0);
	struct book_phase long_wait[] = { { PHASE_ACTIVE, 575, 590, 1, 2, 0, NULL }, { PHASE_WAIT, 590, 630, 0, 2, 0, NULL } };
	s2.phases = long_wait;
	s2.nphases = 2;
	appts[1].end = 630;
	layout_column(a, &on, &all, &c);
	for (size_t i = 0; i < c.nitems; i++)
		for (size_t k = 0; k < c.items[i].nbodies; k++)
			expect(c.items[i].bodies[k].rails == (c.items[i].appt == &appts[0] && k == 2 ? 2 : 0), "the words of the colour's end stand beside the other's rail", 0);
	arena_free(a);
}

/* Two people begin one visit at once, the first goes on alone: each has her own time taken, cut in the order of the steps. */
static void at_once(void)
{
	struct arena *a = arena_new();
	struct book_phase phases[] = { { PHASE_ACTIVE, 540, 570, 1, 1, 0, NULL }, { PHASE_ACTIVE, 570, 600, 1, 1, 0, NULL }, { PHASE_ACTIVE, 540, 585, 2, 2, 0, NULL },
		{ PHASE_BUFFER, 585, 620, 0, 2, 0, NULL } };
	struct book_step steps[] = { { .staff = 1, .phases = phases, .nphases = 1, .label = "a", .style = "farbe" },
		{ .staff = 1, .phases = phases + 1, .nphases = 1, .label = "b", .style = "farbe" }, { .staff = 2, .phases = phases + 2, .nphases = 2, .label = "c", .style = "naegel" } };
	struct book_appt appt = { .id = 1, .day = { 1 }, .start = 540, .end = 620, .status = STATUS_CONFIRMED, .steps = steps, .nsteps = 3 };
	struct book_appts all = { &appt, 1, 1 };
	struct layout_day on = { { 1 }, 480, 1080, -1 };
	struct column columns[2] = { { .id = 1, .hours = { .work = { { 540, 660 } }, .nwork = 1 } }, { .id = 2, .hours = { .work = { { 540, 660 } }, .nwork = 1 } } };
	for (int i = 0; i < 2; i++)
		layout_column(a, &on, &all, &columns[i]);
	for (int i = 0; i < 2; i++) {
		const struct item *item = NULL;
		size_t n = 0;
		for (size_t k = 0; k < columns[i].nitems; k++)
			if (columns[i].items[k].kind == ITEM_VISIT) {
				item = &columns[i].items[k];
				n++;
			}
		expect(n == 1 && item->start == 540 && item->end == (i == 0 ? 600 : 620) && item->part == i + 1 && item->parts == 2, "each one's part stands in her column", 0);
		expect(n == 1 && !item->left && !item->right && item->nsegments == 2, "and has it whole", 0);
	}
	expect(columns[0].free_from == 600 && columns[1].free_from == 585, "each is free when her own part is over", 0);
	arena_free(a);
}

/* Booked one over the other in spite of all: each is seen beside the one before it. */
static void three_in_a_row(void)
{
	struct arena *a = arena_new();
	struct book_phase phases[] = { { PHASE_ACTIVE, 540, 570, 1, 1, 0, NULL }, { PHASE_ACTIVE, 560, 600, 1, 1, 0, NULL }, { PHASE_ACTIVE, 590, 620, 1, 1, 0, NULL } };
	struct book_step steps[3];
	struct book_appt appts[3];
	for (int i = 0; i < 3; i++) {
		steps[i] = (struct book_step){ .staff = 1, .phases = &phases[i], .nphases = 1, .label = "a", .style = "farbe" };
		appts[i] = (struct book_appt){ .id = i, .day = { 1 }, .start = phases[i].start, .end = phases[i].end, .status = STATUS_CONFIRMED, .steps = &steps[i], .nsteps = 1 };
	}
	struct book_appts all = { appts, 3, 3 };
	struct layout_day on = { { 1 }, 480, 1080, -1 };
	struct column c = { .id = 1, .hours = { .work = { { 540, 640 } }, .nwork = 1 } };
	layout_column(a, &on, &all, &c);
	const char *sides = arena_text(a, "");
	for (size_t i = 0; i < c.nitems; i++)
		if (c.items[i].kind == ITEM_VISIT)
			sides = arena_printf(a, "%s%s%s ", sides, c.items[i].left ? "l" : "", c.items[i].right ? "r" : "");
	expect(strcmp(sides, "l r l ") == 0, "three over one another stand left, right, left", 0);
	arena_free(a);
}

/* Her room is aired from 10:00 to 10:10 while she goes on: one block in her column, the airing stays in the room's. */
static void going_on(void)
{
	struct arena *a = arena_new();
	struct book_phase face[] = { { PHASE_ACTIVE, 540, 600, 1, 5, 0, NULL }, { PHASE_BUFFER, 600, 610, 0, 5, 0, NULL } };
	struct book_phase cut[] = { { PHASE_ACTIVE, 600, 630, 1, 2, 0, NULL } };
	struct book_step steps[] = { { .staff = 1, .phases = face, .nphases = 2, .label = "a", .style = "kosmetik" },
		{ .staff = 1, .phases = cut, .nphases = 1, .label = "b", .style = "schnitt" } };
	struct book_appt visit_ = { .id = 1, .day = { 1 }, .start = 540, .end = 630, .status = STATUS_CONFIRMED, .steps = steps, .nsteps = 2 };
	struct book_appts all = { &visit_, 1, 1 };
	struct layout_day on = { { 1 }, 480, 1080, -1 };
	struct column hers = { .id = 1 }, room = { .id = 5, .axis = AXIS_PLACE };
	layout_column(a, &on, &all, &hers);
	layout_column(a, &on, &all, &room);
	expect(hers.nitems == 2 && hers.items[1].start == 540 && hers.items[1].end == 630 && hers.items[1].nsegments == 2, "she works in one go", 0);
	expect(room.nitems == 2 && room.items[1].end == 610 && room.items[1].part == 1 && room.items[1].parts == 2, "the room is aired", 0);
	arena_free(a);
}

struct made { struct book_phase phases[4]; struct book_step steps[4]; struct book_appt appt; };
struct bit { const char *style; enum phase_kind kind; int minutes; };

/* A visit at 9:00 with a step per bit, all done by employee 1 at place 1. */
static const struct item *lay(struct arena *a, struct made *m, enum axis axis, const struct bit *bits, size_t n, struct column *c)
{
	int at = 540;
	for (size_t i = 0; i < n; i++) {
		m->phases[i] = (struct book_phase){ bits[i].kind, at, at + bits[i].minutes, 1, 1, 0, NULL };
		m->steps[i] = (struct book_step){ .staff = 1, .phases = &m->phases[i], .nphases = 1, .label = "x", .style = bits[i].style };
		at += bits[i].minutes;
	}
	m->appt = (struct book_appt){ .id = 1, .day = { 1 }, .start = 540, .end = at, .status = STATUS_CONFIRMED, .steps = m->steps, .nsteps = n };
	struct book_appts all = { &m->appt, 1, 1 };
	struct layout_day on = { { 1 }, 480, 1080, -1 };
	c->id = 1;
	c->axis = axis;
	layout_column(a, &on, &all, c);
	for (size_t i = 0; i < c->nitems; i++)
		if (c->items[i].kind == ITEM_VISIT)
			return &c->items[i];
	return NULL;
}

static void expect_bodies(enum axis axis, const struct bit *bits, size_t n, const char *lengths, const char *what)
{
	struct arena *a = arena_new();
	struct made m = { 0 };
	struct column c = { .hours = { .work = { { 480, 1080 } }, .nwork = 1 } };
	const struct item *item = lay(a, &m, axis, bits, n, &c);
	char *found = arena_text(a, "");
	for (size_t i = 0; item != NULL && i < item->nbodies; i++)
		found = arena_printf(a, "%s%s%d %s%s", found, i > 0 ? ", " : "", item->bodies[i].end - item->bodies[i].start,
		    item->bodies[i].style, item->bodies[i].mixed ? " mixed" : "");
	if (strcmp(found, lengths) != 0)
		printf("layout_test: found \"%s\"\n", found);
	expect(strcmp(found, lengths) == 0, what, 0);
	arena_free(a);
}

static void bodies(void)
{
	const enum phase_kind ACTIVE = PHASE_ACTIVE, WAIT = PHASE_WAIT, BUFFER = PHASE_BUFFER;
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "form", ACTIVE, 10 }, { "form", ACTIVE, 20 } }, 2, "30 form", "washing and drying are one");
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "form", ACTIVE, 10 }, { "schnitt", ACTIVE, 30 } }, 2, "40 schnitt mixed",
	    "what has no room for a name joins what follows");
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "schnitt", ACTIVE, 45 }, { "form", ACTIVE, 10 } }, 2, "55 schnitt mixed",
	    "what has no room for a line joins what was before");
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "farbe", ACTIVE, 30 }, { "schnitt", ACTIVE, 60 } }, 2, "30 farbe, 60 schnitt",
	    "colour and cut with room for their words stay two");
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "farbe", ACTIVE, 30 }, { "farbe", WAIT, 35 }, { "form", ACTIVE, 10 }, { "schnitt", ACTIVE, 20 } }, 4,
	    "30 farbe, 35 farbe, 30 schnitt mixed", "waiting parts what is before and after it");
	expect_bodies(AXIS_STAFF, (struct bit[]){ { "massage", ACTIVE, 20 }, { "massage", BUFFER, 10 } }, 2, "20 massage, 10 massage",
	    "clean-up stays apart");
	expect_bodies(AXIS_PLACE, (struct bit[]){ { "farbe", ACTIVE, 30 }, { "farbe", WAIT, 30 } }, 2, "30 farbe, 30 farbe", "waiting on a place has its own words");
	expect_bodies(AXIS_PLACE, (struct bit[]){ { "farbe", ACTIVE, 10 }, { "farbe", WAIT, 30 } }, 2, "40 farbe", "a place is taken all the time");
}

/* A break in a colour's time leaves the rail in sight. */
static void break_in_waiting(void)
{
	struct arena *a = arena_new();
	struct made m = { 0 };
	struct column c = { .hours = { .work = { { 480, 1080 } }, .nwork = 1, .breaks = { { 580, 610 }, { 780, 810 } }, .nbreaks = 2 } };
	(void)lay(a, &m, AXIS_STAFF, (struct bit[]){ { "farbe", PHASE_ACTIVE, 30 }, { "farbe", PHASE_WAIT, 40 }, { "farbe", PHASE_ACTIVE, 30 } }, 3, &c);
	for (size_t i = 0; i < c.nitems; i++)
		if (c.items[i].kind == ITEM_BREAK)
			expect(c.items[i].inside == (c.items[i].start == 580), "a break stands inside of a waiting time, and only there", 0);
	arena_free(a);
}

static bool away(struct hours hours, bool with_visit)
{
	struct arena *a = arena_new();
	struct made m = { 0 };
	struct column c = { .hours = hours };
	(void)lay(a, &m, AXIS_STAFF, (struct bit[]){ { "farbe", PHASE_ACTIVE, 30 } }, with_visit ? 1 : 0, &c);
	bool is = c.away;
	arena_free(a);
	return is;
}

static void who_is_away(void)
{
	struct hours works_ = { .work = { { 540, 780 }, { 840, 1080 } }, .nwork = 2 }, ill = works_, asked = works_, half = works_;
	ill.absent[ill.nabsent++] = (struct absent){ { 0, 1440 }, 1, true, { 1 } };
	asked.absent[asked.nabsent++] = (struct absent){ { 0, 1440 }, 0, false, { 1 } };
	half.absent[half.nabsent++] = (struct absent){ { 540, 780 }, 1, true, { 1 } };
	expect(away((struct hours){ 0 }, false), "who does not work is away", 0);
	expect(!away(works_, false), "who works is not away", 0);
	expect(away(ill, false), "who is ill all day is away", 0);
	expect(!away(asked, false), "who only asked for vacation is not away", 0);
	expect(!away(half, false), "who comes in the afternoon is not away", 0);
	expect(!away((struct hours){ 0 }, true) && !away(ill, true), "whoever has an appointment has a column", 0);
}

int main(void)
{
	waiting_time();
	going_on();
	three_in_a_row();
	at_once();
	bodies();
	break_in_waiting();
	who_is_away();
	for (unsigned seed = 1; seed <= 2000; seed++)
		random_day(seed);
	printf("%d passed, %d failed\n", passed > 0, failed);
	return failed > 0;
}
