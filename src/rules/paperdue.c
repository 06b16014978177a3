#include "rules/paperdue.h"

bool paper_due(const struct paper_facts *f)
{
	if (f->printed.s == NONE || f->printed.s > f->now.s || f->printed_day.n != f->today.n)
		return true;
	if (f->closing >= 0 && f->now_min >= f->closing && f->printed_min < f->closing)
		return true;
	int64_t age = f->now.s - f->printed.s;
	return (f->changes >= PAPER_MANY && age >= PAPER_PAUSE) || (f->changes > 0 && age >= PAPER_LATE);
}
