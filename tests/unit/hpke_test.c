/* hpke_test.c: RFC 9180's test vectors of base mode: A.1.1 (with AES-128-GCM) and the one of the same collection for the suite
 * that is used here (CFRG, test-vectors.json: kem 0x20, kdf 1, aead 2); HKDF's of RFC 5869, Ed25519's of RFC 8032. */
#include "seal/hpke_private.h"
#include "check.h"
#include "seal/hex.h"
#include "seal/kdf.h"
#include "seal/sign.h"

static struct arena *arena;

static const uint8_t *hex(const char *text)
{
	size_t n = strlen(text) / 2;
	uint8_t *bytes = arena_alloc(arena, n + 1);
	CHECK(hex_read(text, bytes, n));
	return bytes;
}
static struct bytes part(const char *text) { return (struct bytes){ hex(text), strlen(text) / 2 }; }
#define SAME(got, n, text) CHECK_TEXT(hex_text(arena, (struct bytes){ (got), (n) }), (text))

struct vector { uint8_t aead; const char *ephemeral, *enc, *secret, *public, *shared, *key, *nonce, *sealed; };
static const char plain[] = "4265617574792069732074727574682c20747275746820626561757479", info[] = "4f6465206f6e2061204772656369616e2055726e";
static const struct vector vectors[] = {
	{ .aead = 1, .ephemeral = "52c4a758a802cd8b936eceea314432798d5baf2d7e9235dc084ab1b9cfa2f736",
	    .enc = "37fda3567bdbd628e88668c3c8d7e97d1d1253b6d4ea6d44c150f741f1bf4431",
	    .secret = "4612c550263fc8ad58375df3f557aac531d26850903e55a9f23f21d8534e8ac8",
	    .public = "3948cfe0ad1ddb695d780e59077195da6c56506b027329794ab02bca80815c4d",
	    .shared = "fe0e18c9f024ce43799ae393c7e8fe8fce9d218875e8227b0187c04e7d2ea1fc",
	    .key = "4531685d41d65f03dc48f6b8302c05b0", .nonce = "56d890e5accaaf011cff4b7d",
	    .sealed = "f938558b5d72f1a23810b4be2ab4f84331acc02fc97babc53a52ae8218a355a96d8770ac83d07bea87e13c512a" },
	{ .aead = 2, .ephemeral = "179d4b53b6365c45b600c4163b61d95cbc2f4d9e36f1695558dce265ab8bab11",
	    .enc = "6c93e09869df3402d7bf231bf540fadd35cd56be14f97178f0954db94b7fc256",
	    .secret = "497b4502664cfea5d5af0b39934dac72242a74f8480451e1aee7d6a53320333d",
	    .public = "430f4b9859665145a6b1ba274024487bd66f03a2dd577d7753c68d7d7d00c00c",
	    .shared = "3101c54c3a4f87439eaac080699ed9bbcc726ffe44e860c0424ccb7e3e2ead7b",
	    .key = "f50b0609186798729ed0564b36ef2ef8044f1f9d05636874d1f46c819c7a669f", .nonce = "151d9929e2449747889bc923",
	    .sealed = "e5d84cd531cfb583096e7cfa9641bd3079cf3a91cda813c52deb5f512be9931980a41de125a925cdad859d5b7a" },
};

static void rfc9180(const struct vector *v)
{
	uint8_t shared[HPKE_KEY], sealed[64];
	struct hpke_pair ephemeral = hpke_pair_of(hex(v->ephemeral)), own = hpke_pair_of(hex(v->secret));
	SAME(ephemeral.public, HPKE_KEY, v->enc);
	SAME(own.public, HPKE_KEY, v->public);
	CHECK(hpke_encap(&ephemeral, own.public, shared));
	SAME(shared, HPKE_KEY, v->shared);
	CHECK(hpke_decap(&own, hex(v->enc), shared));
	SAME(shared, HPKE_KEY, v->shared);
	struct hpke_schedule s = hpke_schedule(shared, part(info), v->aead);
	size_t n = strlen(v->key) / 2;
	SAME(s.key, n, v->key);
	SAME(s.nonce, AEAD_NONCE, v->nonce);
	aead_seal(&(struct aead_key){ s.key, n, s.nonce }, part("436f756e742d30"), part(plain), sealed);
	SAME(sealed, strlen(v->sealed) / 2, v->sealed);
	if (v->aead != 2)
		return;
	struct bytes whole = part(arena_printf(arena, "%s%s", v->enc, v->sealed));
	uint8_t opened[64];
	CHECK(hpke_open(&own, part(info), part("436f756e742d30"), whole, opened));
	SAME(opened, strlen(plain) / 2, plain);
}

/* Each single changed byte, another info, another aad, another key, a shorter text: none opens. */
static void changed(void)
{
	struct hpke_pair own = hpke_pair_new(), other = hpke_pair_new();
	struct bytes text = { "ein Termin", 10 }, about = { "shop", 4 }, what = { "info", 4 };
	uint8_t sealed[10 + HPKE_MORE], opened[64];
	CHECK(hpke_seal(own.public, what, about, text, sealed));
	struct bytes whole = { sealed, sizeof sealed };
	CHECK(hpke_open(&own, what, about, whole, opened) && memcmp(opened, text.at, 10) == 0);
	for (size_t i = 0; i < sizeof sealed; i++) {
		uint8_t bit = i == HPKE_KEY - 1 ? 1 : 0x80;          /* the highest bit of an X25519 key does not count */
		sealed[i] ^= bit;
		CHECK(!hpke_open(&own, what, about, whole, opened));
		sealed[i] ^= bit;
	}
	for (size_t n = 0; n < sizeof sealed; n++)
		CHECK(!hpke_open(&own, what, about, (struct bytes){ sealed, n }, opened));
	CHECK(!hpke_open(&other, what, about, whole, opened));
	CHECK(!hpke_open(&own, about, about, whole, opened) && !hpke_open(&own, what, what, whole, opened));
	const uint8_t zeros[HPKE_KEY] = { 0 };
	CHECK(!hpke_seal(zeros, what, about, text, sealed));
}

static void rfc5869(void)
{
	uint8_t key[42];
	kdf_key(part("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), part("000102030405060708090a0b0c"), part("f0f1f2f3f4f5f6f7f8f9"), key, sizeof key);
	SAME(key, sizeof key, "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
	kdf_key(part("0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b"), (struct bytes){ NULL, 0 }, (struct bytes){ NULL, 0 }, key, sizeof key);
	SAME(key, sizeof key, "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
}

static void rfc8032(void)
{
	uint8_t public[SIGN_KEY], signature[SIGN_BYTES];
	const uint8_t *seed = hex("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb");
	sign_public(seed, public);
	SAME(public, SIGN_KEY, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
	sign_make(seed, (struct bytes){ "r", 1 }, signature);
	SAME(signature, SIGN_BYTES, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
	CHECK(sign_good(public, (struct bytes){ "r", 1 }, signature));
	signature[5] ^= 1;
	CHECK(!sign_good(public, (struct bytes){ "r", 1 }, signature));
}

int main(void)
{
	arena = arena_new();
	for (size_t i = 0; i < COUNT(vectors); i++)
		rfc9180(&vectors[i]);
	changed();
	rfc5869();
	rfc8032();
	arena_free(arena);
	return check_end();
}
