/* document.h: what travels between the shop and the world. UTF-8 lines `key SP value LF`, in the order of one table per type,
 * out of which writer and reader both come. There is one way only to write a document: the reader refuses any other. */
#ifndef SEAL_DOCUMENT_H
#define SEAL_DOCUMENT_H
#include "base/out.h"
#include "seal/sign.h"
#include <stddef.h>

enum { DOCUMENT_MAX = 256 << 10, SHOP_ID = 16, DOCUMENT_CELLS = 4 };

/* Why something was refused; refusal_word() gives the word that every program and the viewer use for it. */
enum refusal {
	ACCEPTED, REFUSED_SIZE, REFUSED_TEXT, REFUSED_TYPE, REFUSED_LINE, REFUSED_KEY, REFUSED_ORDER, REFUSED_VALUE,
	REFUSED_SIGNATURE, REFUSED_SHOP, REFUSED_OLDER, REFUSED_FORK, REFUSED_FUTURE, REFUSED_SEAL, REFUSED_HASH
};
const char *refusal_word(enum refusal);

enum cell_kind {
	CELL_NUMBER = 1,             /* uint64_t, least to most, decimal without leading zeros */
	CELL_HEX,                    /* uint8_t[most] */
	CELL_BLOB,                   /* struct bytes, least to most bytes, as hex */
	CELL_NAME,                   /* str, 1 to most of a-z 0-9 - _ : . */
	CELL_WORD,                   /* int, the word's place in the list (which ends in NULL) */
	CELL_TEXT,                   /* str, 1 to most code points; a line's last cell. Line feed and \ are written \n and \\ */
};
struct cell { enum cell_kind kind; size_t offset; uint64_t least, most; const char *const *words; };
struct line {
	const char *key;
	struct cell cells[DOCUMENT_CELLS];
	bool optional;               /* left out if its first cell is 0, NULL or all zero; then refused if written */
	size_t most, list, item;     /* most > 0: so many at most, each an `item` bytes long in the list { at, n, cap } */
};
struct document_type {
	const char *name; unsigned version;          /* "manifest": the first line is kontor-manifest 1 */
	const struct line *lines; size_t nlines;
	size_t bytes;                                /* of the struct */
	bool has_signature;                          /* ends with sig: Ed25519 over kontor-sig/<name>/<version>LF and all before it */
};

#define CELL_OF_(S, member, type) (offsetof(S, member) + \
    0 * sizeof(char[__builtin_types_compatible_p(__typeof__(((S *)0)->member), type) ? 1 : -1]))
#define NUMBER(S, member, low, high) { .kind = CELL_NUMBER, .offset = CELL_OF_(S, member, uint64_t), .least = (low), .most = (high) }
#define HEX(S, member) { .kind = CELL_HEX, .offset = CELL_OF_(S, member, uint8_t[sizeof ((S *)0)->member]), .most = sizeof ((S *)0)->member }
#define BLOB(S, member, low, high) { .kind = CELL_BLOB, .offset = CELL_OF_(S, member, struct bytes), .least = (low), .most = (high) }
#define NAME(S, member, high) { .kind = CELL_NAME, .offset = CELL_OF_(S, member, str), .most = (high) }
#define WORD(S, member, list_) { .kind = CELL_WORD, .offset = CELL_OF_(S, member, int), .words = (list_) }
#define TEXT_(S, member, high) { .kind = CELL_TEXT, .offset = CELL_OF_(S, member, str), .most = (high) }

/* Fills in the struct; what it points to is in the arena. Does not look at the signature. */
enum refusal document_read(const struct document_type *, struct arena *, struct bytes, void *document_r) MUST_USE;
/* Writes what document_read() accepts and gives ACCEPTED; else `o` holds nothing of use. */
enum refusal document_write(const struct document_type *, struct out *, const void *document) MUST_USE;
enum refusal document_write_signed(const struct document_type *, struct out *, const void *document, const uint8_t seed[SIGN_KEY]) MUST_USE;
void document_lines(const struct document_type *, struct out *, const void *document);         /* all but the signature, unchecked */
struct bytes document_signed_text(const struct document_type *, struct arena *, struct bytes lines);
/* Of a document that was read: is it signed with this key? */
bool document_signed(const struct document_type *, struct arena *, struct bytes, const uint8_t public[SIGN_KEY]) MUST_USE;
/* The same with the shop's key; then whether its `shop`, which stands in the document, is this one. */
struct shop_key { uint8_t id[SHOP_ID], public[SIGN_KEY]; };
enum refusal document_of_shop(const struct document_type *, struct arena *, struct bytes, const struct shop_key *,
    const uint8_t shop[SHOP_ID]) MUST_USE;
#endif
