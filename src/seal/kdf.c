#include "seal/kdf.h"
#include "base/log.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <string.h>

void kdf_hmac(struct bytes key, struct bytes text, uint8_t mac_r[KDF_HASH])
{
	unsigned length = 0;
	require(HMAC(EVP_sha256(), key.n > 0 ? key.at : "", (int)key.n, text.n > 0 ? text.at : (const void *)"", text.n, mac_r,
	    &length) != NULL && length == KDF_HASH);
}

void kdf_extract(struct bytes salt, struct bytes secret, uint8_t prk_r[KDF_HASH]) { kdf_hmac(salt, secret, prk_r); }

void kdf_expand(const uint8_t prk[KDF_HASH], struct bytes info, uint8_t *key_r, size_t n)
{
	uint8_t block[KDF_HASH + KDF_INFO_MAX + 1];
	size_t before = 0;
	require(info.n <= KDF_INFO_MAX && n <= 255 * KDF_HASH);
	for (uint8_t i = 1; n > 0; i++) {
		uint8_t mac[KDF_HASH];
		memcpy(block + before, info.n > 0 ? info.at : "", info.n);
		block[before + info.n] = i;
		kdf_hmac((struct bytes){ prk, KDF_HASH }, (struct bytes){ block, before + info.n + 1 }, mac);
		size_t take = n < KDF_HASH ? n : KDF_HASH;
		memcpy(key_r, mac, take);
		memcpy(block, mac, KDF_HASH);
		before = KDF_HASH;
		key_r += take;
		n -= take;
	}
	OPENSSL_cleanse(block, sizeof block);
}

void kdf_key(struct bytes secret, struct bytes salt, struct bytes info, uint8_t *key_r, size_t n)
{
	uint8_t prk[KDF_HASH];
	kdf_extract(salt, secret, prk);
	kdf_expand(prk, info, key_r, n);
	OPENSSL_cleanse(prk, sizeof prk);
}

void kdf_sha256(struct bytes text, uint8_t hash_r[KDF_HASH])
{
	unsigned length = 0;
	require(EVP_Digest(text.n > 0 ? text.at : "", text.n, hash_r, &length, EVP_sha256(), NULL) == 1 && length == KDF_HASH);
}

bool kdf_same(const void *a, const void *b, size_t n) { return CRYPTO_memcmp(a, b, n) == 0; }
