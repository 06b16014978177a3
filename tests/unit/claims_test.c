/* claims_test.c: conflicts of random claims beside a count of every minute, what the slot finder gives against the same
 * rows, and the life of a visit. */
#include "check.h"
#include "rules/claims.h"
#include "rules/status.h"
#include <stdlib.h>

enum { ROWS = 8, WANTED = 3 };

static struct use any_use(int64_t appointment)
{
	int start = 600 + rand() % 60;
	return (struct use){ .day = { 10 + rand() % 2 }, .resource = resource_of((enum resource_kind)(1 + rand() % 3), 1 + rand() % 2),
		.start = start, .end = start + 1 + rand() % 30, .appointment = appointment };
}

/* Counted minute by minute. */
static bool taken_in_truth(const struct claims *wanted, size_t w, const struct use *taken, size_t n, const struct device *devices)
{
	const struct use *m = &wanted->at[w];
	bool pool = resource_kind(m->resource) == RESOURCE_DEVICE;
	for (int t = m->start; t < m->end; t++) {
		int count = 1;
		for (size_t i = 0; i < n; i++)
			count += taken[i].appointment != m->appointment && taken[i].day.n == m->day.n && taken[i].resource == m->resource && taken[i].start <= t && t < taken[i].end;
		for (size_t i = 0; i < wanted->n && pool; i++)
			count += i != w && wanted->at[i].day.n == m->day.n && wanted->at[i].resource == m->resource && wanted->at[i].start <= t && t < wanted->at[i].end;
		if (count > (pool ? devices[resource_id(m->resource) - 1].quantity : 1))
			return true;
	}
	return false;
}

static bool right(struct arena *a)
{
	struct use taken[ROWS], mine[WANTED];
	struct device devices[2] = { { 1, 1 + rand() % 3 }, { 2, 1 + rand() % 2 } };
	size_t n = (size_t)(rand() % (ROWS + 1));
	for (size_t i = 0; i < n; i++)
		taken[i] = any_use(1 + rand() % 4);
	for (size_t i = 0; i < WANTED; i++)
		mine[i] = any_use(1);
	struct claims wanted = { .at = mine, .n = WANTED };
	struct claims_conflicts found = claims_check(a, &wanted, taken, n, devices, 2);
	size_t k = 0;
	for (size_t w = 0; w < WANTED; w++) {
		bool want = taken_in_truth(&wanted, w, taken, n, devices);
		bool have = k < found.n && memcmp(&found.at[k].wanted, &mine[w], sizeof mine[w]) == 0;
		if (want != have)
			return false;
		if (have && found.at[k].taken.resource != mine[w].resource)
			return false;
		k += have;
	}
	return k == found.n;
}

static void named(struct arena *a)
{
	struct slot_claim parts[] = { { 0, 0, 600, 630, 4, 2, 0 }, { 0, 1, 630, 660, 0, 2, 1 } };
	struct slot slot = { .day = { 10 }, .start = 600, .end = 660, .claims = parts, .nclaims = 2 };
	struct claims c = claims_of_slot(a, &slot, 77, false);
	CHECK_INT(c.n, 4);
	CHECK_INT(c.at[0].resource, resource_of(RESOURCE_PERSON, 4));
	CHECK_INT(c.at[3].resource, resource_of(RESOURCE_DEVICE, 1));
	CHECK_INT(c.at[3].start, 630);
	struct use other = { .day = { 10 }, .resource = resource_of(RESOURCE_PERSON, 4), .start = 620, .end = 640, .appointment = 5 };
	struct device steamer = { 1, 1 };
	struct claims_conflicts x = claims_check(a, &c, &other, 1, &steamer, 1);
	CHECK_INT(x.n, 1);
	CHECK(x.n == 1 && x.at[0].taken.appointment == 5);
	struct claims moved = claims_moved(a, &c, (day){ 10 }, 40);
	CHECK_INT(moved.at[0].start, 640);
	CHECK_INT(claims_check(a, &moved, &other, 1, &steamer, 1).n, 0);                  /* touching is no conflict */
	CHECK_INT(claims_check(a, &c, NULL, 0, NULL, 0).n, 1);                            /* a device that is not there */
}

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
	struct arena *a = arena_new();
	bool good = true;
	srand(1);
	for (int i = 0; i < 20000 && good; i++) {
		good = right(a);
		arena_reset(a);
	}
	CHECK(good);
	named(a);
	lives();
	arena_free(a);
	return check_end();
}
