#include "seal/seal.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <string.h>
#include <unistd.h>
#include <zstd.h>

enum { LEVEL = 3, NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

struct sealer {
	unsigned char shop[SHOP_BYTES], name[KEY_BYTES], box[KEY_BYTES];
	unsigned char public[crypto_sign_PUBLICKEYBYTES], secret[crypto_sign_SECRETKEYBYTES];
	ZSTD_CCtx *press;
	ZSTD_DCtx *unpress;
	unsigned char *room;         /* for a pressed piece, grown as needed */
	size_t size;
	struct arena *arena;
};

static void mac(struct span_of key, const struct span_of *parts, size_t n, unsigned char mac_r[32])
{
	crypto_auth_hmacsha256_state state;
	crypto_auth_hmacsha256_init(&state, key.at, key.n);
	for (size_t i = 0; i < n; i++)
		crypto_auth_hmacsha256_update(&state, parts[i].at, parts[i].n);
	crypto_auth_hmacsha256_final(&state, mac_r);
}

void seal_hkdf(struct span_of salt, struct span_of secret, const char *info, unsigned char *key_r, size_t n)
{
	unsigned char main_key[32], block[32];
	require(n <= 255 * sizeof block);
	mac(salt, &secret, 1, main_key);
	size_t had = 0;
	for (unsigned char i = 1; n > 0; i++) {
		const struct span_of parts[] = { { block, had }, { info, strlen(info) }, { &i, 1 } };
		size_t take = n < sizeof block ? n : sizeof block;
		mac((struct span_of){ main_key, sizeof main_key }, parts, COUNT(parts), block);
		memcpy(key_r, block, take);
		had = sizeof block;
		key_r += take;
		n -= take;
	}
	sodium_memzero(main_key, sizeof main_key);
	sodium_memzero(block, sizeof block);
}

void seal_subkey(const struct seed *seed, const char *name, unsigned char *key_r, size_t n)
{
	seal_hkdf((struct span_of){ "kontor", 6 }, (struct span_of){ seed->b, sizeof seed->b }, name, key_r, n);
}

void seal_shop(const struct seed *seed, unsigned char shop_r[SHOP_BYTES])
{
	seal_subkey(seed, "shop", shop_r, SHOP_BYTES);
}

struct sealer *sealer_new(struct arena *a, const struct seed *seed)
{
	unsigned char backup[KEY_BYTES], sign[crypto_sign_SEEDBYTES];
	require(sodium_init() >= 0);
	struct sealer *s = arena_new_of(a, struct sealer);
	seal_shop(seed, s->shop);
	seal_subkey(seed, "backup", backup, sizeof backup);
	seal_hkdf((struct span_of){ "kontor", 6 }, (struct span_of){ backup, sizeof backup }, "name", s->name, sizeof s->name);
	seal_hkdf((struct span_of){ "kontor", 6 }, (struct span_of){ backup, sizeof backup }, "box", s->box, sizeof s->box);
	seal_subkey(seed, "sign", sign, sizeof sign);
	crypto_sign_seed_keypair(s->public, s->secret, sign);
	sodium_memzero(backup, sizeof backup);
	sodium_memzero(sign, sizeof sign);
	s->press = ZSTD_createCCtx();
	s->unpress = ZSTD_createDCtx();
	require(s->press != NULL && s->unpress != NULL);
	ZSTD_CCtx_setParameter(s->press, ZSTD_c_compressionLevel, LEVEL);
	ZSTD_CCtx_setParameter(s->press, ZSTD_c_checksumFlag, 0);
	s->arena = a;
	return s;
}

void sealer_free(struct sealer *s)
{
	ZSTD_freeCCtx(s->press);
	ZSTD_freeDCtx(s->unpress);
	sodium_memzero(s->box, sizeof s->box);
	sodium_memzero(s->name, sizeof s->name);
	sodium_memzero(s->secret, sizeof s->secret);
}

const unsigned char *sealer_shop(const struct sealer *s) { return s->shop; }

void seal_name(const struct sealer *s, const void *piece, size_t n, unsigned char name_r[PIECE_BYTES])
{
	crypto_generichash(name_r, PIECE_BYTES, piece, n, s->name, sizeof s->name);
}

static unsigned char *room(struct sealer *s, size_t n)
{
	if (s->size < n) {
		s->room = arena_buffer(s->arena, n);
		s->size = n;
	}
	return s->room;
}

size_t seal_most(size_t n) { return ZSTD_compressBound(n) + SEAL_MORE; }

size_t seal_close(struct sealer *s, const char *about, const void *plain, size_t n, unsigned char *sealed_r)
{
	size_t most = ZSTD_compressBound(n);
	unsigned char *pressed = room(s, most);
	size_t bytes = ZSTD_compress2(s->press, pressed, most, plain, n);
	require(!ZSTD_isError(bytes));
	randombytes_buf(sealed_r, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(sealed_r + NONCE, NULL, pressed, bytes, (const unsigned char *)about, strlen(about), NULL,
	    sealed_r, s->box);
	return NONCE + bytes + TAG;
}

int64_t seal_open(struct sealer *s, const char *about, const void *sealed, size_t n, void *plain_r, size_t most)
{
	const unsigned char *bytes = sealed;
	if (n < NONCE + TAG)
		return -1;
	unsigned char *pressed = room(s, n - NONCE - TAG + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(pressed, NULL, NULL, bytes + NONCE, n - NONCE, (const unsigned char *)about,
	    strlen(about), bytes, s->box) != 0)
		return -1;
	size_t got = ZSTD_decompressDCtx(s->unpress, plain_r, most, pressed, n - NONCE - TAG);
	return ZSTD_isError(got) ? -1 : (int64_t)got;
}

static char *to_sign(struct arena *a, const char *type, const char *bytes, size_t n, size_t *size_r)
{
	char *head = arena_printf(a, "kontor-sig/%s\n", type);
	size_t before = strlen(head);
	char *all = arena_buffer(a, before + n);
	memcpy(all, head, before);
	memcpy(all + before, bytes, n);
	*size_r = before + n;
	return all;
}

void seal_sign(const struct sealer *s, struct arena *a, const char *type, const char *bytes, size_t n, unsigned char sig_r[SIGNATURE_BYTES])
{
	size_t size;
	const char *all = to_sign(a, type, bytes, n, &size);
	crypto_sign_detached(sig_r, NULL, (const unsigned char *)all, size, s->secret);
}

bool seal_signed(const struct sealer *s, struct arena *a, const char *type, const char *bytes, size_t n, const unsigned char sig[SIGNATURE_BYTES])
{
	size_t size;
	const char *all = to_sign(a, type, bytes, n, &size);
	return crypto_sign_verify_detached(sig, (const unsigned char *)all, size, s->public) == 0;
}

char *seal_hex(struct arena *a, const void *bytes, size_t n)
{
	char *hex = arena_buffer(a, 2 * n + 1);
	sodium_bin2hex(hex, 2 * n + 1, bytes, n);
	return hex;
}

bool seal_unhex(const char *hex, void *bytes_r, size_t n)
{
	size_t got = 0;
	const char *end;
	if (strlen(hex) != 2 * n || strspn(hex, "0123456789abcdef") != 2 * n)
		return false;
	return sodium_hex2bin(bytes_r, n, hex, 2 * n, NULL, &got, &end) == 0 && got == n;
}

int seed_load(struct arena *a, const char *dir, struct seed *seed_r)
{
	const char *path = arena_printf(a, "%s/seed", dir);
	char line[128] = { 0 };
	int file = open(path, O_RDONLY | O_CLOEXEC);
	if (file < 0 && errno == ENOENT)
		return 1;
	ssize_t n = file < 0 ? -1 : read(file, line, sizeof line - 1);
	if (file >= 0)
		close(file);
	if (n <= 0 || strncmp(line, "kontor-seed 1 ", 14) != 0 || line[n - 1] != '\n') {
		log_fault("the keys in %s can't be read", path);
		return -1;
	}
	line[n - 1] = '\0';
	bool right = seal_unhex(line + 14, seed_r->b, sizeof seed_r->b);
	sodium_memzero(line, sizeof line);
	if (!right)
		log_fault("the keys in %s can't be read", path);
	return right ? 0 : -1;
}
