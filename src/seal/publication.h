/* publication.h: the list of what a shop publishes, signed. Whoever holds one for current refuses an older one. */
#ifndef SEAL_PUBLICATION_H
#define SEAL_PUBLICATION_H
#include "seal/document.h"

enum { LINEAGE = 16, HASH = 32, AUDIENCE_MAX = 24, CHUNK_NAME_MAX = 48, WRAPS_MAX = 256, CHUNKS_MAX = 2048 };

struct publication_wrap { str audience, device; struct bytes key; };            /* enc and ciphertext of the audience's key */
struct publication_chunk { str audience, name; uint64_t bytes; uint8_t hash[HASH]; };  /* of the sealed file, which is named by it */

struct publication {
	uint8_t shop[SHOP_ID];
	uint64_t generation;                         /* +1 after each restore, with another lineage */
	uint8_t lineage[LINEAGE];
	uint64_t epoch;                              /* +1 with each manifest of a generation */
	uint8_t prev[HASH];                          /* SHA-256 of the one before; zeros: the first */
	uint64_t made, next_by;                      /* UTC seconds */
	uint64_t keyepoch;
	uint64_t journal_seq; uint8_t journal_hash[HASH];
	uint8_t app[HASH];                           /* SHA-256 of the viewer */
	uint8_t reqkey[32];                          /* where letters are sealed to; zeros: no letters wanted */
	struct { struct publication_wrap *at; size_t n, cap; } wraps;
	struct { struct publication_chunk *at; size_t n, cap; } chunks;
	uint8_t sig[SIGN_BYTES];
};
extern const struct document_type publication_type;

/* Size and form, signature, shop: in this order. */
enum refusal publication_read(struct arena *, struct bytes, const struct shop_key *, struct publication *m_r) MUST_USE;

/* What was accepted last. */
struct mark { uint64_t generation, epoch; uint8_t lineage[LINEAGE], hash[HASH]; };
struct mark publication_mark(const struct publication *, struct bytes);
/* May `next` follow `last` (NULL: nothing was accepted yet)? The very same may come again. */
enum refusal publication_follows(const struct mark *last, const struct mark *next) MUST_USE;
#endif
