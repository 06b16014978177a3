/* habit_test.c: when the program may say "takes 75 minutes with her instead of 60". */
#include "check.h"
#include "rules/habit.h"
#include <stdlib.h>

static int found(int n, const int *taken, int planned, int today)
{
	struct habit_visit v[16];
	struct habit h = { 0, 0 };
	for (int i = 0; i < n; i++)
		v[i] = (struct habit_visit){ planned, taken[i] };
	return habit_find(v, (size_t)n, today, &h) ? h.minutes : 0;
}

#define FOUND(planned, today, ...) found((int)COUNT(((const int[]){ __VA_ARGS__ })), (const int[]){ __VA_ARGS__ }, (planned), (today))

static void cases(void)
{
	CHECK_INT(FOUND(60, 60, 75, 74, 77), 75);
	CHECK_INT(FOUND(60, 60, 75, 74), 0);                       /* two visits are no habit */
	CHECK_INT(FOUND(60, 60, 65, 64, 67), 0);                   /* five minutes don't matter */
	CHECK_INT(FOUND(60, 75, 75, 74, 77), 0);                   /* it is planned so already */
	CHECK_INT(FOUND(60, 60, 45, 44, 47, 46), 45);              /* shorter counts as well */
	CHECK_INT(FOUND(60, 60, 80, 80, 80, 50, 50), 0);           /* now so, now so */
	CHECK_INT(FOUND(60, 60, 75, 480, 74, 77, 481), 75);        /* "done" pressed in the evening */
	CHECK_INT(FOUND(60, 60, 480, 480, 480), 0);
	CHECK_INT(FOUND(60, 60, 1, 1, 1), 0);                      /* both pressed at the end */
	CHECK_INT(FOUND(60, 60, 75, 75, 75, 75, 75, 20, 20, 20), 75);   /* only the last five */
	CHECK_INT(FOUND(0, 60, 75, 75, 75), 0);
	CHECK_INT(found(0, NULL, 60, 60), 0);
}

/* Whatever comes in: in steps of five, between the least and the most taken, and never again once it is planned so. */
static void properties(void)
{
	srand(6);
	for (int i = 0; i < 20000; i++) {
		struct habit_visit v[9];
		struct habit h, again;
		int n = rand() % 9, least = 10000, most = 0, today = 5 * (1 + rand() % 40);
		for (int k = 0; k < n; k++) {
			v[k] = (struct habit_visit){ 5 * (1 + rand() % 40), rand() % 300 };
			least = v[k].taken < least ? v[k].taken : least;
			most = v[k].taken > most ? v[k].taken : most;
		}
		if (!habit_find(v, (size_t)n, today, &h))
			continue;
		CHECK(h.minutes % RASTER == 0 && h.minutes >= least - 2 && h.minutes <= most + 2 && h.minutes > 0 && h.visits >= HABIT_LEAST);
		CHECK(!habit_find(v, (size_t)n, h.minutes, &again));
	}
}

int main(void)
{
	cases();
	properties();
	return check_end();
}
