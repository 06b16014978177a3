/* hpke.h: sealing to a public key so that only the secret key's holder can read it (RFC 9180, base mode, one message each:
 * DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM). What is sealed: enc (32 bytes), then the ciphertext with its tag. */
#ifndef SEAL_HPKE_H
#define SEAL_HPKE_H
#include "base/values.h"

enum { HPKE_KEY = 32, HPKE_MORE = 48 };                      /* so much longer is what is sealed */

struct hpke_pair { uint8_t secret[HPKE_KEY], public[HPKE_KEY]; };

struct hpke_pair hpke_pair_of(const uint8_t secret[HPKE_KEY]);
struct hpke_pair hpke_pair_new(void);                        /* from the system's random numbers */
/* sealed_r: plain.n + HPKE_MORE bytes. false: `to` is no usable key. */
bool hpke_seal(const uint8_t to[HPKE_KEY], struct bytes info, struct bytes about, struct bytes plain, uint8_t *sealed_r) MUST_USE;
/* plain_r: sealed.n - HPKE_MORE bytes. false: not for this key, info and about, or changed on the way. */
bool hpke_open(const struct hpke_pair *, struct bytes info, struct bytes about, struct bytes sealed, uint8_t *plain_r) MUST_USE;
#endif
