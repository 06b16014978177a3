#include "backup/make_write.h"
#include "backup/aside_write.h"
#include "backup/known_write.h"
#include "backup/pack_write.h"
#include "backup/prune_write.h"
#include "base/lang.h"
#include <errno.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The newest generation that can be read; number 0 = there is none. What is damaged before it is warned of. */
static int newest(struct store *s, const struct generations *all, struct manifest *m)
{
	*m = (struct manifest){ 0 };
	for (size_t i = all->n; i-- > 0;) {
		if (manifest_read(s, all->at[i].number, m) == 0)
			return 0;
		store_warn(s, s->fault);
		s->fault = NULL;
		*m = (struct manifest){ 0 };
	}
	return 0;
}

/* The same computer as the newest backup, but a book that does not go on from it: somebody put an old file back. */
static int check_past(struct store *s, struct snapshot *snap, const struct manifest *m, const unsigned char lineage[LINEAGE_BYTES])
{
	if (m->number == 0 || memcmp(m->lineage, lineage, LINEAGE_BYTES) != 0 || snapshot_goes_on(snap, m->head, m->head_hash))
		return 0;
	return store_fail(s, _("The book on this computer is older than backup %lld, or another one: it does not go on from it. Was an old file put back? "
	    "“kontor restore” brings back the newest state; nothing was written over."), (long long)m->number);
}

static bool whole(struct store *s, const struct manifest *m)
{
	for (size_t i = 0; i < m->packs.n; i++) {
		struct stat st;
		if (stat(store_pack_path(s, m->packs.at[i].id), &st) != 0 || st.st_size != m->packs.at[i].bytes)
			return false;
	}
	return true;
}

static void add_run(struct store *s, struct manifest *m, int64_t page, int64_t pack, int64_t slot)
{
	struct manifest_run *last = m->runs.n > 0 ? &m->runs.at[m->runs.n - 1] : NULL;
	if (last != NULL && last->pack == pack && last->slot + last->count == slot)
		last->count++;
	else
		*arena_push(s->arena, &m->runs) = (struct manifest_run){ page, 1, pack, slot };
}

enum { FRESH_PACK = -1 };

/* Every page: where it lies already, else into the new pack. Runs of the new pack say FRESH_PACK until its place is known. */
static int place_pages(struct store *s, struct snapshot *snap, struct known *known, struct pack_out *out, struct manifest *m)
{
	unsigned char *page = arena_buffer(s->arena, (size_t)snap->page_size);
	for (int64_t i = 0; i < snap->npages; i++) {
		struct known_place *place = known_find(known, snap->names[i]);
		if (place == NULL) {
			if (pread(snap->file, page, (size_t)snap->page_size, i * snap->page_size) != snap->page_size)
				return store_fail(s, _("The copy of the database could not be read: %s."), strerror(errno));
			place = known_add(known, snap->names[i], FRESH_PACK, out->npages);
			if (pack_out_add(s, out, page, snap->names[i]) != 0)
				return -1;
		}
		add_run(s, m, i + 1, place->pack, place->slot);
	}
	return 0;
}

/* Only packs that are needed, in the order of their first use. */
static void name_packs(struct store *s, const struct known *known, const struct manifest_pack *fresh, struct manifest *m)
{
	int64_t *to = arena_array(s->arena, int64_t, known->npacks + 1);
	for (size_t i = 0; i < m->runs.n; i++) {
		int64_t from = m->runs.at[i].pack, at = from == FRESH_PACK ? (int64_t)known->npacks : from;
		if (to[at] == 0) {
			*arena_push(s->arena, &m->packs) = from == FRESH_PACK ? *fresh : known->packs[from].is;
			to[at] = (int64_t)m->packs.n;
		}
		m->runs.at[i].pack = to[at] - 1;
	}
}

static int write_manifest(struct store *s, const struct manifest *m, struct made *made)
{
	struct fresh f;
	size_t n;
	unsigned char *bytes = manifest_seal(s, m, &n);
	if (fresh_begin(s, store_generation_path(s, m->number), &f) != 0)
		return -1;
	if (fresh_write(s, &f, bytes, n) != 0) {
		fresh_drop(s, &f);
		return -1;
	}
	made->new_bytes += (int64_t)n;
	return fresh_end(s, &f);
}

static int write_pages(struct store *s, struct snapshot *snap, struct known *known, struct manifest *m, struct made *made)
{
	struct pack_out out;
	struct manifest_pack fresh = { .bytes = 0 };
	if (pack_out_begin(s, snap->page_size, &out) != 0)
		return -1;
	if (place_pages(s, snap, known, &out, m) != 0) {
		pack_out_drop(s, &out);
		return -1;
	}
	if (out.npages == 0)
		pack_out_drop(s, &out);
	else if (pack_out_end(s, &out, &fresh) != 0)
		return -1;
	made->new_pages = out.npages;
	made->new_bytes = fresh.bytes;
	name_packs(s, known, &fresh, m);
	return 0;
}

static int write_generation(struct store *s, struct snapshot *snap, const struct manifest *last, struct manifest *m, struct made *made)
{
	struct known known;
	known_load(s, last, snap, &known);
	int rc = write_pages(s, snap, &known, m, made);
	known_free(&known);
	return rc == 0 ? write_manifest(s, m, made) : -1;
}

int backup_make(struct store *s, struct snapshot *snap, const unsigned char lineage[LINEAGE_BYTES], instant now, struct made *made)
{
	struct generations all;
	struct manifest last;
	*made = (struct made){ 0 };
	store_sweep(s);
	if (store_generations(s, &all) != 0 || newest(s, &all, &last) != 0 || check_past(s, snap, &last, lineage) != 0)
		return -1;
	int64_t highest = all.n > 0 ? all.at[all.n - 1].number : 0;
	made->number = last.number;
	made->unchanged = !s->distrust && last.number == highest && highest > 0 && memcmp(last.file, snap->hash, HASH_SIZE) == 0 &&
	    memcmp(last.lineage, lineage, LINEAGE_BYTES) == 0 && whole(s, &last);
	if (!made->unchanged) {
		struct manifest m = { .number = highest + 1, .made = now, .head = snap->head, .head_at = snap->head_at, .page_size = snap->page_size,
		    .npages = snap->npages };
		memcpy(m.lineage, lineage, LINEAGE_BYTES);
		memcpy(m.head_hash, snap->head_hash, HASH_SIZE);
		memcpy(m.file, snap->hash, HASH_SIZE);
		memcpy(m.counts, snap->counts, sizeof m.counts);
		if (write_generation(s, snap, &last, &m, made) != 0)
			return -1;
		made->number = m.number;
	}
	if (s->distrust)
		set_aside(s, made->number);
	prune(s, made);
	return 0;
}
