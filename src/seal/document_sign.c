/* document_sign.c: writing what only who holds the shop's key can write (declared in document.h). Not linked into the letter box. */
#include "seal/document.h"
#include "seal/hex.h"

enum refusal document_write_signed(const struct document_type *type, struct out *o, const void *document, const uint8_t seed[SIGN_KEY])
{
	uint8_t signature[SIGN_BYTES];
	size_t from = o->len;
	document_lines(type, o, document);
	struct bytes text = document_signed_text(type, o->arena, (struct bytes){ o->s + from, o->len - from });
	sign_make(seed, text, signature);
	out_raw(o, "sig ");
	out_raw(o, hex_text(o->arena, (struct bytes){ signature, sizeof signature }));
	out_raw(o, "\n");
	return document_read(type, o->arena, (struct bytes){ o->s + from, o->len - from }, arena_alloc(o->arena, type->bytes));
}
