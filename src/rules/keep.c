#include "rules/keep.h"
#include "base/date.h"

enum { PERIODS = 4 };

static void periods_of(instant at, int64_t period_r[PERIODS])
{
	day d;
	daytime t;
	zone_local(at, &d, &t);
	struct civil c = date_civil(d);
	period_r[0] = at.s / 3600;
	period_r[1] = d.n;
	period_r[2] = c.year * 12 + c.month;
	period_r[3] = c.year;
}

void keep_generations(const instant *arrived, size_t n, bool *keep_r)
{
	static const int most[PERIODS] = { KEEP_HOURS, KEEP_DAYS, KEEP_MONTHS, KEEP_YEARS };
	int kept[PERIODS] = { 0 };
	int64_t last[PERIODS] = { 0 };
	for (size_t i = n; i-- > 0;) {
		int64_t period[PERIODS];
		periods_of(arrived[i], period);
		keep_r[i] = i + KEEP_NEWEST >= n;
		for (int p = 0; p < PERIODS; p++) {
			if (kept[p] >= most[p] || (kept[p] > 0 && period[p] == last[p]))
				continue;
			kept[p]++;
			last[p] = period[p];
			keep_r[i] = true;
		}
	}
}
