/* replan.c: how long the re-planning engine takes for a sick day: twelve appointments, eight colleagues, two weeks to move to.
 * Prints JSON: CPU milliseconds of the median and the slowest of 200 random salons (each the quickest of three), every other
 * one so full that all compete for the same gaps, and how many plans were proved the best. */
#include "../unit/replan_salon.h"
#include <time.h>

enum { SALONS = 200, ROUNDS = 3 };

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1000 + (double)t.tv_nsec / 1e6;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(void)
{
	static struct salon s;
	static double ms[SALONS];
	struct salon_size size = { .days = 15, .staff = 9, .places = 8, .devices = 2, .services = 8, .rows = 12, .steps = 3, .open = 540, .close = 1140,
		.away_days = 1 };
	struct arena *a = arena_new();
	int proved = 0, n = 0;
	for (uint64_t seed = 1; n < SALONS; seed++) {
		bool full = n % 2 == 1;
		size.others = full ? 1100 : 420;
		make_salon(&s, seed, size);
		if (full)
			let_all_compete(&s);
		s.question.rules = (struct replan_rules){ .earlier = 60, .later = 180, .days_after = 14 };
		if (s.question.nrows < 12)
			continue;
		for (int i = 0; i < ROUNDS; i++) {
			double begin = now_ms();
			struct replan plan = replan_make(a, &s.question);
			double took = now_ms() - begin;
			ms[n] = i == 0 || took < ms[n] ? took : ms[n];
			proved += i == 0 && plan.proved;
			arena_reset(a);
		}
		n++;
	}
	qsort(ms, SALONS, sizeof ms[0], by_size);
	printf("{\"median\":%.3f,\"slowest\":%.3f,\"proved\":%d,\"salons\":%d}\n", ms[SALONS / 2], ms[SALONS - 1], proved, SALONS);
	arena_free(a);
	return 0;
}
