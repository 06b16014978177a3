/* gap_test.c: what a place destroys, beside a slow count that places one service after the other five minutes by five minutes. */
#include "check.h"
#include "rules/gap.h"

static const struct slot_phase colour_phases[] = { { PHASE_ACTIVE, 30, 1, .device = 0 }, { PHASE_WAIT, 35, 1, .device = 0 }, { PHASE_ACTIVE, 15, 2, .device = 0 } };
static const struct slot_phase cut_phases[] = { { PHASE_ACTIVE, 43, 1, .device = 0 }, { PHASE_BUFFER, 10, 1, .device = 0 } };
static const struct slot_phase perm_phases[] = { { PHASE_ACTIVE, 90, 1, .device = 0 } };
static const struct slot_step colour = { .phases = colour_phases, .nphases = 3 }, cut = { .phases = cut_phases, .nphases = 2 },
	perm = { .phases = perm_phases, .nphases = 1 };

/* Nothing is counted but people's time. */
static const struct gap_keys no_keys = { 0 };
static struct gap_usual only_work(const struct slot_step *s, int64_t service, int extra, int weight)
{
	return gap_usual_of(s, service, extra, weight, &no_keys);
}
static int fits(const struct bits *free, const struct gap_usual *u)
{
	return gap_fits(&(struct gap_day){ *free, NULL }, u);
}

/* taken is booked: so much of it is work. */
static struct gap_price price(const struct bits *free, const struct bits *taken, const struct gap_usuals *usuals)
{
	struct gap_day before = { *free, NULL }, after = before;
	int units = 0, fitted[GAP_USUALS] = { 0 };
	for (int t = 0; t < BITS_DAY; t++)
		units += bits_get(taken, t);
	for (int i = 0; i < BITS_WORDS; i++)
		after.free.w[i] &= ~taken->w[i];
	for (size_t i = 0; i < usuals->n; i++)
		fitted[i] = gap_fits(&before, &usuals->at[i]);
	return gap_price(&before, &after, units, usuals, fitted);
}

static struct bits span(int start, int end)
{
	struct bits b = { { 0 } };
	bits_set(&b, start / 5, end / 5);
	return b;
}

static void lengths(void)
{
	struct gap_usual u = only_work(&colour, 7, 10, 3);
	CHECK(u.service == 7 && u.weight == 3 && u.nactive == 2 && u.units == 11);
	CHECK(u.active[0].offset == 0 && u.active[0].length == 8 && u.active[1].offset == 15 && u.active[1].length == 3);
	u = only_work(&cut, 1, 0, 1);
	CHECK(u.nactive == 1 && u.units == 9);                       /* 43 minutes are 45; the buffer frees the person */
	u = only_work(&cut, 1, -43, 1);
	CHECK_INT(u.units, 1);
	CHECK_INT(fits(&(struct bits){ { ~UINT64_C(0) } }, &(struct gap_usual){ .nactive = 0 }), 0);
}

static void how_many_fit(void)
{
	struct gap_usual c = only_work(&cut, 1, 0, 1), f = only_work(&colour, 2, 0, 1);
	struct bits three = span(540, 720), none = { { 0 } };
	CHECK_INT(fits(&three, &c), 4);
	CHECK_INT(fits(&none, &c), 0);
	CHECK_INT(fits(&three, &f), 2);     /* 9:00, and 9:30 in its wait *//* 9:00, 9:30 in its wait, and 10:20 or later: counted below */
	struct bits hole = span(540, 620);
	CHECK_INT(fits(&hole, &f), 1);
	bits_clear(&hole, 570 / 5, 605 / 5);                         /* somebody else sits in the wait */
	CHECK_INT(fits(&hole, &f), 1);
	bits_clear(&hole, 605 / 5, 610 / 5);
	CHECK_INT(fits(&hole, &f), 0);
}

/* Three hours are free. A cut at their begin leaves 135 minutes for one perm of 90; in the middle none. */
static void prices(void)
{
	struct gap_usuals usual = { .at = { only_work(&perm, 9, 0, 90), only_work(&cut, 1, 0, 45) }, .n = 2 };
	struct bits free = span(540, 720), first = span(540, 585), middle = span(605, 650), late = span(675, 720);
	struct gap_price p = price(&free, &first, &usual);
	CHECK(p.usual == &usual.at[0] && p.lost == 1);
	p = price(&free, &middle, &usual);
	CHECK(p.usual == &usual.at[0] && p.lost == 2);
	p = price(&free, &late, &usual);
	CHECK_INT(p.lost, 1);
	free = span(540, 585);
	p = price(&free, &first, &usual);
	CHECK(p.usual == NULL && p.lost == 0);                       /* nothing longer would have fitted there */
	struct gap_usuals two = { .at = { only_work(&perm, 9, 0, 1), only_work(&colour, 2, 30, 1000) }, .n = 2 };
	free = span(540, 720);
	p = price(&free, &middle, &two);
	CHECK(p.usual == &two.at[1]);                                /* the dearer one is named */
}

/* Random days: never more after taking than before, never a negative loss, and taking nothing costs nothing. */
static void holds_for_any_day(void)
{
	uint64_t state = 88172645463325252u;
	int wrong = 0;
	for (int round = 0; round < 20000; round++) {
		struct bits free = { { 0 } }, taken = { { 0 } };
		for (int i = 0; i < 4; i++) {
			state ^= state << 13; state ^= state >> 7; state ^= state << 17;
			int from = (int)(state >> 20) & 255, to = from + 1 + ((int)(state >> 40) & 31);
			bits_set(i < 3 ? &free : &taken, from, to < BITS_DAY ? to : BITS_DAY);
		}
		bits_and(&taken, &free);
		struct gap_usuals usual = { .at = { only_work(&perm, 9, 0, 90), only_work(&colour, 2, (int)(state & 15), 45), only_work(&cut, 1, 0, 40) }, .n = 3 };
		struct gap_price p = price(&free, &taken, &usual), nothing = price(&free, &(struct bits){ { 0 } }, &usual);
		wrong += p.lost < 0 || (p.lost > 0) != (p.usual != NULL) || nothing.lost != 0;
		for (size_t i = 0; i < usual.n; i++) {
			int n = fits(&free, &usual.at[i]), most = 0;
			for (int t = 0; t < BITS_DAY; t++)
				most += bits_get(&free, t);
			wrong += n * usual.at[i].units > most;
		}
	}
	CHECK_INT(wrong, 0);
}

/* Classes 1 and 2 and a device; a colour needs them all. */
static const struct slot_phase needy_phases[] = { { PHASE_ACTIVE, 30, 1, .device = 7 }, { PHASE_WAIT, 35, 1, .device = 0 }, { PHASE_ACTIVE, 15, 2, .device = 7 }, { PHASE_BUFFER, 10, 2, .device = 7 } };
static const struct slot_step needy = { .phases = needy_phases, .nphases = 4 };
static int64_t key_list[] = { 1 * 4 + RESOURCE_PLACE, 2 * 4 + RESOURCE_PLACE, 7 * 4 + RESOURCE_DEVICE };
static const struct gap_keys keys = { .at = key_list, .n = 3 };

static void needs(void)
{
	struct gap_usual u = gap_usual_of(&needy, 3, 0, 1, &keys);
	CHECK(u.nneeds == 4 && u.npools == 3);
	CHECK(u.needs[0].offset == 0 && u.needs[0].length == 13);    /* chair from the begin to the wait's end, in one */
	CHECK(u.needs[1].offset == 0 && u.needs[1].length == 6);
	CHECK(u.needs[2].offset == 13 && u.needs[2].length == 5);    /* the buffer too */
	CHECK(u.needs[3].offset == 13 && u.needs[3].length == 3);    /* but not the device */
	CHECK_INT(gap_key(&keys, 99), -1);
	CHECK_INT(only_work(&needy, 3, 0, 1).nneeds, 0);
}

/* One chair is left for the whole day: two colours, one into the other's wait, need two. */
static void places_and_devices(void)
{
	struct gap_usual u = gap_usual_of(&needy, 3, 0, 1, &keys);
	struct bits all = span(0, 1440), three = span(540, 720);
	struct gap_pool pools[3] = { { { { { 0 } } } } };
	struct gap_day d = { three, pools };
	CHECK_INT(gap_fits(&d, &u), 0);
	for (int i = 0; i < 3; i++)
		gap_pool_add(&pools[i], &all);
	CHECK_INT(gap_fits(&d, &u), 2);                              /* 9:00 and 10:15; the wait's chair is taken */
	gap_pool_add(&pools[0], &all);
	CHECK_INT(gap_fits(&d, &u), 2);                              /* the device is one, too */
	struct gap_pool after[3] = { pools[0], pools[1], pools[2] };
	gap_pool_take(&after[2], 600 / 5, 720 / 5);
	struct gap_day taken = { three, after };
	CHECK_INT(gap_fits(&taken, &u), 0);
	struct gap_usuals usual = { .at = { u }, .n = 1 };
	struct gap_price p = gap_price(&d, &taken, 3, &usual, (int[]){ 2 });
	CHECK(p.usual == &usual.at[0] && p.lost == 2);               /* by somebody else's work, of 15 minutes */
	p = gap_price(&d, &taken, 9, &usual, (int[]){ 2 });
	CHECK_INT(p.lost, 0);                                        /* that took as long */
	p = gap_price(&d, &d, 3, &usual, (int[]){ 2 });
	CHECK_INT(p.lost, 0);
}

/* The slow count: five minutes by five minutes, with numbers instead of bits. */
static int slow_fits(const struct bits *free, int (*pieces)[BITS_DAY + 64], const struct slot_step *s)
{
	bool own[BITS_DAY + 64] = { false };
	int n = 0;
	for (int t = 0; t < BITS_DAY; t++)
		own[t] = bits_get(free, t);
	for (int t = 0; t < BITS_DAY;) {
		bool good = true;
		for (int book = 0; book < 2 && good; book++) {
			int at = t;
			for (size_t i = 0; i < s->nphases; at += s->phases[i++].minutes / 5)
				for (int x = at; x < at + s->phases[i].minutes / 5; x++) {
					const struct slot_phase *p = &s->phases[i];
					int *class = p->place_class != 0 ? &pieces[p->place_class - 1][x] : NULL, *device = p->device != 0 && p->kind != PHASE_BUFFER ? &pieces[2][x] : NULL;
					good = good && (p->kind != PHASE_ACTIVE || own[x] || book) && (class == NULL || *class > 0 || book) && (device == NULL || *device > 0 || book);
					if (!book)
						continue;
					own[x] = own[x] && p->kind != PHASE_ACTIVE;
					*(class != NULL ? class : &(int){ 0 }) -= 1;
					*(device != NULL ? device : &(int){ 0 }) -= 1;
				}
		}
		n += good;
		t += !good;
	}
	return n;
}

static void as_the_slow_count(void)
{
	static int pieces[3][BITS_DAY + 64];
	uint64_t state = 88172645463325252u;
	int wrong = 0, some = 0;
	struct gap_usual u = gap_usual_of(&needy, 3, 0, 1, &keys);
	for (int round = 0; round < 2000; round++) {
		struct gap_pool pools[3] = { { { { { 0 } } } } };
		struct gap_day d = { .pools = pools };
		for (int i = 0; i < 15; i++) {
			struct bits one = { { 0 } };
			state ^= state << 13; state ^= state >> 7; state ^= state << 17;
			int from = (int)(state >> 20) & 127, to = from + 1 + ((int)(state >> 40) & 127);
			bits_set(&one, from, to);
			if (i < 3)
				bits_or(&d.free, &one);
			else
				gap_pool_add(&pools[i % 3], &one);
		}
		int from = (int)(state >> 12) & 127, to = from + 20;
		gap_pool_take(&pools[round % 3], from, to);
		for (int k = 0; k < 3; k++)
			for (int t = 0; t < BITS_DAY + 64; t++) {
				pieces[k][t] = 0;
				for (int level = 0; level < GAP_LEVELS; level++)
					pieces[k][t] += t < BITS_DAY && bits_get(&pools[k].level[level], t);
			}
		int n = gap_fits(&d, &u);
		wrong += n != slow_fits(&d.free, pieces, &needy);
		some += n > 1;
	}
	CHECK_INT(wrong, 0);
	CHECK(some > 300);
}

/* One more, and one less: what the levels say is what is counted. */
static void pools(void)
{
	struct gap_pool p = { { { { 0 } } } };
	struct bits morning = span(540, 720), whole = span(540, 1080);
	gap_pool_add(&p, &morning);
	gap_pool_add(&p, &whole);
	CHECK(bits_get(&p.level[0], 540 / 5) && bits_get(&p.level[1], 540 / 5) && !bits_get(&p.level[2], 540 / 5));
	CHECK(bits_get(&p.level[0], 900 / 5) && !bits_get(&p.level[1], 900 / 5));
	gap_pool_take(&p, 600 / 5, 780 / 5);
	CHECK(bits_get(&p.level[0], 600 / 5) && !bits_get(&p.level[1], 600 / 5) && bits_get(&p.level[1], 595 / 5));
	CHECK(!bits_get(&p.level[0], 775 / 5) && bits_get(&p.level[0], 780 / 5));
	gap_pool_take(&p, 600 / 5, 605 / 5);
	gap_pool_take(&p, 600 / 5, 605 / 5);
	CHECK(!bits_get(&p.level[0], 600 / 5) && bits_get(&p.level[0], 605 / 5));
}

int main(void)
{
	lengths();
	needs();
	pools();
	places_and_devices();
	as_the_slow_count();
	how_many_fit();
	prices();
	holds_for_any_day();
	return check_end();
}
