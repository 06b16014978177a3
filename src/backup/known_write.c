#include "backup/known_write.h"
#include <string.h>

static size_t slot_of(const struct known *k, const unsigned char *name)
{
	uint64_t hash;
	memcpy(&hash, name, sizeof hash);
	size_t at = (size_t)hash & (k->cap - 1);
	while (k->at[at].name != NULL && memcmp(k->at[at].name, name, PIECE_BYTES) != 0)
		at = (at + 1) & (k->cap - 1);
	return at;
}

struct known_place *known_find(struct known *k, const unsigned char name[PIECE_BYTES])
{
	struct known_place *p = &k->at[slot_of(k, name)];
	return p->name == NULL || (p->pack >= 0 && k->packs[p->pack].left_out) ? NULL : p;
}

struct known_place *known_add(struct known *k, const unsigned char *name, int64_t pack, int64_t slot)
{
	struct known_place *p = &k->at[slot_of(k, name)];
	*p = (struct known_place){ name, pack, slot };
	return p;
}

/* The names outlive the pack: they lie in the store's arena. */
static void load_pack(struct store *s, struct known *k, int64_t number)
{
	struct pack p;
	struct store quiet = { .arena = s->arena, .folder = s->folder, .root = s->root, .seal = s->seal };
	bool opened = pack_open(&quiet, &k->packs[number].is, &p) == 0;
	if (!opened || (s->distrust && !pack_whole(&quiet, &p))) {
		store_warn(s, quiet.fault);
		k->packs[number].left_out = true;
		if (opened)
			pack_close(&p);
		return;
	}
	for (int64_t i = 0; i < p.npages; i++)
		known_add(k, p.names[i], number, i);
	pack_close(&p);
}

static void leave_out(struct known *k, const struct snapshot *snap)
{
	for (int64_t i = 0; i < snap->npages; i++) {
		struct known_place *p = known_find(k, snap->names[i]);
		if (p != NULL)
			k->packs[p->pack].used++;
	}
	for (size_t i = 0; i < k->npacks; i++)
		if (k->packs[i].used * KNOWN_SPARSE < k->packs[i].is.pages || (k->npacks > KNOWN_PACKS && k->packs[i].used < KNOWN_SMALL))
			k->packs[i].left_out = true;
}

void known_load(struct store *s, const struct manifest *last, const struct snapshot *snap, struct known *k)
{
	int64_t pages = snap->npages;
	*k = (struct known){ .arena = arena_new(), .npacks = last->page_size == snap->page_size ? last->packs.n : 0 };
	k->packs = arena_array(k->arena, struct known_pack, k->npacks + 1);
	for (size_t i = 0; i < k->npacks; i++) {
		k->packs[i].is = last->packs.at[i];
		pages += last->packs.at[i].pages;
	}
	for (k->cap = 1024; (int64_t)k->cap < 2 * pages;)
		k->cap *= 2;
	k->at = arena_array(k->arena, struct known_place, k->cap);
	for (size_t i = 0; i < k->npacks; i++)
		load_pack(s, k, (int64_t)i);
	leave_out(k, snap);
}

void known_free(struct known *k) { arena_free(k->arena); }
