/* again.c DIR DAY: all starts of the services 1, 2, 3 in the 60 days from DAY on, asked again while nothing changed; the least of
 * 300 rounds in microseconds as JSON, beside the first question that had to read. And what each free start of the first of
 * these days with more than 100 destroys, of everybody who does service 1. */
#include "base/date.h"
#include "modules/calendar/calendar.h"
#include "modules/calendar/loss.h"
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

/* Every free start of every person on a day, as if each were proposed. */
static size_t every_start(struct arena *a, const struct slot_world *w, struct chain *chain, day d, struct slot *all, size_t most)
{
	size_t n = 0;
	struct slot_step *step = &chain->steps[0];
	step->only_wished = true;
	for (size_t i = 0; i < step->ncandidates; i++) {
		step->wished = step->candidates[i].staff;
		struct slot_request q = { .steps = step, .nsteps = 1, .first = d, .last = d, .wish_day = { NONE } };
		struct slots found = slots_find(a, w, &q, 0);
		for (size_t k = 0; k < found.n && n < most; k++)
			all[n++] = found.at[k];
	}
	return n;
}

static double losses(struct db *db, struct arena *a, day from, size_t *n_r)
{
	enum { MOST = 4000 };
	struct slot *all = arena_array(a, struct slot, MOST);
	str *texts = arena_array(a, str, MOST);
	struct chain chain;
	double least = 1e9;
	chain_load(db, "1", &(struct chain_wish){ .customer = 0 }, &chain);
	struct slot_world world = hours_world(db, from, 60);
	*n_r = 0;
	for (int d = 0; d < 60 && *n_r <= 100; d++)
		*n_r = every_start(a, &world, &chain, (day){ from.n + d }, all, MOST);
	for (int round = 0; round < 100; round++) {
		double begin = now();
		loss_slots(db, &world, all, *n_r, texts);
		double took = now() - begin;
		least = took < least ? took : least;
	}
	return least;
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
	size_t nlosses = 0;
	double loss = db != NULL ? losses(db, a, from, &nlosses) : 0;
	printf("{\"losses\":%.1f,\"nlosses\":%zu,", loss, nlosses);
	printf("\"first\":%.1f,\"again\":%.1f,\"starts\":%zu,\"steps\":%zu}\n", first, least, n, chain.n);
	db_close(db);
	return db == NULL;
}
