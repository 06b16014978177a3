#include "programs/kontor_serve.h"
#include "base/log.h"
#include "db/db_write.h"
#include "programs/clock.h"
#include "programs/kontor_paper.h"
#include "programs/kontor_safety.h"
#include "programs/start.h"
#include "web/queue_write.h"
#include <malloc.h>

/* What one command frees the next one needs again: it is not given back to the system in between. One heap for the few threads:
 * each of its own would keep what its busiest moment needed. */
enum { KEPT = 512 << 10, MAPPED = 256 << 10 };

static void tick(void)
{
	kontor_paper_tick();
	kontor_safety_tick();
}

int kontor_serve(const struct options *o)
{
	const char *dir = options_get(o, "--data"), *listen = options_get(o, "--listen"), *name = options_get(o, "--name");
	int64_t port = 8080;
	if (!options_number(o, "--port", 1, 65535, &port))
		return 2;
	(void)mallopt(M_TRIM_THRESHOLD, KEPT);
	(void)mallopt(M_MMAP_THRESHOLD, MAPPED);
	(void)mallopt(M_ARENA_MAX, 1);
	struct arena *arena = arena_new();
	const char *path = db_path(arena, dir);
	struct db *writer = db_open_write(arena, dir);
	if (writer == NULL)
		return 1;
	start_zone(path);
	start_signals();
	const char *names[2];
	size_t nnames = 0;
	if (name)
		names[nnames++] = name;
	if (listen)
		names[nnames++] = listen;
	struct server_config config = { .listen = listen ? listen : "127.0.0.1", .port = (uint16_t)port, .database = path,
	    .names = names, .nnames = nnames, .clock = clock_now, .submit = queue_write_submit };
	queue_write_start(writer);
	int status = kontor_safety_begin(dir, path) != 0 || server_start(&config) < 0;
	if (status == 0) {
		kontor_paper_begin(path);
		start_wait(&config, "Kontor", tick);
		kontor_paper_end();
	}
	kontor_safety_end();
	queue_write_stop();
	if (status == 0)
		server_stop();
	db_close(writer);
	arena_free(arena);
	return status;
}
