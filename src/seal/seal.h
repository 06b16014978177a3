/* seal.h: the shop's keys, and what is sealed with them. Everything follows from one seed of 256 random bits, which lies in
 * the data folder and, as 20 words (words.h), on the recovery sheet.
 *
 * Subkeys are HKDF-SHA256 (RFC 5869) of the seed, salt "kontor", info their name: "shop" (16 bytes, no secret: names the
 * shop), "backup", "sign", "letters", "journal". Sealed is: nonce (24) ‖ XChaCha20-Poly1305 of the zstd frame. */
#ifndef SEAL_SEAL_H
#define SEAL_SEAL_H
#include "base/arena.h"
#include "base/values.h"

enum { SEED_BYTES = 32, SHOP_BYTES = 16, KEY_BYTES = 32, PIECE_BYTES = 16, SIGNATURE_BYTES = 64, SEAL_MORE = 24 + 16 };
struct seed { unsigned char b[SEED_BYTES]; };

/* RFC 5869 with SHA-256: n bytes, at most 255 * 32. */
struct span_of { const void *at; size_t n; };
void seal_hkdf(struct span_of salt, struct span_of secret, const char *info, unsigned char *key_r, size_t n);
void seal_subkey(const struct seed *, const char *name, unsigned char *key_r, size_t n);

/* DIR/seed. 0; 1: there is none; -1: there is one, but it can't be read (logged). */
int seed_load(struct arena *, const char *dir, struct seed *seed_r) MUST_USE;

struct sealer;
struct sealer *sealer_new(struct arena *, const struct seed *);
void sealer_free(struct sealer *);
const unsigned char *sealer_shop(const struct sealer *);     /* SHOP_BYTES */
/* The shop of a seed alone: to find out whether words fit. */
void seal_shop(const struct seed *, unsigned char shop_r[SHOP_BYTES]);

/* Names a piece by its content, for whoever has the key only: BLAKE2b-128, keyed. */
void seal_name(const struct sealer *, const void *piece, size_t n, unsigned char name_r[PIECE_BYTES]);
/* Presses and seals; about: what it is and where it belongs, nothing else will open it. At most seal_most(n) bytes are written;
 * how many is given. */
size_t seal_most(size_t n);
size_t seal_close(struct sealer *, const char *about, const void *plain, size_t n, unsigned char *sealed_r);
/* The plain text's size, at most `most`; -1: this was not sealed by this shop as that, or was altered. */
int64_t seal_open(struct sealer *, const char *about, const void *sealed, size_t n, void *plain_r, size_t most) MUST_USE;

/* Ed25519 over "kontor-sig/<type>\n" and the bytes. */
void seal_sign(const struct sealer *, struct arena *, const char *type, const char *bytes, size_t n, unsigned char sig_r[SIGNATURE_BYTES]);
bool seal_signed(const struct sealer *, struct arena *, const char *type, const char *bytes, size_t n, const unsigned char sig[SIGNATURE_BYTES]);

char *seal_hex(struct arena *, const void *bytes, size_t n);
bool seal_unhex(const char *hex, void *bytes_r, size_t n);   /* exactly n bytes of lower-case hex, then the end */
#endif
