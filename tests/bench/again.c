/* again.c DIR DAY: all starts of the services 1, 2, 3 in the 60 days from DAY on, asked again while nothing changed; the least of
 * 300 rounds in microseconds as JSON, beside the first question that had to read. */
#include "base/date.h"
#include "modules/calendar/calendar.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

int main(int argc, char **argv)
{
	if (argc != 3)
		return 2;
	zone_set("Europe/Berlin");
	struct arena *own = arena_new(), *a = arena_new();
	struct db *db = db_open(own, db_path(own, argv[1]));
	day from = { strtoll(argv[2], NULL, 10) };
	double first = 0, least = 1e9;
	size_t n = 0;
	struct chain chain;
	for (int round = 0; db != NULL && round < 300; round++) {
		struct slot_start *starts;
		arena_reset(a);
		db_use(db, a);
		db_begin_read(db);
		chain_load(db, "1,2,3", &(struct chain_wish){ .customer = 0 }, &chain);
		double begin = now();
		struct slot_world world = hours_world(db, from, 60);
		world.today = from;
		struct slot_request q = { .steps = chain.steps, .nsteps = chain.n, .first = from, .last = { from.n + 59 }, .wish_day = { NONE } };
		n = slots_starts(a, &world, &q, &starts);
		double took = now() - begin;
		first = round == 0 ? took : first;
		least = took < least ? took : least;
	}
	printf("{\"first\":%.1f,\"again\":%.1f,\"starts\":%zu,\"steps\":%zu}\n", first, least, n, chain.n);
	db_close(db);
	return db == NULL;
}
