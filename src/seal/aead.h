/* aead.h: AES-GCM. The tag of 16 bytes stands behind the ciphertext. */
#ifndef SEAL_AEAD_H
#define SEAL_AEAD_H
#include "base/values.h"

enum { AEAD_KEY = 32, AEAD_NONCE = 12, AEAD_TAG = 16 };

struct aead_key { const uint8_t *key; size_t bytes; const uint8_t *nonce; };         /* 32 bytes: AES-256; 16: AES-128 */

/* sealed_r: plain.n + AEAD_TAG bytes. */
void aead_seal(const struct aead_key *, struct bytes about, struct bytes plain, uint8_t *sealed_r);
/* plain_r: sealed.n - AEAD_TAG bytes, all zero if it does not open. */
bool aead_open(const struct aead_key *, struct bytes about, struct bytes sealed, uint8_t *plain_r) MUST_USE;
#endif
