/* schaufenster: the salon's book, to look at. Linked without anything that changes data. */
#include "base/lang.h"
#include "db/db.h"
#include "programs/clock.h"
#include "programs/options.h"
#include "programs/start.h"
#include <stdio.h>
#include <string.h>

static const char usage[] = "schaufenster serve --data DIR --port N [--listen ADDRESS] [--name HOST]\n";
static const struct option_rule rules[] = {
	{ .name = "--data" }, { .name = "--port" }, { .name = "--listen" }, { .name = "--name" }, { .name = NULL } };

static int serve(const struct options *o)
{
	const char *listen = options_get(o, "--listen"), *name = options_get(o, "--name");
	int64_t port = 8081;
	if (!options_number(o, "--port", 1, 65535, &port))
		return 2;
	struct arena *arena = arena_new();
	const char *path = db_path(arena, options_get(o, "--data"));
	start_zone(path);
	start_signals();
	const char *names[2];
	size_t nnames = 0;
	if (name)
		names[nnames++] = name;
	if (listen)
		names[nnames++] = listen;
	struct server_config config = { .listen = listen ? listen : "127.0.0.1", .port = (uint16_t)port, .database = path,
	    .names = names, .nnames = nnames, .clock = clock_now };
	int status = server_start(&config) < 0;
	if (status == 0) {
		start_wait(&config, "Schaufenster", NULL);
		server_stop();
	}
	arena_free(arena);
	return status;
}

int main(int argc, char **argv)
{
	struct options o = { .argc = argc - 2, .argv = argv + 2, .rules = rules };
	start_languages();
	if (argc >= 2 && strcmp(argv[1], "--help") == 0)
		return fputs(usage, stdout) < 0;
	if (argc >= 2 && strcmp(argv[1], "serve") == 0 && options_right(&o) && options_get(&o, "--data") != NULL)
		return serve(&o);
	fputs(usage, stderr);
	return 2;
}
