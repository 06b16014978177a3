/* disk.h: a disk of its own for proofs: files in memory behind SQLite's VFS, with a cache that forgets when the power goes.
 *   - What was written since a file's last sync is pending. After a cut each sector of 512 bytes holds what it held before or
 *     after any of the pending writes, whatever its neighbours hold; the file has any of the sizes it had since.
 *   - A file that was never synced may be gone; a deleted one is back unless the folder was synced with it.
 * Files lie in folders by the folder's path; several disks may be in use at once, each for one folder. Nameless files
 * (SQLite's own, forgotten anyway) are kept aside. For one thread. Header of a test, so that each has its own copy. */
#ifndef TESTS_DISK_H
#define TESTS_DISK_H
#include "base/values.h"
#include <sqlite3.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DISK_FILES = 8, DISK_SECTOR = 512, DISK_SHM_PAGES = 16, DISK_SHM_LOCKS = 8 };

/* bytes NULL: the file was cut to `size`. */
struct disk_write { int64_t at; size_t n; unsigned char *bytes; int64_t size; };
struct disk_bytes { unsigned char *at; int64_t size, room; };
struct disk_file {
	char name[48];
	bool there, durable_name, gone_unsynced;           /* gone_unsynced: deleted, but not yet in the folder on the disk */
	struct disk_bytes now, durable;
	struct disk_write *pending; size_t npending, room;
	int opened, shared, exclusive;                     /* who holds the file's locks: a count, and 0 or 1 */
	void *shm[DISK_SHM_PAGES]; int shm_shared[DISK_SHM_LOCKS], shm_exclusive[DISK_SHM_LOCKS];
};

enum disk_op { DISK_WRITE, DISK_SYNC, DISK_TRUNCATE, DISK_DELETE, DISK_READ, DISK_OPEN };
struct disk {
	char folder[64];
	struct disk_file files[DISK_FILES], aside[DISK_FILES];
	uint64_t ops;                                      /* so many calls that change something came until now */
	bool lies;                                         /* a sync says yes and does nothing */
	/* Before each call that changes something; NULL: nobody asks. */
	void (*before)(struct disk *, enum disk_op, void *about); void *about;
	/* The rc of this call instead of doing it; SQLITE_OK: it is done. Of a write that fails, the first half may be done. */
	int (*fails)(struct disk *, enum disk_op, void *about);
};

/* Makes it the disk of all databases in this folder from now on (the first one registers the VFS as SQLite's default). */
static void disk_use(struct disk *, const char *folder);
/* What is found when the power comes back, by this seed. The new disk is the caller's. */
static void disk_after_cut(const struct disk *, uint64_t seed, struct disk *after_r);
static void disk_empty(struct disk *);

/* ---- bytes ---- */

static inline void disk_bytes_size(struct disk_bytes *b, int64_t size)
{
	if (size > b->room) {
		b->room = size > b->room * 2 ? size : b->room * 2;
		b->at = realloc(b->at, (size_t)b->room);
		require(b->at != NULL);
	}
	if (size > b->size)
		memset(b->at + b->size, 0, (size_t)(size - b->size));
	b->size = size;
}

static inline void disk_bytes_put(struct disk_bytes *b, const struct disk_write *w)
{
	if (w->bytes == NULL) {
		disk_bytes_size(b, w->size);
		return;
	}
	if (w->at + (int64_t)w->n > b->size)
		disk_bytes_size(b, w->at + (int64_t)w->n);
	memcpy(b->at + w->at, w->bytes, w->n);
}

static inline void disk_forget_pending(struct disk_file *f)
{
	for (size_t i = 0; i < f->npending; i++)
		free(f->pending[i].bytes);
	f->npending = 0;
}

static inline void disk_file_end(struct disk_file *f)
{
	disk_forget_pending(f);
	free(f->pending);
	free(f->now.at);
	free(f->durable.at);
	for (size_t i = 0; i < DISK_SHM_PAGES; i++)
		free(f->shm[i]);
	*f = (struct disk_file){ 0 };
}

static void disk_empty(struct disk *d)
{
	for (size_t i = 0; i < DISK_FILES; i++) {
		disk_file_end(&d->files[i]);
		disk_file_end(&d->aside[i]);
	}
}

static inline void disk_change(struct disk_file *f, struct disk_write w)
{
	disk_bytes_put(&f->now, &w);
	w.size = f->now.size;
	if (f->npending == f->room) {
		f->room = f->room ? f->room * 2 : 64;
		f->pending = realloc(f->pending, f->room * sizeof *f->pending);
		require(f->pending != NULL);
	}
	if (w.bytes != NULL) {
		unsigned char *own = malloc(w.n + 1);
		require(own != NULL);
		w.bytes = memcpy(own, w.bytes, w.n);
	}
	f->pending[f->npending++] = w;
}

static inline void disk_sync_bytes(struct disk_file *f)
{
	for (size_t i = 0; i < f->npending; i++)
		disk_bytes_put(&f->durable, &f->pending[i]);
	disk_forget_pending(f);
}

/* With a file's first sync SQLite syncs the folder too: what was deleted before is gone for good. */
static inline void disk_sync(struct disk *d, struct disk_file *f)
{
	disk_sync_bytes(f);
	for (size_t i = 0; !f->durable_name && i < DISK_FILES; i++)
		if (!d->files[i].there && d->files[i].gone_unsynced) {
			d->files[i].gone_unsynced = d->files[i].durable_name = false;
			disk_sync_bytes(&d->files[i]);
		}
	f->durable_name = true;
}

/* ---- the cut ---- */

static inline uint64_t disk_random(uint64_t *seed)
{
	uint64_t z = *seed += 0x9e3779b97f4a7c15u;
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9u;
	z = (z ^ z >> 27) * 0x94d049bb133111ebu;
	return z ^ z >> 31;
}

/* This sector holds what the first `upto` pending writes left of it. */
static inline void disk_sector(const struct disk_file *f, int64_t sector, size_t upto, struct disk_bytes *b)
{
	int64_t from = sector * DISK_SECTOR, to = from + DISK_SECTOR < b->size ? from + DISK_SECTOR : b->size;
	for (size_t i = 0; i < upto; i++) {
		const struct disk_write *w = &f->pending[i];
		int64_t first = w->at > from ? w->at : from, last = w->at + (int64_t)w->n < to ? w->at + (int64_t)w->n : to;
		if (w->bytes != NULL && first < last)
			memcpy(b->at + first, w->bytes + (first - w->at), (size_t)(last - first));
	}
}

/* Calm seeds: everything pending is there, or nothing; the others mix sector by sector. */
static inline void disk_mix(const struct disk_file *f, uint64_t *seed, struct disk_bytes *b)
{
	uint64_t kind = disk_random(seed) % 8;
	size_t n = f->npending;
	int64_t sizes_from = n == 0 || disk_random(seed) % (n + 1) == 0 ? f->durable.size : f->pending[disk_random(seed) % n].size;
	disk_bytes_size(b, 0);
	disk_bytes_size(b, kind == 0 ? f->durable.size : kind == 1 ? f->now.size : sizes_from);
	memcpy(b->at, f->durable.at, (size_t)(b->size < f->durable.size ? b->size : f->durable.size));
	for (int64_t sector = 0; n > 0 && kind != 0 && sector * DISK_SECTOR < b->size; sector++)
		disk_sector(f, sector, kind == 1 ? n : disk_random(seed) % (n + 1), b);
}

static void disk_after_cut(const struct disk *d, uint64_t seed, struct disk *after)
{
	disk_empty(after);
	for (size_t i = 0; i < DISK_FILES; i++) {
		const struct disk_file *f = &d->files[i];
		bool there = f->there ? f->durable_name || disk_random(&seed) % 2 : f->gone_unsynced && disk_random(&seed) % 2;
		if (!there || (f->now.at == NULL && f->durable.at == NULL && f->npending == 0))
			continue;
		struct disk_file *copy = &after->files[i];
		memcpy(copy->name, f->name, sizeof copy->name);
		copy->there = copy->durable_name = true;
		disk_mix(f, &seed, &copy->now);
		disk_bytes_size(&copy->durable, copy->now.size);
		if (copy->now.size > 0)
			memcpy(copy->durable.at, copy->now.at, (size_t)copy->now.size);
	}
}
#endif
