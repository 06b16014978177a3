#include "backup/manifest.h"
#include "base/lang.h"
#include "base/out.h"
#include <stdlib.h>
#include <string.h>

#define MAGIC "KONTORM1"
#define TYPE "backup/1"
enum { TEXT_MOST = 32 << 20, MAGIC_BYTES = 8 };

static char *about(const struct store *s, int64_t number) { return arena_printf(s->arena, "manifest/1 %lld", (long long)number); }

static void write_text(const struct store *s, const struct manifest *m, struct out *o)
{
	struct arena *a = s->arena;
	out_raw(o, arena_printf(a, "kontor-backup 1\nshop %s\nnumber %lld\nlineage %s\nmade %lld\n", seal_hex(a, sealer_shop(s->seal), SHOP_BYTES),
	    (long long)m->number, seal_hex(a, m->lineage, LINEAGE_BYTES), (long long)m->made.s));
	out_raw(o, arena_printf(a, "head %lld %s\nhead-at %lld\n", (long long)m->head, seal_hex(a, m->head_hash, HASH_SIZE), (long long)m->head_at.s));
	out_raw(o, arena_printf(a, "page-size %lld\npages %lld\nfile %s\n", (long long)m->page_size, (long long)m->npages, seal_hex(a, m->file, HASH_SIZE)));
	out_raw(o, arena_printf(a, "count %lld %lld %lld\n", (long long)m->counts[0], (long long)m->counts[1], (long long)m->counts[2]));
	for (size_t i = 0; i < m->packs.n; i++)
		out_raw(o, arena_printf(a, "pack %s %lld %lld\n", seal_hex(a, m->packs.at[i].id, 16), (long long)m->packs.at[i].bytes, (long long)m->packs.at[i].pages));
	for (size_t i = 0; i < m->runs.n; i++) {
		const struct manifest_run *r = &m->runs.at[i];
		out_raw(o, arena_printf(a, "run %lld %lld %lld %lld\n", (long long)r->page, (long long)r->count, (long long)r->pack, (long long)r->slot));
	}
}

unsigned char *manifest_seal(struct store *s, const struct manifest *m, size_t *size_r)
{
	struct out o = { .arena = s->arena };
	unsigned char sig[SIGNATURE_BYTES];
	write_text(s, m, &o);
	seal_sign(s->seal, s->arena, TYPE, o.s, o.len, sig);
	out_raw(&o, arena_printf(s->arena, "sig %s\n", seal_hex(s->arena, sig, sizeof sig)));
	unsigned char *file = arena_buffer(s->arena, MAGIC_BYTES + seal_most(o.len));
	memcpy(file, MAGIC, MAGIC_BYTES);
	*size_r = MAGIC_BYTES + seal_close(s->seal, about(s, m->number), o.s, o.len, file + MAGIC_BYTES);
	return file;
}

/* ---- reading, strictly ---- */

struct lines { char *at; bool bad; };

/* What stands behind this key, NULL if the next line has another one. */
static char *value(struct lines *l, const char *key)
{
	size_t n = strlen(key);
	char *end = strchr(l->at, '\n');
	if (end == NULL || strncmp(l->at, key, n) != 0 || l->at[n] != ' ')
		return NULL;
	char *begin = l->at + n + 1;
	*end = '\0';
	l->at = end + 1;
	return begin;
}

static const char *must(struct lines *l, const char *key)
{
	const char *v = value(l, key);
	l->bad |= v == NULL;
	return v ? v : "";
}

static int64_t number(struct lines *l, const char **text)
{
	size_t n = strspn(*text, "0123456789");
	char *end = NULL;
	int64_t v = n > 0 && n < 19 && (**text != '0' || n == 1) ? strtoll(*text, &end, 10) : 0;
	if (end == NULL || (*end != ' ' && *end != '\0')) {
		l->bad = true;
		return 0;
	}
	*text = *end == ' ' ? end + 1 : end;
	return v;
}

static int64_t one(struct lines *l, const char *key)
{
	const char *text = must(l, key);
	return number(l, &text);
}

static void hex(struct lines *l, const char *text, void *to, size_t n) { l->bad |= !seal_unhex(text, to, n); }

static void read_head(struct lines *l, struct manifest *m, unsigned char shop_r[SHOP_BYTES])
{
	l->bad |= strcmp(must(l, "kontor-backup"), "1") != 0;
	hex(l, must(l, "shop"), shop_r, SHOP_BYTES);
	m->number = one(l, "number");
	hex(l, must(l, "lineage"), m->lineage, LINEAGE_BYTES);
	m->made.s = one(l, "made");
	const char *head = must(l, "head");
	m->head = number(l, &head);
	hex(l, head, m->head_hash, HASH_SIZE);
	m->head_at.s = one(l, "head-at");
	m->page_size = one(l, "page-size");
	m->npages = one(l, "pages");
	hex(l, must(l, "file"), m->file, HASH_SIZE);
	const char *counts = must(l, "count");
	for (int i = 0; i < COUNTS; i++)
		m->counts[i] = number(l, &counts);
}

static void read_places(struct arena *a, struct lines *l, struct manifest *m)
{
	int64_t page = 1;
	for (char *v; !l->bad && (v = value(l, "pack")) != NULL;) {
		struct manifest_pack *p = arena_push(a, &m->packs);
		const char *rest = strchr(v, ' ');
		l->bad |= rest == NULL;
		if (l->bad)
			return;
		rest++;
		v[rest - v - 1] = '\0';
		hex(l, v, p->id, sizeof p->id);
		p->bytes = number(l, &rest);
		p->pages = number(l, &rest);
	}
	for (char *v; !l->bad && (v = value(l, "run")) != NULL;) {
		const char *text = v;
		struct manifest_run r = { .page = number(l, &text), .count = number(l, &text), .pack = number(l, &text), .slot = number(l, &text) };
		l->bad |= r.page != page || r.count < 1 || r.pack >= (int64_t)m->packs.n;
		l->bad = l->bad || r.slot + r.count > m->packs.at[r.pack].pages;
		page += r.count;
		*arena_push(a, &m->runs) = r;
	}
	l->bad |= page != m->npages + 1 || m->npages < 1 || m->page_size < 512 || m->page_size > 65536 || (m->page_size & (m->page_size - 1)) != 0;
}

static bool parse(struct store *s, char *text, size_t n, struct manifest *m)
{
	unsigned char shop[SHOP_BYTES] = { 0 }, sig[SIGNATURE_BYTES];
	char *last = n > 2 * SIGNATURE_BYTES + 5 ? text + n - (2 * SIGNATURE_BYTES + 5) : NULL;     /* "sig " hex LF */
	if (last == NULL || last[-1] != '\n' || strncmp(last, "sig ", 4) != 0 || text[n - 1] != '\n')
		return false;
	text[n - 1] = '\0';
	if (!seal_unhex(last + 4, sig, sizeof sig) || !seal_signed(s->seal, s->arena, TYPE, text, (size_t)(last - text), sig))
		return false;
	*last = '\0';
	struct lines l = { .at = text };
	read_head(&l, m, shop);
	read_places(s->arena, &l, m);
	return !l.bad && l.at == last && memcmp(shop, sealer_shop(s->seal), sizeof shop) == 0;
}

int manifest_read(struct store *s, int64_t generation, struct manifest *m)
{
	size_t size;
	unsigned char *file = store_read(s, store_generation_path(s, generation), &size);
	*m = (struct manifest){ 0 };
	if (file == NULL)
		return -1;
	if (size <= MAGIC_BYTES || memcmp(file, MAGIC, MAGIC_BYTES) != 0)
		return store_fail(s, _("Backup %lld is damaged: its list is cut off or overwritten."), (long long)generation);
	size_t most = size < TEXT_MOST / 16 ? size * 16 + 65536 : TEXT_MOST;
	char *text = arena_buffer(s->arena, most + 1);
	int64_t n = seal_open(s->seal, about(s, generation), file + MAGIC_BYTES, size - MAGIC_BYTES, text, most);
	if (n < 0)
		return store_fail(s, _("Backup %lld is damaged: its list was altered, or is another backup's."), (long long)generation);
	text[n] = '\0';
	if (!parse(s, text, (size_t)n, m) || m->number != generation)
		return store_fail(s, _("Backup %lld is damaged: its list does not carry this shop's signature."), (long long)generation);
	return 0;
}
