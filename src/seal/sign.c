#include "seal/sign.h"
#include "base/log.h"
#include <openssl/evp.h>

static EVP_PKEY *secret_key(const uint8_t seed[SIGN_KEY])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_ED25519, NULL, seed, SIGN_KEY);
	require(key != NULL);
	return key;
}

void sign_public(const uint8_t seed[SIGN_KEY], uint8_t public_r[SIGN_KEY])
{
	size_t n = SIGN_KEY;
	EVP_PKEY *key = secret_key(seed);
	require(EVP_PKEY_get_raw_public_key(key, public_r, &n) == 1 && n == SIGN_KEY);
	EVP_PKEY_free(key);
}

void sign_make(const uint8_t seed[SIGN_KEY], struct bytes text, uint8_t signature_r[SIGN_BYTES])
{
	size_t n = SIGN_BYTES;
	EVP_PKEY *key = secret_key(seed);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	require(context != NULL && EVP_DigestSignInit(context, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestSign(context, signature_r, &n, text.at, text.n) == 1 && n == SIGN_BYTES);
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
}

bool sign_good(const uint8_t public[SIGN_KEY], struct bytes text, const uint8_t signature[SIGN_BYTES])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_public_key(EVP_PKEY_ED25519, NULL, public, SIGN_KEY);
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	require(context != NULL);
	bool good = key != NULL && EVP_DigestVerifyInit(context, NULL, NULL, NULL, key) == 1 &&
	    EVP_DigestVerify(context, signature, SIGN_BYTES, text.at, text.n) == 1;
	EVP_MD_CTX_free(context);
	EVP_PKEY_free(key);
	return good;
}
