/* slots_reason_test.c: what the slot finder prefers, says for it and says against a time, in a salon of two people (1 Susanne,
 * 2 Katharina) who work from 9 to 12, with one chair each and one steamer. */
#include "check.h"
#include "rules/slots.h"

enum { SUSANNE = 1, KATHARINA = 2, SEAT = 1, STEAMER = 1, TODAY = 100 };
static const char *const codes[] = { "closes", "joins-before", "joins-after", "rest", "wait", "wished", "last", "other", "later", "soonest" };
static const char *const blocks[] = { "possible", "past", "shut", "nobody", "absent", "break", "off", "person", "places", "device" };

static const struct worktime_span work[] = {
	{ { 100 }, SUSANNE, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 }, { { 100 }, KATHARINA, 540, 720, WORKTIME_WORK, 0, 0, 0, 0 },
	{ { 101 }, SUSANNE, 540, 600, WORKTIME_WORK, 0, 0, 0, 0 }, { { 101 }, SUSANNE, 600, 630, WORKTIME_BREAK, 0, 0, 0, 0 }, { { 101 }, SUSANNE, 630, 720, WORKTIME_WORK, 0, 0, 0, 0 },
	{ { 101 }, KATHARINA, 0, 1440, WORKTIME_ABSENT, 44, 1, 0, 0 },
	{ { 102 }, SUSANNE, 0, 1440, WORKTIME_SHUT, 0, 0, 0, 0 }, { { 102 }, KATHARINA, 0, 1440, WORKTIME_SHUT, 0, 0, 0, 0 },
};
static const struct place places[] = { { 1, SEAT }, { 2, SEAT } };
static const struct device devices[] = { { STEAMER, 1 } };
/* A colour at Susanne's: 9:00 to 9:30, waits, 10:00 to 10:15; the steamer is taken from 10:30 on, chair 2 until 9:40. */
static const struct use uses[] = {
	{ { 100 }, 1 * 4 + RESOURCE_PERSON, 540, 570, 7, 1, false }, { { 100 }, 1 * 4 + RESOURCE_PERSON, 600, 615, 7, 3, false },
	{ { 100 }, 1 * 4 + RESOURCE_PLACE, 540, 615, 7, 1, false }, { { 100 }, 2 * 4 + RESOURCE_PLACE, 540, 580, 8, 1, false },
	{ { 100 }, STEAMER * 4 + RESOURCE_DEVICE, 630, 690, 9, 1, false },
};
static const struct slot_candidate both[] = { { KATHARINA, 0 }, { SUSANNE, 0 } };
static struct slot_world world = { .from = { 100 }, .ndays = 3, .work = work, .nwork = COUNT(work), .uses = uses, .nuses = COUNT(uses),
	.places = places, .nplaces = COUNT(places), .devices = devices, .ndevices = COUNT(devices), .today = { TODAY }, .now = 500 };

static const char *said(struct arena *a, const struct slot *s)
{
	const char *text = arena_printf(a, "%d %d:%02d", (int)s->day.n, s->start / 60, s->start % 60);
	for (size_t i = 0; i < s->nreasons; i++)
		text = arena_printf(a, "%s %s", text, codes[s->reasons[i].code]);
	return text;
}

static const char *best(struct arena *a, const struct slot_request *q, size_t which)
{
	struct slots list = slots_find(a, &world, q, which + 1);
	return which < list.n ? said(a, &list.at[which]) : "none";
}

static const char *against(struct arena *a, const struct slot_request *q, int64_t on, int start)
{
	struct slot_block b = slots_why_not(a, &world, q, (day){ on }, start);
	return arena_printf(a, "%s %d/%d %d:%02d by %d", blocks[b.code], (int)b.staff, (int)(b.absence + b.place_class + b.device), b.until / 60, b.until % 60, (int)b.appointment);
}

static struct slot_request ask(const struct slot_step *step)
{
	return (struct slot_request){ .steps = step, .nsteps = 1, .first = { NONE }, .last = { NONE }, .wish_day = { TODAY } };
}

static void reasons(struct arena *a)
{
	struct slot_phase fringe[] = { { PHASE_ACTIVE, 30, 0, 0, 0, false } }, cut[] = { { PHASE_ACTIVE, 45, SEAT, 0, 0, false } };
	struct slot_step susanne = { .phases = fringe, .nphases = 1, .candidates = both, .ncandidates = 2, .wished = SUSANNE, .only_wished = true };
	struct slot_request q = ask(&susanne);
	CHECK_TEXT(best(a, &q, 0), "100 9:30 wait closes soonest wished");                     /* exactly into her pause */
	susanne.only_wished = false;
	q.latest = 545;
	CHECK_TEXT(best(a, &q, 0), "100 9:00 joins-before other soonest");
	susanne.only_wished = true;
	CHECK_TEXT(best(a, &q, 0), "101 9:00 joins-before later soonest wished");
	struct slot_step any = { .phases = cut, .nphases = 1, .candidates = both, .ncandidates = 2, .last = KATHARINA };
	q = ask(&any);
	q.earliest = q.latest = 675;
	CHECK_TEXT(best(a, &q, 0), "100 11:15 joins-after soonest last");
	q.earliest = q.latest = 670;
	CHECK_TEXT(best(a, &q, 0), "100 11:10 rest soonest last");
	q.earliest = 540;
	q.latest = 0;
	struct slots three = slots_find(a, &world, &q, 3);
	CHECK_INT(three.n, 3);
	for (size_t i = 0; i + 1 < three.n; i++)
		CHECK(three.at[i].score >= three.at[i + 1].score);
}

static void against_times(struct arena *a)
{
	struct slot_phase cut[] = { { PHASE_ACTIVE, 45, SEAT, 0, 0, false } }, steam[] = { { PHASE_ACTIVE, 15, 0, STEAMER, 0, false } };
	struct slot_step step = { .phases = cut, .nphases = 1, .candidates = both, .ncandidates = 2, .wished = SUSANNE };
	struct slot_request q = ask(&step);
	CHECK_TEXT(against(a, &q, 100, 480), "past 0/0 0:00 by 0");
	CHECK_TEXT(against(a, &q, 100, 540), "person 1/0 9:30 by 7");
	CHECK_TEXT(against(a, &q, 100, 700), "off 1/0 24:00 by 0");
	CHECK_TEXT(against(a, &q, 101, 570), "break 1/0 10:30 by 0");
	CHECK_TEXT(against(a, &q, 102, 570), "shut 1/0 24:00 by 0");
	CHECK_TEXT(against(a, &q, 100, 630), "possible 0/0 0:00 by 0");
	step.wished = KATHARINA;
	CHECK_TEXT(against(a, &q, 101, 570), "absent 2/44 24:00 by 0");
	CHECK_TEXT(against(a, &q, 100, 545), "places 0/1 9:40 by 8");                          /* she's free, no chair is */
	step.phases = steam;
	CHECK_TEXT(against(a, &q, 100, 640), "device 0/1 11:30 by 9");
	step.ncandidates = 0;
	CHECK_TEXT(against(a, &q, 100, 640), "nobody 2/0 0:00 by 0");
	CHECK_TEXT(against(a, &q, 99, 640), "past 0/0 0:00 by 0");
	CHECK_TEXT(against(a, &q, 300, 640), "off 0/0 24:00 by 0");                            /* beyond the rows given */
}

/* A chain keeps its person, and its chair if that need not be cleaned first; else it goes on at once on another one, or waits. */
static void chain(struct arena *a)
{
	struct slot_phase colour[] = { { PHASE_ACTIVE, 20, SEAT, 0, 0, false }, { PHASE_WAIT, 30, SEAT, 0, 0, false }, { PHASE_ACTIVE, 10, SEAT, 0, 0, false }, { PHASE_BUFFER, 5, SEAT, 0, 0, false } };
	struct slot_phase cut[] = { { PHASE_ACTIVE, 20, SEAT, 0, 0, false } };
	struct slot_step steps[] = { { .phases = colour, .nphases = 4, .candidates = both, .ncandidates = 2, .wished = KATHARINA },
		{ .phases = cut, .nphases = 1, .candidates = both, .ncandidates = 2 } };
	struct slot_request q = ask(steps);
	struct slot s;
	q.nsteps = 2;
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 580, &s));
	CHECK_INT(s.nclaims, 5);
	CHECK(s.nclaims == 5 && s.claims[0].staff == KATHARINA && s.claims[1].staff == 0 && s.claims[3].staff == 0 && s.claims[4].staff == KATHARINA);
	CHECK(s.nclaims == 5 && s.claims[0].place == 2 && s.claims[3].place == 2 && s.claims[4].place == 1 && s.claims[4].start == 640);
	CHECK_INT(s.end, 660);
	world.nplaces = 1;
	world.except = 7;
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 580, &s));
	CHECK(s.claims[0].place == 1 && s.claims[4].place == 1 && s.claims[4].start == 645);
	CHECK_INT(s.end, 665);
	world.nplaces = COUNT(places);
	world.except = 0;
	cut[0].place_class = 0;                                                                /* a word at the counter needs no chair */
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 580, &s) && s.claims[4].start == 640 && s.end == 660);
	cut[0] = (struct slot_phase){ PHASE_ACTIVE, 20, SEAT, 0, 2, true };                    /* that very chair, so it waits */
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 580, &s) && s.claims[4].start == 645 && s.claims[4].place == 2);
	cut[0] = (struct slot_phase){ PHASE_ACTIVE, 20, SEAT, 0, 0, false };
	colour[3] = (struct slot_phase){ PHASE_WAIT, 5, SEAT, 0, 0, false };                   /* no tail: the same chair */
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 580, &s) && s.claims[4].start == 645 && s.claims[4].place == 2);
	CHECK(!slots_at(a, &world, &q, (day){ 100 }, 575, &s));                                /* no chair before 9:40 */
	world.except = 8;
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 575, &s));                                 /* unless it's the visit being moved */
	world.except = 0;
}

/* A place can be wished for, or be the only one that will do. */
static void place(struct arena *a)
{
	struct slot_phase cut[] = { { PHASE_ACTIVE, 30, SEAT, 0, 2, false } };
	struct slot_step step = { .phases = cut, .nphases = 1, .candidates = both, .ncandidates = 2 };
	struct slot_request q = ask(&step);
	struct slot s;
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 630, &s) && s.claims[0].place == 2);
	CHECK(slots_at(a, &world, &q, (day){ 101 }, 540, &s) && s.claims[0].place == 2);
	world.except = 7;                                                                      /* chair 1 is free, chair 2 until 9:40 not */
	CHECK(slots_at(a, &world, &q, (day){ 100 }, 540, &s) && s.claims[0].place == 1);
	cut[0].only_place = true;
	CHECK(!slots_at(a, &world, &q, (day){ 100 }, 540, &s));
	CHECK_TEXT(against(a, &q, 100, 540), "places 0/1 9:40 by 8");
	CHECK_INT(slots_why_not(a, &world, &q, (day){ 100 }, 540).place, 2);
	world.except = 0;
}

int main(void)
{
	struct arena *a = arena_new();
	reasons(a);
	against_times(a);
	chain(a);
	place(a);
	arena_free(a);
	return check_end();
}
