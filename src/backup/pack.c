#include "backup/pack.h"
#include "base/lang.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MAGIC "KONTORP1"
#define END "1PROTNOK"
enum { TAIL = 4 + PACK_MAGIC, INDEX_HEAD = 12, INDEX_GROUP = 8 };

static int64_t u32(const unsigned char *b) { return (int64_t)b[0] | (int64_t)b[1] << 8 | (int64_t)b[2] << 16 | (int64_t)b[3] << 24; }

char *pack_about(const struct store *s, const unsigned char id[16], int64_t group)
{
	return arena_printf(s->arena, "pack/1 %s %lld", seal_hex(s->arena, id, 16), (long long)group);
}

static int damaged(struct store *s, const struct pack *p, const char *how)
{
	return store_fail(s, _("The backup's file %s is damaged: %s"), store_pack_path(s, p->id), how);
}

static bool at(const struct pack *p, int64_t offset, void *to, size_t n)
{
	return pread(p->file, to, n, offset) == (ssize_t)n;
}

static int read_groups(struct store *s, struct pack *p, const unsigned char *index, size_t n, int64_t end)
{
	p->page_size = u32(index);
	p->ngroups = u32(index + 4);
	p->npages = u32(index + 8);
	if (p->page_size < 512 || p->page_size > 65536 || p->ngroups > (1 << 26) || p->npages > (1 << 28) ||
	    n != INDEX_HEAD + (size_t)p->ngroups * INDEX_GROUP + (size_t)p->npages * PIECE_BYTES)
		return damaged(s, p, _("its list makes no sense."));
	p->groups = arena_array(s->arena, struct pack_group, (size_t)p->ngroups + 1);
	int64_t offset = PACK_MAGIC, first = 0;
	for (int64_t g = 0; g < p->ngroups; g++) {
		const unsigned char *b = index + INDEX_HEAD + g * INDEX_GROUP;
		p->groups[g] = (struct pack_group){ offset, (size_t)u32(b), first, u32(b + 4) };
		if (p->groups[g].pages * p->page_size > (int64_t)pack_group_room(p->page_size))
			return damaged(s, p, _("its list makes no sense."));
		offset += u32(b);
		first += u32(b + 4);
	}
	p->names = (unsigned char (*)[PIECE_BYTES])(uintptr_t)(index + INDEX_HEAD + p->ngroups * INDEX_GROUP);
	return offset == end && first == p->npages ? 0 : damaged(s, p, _("its list makes no sense."));
}

static int read_index(struct store *s, struct pack *p, int64_t size)
{
	unsigned char head[PACK_MAGIC], tail[TAIL];
	if (!at(p, 0, head, sizeof head) || !at(p, size - TAIL, tail, sizeof tail) || memcmp(head, MAGIC, PACK_MAGIC) != 0 ||
	    memcmp(tail + 4, END, PACK_MAGIC) != 0)
		return damaged(s, p, _("beginning or end are not ours."));
	int64_t n = u32(tail), begin = size - TAIL - n;
	if (begin < PACK_MAGIC || n > STORE_FILE_MOST)
		return damaged(s, p, _("its list makes no sense."));
	unsigned char *sealed = arena_buffer(s->arena, (size_t)n);
	size_t most = (size_t)n * 2 + (1 << 20);
	unsigned char *index = arena_buffer(s->arena, most);
	if (!at(p, begin, sealed, (size_t)n))
		return store_fail_errno(s, EIO);
	int64_t got = seal_open(s->seal, pack_about(s, p->id, -1), sealed, (size_t)n, index, most);
	if (got < INDEX_HEAD)
		return damaged(s, p, _("its list was altered, or it is another file under this name."));
	return read_groups(s, p, index, (size_t)got, begin);
}

int pack_open(struct store *s, const struct manifest_pack *known, struct pack *p)
{
	struct stat st;
	*p = (struct pack){ .file = -1 };
	memcpy(p->id, known->id, sizeof p->id);
	p->file = open(store_pack_path(s, known->id), O_RDONLY | O_CLOEXEC);
	if (p->file < 0 && errno == ENOENT)
		return store_fail(s, _("The backup's file %s is missing."), store_pack_path(s, known->id));
	if (p->file < 0 || fstat(p->file, &st) != 0) {
		int error = errno;
		pack_close(p);
		return store_fail_errno(s, error);
	}
	int rc = st.st_size == known->bytes ? read_index(s, p, st.st_size)
	    : store_fail(s, _("The backup's file %s is cut off: %lld bytes instead of %lld."), store_pack_path(s, known->id), (long long)st.st_size, (long long)known->bytes);
	if (rc == 0 && p->npages != known->pages)
		rc = damaged(s, p, _("its list makes no sense."));
	if (rc != 0)
		pack_close(p);
	return rc;
}

void pack_close(struct pack *p)
{
	if (p->file >= 0)
		close(p->file);
	p->file = -1;
}

int pack_group_read(struct store *s, struct pack *p, int64_t group, unsigned char *pages_r)
{
	const struct pack_group *g = &p->groups[group];
	struct arena *a = arena_new();
	unsigned char *sealed = arena_buffer(a, g->bytes);
	size_t room = pack_group_room(p->page_size);
	int rc = at(p, g->at, sealed, g->bytes) ? 0 : store_fail_errno(s, EIO);
	if (rc == 0 && seal_open(s->seal, arena_printf(a, "pack/1 %s %lld", seal_hex(a, p->id, 16), (long long)group), sealed, g->bytes, pages_r, room) != g->pages * p->page_size)
		rc = damaged(s, p, _("some of its pages were altered."));
	for (int64_t i = 0; rc == 0 && i < g->pages; i++) {
		unsigned char name[PIECE_BYTES];
		seal_name(s->seal, pages_r + i * p->page_size, (size_t)p->page_size, name);
		if (memcmp(name, p->names[g->first + i], sizeof name) != 0)
			rc = damaged(s, p, _("some of its pages were altered."));
	}
	arena_free(a);
	return rc;
}

bool pack_whole(struct store *s, struct pack *p)
{
	struct arena *a = arena_new();
	unsigned char *pages = arena_buffer(a, pack_group_room(p->page_size));
	bool whole = true;
	for (int64_t g = 0; whole && g < p->ngroups; g++)
		whole = pack_group_read(s, p, g, pages) == 0;
	arena_free(a);
	return whole;
}
