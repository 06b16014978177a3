#include "programs/start.h"
#include "base/date.h"
#include "base/embedded.h"
#include "base/log.h"
#include "db/db.h"
#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

void start_languages(void)
{
	for (size_t i = 0; i < catalogues_count; i++)
		require(lang_load(LANG_DE, catalogues[i].bytes, catalogues[i].size) == 0);
}

static void stop_signals(sigset_t *set)
{
	sigemptyset(set);
	sigaddset(set, SIGTERM);
	sigaddset(set, SIGINT);
	sigaddset(set, SIGHUP);
}

void start_signals(void)
{
	sigset_t set;
	stop_signals(&set);
	sigaddset(&set, SIGPIPE);                    /* a browser that went away is no reason to end */
	require(sigprocmask(SIG_BLOCK, &set, NULL) == 0);
}

void start_zone(const char *database)
{
	zone_set("Europe/Berlin");
	if (access(database, R_OK) != 0)
		return;
	struct arena *arena = arena_new();
	struct db *db = db_open(arena, database);
	if (db) {
		str zone = db_one_text(db, SQL("SELECT zone FROM shop WHERE id = 1"));
		if (zone)
			zone_set(zone);
		db_close(db);
	}
	arena_free(arena);
}

void start_wait(const struct server_config *config, const char *program, void (*tick)(void))
{
	sigset_t set;
	stop_signals(&set);
	printf("%s: http://%s:%u/\n", program, config->listen, config->port);
	(void)fflush(stdout);
	const struct timespec second = { .tv_sec = 1 };
	while (sigtimedwait(&set, NULL, &second) < 0) {
		server_tick();
		if (tick)
			tick();
	}
}
