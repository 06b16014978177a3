#include "seal/chunk.h"
#include "base/log.h"
#include "seal/aead.h"
#include "seal/kdf.h"
#include <string.h>
#include <zlib.h>

enum { SALT = 32, LENGTH = 4 };
static const uint8_t nonce[AEAD_NONCE];                      /* each key seals one text only: the salt is in it */

size_t chunk_padded(size_t n)
{
	if (n < 2)
		return n;
	unsigned e = 63u - (unsigned)__builtin_clzll(n), s = 32u - (unsigned)__builtin_clz(e == 0 ? 1 : e);
	size_t mask = e > s ? ((size_t)1 << (e - s)) - 1 : 0;
	return (n + mask) & ~mask;
}

/* Names have no line feed, so that nothing can move from one to the other. */
static struct bytes about(struct arena *arena, struct chunk_place place)
{
	const char *text = arena_printf(arena, "kontor/chunk/1\n%s\n%s\n", place.audience, place.name);
	return (struct bytes){ text, strlen(text) };
}

static void salt_of(struct arena *arena, const uint8_t key[CHUNK_KEY], struct bytes ad, struct bytes padded, uint8_t salt_r[SALT])
{
	uint8_t siv[KDF_HASH];
	struct bytes none = { NULL, 0 };
	kdf_key((struct bytes){ key, CHUNK_KEY }, none, (struct bytes){ "kontor/siv/1", 12 }, siv, sizeof siv);
	uint8_t *both = arena_buffer(arena, ad.n + padded.n);
	memcpy(both, ad.at, ad.n);
	memcpy(both + ad.n, padded.at, padded.n);
	kdf_hmac((struct bytes){ siv, sizeof siv }, (struct bytes){ both, ad.n + padded.n }, salt_r);
}

static void key_of(const uint8_t key[CHUNK_KEY], const uint8_t salt[SALT], struct bytes ad, uint8_t key_r[AEAD_KEY])
{
	kdf_key((struct bytes){ key, CHUNK_KEY }, (struct bytes){ salt, SALT }, ad, key_r, AEAD_KEY);
}

static struct bytes packed(struct arena *arena, struct bytes plain)
{
	z_stream z = { .next_in = (Bytef *)(uintptr_t)plain.at, .avail_in = (uInt)plain.n };
	require(plain.n <= CHUNK_PLAIN_MAX && deflateInit2(&z, 9, Z_DEFLATED, -15, 9, Z_DEFAULT_STRATEGY) == Z_OK);
	size_t room = deflateBound(&z, (uLong)plain.n);
	uint8_t *to = arena_alloc(arena, LENGTH + chunk_padded(LENGTH + room) );
	z.next_out = to + LENGTH;
	z.avail_out = (uInt)room;
	require(deflate(&z, Z_FINISH) == Z_STREAM_END);
	size_t n = room - z.avail_out;
	(void)deflateEnd(&z);
	for (int i = 0; i < LENGTH; i++)
		to[i] = (uint8_t)(n >> (24 - 8 * i));
	return (struct bytes){ to, chunk_padded(LENGTH + n) };
}

static enum refusal unpacked(struct arena *arena, const uint8_t *at, size_t padded, struct bytes *plain_r)
{
	size_t n = 0;
	for (int i = 0; i < LENGTH; i++)
		n = n << 8 | at[i];
	if (n == 0 || n > padded - LENGTH || chunk_padded(LENGTH + n) != padded)
		return REFUSED_SIZE;
	for (size_t i = LENGTH + n; i < padded; i++)
		if (at[i] != 0)
			return REFUSED_SIZE;
	struct out o = { .arena = arena };
	uint8_t part[16 << 10];
	z_stream z = { .next_in = (Bytef *)(uintptr_t)(at + LENGTH), .avail_in = (uInt)n };
	int status = Z_OK;
	require(inflateInit2(&z, -15) == Z_OK);
	while (status == Z_OK && o.len <= CHUNK_PLAIN_MAX) {
		z.next_out = part;
		z.avail_out = sizeof part;
		status = inflate(&z, Z_NO_FLUSH);
		out_bytes(&o, (const char *)part, sizeof part - z.avail_out);
	}
	bool whole = status == Z_STREAM_END && z.avail_in == 0;
	(void)inflateEnd(&z);
	*plain_r = (struct bytes){ o.s, o.len };
	return whole && o.len <= CHUNK_PLAIN_MAX ? ACCEPTED : REFUSED_SIZE;
}

struct bytes chunk_seal(struct arena *arena, const uint8_t key[CHUNK_KEY], struct chunk_place place, struct bytes plain)
{
	uint8_t once[AEAD_KEY];
	struct bytes ad = about(arena, place), padded = packed(arena, plain);
	uint8_t *sealed = arena_buffer(arena, SALT + padded.n + AEAD_TAG);
	salt_of(arena, key, ad, padded, sealed);
	key_of(key, sealed, ad, once);
	aead_seal(&(struct aead_key){ once, AEAD_KEY, nonce }, ad, padded, sealed + SALT);
	return (struct bytes){ sealed, SALT + padded.n + AEAD_TAG };
}

enum refusal chunk_open(struct arena *arena, const uint8_t key[CHUNK_KEY], struct chunk_place place, struct bytes sealed, struct bytes *plain_r)
{
	uint8_t once[AEAD_KEY], salt[SALT];
	struct bytes ad = about(arena, place);
	if (sealed.n < SALT + LENGTH + AEAD_TAG || sealed.n > CHUNK_PLAIN_MAX * 2u)
		return REFUSED_SIZE;
	size_t padded = sealed.n - SALT - AEAD_TAG;
	uint8_t *text = arena_buffer(arena, padded);
	key_of(key, sealed.at, ad, once);
	struct bytes rest = { (const uint8_t *)sealed.at + SALT, sealed.n - SALT };
	if (!aead_open(&(struct aead_key){ once, AEAD_KEY, nonce }, ad, rest, text))
		return REFUSED_SEAL;
	salt_of(arena, key, ad, (struct bytes){ text, padded }, salt);
	if (!kdf_same(salt, sealed.at, SALT))
		return REFUSED_HASH;
	return unpacked(arena, text, padded, plain_r);
}
