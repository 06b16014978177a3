#include "seal/aead.h"
#include "base/log.h"
#include <openssl/evp.h>
#include <string.h>

static const EVP_CIPHER *cipher(size_t bytes)
{
	require(bytes == 16 || bytes == AEAD_KEY);
	return bytes == AEAD_KEY ? EVP_aes_256_gcm() : EVP_aes_128_gcm();
}

void aead_seal(const struct aead_key *k, struct bytes about, struct bytes plain, uint8_t *sealed_r)
{
	int n = 0;
	uint8_t rest[16];
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	bool good = context != NULL && plain.n < INT32_MAX && about.n < INT32_MAX &&
	    EVP_EncryptInit_ex(context, cipher(k->bytes), NULL, k->key, k->nonce) == 1 &&
	    (about.n == 0 || EVP_EncryptUpdate(context, NULL, &n, about.at, (int)about.n) == 1) &&
	    (plain.n == 0 || EVP_EncryptUpdate(context, sealed_r, &n, plain.at, (int)plain.n) == 1) &&
	    EVP_EncryptFinal_ex(context, rest, &n) == 1 &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_GET_TAG, AEAD_TAG, sealed_r + plain.n) == 1;
	EVP_CIPHER_CTX_free(context);
	require(good);
}

bool aead_open(const struct aead_key *k, struct bytes about, struct bytes sealed, uint8_t *plain_r)
{
	if (sealed.n < AEAD_TAG || sealed.n > INT32_MAX)
		return false;
	int n = 0;
	uint8_t tag[AEAD_TAG], rest[16];
	size_t plain = sealed.n - AEAD_TAG;
	memcpy(tag, (const uint8_t *)sealed.at + plain, AEAD_TAG);
	EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
	require(context != NULL);
	bool good = EVP_DecryptInit_ex(context, cipher(k->bytes), NULL, k->key, k->nonce) == 1 &&
	    (about.n == 0 || EVP_DecryptUpdate(context, NULL, &n, about.at, (int)about.n) == 1) &&
	    (plain == 0 || EVP_DecryptUpdate(context, plain_r, &n, sealed.at, (int)plain) == 1) &&
	    EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_GCM_SET_TAG, AEAD_TAG, tag) == 1 &&
	    EVP_DecryptFinal_ex(context, rest, &n) == 1;
	EVP_CIPHER_CTX_free(context);
	if (!good && plain > 0)
		memset(plain_r, 0, plain);
	return good;
}
