/* sign.h: Ed25519 (RFC 8032). The secret key is its 32 bytes of seed. */
#ifndef SEAL_SIGN_H
#define SEAL_SIGN_H
#include "base/values.h"

enum { SIGN_KEY = 32, SIGN_BYTES = 64 };

void sign_public(const uint8_t seed[SIGN_KEY], uint8_t public_r[SIGN_KEY]);
void sign_make(const uint8_t seed[SIGN_KEY], struct bytes text, uint8_t signature_r[SIGN_BYTES]);
bool sign_good(const uint8_t public[SIGN_KEY], struct bytes text, const uint8_t signature[SIGN_BYTES]) MUST_USE;
#endif
