/* crash.c ROUNDS FOLDER: a writer is killed (SIGKILL) in the middle of its work, again and again. What it had acknowledged
 * before must be there afterwards, and nothing half done. The writer's groups hold one to four commands; each command writes
 * a customer and an appointment, so that half a command would show. */
#include "base/arena.h"
#include "db/db_write.h"
#include "db/journal.h"
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void require_done(bool good, const char *what)
{
	if (good)
		return;
	fprintf(stderr, "crash: %s\n", what);
	exit(1);
}

static bool command(struct arena *a, struct db *db, int64_t n)
{
	int64_t seq;
	struct command c = { .name = "appointment.book", .text = "crash", .at = { 1 }, .id = arena_printf(a, "crash-%" PRId64, n) };
	if (db_command_begin(db, &c, &seq) != COMMAND_NEW)
		return false;
	db_run(db, SQL("INSERT INTO customer(last, mobile) VALUES (?, ?)"), B((const char *)arena_printf(a, "n%" PRId64, n)), B("0171 39200"));
	db_run(db, SQL("INSERT INTO appointment(customer, day, start, end, booked_at, label) VALUES (?, ?, 600, 630, 1, ?)"),
	    B(db_last_id(db)), B(n), B((const char *)arena_printf(a, "n%" PRId64, n)));
	return db_command_end(db, &seq) == 0;
}

/* Writes until it is killed; each acknowledged number goes into the pipe. */
static _Noreturn void writer(const char *dir, int to, unsigned seed)
{
	struct arena *own = arena_new(), *a = arena_new();
	struct db *db = db_open_write(own, dir);
	require_done(db != NULL, "could not open");
	int64_t n = db_one(db, SQL("SELECT ifnull(max(id), 0) FROM appointment"));
	for (;;) {
		arena_reset(a);
		db_use(db, a);
		int64_t first = n + 1, last = n + 1 + (int64_t)((seed = seed * 1103515245u + 12345u) >> 16) % 4;
		require_done(db_group_begin(db) == 0, "no group");
		for (n = first; n <= last; n++)
			require_done(command(a, db, n), "no command");
		n = last;
		require_done(db_group_end(db) == 0, "no end of a group");
		require_done(write(to, &n, sizeof n) == (ssize_t)sizeof n, "no pipe");
	}
}

/* The last number that came through. */
static int64_t acknowledged(int from)
{
	int64_t n, last = 0;
	while (read(from, &n, sizeof n) == (ssize_t)sizeof n)
		last = n;
	return last;
}

static bool whole(const char *dir, int64_t last)
{
	struct arena *a = arena_new();
	struct db *db = db_open(a, arena_printf(a, "%s/kontor.db", dir));
	struct out faults = { .arena = a };
	bool good = db != NULL;
	int64_t there = good ? db_one(db, SQL("SELECT count(*) FROM appointment JOIN customer ON customer.id = appointment.customer"
	    " WHERE last = label AND day = appointment.id")) : -1;
	int64_t most = good ? db_one(db, SQL("SELECT ifnull(max(id), 0) FROM appointment")) : -1;
	int64_t customers = good ? db_one(db, SQL("SELECT count(*) FROM customer")) : -1;
	int64_t found = good ? db_one(db, SQL("SELECT count(*) FROM customer WHERE EXISTS (SELECT 1 FROM search_customer WHERE customer = id)")) : -1;
	if (there < last || there != most || there != customers || found != customers) {
		printf("acknowledged %" PRId64 ", there %" PRId64 " of %" PRId64 ", customers %" PRId64 ", found %" PRId64 "\n", last, there, most, customers, found);
		good = false;
	}
	if (db != NULL && journal_check_chain(db, &faults) != 0) {
		printf("journal: %s\n", faults.s != NULL ? faults.s : "not readable");
		good = false;
	}
	if (db != NULL && db_one_text(db, SQL("PRAGMA quick_check")) == NULL)
		good = false;
	if (db != NULL)
		db_close(db);
	arena_free(a);
	return good;
}

/* One life of a writer: from 0 to 20 ms after its first acknowledgement. */
static bool round_of(const char *dir, unsigned seed)
{
	int ends[2];
	require_done(pipe(ends) == 0, "no pipe");
	pid_t pid = fork();
	if (pid == 0) {
		close(ends[0]);
		writer(dir, ends[1], seed);
	}
	close(ends[1]);
	int64_t first = 0;
	require_done(read(ends[0], &first, sizeof first) == (ssize_t)sizeof first, "the writer did not begin");
	nanosleep(&(struct timespec){ .tv_nsec = (long)(seed * 2654435761u % 20000000u) }, NULL);
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	int64_t last = acknowledged(ends[0]);
	close(ends[0]);
	return whole(dir, last > first ? last : first);
}

int main(int argc, char **argv)
{
	if (argc != 3) {
		fprintf(stderr, "usage: crash ROUNDS FOLDER\n");
		return 2;
	}
	int failed = 0;
	unsigned rounds = (unsigned)strtoul(argv[1], NULL, 10);
	for (unsigned i = 1; i <= rounds; i++)
		failed += !round_of(argv[2], i);
	printf("%u passed, %d failed\n", rounds - (unsigned)failed, failed);
	return failed > 0;
}
