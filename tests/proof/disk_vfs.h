/* disk_vfs.h: a part of disk.h: what SQLite calls. */
#ifndef TESTS_DISK_VFS_H
#define TESTS_DISK_VFS_H
#include "disk.h"

struct disk_handle { struct sqlite3_file base; struct disk *disk; struct disk_file *file; int lock; unsigned shm_shared, shm_exclusive; bool aside; };

static struct disk *disks[DISK_FILES];

static inline struct disk_handle *disk_of(sqlite3_file *file) { return (struct disk_handle *)file; }

/* What somebody wants to happen before this call, or instead of it. */
static inline int disk_asked(struct disk *d, enum disk_op op)
{
	if (op <= DISK_DELETE) {
		d->ops++;
		if (d->before != NULL)
			d->before(d, op, d->about);
	}
	return d->fails != NULL ? d->fails(d, op, d->about) : SQLITE_OK;
}

static int disk_close(sqlite3_file *file)
{
	struct disk_handle *h = disk_of(file);
	h->file->opened--;
	if (h->aside)
		disk_file_end(h->file);
	return SQLITE_OK;
}

static int disk_read(sqlite3_file *file, void *to, int n, sqlite3_int64 at)
{
	struct disk_handle *h = disk_of(file);
	int rc = h->aside ? SQLITE_OK : disk_asked(h->disk, DISK_READ);
	if (rc != SQLITE_OK)
		return rc;
	int64_t there = h->file->now.size - at;
	if (there >= n) {
		memcpy(to, h->file->now.at + at, (size_t)n);
		return SQLITE_OK;
	}
	memset(to, 0, (size_t)n);
	if (there > 0)
		memcpy(to, h->file->now.at + at, (size_t)there);
	return SQLITE_IOERR_SHORT_READ;
}

static int disk_do_write(sqlite3_file *file, const void *from, int n, sqlite3_int64 at)
{
	struct disk_handle *h = disk_of(file);
	struct disk_write w = { .at = at, .n = (size_t)n, .bytes = (unsigned char *)(uintptr_t)from };
	int rc = h->aside ? SQLITE_OK : disk_asked(h->disk, DISK_WRITE);
	if (rc != SQLITE_OK)
		w.n /= 2;
	if (w.n > 0)
		disk_change(h->file, w);
	if (h->aside)
		disk_forget_pending(h->file);
	return rc;
}

static int disk_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	struct disk_handle *h = disk_of(file);
	int rc = h->aside ? SQLITE_OK : disk_asked(h->disk, DISK_TRUNCATE);
	if (rc == SQLITE_OK)
		disk_change(h->file, (struct disk_write){ .at = size, .size = size });
	return rc;
}

static int disk_do_sync(sqlite3_file *file, int flags)
{
	struct disk_handle *h = disk_of(file);
	(void)flags;
	int rc = h->aside ? SQLITE_OK : disk_asked(h->disk, DISK_SYNC);
	if (rc != SQLITE_OK && !h->aside)
		disk_forget_pending(h->file);                  /* as Linux does: no later sync writes it either */
	else if (!h->disk->lies)
		disk_sync(h->disk, h->file);
	return rc;
}

static int disk_size(sqlite3_file *file, sqlite3_int64 *size_r)
{
	*size_r = disk_of(file)->file->now.size;
	return SQLITE_OK;
}

/* SHARED by many; PENDING and EXCLUSIVE only for one, once no other has any. RESERVED is told apart from them by nobody here. */
static int disk_lock(sqlite3_file *file, int lock)
{
	struct disk_handle *h = disk_of(file);
	struct disk_file *f = h->file;
	if (lock <= h->lock)
		return SQLITE_OK;
	if (h->lock == SQLITE_LOCK_NONE) {
		if (f->exclusive)
			return SQLITE_BUSY;
		f->shared++;
		h->lock = SQLITE_LOCK_SHARED;
	}
	if (lock > SQLITE_LOCK_SHARED && h->lock == SQLITE_LOCK_SHARED) {
		if (f->exclusive || (lock == SQLITE_LOCK_EXCLUSIVE && f->shared > 1))
			return SQLITE_BUSY;
		f->exclusive = 1;
	}
	if (lock == SQLITE_LOCK_EXCLUSIVE && f->shared > 1)
		return SQLITE_BUSY;
	h->lock = lock;
	return SQLITE_OK;
}

static int disk_unlock(sqlite3_file *file, int lock)
{
	struct disk_handle *h = disk_of(file);
	if (h->lock > SQLITE_LOCK_SHARED && lock <= SQLITE_LOCK_SHARED)
		h->file->exclusive = 0;
	if (h->lock >= SQLITE_LOCK_SHARED && lock == SQLITE_LOCK_NONE)
		h->file->shared--;
	h->lock = lock < h->lock ? lock : h->lock;
	return SQLITE_OK;
}

static int disk_reserved(sqlite3_file *file, int *held_r)
{
	*held_r = disk_of(file)->file->exclusive;
	return SQLITE_OK;
}

static int disk_control(sqlite3_file *file, int what, void *value)
{
	(void)file;
	if (what != SQLITE_FCNTL_PERSIST_WAL)
		return SQLITE_NOTFOUND;
	*(int *)value = 1;
	return SQLITE_OK;
}

static int disk_sector_size(sqlite3_file *file) { (void)file; return DISK_SECTOR; }
static int disk_traits(sqlite3_file *file) { (void)file; return 0; }

static int disk_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at_r)
{
	struct disk_file *f = disk_of(file)->file;
	require(page < DISK_SHM_PAGES);
	if (f->shm[page] == NULL && extend)
		f->shm[page] = calloc(1, (size_t)size);
	*at_r = f->shm[page];
	return SQLITE_OK;
}

static int disk_shm_lock(sqlite3_file *file, int first, int n, int flags)
{
	struct disk_handle *h = disk_of(file);
	struct disk_file *f = h->file;
	for (int i = first; i < first + n; i++) {
		unsigned bit = 1u << (unsigned)i;
		bool mine = (flags & SQLITE_SHM_SHARED) ? h->shm_shared & bit : h->shm_exclusive & bit;
		if ((flags & SQLITE_SHM_LOCK) && !mine && (f->shm_exclusive[i] || ((flags & SQLITE_SHM_EXCLUSIVE) && f->shm_shared[i])))
			return SQLITE_BUSY;
	}
	for (int i = first; i < first + n; i++) {
		unsigned bit = 1u << (unsigned)i, *own = (flags & SQLITE_SHM_SHARED) ? &h->shm_shared : &h->shm_exclusive;
		int *all = (flags & SQLITE_SHM_SHARED) ? &f->shm_shared[i] : &f->shm_exclusive[i];
		bool locks = flags & SQLITE_SHM_LOCK;
		if (locks == ((*own & bit) != 0))
			continue;
		*all += locks ? 1 : -1;
		*own ^= bit;
	}
	return SQLITE_OK;
}

static void disk_shm_barrier(sqlite3_file *file) { (void)file; }

static int disk_shm_unmap(sqlite3_file *file, int delete)
{
	struct disk_handle *h = disk_of(file);
	(void)delete;
	(void)disk_shm_lock(file, 0, DISK_SHM_LOCKS, SQLITE_SHM_UNLOCK | SQLITE_SHM_SHARED);
	(void)disk_shm_lock(file, 0, DISK_SHM_LOCKS, SQLITE_SHM_UNLOCK | SQLITE_SHM_EXCLUSIVE);
	if (h->file->opened > 1)
		return SQLITE_OK;
	for (size_t i = 0; i < DISK_SHM_PAGES; i++) {
		free(h->file->shm[i]);
		h->file->shm[i] = NULL;
	}
	return SQLITE_OK;
}

/* ---- names ---- */

static inline struct disk *disk_at(const char *path)
{
	for (size_t i = 0; path != NULL && i < DISK_FILES && disks[i] != NULL; i++) {
		size_t n = strlen(disks[i]->folder);
		if (strncmp(path, disks[i]->folder, n) == 0 && path[n] == '/')
			return disks[i];
	}
	return NULL;
}

static inline struct disk_file *disk_find(struct disk *d, const char *path, bool make)
{
	const char *name = path + strlen(d->folder) + 1;
	struct disk_file *unused = NULL;
	for (size_t i = 0; i < DISK_FILES; i++) {
		struct disk_file *f = &d->files[i];
		if (strcmp(f->name, name) == 0 && (f->there || make))
			return f;
		if (f->name[0] == '\0' && unused == NULL)
			unused = f;
	}
	if (!make)
		return NULL;
	require(unused != NULL && strlen(name) < sizeof unused->name);
	memcpy(unused->name, name, strlen(name) + 1);
	return unused;
}

static int disk_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *flags_r)
{
	static const struct sqlite3_io_methods methods = {
		2, disk_close, disk_read, disk_do_write, disk_truncate, disk_do_sync, disk_size, disk_lock, disk_unlock, disk_reserved,
		disk_control, disk_sector_size, disk_traits, disk_shm_map, disk_shm_lock, disk_shm_barrier, disk_shm_unmap, NULL, NULL,
	};
	struct disk_handle *h = disk_of(file);
	struct disk *d = path != NULL ? disk_at(path) : disks[0];
	(void)vfs;
	*h = (struct disk_handle){ .disk = d, .aside = path == NULL };
	if (d == NULL)
		return SQLITE_CANTOPEN;
	int rc = path == NULL ? SQLITE_OK : disk_asked(d, DISK_OPEN);
	if (rc != SQLITE_OK)
		return rc;
	for (size_t i = 0; path == NULL && h->file == NULL && i < DISK_FILES; i++)
		if (d->aside[i].opened == 0)
			h->file = &d->aside[i];
	if (path != NULL)
		h->file = disk_find(d, path, flags & SQLITE_OPEN_CREATE);
	if (h->file == NULL)
		return SQLITE_CANTOPEN;
	h->file->there = true;
	h->file->gone_unsynced = false;
	h->file->opened++;
	h->base.pMethods = &methods;
	if (flags_r != NULL)
		*flags_r = flags;
	return SQLITE_OK;
}

static int disk_delete(sqlite3_vfs *vfs, const char *path, int sync)
{
	(void)vfs;
	struct disk *d = disk_at(path);
	struct disk_file *f = d != NULL ? disk_find(d, path, false) : NULL;
	if (f == NULL)
		return SQLITE_IOERR_DELETE_NOENT;
	int rc = disk_asked(d, DISK_DELETE);
	if (rc != SQLITE_OK)
		return rc;
	f->there = false;
	f->gone_unsynced = f->durable_name && !sync;
	f->durable_name = f->durable_name && !sync;
	disk_change(f, (struct disk_write){ 0 });
	if (!f->gone_unsynced)
		disk_sync_bytes(f);
	return SQLITE_OK;
}

static int disk_access(sqlite3_vfs *vfs, const char *path, int flags, int *there_r)
{
	(void)vfs; (void)flags;
	struct disk *d = disk_at(path);
	*there_r = d != NULL && disk_find(d, path, false) != NULL;
	return SQLITE_OK;
}

static int disk_full_name(sqlite3_vfs *vfs, const char *path, int room, char *to)
{
	(void)vfs;
	snprintf(to, (size_t)room, "%s", path);
	return SQLITE_OK;
}

static void disk_use(struct disk *d, const char *folder)
{
	static sqlite3_vfs vfs;
	size_t i = 0;
	if (vfs.zName == NULL) {
		sqlite3_vfs *system = sqlite3_vfs_find(NULL);
		vfs = *system;
		vfs.zName = "disk of a proof";
		vfs.iVersion = 2;
		vfs.szOsFile = sizeof(struct disk_handle);
		vfs.xOpen = disk_open;
		vfs.xDelete = disk_delete;
		vfs.xAccess = disk_access;
		vfs.xFullPathname = disk_full_name;
		require(sqlite3_vfs_register(&vfs, 1) == SQLITE_OK);
	}
	snprintf(d->folder, sizeof d->folder, "%s", folder);
	while (disks[i] != NULL && disks[i] != d)
		require(++i < DISK_FILES);
	disks[i] = d;
}
#endif
