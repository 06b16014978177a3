/* paperdue_test.c: when the emergency sheet is printed anew. */
#include "check.h"
#include "rules/paperdue.h"
#include "base/values.h"

static const struct paper_facts fresh = { .now = { 1000000 }, .printed = { 999000 }, .today = { 20780 }, .printed_day = { 20780 }, .now_min = 900,
	.printed_min = 883, .closing = 1080, .changes = 0 };

static bool with(int64_t printed, int64_t printed_day, int now_min, int printed_min, int64_t changes)
{
	struct paper_facts f = fresh;
	f.printed.s = printed;
	f.printed_day.n = printed_day;
	f.now_min = now_min;
	f.printed_min = printed_min;
	f.changes = changes;
	return paper_due(&f);
}

int main(void)
{
	CHECK(!paper_due(&fresh));
	CHECK(with(NONE, NONE, 900, 0, 0));                        /* there is none yet */
	CHECK(with(999000, 20779, 900, 883, 0));                   /* yesterday's */
	CHECK(with(1000100, 20780, 900, 883, 0));                  /* from the future: the clock was set back */
	CHECK(!with(999000, 20780, 1079, 1062, 0));
	CHECK(with(999000, 20780, 1080, 1063, 0));                 /* closing time came */
	CHECK(!with(999000, 20780, 1100, 1081, 0));                /* and is dealt with */
	CHECK(!with(999000, 20780, 900, 883, PAPER_MANY - 1));
	CHECK(with(999000, 20780, 900, 883, PAPER_MANY));          /* 1000 seconds and many changes */
	CHECK(!with(1000000 - PAPER_PAUSE + 1, 20780, 900, 891, 1000));   /* not again and again while somebody works */
	CHECK(!with(1000000 - PAPER_LATE + 1, 20780, 900, 841, 1));
	CHECK(with(1000000 - PAPER_LATE, 20780, 900, 840, 1));     /* one change waits an hour at most */
	CHECK(!with(1000000 - 3 * PAPER_LATE, 20780, 900, 720, 0));
	struct paper_facts shut = fresh;
	shut.closing = -1;
	CHECK(!paper_due(&shut));
	return check_end();
}
