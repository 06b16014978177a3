#include "backup/store.h"
#include "base/lang.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define ROOT "Kontor-Sicherung"
#define MARK "Kontor-Sicherung.txt"
#define FIRST "kontor-backup 1 "
#define MEDIUM "medium "

int store_fail(struct store *s, const char *fmt, ...)
{
	va_list ap;
	if (s->fault != NULL)
		return -1;
	va_start(ap, fmt);
	s->fault = arena_vprintf(s->arena, fmt, ap);
	va_end(ap);
	return -1;
}

void store_warn(struct store *s, const char *sentence)
{
	s->warning = s->warning == NULL ? arena_text(s->arena, sentence) : s->warning;
}

int store_fail_errno(struct store *s, int error)
{
	switch (error) {
	case ENOSPC: case EDQUOT: case EFBIG:
		return store_fail(s, _("%s is full. Delete something there that is not a backup, or choose a larger one."), s->folder);
	case EROFS:
		return store_fail(s, _("%s can only be read. Does the stick have a lock?"), s->folder);
	case EACCES: case EPERM:
		return store_fail(s, _("%s may not be written to by this user."), s->folder);
	case ENOENT: case ENOTDIR: case ENODEV: case ENXIO: case ESTALE: case ENOTCONN:
		return store_fail(s, _("%s is not there. Is it plugged in and switched on?"), s->folder);
	default:
		return store_fail(s, _("%s has a fault: %s."), s->folder, strerror(error));
	}
}

/* The folder itself may be given, too. */
static char *root_of(struct arena *a, const char *folder)
{
	struct stat st;
	return stat(arena_printf(a, "%s/" MARK, folder), &st) == 0 ? arena_text(a, folder) : arena_printf(a, "%s/" ROOT, folder);
}

enum mark { MARK_READ, MARK_NONE, MARK_UNREADABLE };

static enum mark read_mark(const char *root, struct arena *a, unsigned char shop_r[SHOP_BYTES], const char **medium_r)
{
	char text[1024] = { 0 };
	int file = open(arena_printf(a, "%s/" MARK, root), O_RDONLY | O_CLOEXEC);
	if (file < 0)
		return errno == ENOENT || errno == ENOTDIR ? MARK_NONE : MARK_UNREADABLE;
	ssize_t n = read(file, text, sizeof text - 1);
	close(file);
	char *end = text + strcspn(text, "\r\n"), *medium = strstr(end, "\n" MEDIUM);
	*end = '\0';
	*medium_r = medium ? arena_copy(a, medium + 1 + strlen(MEDIUM), strspn(medium + 1 + strlen(MEDIUM), "0123456789abcdef")) : "";
	bool right = n > 0 && strncmp(text, FIRST, strlen(FIRST)) == 0 && seal_unhex(text + strlen(FIRST), shop_r, SHOP_BYTES);
	return right ? MARK_READ : MARK_UNREADABLE;
}

/* Backups, but nothing that says whose. A folder that was only begun, when the power failed, holds none. */
static bool holds_some(struct store *s)
{
	struct generations all;
	struct store quiet = *s;
	return store_generations(&quiet, &all) != 0 || all.n > 0;
}

enum store_is store_open(struct store *s, struct arena *a, const char *folder, struct sealer *seal)
{
	unsigned char shop[SHOP_BYTES];
	struct stat st;
	*s = (struct store){ .arena = a, .folder = folder, .root = root_of(a, folder), .seal = seal, .medium = "" };
	if (stat(folder, &st) != 0 || !S_ISDIR(st.st_mode)) {
		store_fail(s, _("%s is not there. Is it plugged in and switched on?"), folder);
		return STORE_GONE;
	}
	switch (read_mark(s->root, a, shop, &s->medium)) {
	case MARK_READ:
		break;
	case MARK_NONE:
		store_fail(s, _("%s is there, but without this shop's backups. Is the right disk plugged in?"), folder);
		return holds_some(s) ? STORE_WRONG : STORE_NEW;
	case MARK_UNREADABLE:
		store_fail(s, _("%s: the file %s there can't be read. Nothing was changed."), folder, MARK);
		return STORE_WRONG;
	}
	if (memcmp(shop, sealer_shop(seal), sizeof shop) == 0)
		return STORE_READY;
	store_fail(s, _("%s holds the backups of another shop. Nothing was changed there; choose another folder."), folder);
	return STORE_WRONG;
}

int store_whose(struct arena *a, const char *folder, unsigned char shop_r[SHOP_BYTES], const char **sentence_r)
{
	struct stat st;
	const char *medium;
	enum mark mark = read_mark(root_of(a, folder), a, shop_r, &medium);
	if (mark == MARK_READ)
		return 0;
	if (stat(folder, &st) != 0)
		*sentence_r = arena_printf(a, _("%s is not there. Is it plugged in and switched on?"), folder);
	else
		*sentence_r = arena_printf(a, mark == MARK_NONE ? _("%s holds no backups of Kontor.") : _("%s: the file that says whose backups these are can't be read."), folder);
	return -1;
}

const char *store_find(struct arena *a, const char *medium)
{
	static const char *const below[] = { "/media/", "/run/media/", "/mnt" };
	struct mntent *m;
	const char *found = NULL;
	FILE *mounts = setmntent("/proc/self/mounts", "re");
	while (mounts != NULL && found == NULL && (m = getmntent(mounts)) != NULL) {
		unsigned char shop[SHOP_BYTES];
		const char *there;
		for (size_t i = 0; i < COUNT(below) && found == NULL; i++)
			if (strncmp(m->mnt_dir, below[i], strlen(below[i])) == 0 && strcmp(m->mnt_type, "autofs") != 0 &&
			    read_mark(root_of(a, m->mnt_dir), a, shop, &there) == MARK_READ && strcmp(there, medium) == 0)
				found = arena_text(a, m->mnt_dir);
	}
	if (mounts != NULL)
		endmntent(mounts);
	return found;
}

char *store_generation_path(const struct store *s, int64_t number)
{
	return arena_printf(s->arena, "%s/generations/%010lld.kontor", s->root, (long long)number);
}

char *store_pack_path(const struct store *s, const unsigned char id[16])
{
	return arena_printf(s->arena, "%s/packs/%s.kontor", s->root, seal_hex(s->arena, id, 16));
}

static int by_number(const void *x, const void *y)
{
	const struct generation *a = x, *b = y;
	return (a->number > b->number) - (a->number < b->number);
}

int store_generations(struct store *s, struct generations *all)
{
	char *path = arena_printf(s->arena, "%s/generations", s->root);
	DIR *dir = opendir(path);
	*all = (struct generations){ 0 };
	if (dir == NULL)
		return errno == ENOENT ? 0 : store_fail_errno(s, errno);
	for (struct dirent *e; (e = readdir(dir)) != NULL;) {
		struct stat st;
		size_t digits = strspn(e->d_name, "0123456789");
		if (digits != 10 || strcmp(e->d_name + digits, ".kontor") != 0)
			continue;
		if (stat(arena_printf(s->arena, "%s/%s", path, e->d_name), &st) == 0)
			*arena_push(s->arena, all) = (struct generation){ strtoll(e->d_name, NULL, 10), { st.st_mtim.tv_sec } };
	}
	closedir(dir);
	if (all->n > 0)
		qsort(all->at, all->n, sizeof *all->at, by_number);
	return 0;
}

static int64_t bytes_in(const char *path)
{
	DIR *dir = opendir(path);
	int64_t bytes = 0;
	struct stat st;
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
		if (fstatat(dirfd(dir), e->d_name, &st, 0) == 0 && S_ISREG(st.st_mode))
			bytes += st.st_size;
	if (dir != NULL)
		closedir(dir);
	return bytes;
}

int64_t store_bytes(struct store *s)
{
	return bytes_in(arena_printf(s->arena, "%s/generations", s->root)) + bytes_in(arena_printf(s->arena, "%s/packs", s->root));
}

static ssize_t read_all(int file, unsigned char *to, size_t size)
{
	size_t had = 0;
	for (ssize_t n; had < size; had += (size_t)n) {
		n = read(file, to + had, size - had);
		if (n < 0)
			return -1;
		if (n == 0)
			break;
	}
	return (ssize_t)had;
}

unsigned char *store_read(struct store *s, const char *path, size_t *size_r)
{
	struct stat st;
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 || fstat(file, &st) != 0) {
		int error = errno;
		if (file >= 0)
			close(file);
		store_fail_errno(s, error);
		return NULL;
	}
	if (st.st_size > STORE_FILE_MOST) {
		close(file);
		store_fail(s, _("%s is too large to be one of ours."), path);
		return NULL;
	}
	unsigned char *bytes = arena_buffer(s->arena, (size_t)st.st_size + 1);
	ssize_t n = read_all(file, bytes, (size_t)st.st_size);
	int error = errno;
	close(file);
	*size_r = n < 0 ? 0 : (size_t)n;
	if (n < 0)
		store_fail_errno(s, error);
	return n < 0 ? NULL : bytes;
}
