#include "rules/safetydue.h"

bool safety_backup_due(const struct safety_facts *f)
{
	if (f->targets == 0)
		return false;
	return f->fresh || f->appeared || f->tried.s == 0 || f->tried.s > f->now.s || f->now.s - f->tried.s >= SAFETY_EVERY;
}

/* The night that a moment belongs to: its own day from three o'clock on, else the day before. */
static int64_t night(day d, int min) { return min >= SAFETY_NIGHT ? d.n : d.n - 1; }

bool safety_drill_due(const struct safety_facts *f)
{
	if (f->targets == 0 || !f->any_good)
		return false;
	if (f->drilled.s == 0 || f->drilled.s > f->now.s)
		return true;
	if (f->proof_failed && f->now.s - f->drilled.s >= SAFETY_AGAIN)
		return true;
	return night(f->today, f->now_min) > night(f->drilled_day, f->drilled_min);
}
