/* safetydue_test.c: when the program backs up and proves by itself. */
#include "check.h"
#include "rules/safetydue.h"

static struct safety_facts usual(void)
{
	return (struct safety_facts){ .now = { 1000000 }, .today = { 100 }, .now_min = 600, .targets = 1, .tried = { 1000000 - 600 }, .any_good = true,
		.drilled = { 1000000 - 7 * 3600 }, .drilled_day = { 100 }, .drilled_min = 180 };
}

static void backups(void)
{
	struct safety_facts f = usual();
	CHECK(!safety_backup_due(&f));
	f.tried.s = f.now.s - SAFETY_EVERY;
	CHECK(safety_backup_due(&f));
	f = usual(), f.fresh = true;
	CHECK(safety_backup_due(&f));
	f = usual(), f.appeared = true;
	CHECK(safety_backup_due(&f));
	f = usual(), f.tried.s = f.now.s + 86400;              /* the clock was put back */
	CHECK(safety_backup_due(&f));
	f = usual(), f.targets = 0, f.fresh = true;
	CHECK(!safety_backup_due(&f));
}

static void proofs(void)
{
	struct safety_facts f = usual();
	CHECK(!safety_drill_due(&f));
	f.today.n++, f.now.s += 86400, f.now_min = SAFETY_NIGHT - 1;
	CHECK(!safety_drill_due(&f));
	f.now_min = SAFETY_NIGHT;
	CHECK(safety_drill_due(&f));
	f = usual(), f.today.n += 3, f.now_min = 60;            /* off for three days, on again at one in the night */
	CHECK(safety_drill_due(&f));
	f = usual(), f.drilled.s = 0;
	CHECK(safety_drill_due(&f));
	f = usual(), f.proof_failed = true;
	CHECK(safety_drill_due(&f));
	f.drilled.s = f.now.s - 60;
	CHECK(!safety_drill_due(&f));
	f = usual(), f.any_good = false, f.drilled.s = 0;
	CHECK(!safety_drill_due(&f));
}

int main(void)
{
	backups();
	proofs();
	return check_end();
}
