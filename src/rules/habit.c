#include "rules/habit.h"
#include <stdlib.h>

static bool believable(const struct habit_visit *v)
{
	return v->planned > 0 && v->taken * 3 >= v->planned && v->taken <= v->planned * 3;
}

static int ascending(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static int to_raster(int exact)
{
	return (exact + RASTER / 2) / RASTER * RASTER;
}

bool habit_find(const struct habit_visit *visits, size_t n, int planned_today, struct habit *habit_r)
{
	int taken[HABIT_VISITS], k = 0, longer = 0, shorter = 0;
	for (size_t i = 0; i < n && k < HABIT_VISITS; i++)
		if (believable(&visits[i])) {
			longer += visits[i].taken > planned_today;
			shorter += visits[i].taken < planned_today;
			taken[k++] = visits[i].taken;
		}
	if (k < HABIT_LEAST)
		return false;
	qsort(taken, (size_t)k, sizeof *taken, ascending);
	int middle = to_raster(k % 2 == 1 ? taken[k / 2] : (taken[k / 2 - 1] + taken[k / 2]) / 2);
	int same_side = middle > planned_today ? longer : shorter;
	if (abs(middle - planned_today) < HABIT_MATTERS || same_side * 3 < k * 2)
		return false;
	*habit_r = (struct habit){ middle, k };
	return true;
}
