#include "backup/pack_write.h"
#include <sodium.h>
#include <string.h>

static void put32(unsigned char *to, int64_t v)
{
	for (int i = 0; i < 4; i++)
		to[i] = (unsigned char)(v >> 8 * i);
}

int pack_out_begin(struct store *s, int64_t page_size, struct pack_out *p)
{
	size_t room = pack_group_room(page_size);
	*p = (struct pack_out){ .page_size = page_size, .offset = PACK_MAGIC };
	p->pages = arena_buffer(s->arena, room);
	p->sealed = arena_buffer(s->arena, seal_most(room));
	randombytes_buf(p->id, sizeof p->id);
	if (fresh_begin(s, store_pack_path(s, p->id), &p->file) != 0)
		return -1;
	if (fresh_write(s, &p->file, "KONTORP1", PACK_MAGIC) == 0)
		return 0;
	pack_out_drop(s, p);
	return -1;
}

static int flush(struct store *s, struct pack_out *p)
{
	if (p->filled == 0)
		return 0;
	char about[80];
	const char *hex = pack_about(s, p->id, (int64_t)p->groups.n);
	(void)memccpy(about, hex, '\0', sizeof about);
	size_t n = seal_close(s->seal, about, p->pages, (size_t)(p->filled * p->page_size), p->sealed);
	*arena_push(s->arena, &p->groups) = (struct pack_group){ p->offset, n, p->npages - p->filled, p->filled };
	p->offset += (int64_t)n;
	p->filled = 0;
	return fresh_write(s, &p->file, p->sealed, n);
}

int pack_out_add(struct store *s, struct pack_out *p, const void *page, const unsigned char name[PIECE_BYTES])
{
	memcpy(p->pages + p->filled * p->page_size, page, (size_t)p->page_size);
	memcpy(arena_push(s->arena, &p->names)->b, name, PIECE_BYTES);
	p->filled++;
	p->npages++;
	return (p->filled + 1) * p->page_size > (int64_t)pack_group_room(p->page_size) ? flush(s, p) : 0;
}

static int write_index(struct store *s, struct pack_out *p, size_t *bytes_r)
{
	size_t n = 12 + p->groups.n * 8 + p->names.n * PIECE_BYTES;
	unsigned char *index = arena_buffer(s->arena, n), *at = index + 12, tail[4 + PACK_MAGIC] = "____1PROTNO";
	put32(index, p->page_size);
	put32(index + 4, (int64_t)p->groups.n);
	put32(index + 8, p->npages);
	for (size_t g = 0; g < p->groups.n; g++, at += 8) {
		put32(at, (int64_t)p->groups.at[g].bytes);
		put32(at + 4, p->groups.at[g].pages);
	}
	if (p->names.n > 0)
		memcpy(at, p->names.at, p->names.n * PIECE_BYTES);
	unsigned char *sealed = arena_buffer(s->arena, seal_most(n));
	size_t size = seal_close(s->seal, pack_about(s, p->id, -1), index, n, sealed);
	put32(tail, (int64_t)size);
	tail[4 + PACK_MAGIC - 1] = 'K';
	*bytes_r = size + sizeof tail;
	return fresh_write(s, &p->file, sealed, size) != 0 || fresh_write(s, &p->file, tail, sizeof tail) != 0 ? -1 : 0;
}

int pack_out_end(struct store *s, struct pack_out *p, struct manifest_pack *made_r)
{
	size_t index = 0;
	if (flush(s, p) != 0 || write_index(s, p, &index) != 0) {
		pack_out_drop(s, p);
		return -1;
	}
	*made_r = (struct manifest_pack){ .bytes = p->offset + (int64_t)index, .pages = p->npages };
	memcpy(made_r->id, p->id, sizeof p->id);
	return fresh_end(s, &p->file);
}

void pack_out_drop(struct store *s, struct pack_out *p) { fresh_drop(s, &p->file); }
