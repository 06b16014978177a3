#include "backup/restore_write.h"
#include "backup/pack.h"
#include "backup/snapshot_write.h"
#include "base/lang.h"
#include "db/check_write.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct wanted { int64_t pack, slot, page; };

static int by_place(const void *x, const void *y)
{
	const struct wanted *a = x, *b = y;
	if (a->pack != b->pack)
		return a->pack < b->pack ? -1 : 1;
	return (a->slot > b->slot) - (a->slot < b->slot);
}

/* Every page with the place where it lies, in the order of the places: each group is opened once. */
static struct wanted *wanted_of(struct arena *a, const struct manifest *m)
{
	struct wanted *all = arena_buffer(a, sizeof *all * ((size_t)m->npages + 1));
	size_t n = 0;
	for (size_t i = 0; i < m->runs.n; i++)
		for (int64_t k = 0; k < m->runs.at[i].count; k++)
			all[n++] = (struct wanted){ m->runs.at[i].pack, m->runs.at[i].slot + k, m->runs.at[i].page + k };
	qsort(all, n, sizeof *all, by_place);
	all[n] = (struct wanted){ -1, -1, -1 };
	return all;
}

static int from_pack(struct store *s, struct pack *p, const struct wanted **next, int file)
{
	int64_t number = (*next)->pack;
	unsigned char *pages = arena_buffer(s->arena, pack_group_room(p->page_size));
	for (int64_t g = 0; g < p->ngroups; g++) {
		int64_t end = p->groups[g].first + p->groups[g].pages;
		if ((*next)->pack != number || (*next)->slot >= end)
			continue;
		if (pack_group_read(s, p, g, pages) != 0)
			return -1;
		for (; (*next)->pack == number && (*next)->slot < end; ++*next) {
			const unsigned char *page = pages + ((*next)->slot - p->groups[g].first) * p->page_size;
			if (pwrite(file, page, (size_t)p->page_size, ((*next)->page - 1) * p->page_size) != p->page_size)
				return store_fail(s, _("The new folder can't be written to: %s."), strerror(errno));
		}
	}
	return 0;
}

static int fill(struct store *s, const struct manifest *m, int file)
{
	const struct wanted *next = wanted_of(s->arena, m);
	int rc = 0;
	while (rc == 0 && next->pack >= 0) {
		struct pack p;
		if (pack_open(s, &m->packs.at[next->pack], &p) != 0)
			return -1;
		rc = p.page_size == m->page_size ? from_pack(s, &p, &next, file) : store_fail(s, _("Backup %lld is damaged: its parts don't fit together."), (long long)m->number);
		pack_close(&p);
	}
	return rc;
}

static int same_hash(struct store *s, const struct manifest *m, int file)
{
	unsigned char hash[HASH_SIZE];
	if (snapshot_hash(file, hash) != 0)
		return store_fail(s, _("The new folder can't be read: %s."), strerror(errno));
	return memcmp(hash, m->file, sizeof hash) == 0 ? 0 : store_fail(s, _("Backup %lld is damaged: its parts don't fit together."), (long long)m->number);
}

int restore_database(struct store *s, const struct manifest *m, const char *path)
{
	int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0)
		return store_fail(s, _("The new folder can't be written to: %s."), strerror(errno));
	int rc = fill(s, m, file);
	if (rc == 0)
		rc = same_hash(s, m, file);
	if (rc == 0 && fsync(file) != 0)
		rc = store_fail(s, _("The new folder can't be written to: %s."), strerror(errno));
	if (close(file) != 0 && rc == 0)
		rc = store_fail(s, _("The new folder can't be written to: %s."), strerror(errno));
	if (rc != 0)
		(void)unlink(path);
	return rc;
}

int restore_around(struct store *s, instant moment, struct manifest *before_r, struct manifest *after_r)
{
	struct generations all;
	*before_r = *after_r = (struct manifest){ 0 };
	if (store_generations(s, &all) != 0)
		return -1;
	for (size_t i = all.n; i-- > 0;) {
		struct manifest m;
		if (manifest_read(s, all.at[i].number, &m) != 0) {
			store_warn(s, s->fault);
			s->fault = NULL;
			continue;
		}
		*(m.head_at.s <= moment.s ? before_r : after_r) = m;
		if (before_r->number != 0)
			break;
	}
	return before_r->number == 0 && after_r->number == 0 ? store_fail(s, _("%s holds no backup that can be read."), s->folder) : 0;
}

static int checked(struct store *s, const char *dir)
{
	struct out faults = { .arena = s->arena };
	int n = check_data_folder(dir, &faults);
	if (n == 0)
		return 0;
	return store_fail(s, _("What was brought back has faults: %s"), faults.s ? faults.s : _("it can't be read."));
}

static int told(struct store *s, const char *dir, struct restored *r)
{
	struct snapshot head = { .file = -1 };
	struct arena *a = arena_new();
	struct db *db = db_open(a, db_path(a, dir));
	int rc = -1;
	if (db != NULL) {
		db_use(db, a);
		rc = snapshot_head(db, &head);
		db_close(db);
	}
	arena_free(a);
	r->head = head.head;
	r->head_at = head.head_at;
	return rc == 0 ? 0 : store_fail(s, _("What was brought back has faults: %s"), _("it can't be read."));
}

static void sweep(struct store *s, const char *dir, const char *name)
{
	static const char *const ends[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < COUNT(ends); i++)
		(void)unlink(arena_printf(s->arena, "%s/%s%s", dir, name, ends[i]));
}

int restore_generation(struct store *s, int64_t number, const char *dir, struct restored *r)
{
	struct manifest m;
	*r = (struct restored){ .number = number };
	if (manifest_read(s, number, &m) != 0 || restore_database(s, &m, arena_printf(s->arena, "%s/kontor.db", dir)) != 0)
		return -1;
	if (checked(s, dir) != 0 || told(s, dir, r) != 0 ||
	    (r->head != m.head && store_fail(s, _("Backup %lld is damaged: its parts don't fit together."), (long long)number) != 0)) {
		sweep(s, dir, "kontor.db");
		return -1;
	}
	return 0;
}

static int go_on(struct store *s, const struct manifest *after, instant moment, const char *dir)
{
	struct out faults = { .arena = s->arena };
	char *later = arena_printf(s->arena, "%s/later.db", dir);
	if (restore_database(s, after, later) != 0)
		return -1;
	int n = journal_replay_on(dir, later, moment, &faults);
	sweep(s, dir, "later.db");
	return n == 0 ? 0 : store_fail(s, _("The changes up to that moment could not be replayed: %s"), faults.s ? faults.s : _("it can't be read."));
}

int restore_moment(struct store *s, instant moment, const char *dir, struct restored *r)
{
	struct manifest before, after;
	if (restore_around(s, moment, &before, &after) != 0)
		return -1;
	*r = (struct restored){ .number = before.number, .later = after.number };
	int rc = before.number != 0 ? restore_database(s, &before, arena_printf(s->arena, "%s/kontor.db", dir)) : 0;
	if (rc == 0 && after.number != 0)
		rc = go_on(s, &after, moment, dir);
	if (rc == 0 && (checked(s, dir) != 0 || told(s, dir, r) != 0))
		rc = -1;
	if (rc != 0)
		sweep(s, dir, "kontor.db");
	return rc;
}
