/* kdf.h: HMAC-SHA256 and HKDF (RFC 5869) with it. Keys come in as bytes; nothing is kept. */
#ifndef SEAL_KDF_H
#define SEAL_KDF_H
#include "base/values.h"

enum { KDF_HASH = 32, KDF_INFO_MAX = 512 };

void kdf_hmac(struct bytes key, struct bytes text, uint8_t mac_r[KDF_HASH]);
void kdf_extract(struct bytes salt, struct bytes secret, uint8_t prk_r[KDF_HASH]);
/* At most 255 * 32 bytes; info at most KDF_INFO_MAX. */
void kdf_expand(const uint8_t prk[KDF_HASH], struct bytes info, uint8_t *key_r, size_t n);
/* Both in one. */
void kdf_key(struct bytes secret, struct bytes salt, struct bytes info, uint8_t *key_r, size_t n);
void kdf_sha256(struct bytes, uint8_t hash_r[KDF_HASH]);
bool kdf_same(const void *, const void *, size_t n);         /* takes as long whether they differ or not */
#endif
