#include "backup/aside_write.h"
#include "backup/pack.h"
#include "base/lang.h"
#include <stdio.h>
#include <string.h>

struct judged { struct { unsigned char id[16]; bool whole; } *at; size_t n, cap; };

static bool pack_good(struct store *s, struct judged *all, const struct manifest_pack *known)
{
	struct pack p;
	for (size_t i = 0; i < all->n; i++)
		if (memcmp(all->at[i].id, known->id, sizeof known->id) == 0)
			return all->at[i].whole;
	bool opened = pack_open(s, known, &p) == 0, whole = opened && pack_whole(s, &p);
	if (opened)
		pack_close(&p);
	(void)arena_push(s->arena, all);
	memcpy(all->at[all->n - 1].id, known->id, sizeof known->id);
	all->at[all->n - 1].whole = whole;
	return whole;
}

static bool good(struct store *s, struct judged *all, int64_t number)
{
	struct manifest m;
	if (manifest_read(s, number, &m) != 0)
		return false;
	for (size_t i = 0; i < m.packs.n; i++)
		if (!pack_good(s, all, &m.packs.at[i]))
			return false;
	return true;
}

void set_aside(struct store *s, int64_t newest)
{
	struct store quiet = { .arena = s->arena, .folder = s->folder, .root = s->root, .seal = s->seal };
	struct generations all;
	struct judged judged = { 0 };
	int n = 0;
	if (store_generations(&quiet, &all) != 0)
		return;
	for (size_t i = 0; i < all.n; i++) {
		const char *path = store_generation_path(s, all.at[i].number);
		if (all.at[i].number != newest && !good(&quiet, &judged, all.at[i].number))
			n += rename(path, arena_printf(s->arena, "%s.damaged", path)) == 0;
	}
	if (n == 0)
		return;
	(void)store_sync_folder(arena_printf(s->arena, "%s/generations", s->root));
	s->warning = arena_printf(s->arena, P_("%s: %d older backup was damaged and set aside; the newest is whole.",
	    "%s: %d older backups were damaged and set aside; the newest is whole.", n), s->folder, n);
}
