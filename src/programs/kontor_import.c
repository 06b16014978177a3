#include "modules/import/import.h"
#include "db/db_write.h"
#include "programs/clock.h"
#include "programs/kontor_serve.h"
#include "programs/start.h"
#include <stdio.h>

int kontor_import(const struct options *o)
{
	enum { MAX_FILES = 200 };
	const char *dir = options_get(o, "--data"), *file;
	char *files[MAX_FILES];
	int n = 0;
	while (n < MAX_FILES && (file = options_rest(o, n)) != NULL)
		files[n++] = (char *)(uintptr_t)file;
	if (n == 0) {
		fputs("kontor import --data DIR [--dry-run] FILE...\n", stderr);
		return 2;
	}
	struct arena *arena = arena_new();
	start_zone(db_path(arena, dir));
	arena_free(arena);
	return shop_import(dir, options_get(o, "--dry-run") != NULL, n, files, clock_now());
}
