/* hpke_private.h: the steps of RFC 9180 one by one, for its test vectors. */
#ifndef SEAL_HPKE_PRIVATE_H
#define SEAL_HPKE_PRIVATE_H
#include "seal/aead.h"
#include "seal/hpke.h"

struct hpke_schedule { uint8_t key[AEAD_KEY], nonce[AEAD_NONCE]; };

/* Encap() with this ephemeral pair. false: `to` is no usable key. */
bool hpke_encap(const struct hpke_pair *ephemeral, const uint8_t to[HPKE_KEY], uint8_t shared_r[HPKE_KEY]) MUST_USE;
bool hpke_decap(const struct hpke_pair *, const uint8_t enc[HPKE_KEY], uint8_t shared_r[HPKE_KEY]) MUST_USE;
/* KeySchedule() of base mode; aead 1 is AES-128-GCM, 2 AES-256-GCM. */
struct hpke_schedule hpke_schedule(const uint8_t shared[HPKE_KEY], struct bytes info, uint8_t aead);
#endif
