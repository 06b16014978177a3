/* status_test.c: the life of a visit, one key after the other. */
#include "check.h"
#include "rules/status.h"

static void lives(void)
{
	enum status s = STATUS_TENTATIVE;
	int keys = 0;
	while (status_next(s) != s && keys < 10) {
		CHECK(status_allowed(s, status_next(s)));
		s = status_next(s);
		keys++;
	}
	CHECK_INT(s, STATUS_DONE);
	CHECK_INT(keys, 4);
	CHECK(!status_allowed(STATUS_PAID, STATUS_CONFIRMED));
	CHECK(!status_allowed(STATUS_DONE, STATUS_NO_SHOW));
	CHECK(status_allowed(STATUS_NO_SHOW, STATUS_ARRIVED));                            /* came after all */
	CHECK(!status_allowed((enum status)99, STATUS_ARRIVED));
	for (int from = 0; from < STATUS_KINDS; from++)
		CHECK(!status_allowed((enum status)from, STATUS_PAID) && !status_allowed((enum status)from, (enum status)from));
	CHECK(!status_takes_time(STATUS_CANCELLED) && status_takes_time(STATUS_TENTATIVE));
}

int main(void)
{
	lives();
	return check_end();
}
