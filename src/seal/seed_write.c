#include "seal/seed_write.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int sync_folder(const char *dir)
{
	int folder = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = folder < 0 ? -1 : fsync(folder);
	if (folder >= 0)
		close(folder);
	return rc;
}

static int write_line(const char *path, const char *line)
{
	size_t n = strlen(line);
	int file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = file >= 0 && write(file, line, n) == (ssize_t)n && fsync(file) == 0;
	if (file >= 0)
		good = close(file) == 0 && good;
	return good ? 0 : -1;
}

/* link() refuses where there is one already. */
int seed_save(struct arena *a, const char *dir, const struct seed *seed)
{
	const char *path = arena_printf(a, "%s/seed", dir), *fresh = arena_printf(a, "%s/.seed.%d", dir, (int)getpid());
	char *line = arena_printf(a, "kontor-seed 1 %s\n", seal_hex(a, seed->b, sizeof seed->b));
	int rc = write_line(fresh, line) == 0 && link(fresh, path) == 0 && sync_folder(dir) == 0 ? 0 : -1;
	if (rc != 0)
		log_fault("the keys could not be written to %s: %s", path, strerror(errno));
	(void)unlink(fresh);
	sodium_memzero(line, strlen(line));
	return rc;
}

int seed_make(struct arena *a, const char *dir, struct seed *seed_r)
{
	int rc = seed_load(a, dir, seed_r);
	if (rc <= 0)
		return rc;
	require(sodium_init() >= 0);
	randombytes_buf(seed_r->b, sizeof seed_r->b);
	return seed_save(a, dir, seed_r);
}
