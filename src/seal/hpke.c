#include "seal/hpke.h"
#include "base/log.h"
#include "seal/hpke_private.h"
#include "seal/kdf.h"
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <string.h>

enum { AES_128_GCM = 1, AES_256_GCM = 2 };

#define TEXT(literal) (struct bytes){ (literal), sizeof(literal) - 1 }

/* Whose key it is: "KEM" || I2OSP(kem, 2) or "HPKE" || kem || kdf || aead (RFC 9180, 4.1 and 5.1). */
static const uint8_t kem_suite[] = { 'K', 'E', 'M', 0, 0x20 };
struct suite { uint8_t id[10]; };

static struct suite hpke_suite(uint8_t aead)
{
	return (struct suite){ { 'H', 'P', 'K', 'E', 0, 0x20, 0, 1, 0, aead } };
}

struct joined { uint8_t at[KDF_INFO_MAX]; size_t n; };

static void join(struct joined *j, struct bytes part)
{
	require(part.n <= sizeof j->at - j->n);
	memcpy(j->at + j->n, part.n > 0 ? part.at : "", part.n);
	j->n += part.n;
}

static void labeled_extract(struct bytes suite, struct bytes salt, struct bytes label, struct bytes secret, uint8_t prk_r[KDF_HASH])
{
	struct joined j = { .n = 0 };
	join(&j, TEXT("HPKE-v1"));
	join(&j, suite);
	join(&j, label);
	join(&j, secret);
	kdf_extract(salt, (struct bytes){ j.at, j.n }, prk_r);
	OPENSSL_cleanse(&j, sizeof j);
}

static void labeled_expand(struct bytes suite, const uint8_t prk[KDF_HASH], struct bytes label, struct bytes info, uint8_t *key_r, size_t n)
{
	const uint8_t length[] = { 0, (uint8_t)n };
	struct joined j = { .n = 0 };
	join(&j, (struct bytes){ length, sizeof length });
	join(&j, TEXT("HPKE-v1"));
	join(&j, suite);
	join(&j, label);
	join(&j, info);
	kdf_expand(prk, (struct bytes){ j.at, j.n }, key_r, n);
}

static EVP_PKEY *secret_key(const uint8_t secret[HPKE_KEY])
{
	EVP_PKEY *key = EVP_PKEY_new_raw_private_key(EVP_PKEY_X25519, NULL, secret, HPKE_KEY);
	require(key != NULL);
	return key;
}

struct hpke_pair hpke_pair_of(const uint8_t secret[HPKE_KEY])
{
	struct hpke_pair pair;
	size_t n = HPKE_KEY;
	EVP_PKEY *key = secret_key(secret);
	memcpy(pair.secret, secret, HPKE_KEY);
	require(EVP_PKEY_get_raw_public_key(key, pair.public, &n) == 1 && n == HPKE_KEY);
	EVP_PKEY_free(key);
	return pair;
}

struct hpke_pair hpke_pair_new(void)
{
	uint8_t secret[HPKE_KEY];
	require(RAND_priv_bytes(secret, sizeof secret) == 1);
	struct hpke_pair pair = hpke_pair_of(secret);
	OPENSSL_cleanse(secret, sizeof secret);
	return pair;
}

/* X25519; false where the result would be zero (RFC 9180, 7.1.4). */
static bool exchange(const uint8_t secret[HPKE_KEY], const uint8_t public[HPKE_KEY], uint8_t dh_r[HPKE_KEY])
{
	size_t n = HPKE_KEY;
	EVP_PKEY *own = secret_key(secret), *other = EVP_PKEY_new_raw_public_key(EVP_PKEY_X25519, NULL, public, HPKE_KEY);
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(own, NULL);
	require(other != NULL && context != NULL && EVP_PKEY_derive_init(context) == 1);
	bool good = EVP_PKEY_derive_set_peer_ex(context, other, 0) == 1 && EVP_PKEY_derive(context, dh_r, &n) == 1 && n == HPKE_KEY;
	EVP_PKEY_CTX_free(context);
	EVP_PKEY_free(other);
	EVP_PKEY_free(own);
	return good;
}

static bool agree(const struct hpke_pair *own, const uint8_t other[HPKE_KEY], const uint8_t enc[HPKE_KEY], const uint8_t to[HPKE_KEY],
    uint8_t shared_r[HPKE_KEY])
{
	struct bytes suite = { kem_suite, sizeof kem_suite };
	uint8_t dh[HPKE_KEY], prk[KDF_HASH], context[2 * HPKE_KEY];
	if (!exchange(own->secret, other, dh))
		return false;
	memcpy(context, enc, HPKE_KEY);
	memcpy(context + HPKE_KEY, to, HPKE_KEY);
	labeled_extract(suite, (struct bytes){ NULL, 0 }, TEXT("eae_prk"), (struct bytes){ dh, sizeof dh }, prk);
	labeled_expand(suite, prk, TEXT("shared_secret"), (struct bytes){ context, sizeof context }, shared_r, HPKE_KEY);
	OPENSSL_cleanse(dh, sizeof dh);
	OPENSSL_cleanse(prk, sizeof prk);
	return true;
}

bool hpke_encap(const struct hpke_pair *ephemeral, const uint8_t to[HPKE_KEY], uint8_t shared_r[HPKE_KEY])
{
	return agree(ephemeral, to, ephemeral->public, to, shared_r);
}

bool hpke_decap(const struct hpke_pair *own, const uint8_t enc[HPKE_KEY], uint8_t shared_r[HPKE_KEY])
{
	return agree(own, enc, enc, own->public, shared_r);
}

struct hpke_schedule hpke_schedule(const uint8_t shared[HPKE_KEY], struct bytes info, uint8_t aead)
{
	struct suite id = hpke_suite(aead);
	struct bytes suite = { id.id, sizeof id.id }, none = { NULL, 0 };
	uint8_t context[1 + 2 * KDF_HASH] = { 0 }, secret[KDF_HASH];         /* 0: base mode */
	struct hpke_schedule s = { .key = { 0 } };
	labeled_extract(suite, none, TEXT("psk_id_hash"), none, context + 1);
	labeled_extract(suite, none, TEXT("info_hash"), info, context + 1 + KDF_HASH);
	labeled_extract(suite, (struct bytes){ shared, HPKE_KEY }, TEXT("secret"), none, secret);
	struct bytes about = { context, sizeof context };
	labeled_expand(suite, secret, TEXT("key"), about, s.key, aead == AES_128_GCM ? 16 : AEAD_KEY);
	labeled_expand(suite, secret, TEXT("base_nonce"), about, s.nonce, AEAD_NONCE);
	OPENSSL_cleanse(secret, sizeof secret);
	return s;
}

bool hpke_seal(const uint8_t to[HPKE_KEY], struct bytes info, struct bytes about, struct bytes plain, uint8_t *sealed_r)
{
	uint8_t shared[HPKE_KEY];
	struct hpke_pair ephemeral = hpke_pair_new();
	if (!hpke_encap(&ephemeral, to, shared))
		return false;
	struct hpke_schedule s = hpke_schedule(shared, info, AES_256_GCM);
	memcpy(sealed_r, ephemeral.public, HPKE_KEY);
	aead_seal(&(struct aead_key){ s.key, AEAD_KEY, s.nonce }, about, plain, sealed_r + HPKE_KEY);
	OPENSSL_cleanse(&ephemeral, sizeof ephemeral);
	OPENSSL_cleanse(shared, sizeof shared);
	OPENSSL_cleanse(&s, sizeof s);
	return true;
}

bool hpke_open(const struct hpke_pair *own, struct bytes info, struct bytes about, struct bytes sealed, uint8_t *plain_r)
{
	uint8_t shared[HPKE_KEY];
	if (sealed.n < HPKE_MORE || !hpke_decap(own, sealed.at, shared))
		return false;
	struct hpke_schedule s = hpke_schedule(shared, info, AES_256_GCM);
	struct bytes rest = { (const uint8_t *)sealed.at + HPKE_KEY, sealed.n - HPKE_KEY };
	bool good = aead_open(&(struct aead_key){ s.key, AEAD_KEY, s.nonce }, about, rest, plain_r);
	OPENSSL_cleanse(shared, sizeof shared);
	OPENSSL_cleanse(&s, sizeof s);
	return good;
}
