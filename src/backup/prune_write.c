#include "backup/prune_write.h"
#include "base/lang.h"
#include "rules/keep.h"
#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct ids { struct id { unsigned char b[16]; } *at; size_t n, cap; };

static int by_bytes(const void *a, const void *b) { return memcmp(a, b, sizeof(struct id)); }

/* -1: one of the lists can't be read, so nobody knows what it needs. */
static int needed(struct store *s, const struct generations *all, struct ids *ids)
{
	for (size_t i = 0; i < all->n; i++) {
		struct manifest m;
		if (manifest_read(s, all->at[i].number, &m) != 0) {
			s->fault = NULL;
			return -1;
		}
		for (size_t p = 0; p < m.packs.n; p++)
			memcpy(arena_push(s->arena, ids)->b, m.packs.at[p].id, sizeof(struct id));
	}
	if (ids->n > 0)
		qsort(ids->at, ids->n, sizeof *ids->at, by_bytes);
	return 0;
}

static void throw_packs(struct store *s, const struct ids *ids, instant newest)
{
	DIR *dir = opendir(arena_printf(s->arena, "%s/packs", s->root));
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;) {
		struct id id;
		struct stat st;
		char hex[33] = { 0 };
		if (strlen(e->d_name) != 32 + strlen(".kontor") || strcmp(e->d_name + 32, ".kontor") != 0)
			continue;
		memcpy(hex, e->d_name, 32);
		if (!seal_unhex(hex, id.b, sizeof id.b) || (ids->n > 0 && bsearch(&id, ids->at, ids->n, sizeof id, by_bytes) != NULL))
			continue;
		if (fstatat(dirfd(dir), e->d_name, &st, 0) == 0 && newest.s - st.st_mtim.tv_sec > PRUNE_AGE)
			(void)unlinkat(dirfd(dir), e->d_name, 0);
	}
	if (dir != NULL)
		closedir(dir);
}

static size_t doomed(struct store *s, const struct generations *all, bool *keep)
{
	instant *arrived = arena_array(s->arena, instant, all->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		arrived[i] = all->at[i].arrived;
	keep_generations(arrived, all->n, keep);
	for (size_t i = 0; i < all->n; i++)
		n += !keep[i];
	return n;
}

static void throw_away(struct store *s, struct generations *all, const bool *keep, struct made *made)
{
	size_t left = 0;
	for (size_t i = 0; i < all->n; i++) {
		if (!keep[i] && unlink(store_generation_path(s, all->at[i].number)) == 0)
			made->thrown++;
		else
			all->at[left++] = all->at[i];
	}
	all->n = left;
	(void)store_sync_folder(arena_printf(s->arena, "%s/generations", s->root));
}

void prune(struct store *s, struct made *made)
{
	struct generations all;
	struct ids ids = { 0 };
	if (store_generations(s, &all) != 0) {
		s->fault = NULL;
		return;
	}
	bool *keep = arena_array(s->arena, bool, all.n + 1);
	size_t n = doomed(s, &all, keep);
	if (n > PRUNE_MOST)
		store_warn(s, arena_printf(s->arena, _("%s: %d backups seem to have arrived at once (was the folder copied?). None is thrown away."), s->folder, (int)n));
	else if (n > 0)
		throw_away(s, &all, keep, made);
	if (made->thrown > 0 && needed(s, &all, &ids) == 0)
		throw_packs(s, &ids, all.at[all.n - 1].arrived);
	made->generations = (int64_t)all.n;
	made->bytes = store_bytes(s);
}
