#include "seal/publication.h"
#include "seal/kdf.h"
#include <string.h>

#define M struct publication
static const struct line lines[] = {
	{ .key = "shop", .cells = { HEX(M, shop) } },
	{ .key = "generation", .cells = { NUMBER(M, generation, 1, UINT32_MAX) } },
	{ .key = "lineage", .cells = { HEX(M, lineage) } },
	{ .key = "epoch", .cells = { NUMBER(M, epoch, 1, INT64_MAX) } },
	{ .key = "prev", .cells = { HEX(M, prev) } },
	{ .key = "made", .cells = { NUMBER(M, made, 1, INT64_MAX) } },
	{ .key = "next-by", .cells = { NUMBER(M, next_by, 1, INT64_MAX) } },
	{ .key = "keyepoch", .cells = { NUMBER(M, keyepoch, 1, UINT32_MAX) } },
	{ .key = "journal-head", .cells = { NUMBER(M, journal_seq, 0, INT64_MAX), HEX(M, journal_hash) } },
	{ .key = "app", .cells = { HEX(M, app) }, .optional = true },
	{ .key = "reqkey", .cells = { HEX(M, reqkey) }, .optional = true },
	{ .key = "wrap", .most = WRAPS_MAX, .list = offsetof(M, wraps), .item = sizeof(struct publication_wrap), .cells = {
	    NAME(struct publication_wrap, audience, AUDIENCE_MAX), NAME(struct publication_wrap, device, AUDIENCE_MAX),
	    BLOB(struct publication_wrap, key, 80, 80) } },
	{ .key = "chunk", .most = CHUNKS_MAX, .list = offsetof(M, chunks), .item = sizeof(struct publication_chunk), .cells = {
	    NAME(struct publication_chunk, audience, AUDIENCE_MAX), NAME(struct publication_chunk, name, CHUNK_NAME_MAX),
	    NUMBER(struct publication_chunk, bytes, 1, UINT32_MAX), HEX(struct publication_chunk, hash) } },
	{ .key = "sig", .cells = { HEX(M, sig) } },
};
const struct document_type publication_type = { .name = "manifest", .version = 1, .lines = lines, .nlines = COUNT(lines),
    .bytes = sizeof(M), .has_signature = true };

enum refusal publication_read(struct arena *arena, struct bytes b, const struct shop_key *key, struct publication *m_r)
{
	enum refusal refused = document_read(&publication_type, arena, b, m_r);
	return refused ? refused : document_of_shop(&publication_type, arena, b, key, m_r->shop);
}

struct mark publication_mark(const struct publication *m, struct bytes b)
{
	struct mark mark = { .generation = m->generation, .epoch = m->epoch };
	memcpy(mark.lineage, m->lineage, LINEAGE);
	kdf_sha256(b, mark.hash);
	return mark;
}

enum refusal publication_follows(const struct mark *last, const struct mark *next)
{
	if (last == NULL || next->generation > last->generation)
		return ACCEPTED;
	if (next->generation < last->generation)
		return REFUSED_OLDER;
	if (memcmp(next->lineage, last->lineage, LINEAGE) != 0)
		return REFUSED_FORK;
	if (next->epoch != last->epoch)
		return next->epoch > last->epoch ? ACCEPTED : REFUSED_OLDER;
	return memcmp(next->hash, last->hash, HASH) == 0 ? ACCEPTED : REFUSED_FORK;
}
