#define _GNU_SOURCE                          /* renameat2 */
#include "backup/store_write.h"
#include "base/lang.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MARK "Kontor-Sicherung.txt"
#define PART ".part-"

int store_sync_folder(const char *path)
{
	int folder = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc = folder < 0 ? -1 : fsync(folder);
	if (rc != 0 && folder >= 0 && (errno == EINVAL || errno == ENOTSUP))
		rc = 0;                      /* some network folders can't, and keep names at once */
	if (folder >= 0)
		close(folder);
	return rc;
}

/* Marks those that come from this computer, so that one does not sweep away what another is just writing. */
static char *part_name(struct store *s)
{
	char host[65] = "kontor";
	(void)gethostname(host, sizeof host - 1);
	return arena_printf(s->arena, PART "%s-", host);
}

int fresh_begin(struct store *s, const char *final, struct fresh *f)
{
	const char *slash = strrchr(final, '/');
	*f = (struct fresh){ .file = -1, .final = arena_text(s->arena, final) };
	f->path = arena_printf(s->arena, "%.*s/%s%d", (int)(slash - final), final, part_name(s), (int)getpid());
	(void)unlink(f->path);
	f->file = open(f->path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	return f->file < 0 ? store_fail_errno(s, errno) : 0;
}

int fresh_write(struct store *s, struct fresh *f, const void *bytes, size_t n)
{
	for (const char *at = bytes; n > 0;) {
		ssize_t wrote = write(f->file, at, n);
		if (wrote <= 0)
			return store_fail_errno(s, wrote < 0 ? errno : ENOSPC);
		at += wrote;
		n -= (size_t)wrote;
	}
	return 0;
}

void fresh_drop(struct store *s, struct fresh *f)
{
	(void)s;
	if (f->file >= 0)
		close(f->file);
	f->file = -1;
	if (f->path != NULL)
		(void)unlink(f->path);
}

/* Refuses where there is one of that name. FAT knows no links; there the kernel's own way of not replacing does. */
static int give_name(const char *path, const char *final)
{
	if (link(path, final) == 0)
		return unlink(path);
	if (errno == EEXIST)
		return -1;
	return renameat2(AT_FDCWD, path, AT_FDCWD, final, RENAME_NOREPLACE) == 0 ? 0
	    : errno != EINVAL || access(final, F_OK) == 0 ? -1 : rename(path, final);
}

int fresh_end(struct store *s, struct fresh *f)
{
	int rc = fsync(f->file), error = errno;
	if (close(f->file) != 0 && rc == 0) {
		rc = -1;
		error = errno;
	}
	f->file = -1;
	if (rc == 0 && give_name(f->path, f->final) != 0) {
		rc = -1;
		error = errno;
	}
	if (rc == 0) {
		char *folder = arena_copy(s->arena, f->final, (size_t)(strrchr(f->final, '/') - f->final));
		rc = store_sync_folder(folder);
		error = errno;
	}
	if (rc != 0) {
		fresh_drop(s, f);
		return error == EEXIST ? store_fail(s, _("%s: another computer is writing its backup there at this moment."), s->folder) : store_fail_errno(s, error);
	}
	return 0;
}

static const char for_people[] =
    "\nHier liegt die verschlüsselte Datensicherung eines Salons (Programm Kontor). Bitte nichts löschen, umbenennen oder ändern.\n"
    "\nZurückholen auf einem Rechner mit Kontor, mit den 20 Wörtern vom Wiederherstellungsblatt:\n"
    "    kontor restore --from DIESER_ORDNER --data NEUER_ORDNER\n"
    "\nOhne die 20 Wörter kann niemand diese Dateien lesen, auch nicht der Hersteller.\n";

int store_make(struct store *s)
{
	struct fresh f;
	s->fault = NULL;
	const char *folders[] = { s->root, arena_printf(s->arena, "%s/generations", s->root), arena_printf(s->arena, "%s/packs", s->root) };
	for (size_t i = 0; i < COUNT(folders); i++)
		if (mkdir(folders[i], 0755) != 0 && errno != EEXIST)
			return store_fail_errno(s, errno);
	unsigned char medium[8];
	randombytes_buf(medium, sizeof medium);
	s->medium = seal_hex(s->arena, medium, sizeof medium);
	char *text = arena_printf(s->arena, "kontor-backup 1 %s\nmedium %s\n%s", seal_hex(s->arena, sealer_shop(s->seal), SHOP_BYTES), s->medium, for_people);
	if (fresh_begin(s, arena_printf(s->arena, "%s/" MARK, s->root), &f) != 0)
		return -1;
	if (fresh_write(s, &f, text, strlen(text)) != 0) {
		fresh_drop(s, &f);
		return -1;
	}
	return fresh_end(s, &f) != 0 || store_sync_folder(s->folder) != 0 ? store_fail_errno(s, errno) : 0;
}

void store_sweep_folder(const char *path, const char *begin)
{
	DIR *dir = opendir(path);
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
		if (strncmp(e->d_name, begin, strlen(begin)) == 0)
			(void)unlinkat(dirfd(dir), e->d_name, 0);
	if (dir != NULL)
		closedir(dir);
}

void store_sweep(struct store *s)
{
	const char *begin = part_name(s);
	store_sweep_folder(s->root, begin);
	store_sweep_folder(arena_printf(s->arena, "%s/generations", s->root), begin);
	store_sweep_folder(arena_printf(s->arena, "%s/packs", s->root), begin);
}
