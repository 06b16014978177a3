/* documents_fuzz.c: any bytes as each type of document. What is read is written again as the very same bytes. The first byte
 * says which type. */
#include "base/log.h"
#include "seal/chunk.h"
#include "seal/letter.h"
#include "seal/publication.h"
#include "seal/status.h"
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	static const struct document_type *const types[] = { &publication_type, &letter_type, &status_type };
	static const uint8_t seed[SIGN_KEY] = { 7 }, key[CHUNK_KEY] = { 9 };
	static struct arena *arena;
	if (arena == NULL)
		arena = arena_new();
	if (n == 0)
		return 0;
	const struct document_type *type = types[*bytes % COUNT(types)];
	struct bytes text = { arena_copy(arena, (const char *)bytes + 1, n - 1), n - 1 }, plain;
	void *document = arena_alloc(arena, type->bytes);
	if (document_read(type, arena, text, document) == ACCEPTED) {
		struct out o = { .arena = arena };
		size_t same = type->has_signature ? text.n - 4 - 2 * SIGN_BYTES - 1 : text.n;
		enum refusal refused = type->has_signature ? document_write_signed(type, &o, document, seed) : document_write(type, &o, document);
		require(refused == ACCEPTED && o.len == text.n && memcmp(o.s, text.at, same) == 0);
	}
	require(chunk_open(arena, key, (struct chunk_place){ "a", "b" }, text, &plain) != ACCEPTED);
	arena_reset(arena);
	return 0;
}
