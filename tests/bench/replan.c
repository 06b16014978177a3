/* replan.c: how long the re-planning engine takes for a sick day: twelve appointments, eight colleagues, two weeks to move to.
 * Prints JSON: milliseconds of the median and the slowest of 100 random salons (each the quickest of three), how many plans
 * were proved the best, and how many rows there were in the mean. */
#define _GNU_SOURCE
#include "../unit/replan_salon.h"
#include <time.h>

enum { SALONS = 100, ROUNDS = 3 };

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
	const struct salon_size size = { .days = 15, .staff = 9, .places = 8, .devices = 2, .services = 8, .rows = 12, .steps = 3, .open = 540, .close = 1140,
		.others = 420, .away_days = 1 };
	struct arena *a = arena_new();
	int proved = 0, n = 0, rows = 0;
	for (uint64_t seed = 1; n < SALONS; seed++) {
		make_salon(&s, seed, size);
		s.question.rules = (struct replan_rules){ .earlier = 60, .later = 180, .days_after = 14 };
		if (s.question.nrows < 10)
			continue;
		for (int i = 0; i < ROUNDS; i++) {
			double begin = now_ms();
			struct replan plan = replan_make(a, &s.question);
			double took = now_ms() - begin;
			ms[n] = i == 0 || took < ms[n] ? took : ms[n];
			if (i == 0) {
				proved += plan.proved;
				if (getenv("VERBOSE") != NULL)
					printf("%d rows: %.2f ms, %d points, bound %d, calls %d, undecided %d\n", (int)plan.n, took, plan.sum.total, plan.bound, plan.sum.calls, plan.sum.undecided);
			}
			arena_reset(a);
		}
		rows += (int)s.question.nrows;
		n++;
	}
	qsort(ms, SALONS, sizeof ms[0], by_size);
	printf("{\"median\":%.3f,\"slowest\":%.3f,\"proved\":%d,\"salons\":%d,\"rows\":%.1f}\n", ms[SALONS / 2], ms[SALONS - 1], proved, SALONS, (double)rows / SALONS);
	arena_free(a);
	return 0;
}
