/* seal_test.c: keys (RFC 5869, appendix A), words and their mistakes, what is sealed and opened. */
#include "base/embedded.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/out.h"
#include "check.h"
#include "seal/seed_write.h"
#include "seal/words.h"
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static uint32_t random_state = 7;
static uint32_t dice(uint32_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (random_state >> 8) % n;
}

static struct seed random_seed(void)
{
	struct seed s;
	for (size_t i = 0; i < sizeof s.b; i++)
		s.b[i] = (unsigned char)dice(256);
	return s;
}

static void rfc_5869(struct arena *a)
{
	static const unsigned char eleven[80] = { 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b,
		0x0b, 0x0b, 0x0b, 0x0b, 0x0b, 0x0b };
	static const unsigned char salt[] = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
	static const char info[] = "\xf0\xf1\xf2\xf3\xf4\xf5\xf6\xf7\xf8\xf9";
	unsigned char key[82];
	seal_hkdf((struct span_of){ salt, sizeof salt }, (struct span_of){ eleven, 22 }, info, key, 42);             /* A.1 */
	CHECK_TEXT(seal_hex(a, key, 42), "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865");
	seal_hkdf((struct span_of){ "", 0 }, (struct span_of){ eleven, 22 }, "", key, 42);                           /* A.3 */
	CHECK_TEXT(seal_hex(a, key, 42), "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8");
	unsigned char secret[80], long_salt[80];
	char long_info[81] = { 0 };
	for (int i = 0; i < 80; i++) {
		secret[i] = (unsigned char)i;
		long_salt[i] = (unsigned char)(0x60 + i);
		long_info[i] = (char)(0xb0 + i);
	}
	seal_hkdf((struct span_of){ long_salt, 80 }, (struct span_of){ secret, 80 }, long_info, key, 82);            /* A.2 */
	CHECK_TEXT(seal_hex(a, key, 82), "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09"
	    "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87");
}

static char *joined(struct arena *a, const char *const words[WORDS])
{
	struct out o = { .arena = a };
	for (int i = 0; i < WORDS; i++)
		out_raw(&o, arena_printf(a, "%s%s", i ? " " : "", words[i]));
	return o.s;
}

static void round_trip(struct arena *a)
{
	for (int turn = 0; turn < 100; turn++) {
		arena_reset(a);
		struct seed seed = random_seed();
		const char *words[WORDS];
		struct words read;
		words_of(a, &seed, words);
		words_read(a, joined(a, words), &read);
		CHECK(read.fault == WORDS_RIGHT && memcmp(&read.seed, &seed, sizeof seed) == 0);
	}
	struct seed none = { { 0 } };
	struct out numbered = { .arena = a };
	const char *words[WORDS];
	struct words read;
	words_of(a, &none, words);
	CHECK_TEXT(words[0], "aachener");
	for (int i = 0; i < WORDS; i++)
		out_raw(&numbered, arena_printf(a, "%d. %c%s,\n", i + 1, words[i][0] - 32, words[i] + 1));
	words_read(a, numbered.s, &read);
	CHECK(read.fault == WORDS_RIGHT && memcmp(&read.seed, &none, sizeof none) == 0);
}

static bool is_shop(const struct seed *seed, const void *about)
{
	unsigned char shop[SHOP_BYTES];
	seal_shop(seed, shop);
	return memcmp(shop, about, sizeof shop) == 0;
}

/* One wrong word of 20, in the list or not, and two that changed places: the place is said, each time. */
static void mistakes(struct arena *a)
{
	int passed_check = 0;
	for (int turn = 0; turn < 30; turn++) {
		arena_reset(a);
		struct seed seed = random_seed(), other = random_seed();
		unsigned char shop[SHOP_BYTES];
		const char *words[WORDS], *others[WORDS];
		struct words w;
		seal_shop(&seed, shop);
		words_of(a, &seed, words);
		words_of(a, &other, others);
		int place = (int)dice(WORDS), second = (place + 1 + (int)dice(WORDS - 1)) % WORDS;
		const char *right = words[place];
		words[place] = turn % 2 ? others[place] : "hudn";
		words_read(a, joined(a, words), &w);
		CHECK(turn % 2 ? w.fault == WORDS_DONT_FIT || w.fault == WORDS_RIGHT : w.fault == WORDS_UNKNOWN && w.wrong == place);
		passed_check += turn % 2 && w.fault == WORDS_RIGHT;
		CHECK_TEXT(words_mend(a, &w, is_shop, shop), arena_printf(a, "Word %d can't be “%s”: with “%s” the words fit.", place + 1, words[place], right));
		words[place] = words[second];
		words[second] = right;
		words_read(a, joined(a, words), &w);
		int first = place < second ? place : second;
		CHECK_TEXT(words_mend(a, &w, is_shop, shop), arena_printf(a, "Words %d and %d changed places.", first + 1, place + second - first + 1));
	}
	CHECK(passed_check < 8);
}

static void sentences(struct arena *a)
{
	struct words w;
	words_read(a, "", &w);
	CHECK_TEXT(words_sentence(a, &w), "Words: there are 20 on the sheet, 0 were given.");
	words_read(a, "hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund", &w);
	CHECK_TEXT(words_sentence(a, &w), "Words: there are 20 on the sheet, 21 were given.");
	words_read(a, "hund hund hund mandell hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund hund", &w);
	CHECK(w.fault == WORDS_UNKNOWN && strstr(words_sentence(a, &w), "Word 4 can't be “mandell”. Perhaps: mandel") != NULL);
}

static void sealed(struct arena *a)
{
	struct seed one = random_seed(), two = random_seed();
	struct sealer *s = sealer_new(a, &one), *foreign = sealer_new(a, &two);
	static unsigned char plain[65536], box[66000], again[66000], back[65536];
	for (size_t i = 0; i < sizeof plain; i++)
		plain[i] = (unsigned char)(i < 30000 ? i / 100 : dice(256));
	for (size_t n = 0; n <= sizeof plain; n = n * 3 + 1) {
		size_t bytes = seal_close(s, "page 1", plain, n, box), bytes2 = seal_close(s, "page 1", plain, n, again);
		CHECK(bytes <= seal_most(n) && bytes == bytes2 && memcmp(box, again, bytes) != 0);
		CHECK_INT(seal_open(s, "page 1", box, bytes, back, sizeof back), n);
		CHECK(memcmp(plain, back, n) == 0);
		CHECK_INT(seal_open(s, "page 2", box, bytes, back, sizeof back), -1);
		CHECK_INT(seal_open(foreign, "page 1", box, bytes, back, sizeof back), -1);
		CHECK_INT(seal_open(s, "page 1", box, bytes - 1, back, sizeof back), -1);
		box[dice((uint32_t)bytes)] ^= (unsigned char)(1 << dice(8));
		CHECK_INT(seal_open(s, "page 1", box, bytes, back, sizeof back), -1);
		CHECK(n == 0 || seal_open(s, "page 1", again, bytes, back, n - 1) == -1);
	}
	unsigned char name[PIECE_BYTES], name2[PIECE_BYTES], sig[SIGNATURE_BYTES];
	seal_name(s, plain, 4096, name);
	seal_name(foreign, plain, 4096, name2);
	CHECK(memcmp(name, name2, sizeof name) != 0);
	seal_sign(s, a, "backup/1", "abc", 3, sig);
	CHECK(seal_signed(s, a, "backup/1", "abc", 3, sig));
	CHECK(!seal_signed(s, a, "backup/1", "abd", 3, sig) && !seal_signed(s, a, "letter/1", "abc", 3, sig) && !seal_signed(foreign, a, "backup/1", "abc", 3, sig));
	sealer_free(s);
	sealer_free(foreign);
}

static void in_the_folder(struct arena *a)
{
	char dir[] = "/tmp/kontor-seed-XXXXXX";
	struct seed made, read, other = random_seed();
	struct stat s;
	require(mkdtemp(dir) != NULL);
	char *path = arena_printf(a, "%s/seed", dir);
	CHECK_INT(seed_load(a, dir, &read), 1);
	CHECK_INT(seed_make(a, dir, &made), 0);
	CHECK(stat(path, &s) == 0 && (s.st_mode & 0777) == 0600);
	CHECK_INT(seed_make(a, dir, &read), 0);
	CHECK(memcmp(&made, &read, sizeof made) == 0);
	CHECK_INT(seed_save(a, dir, &other), -1);
	CHECK_INT(seed_load(a, dir, &read), 0);
	CHECK(memcmp(&made, &read, sizeof made) == 0);
	require(truncate(path, 40) == 0);
	CHECK_INT(seed_load(a, dir, &read), -1);
	CHECK_INT(seed_make(a, dir, &read), -1);
	(void)unlink(path);
	CHECK_INT(rmdir(dir), 0);
}

int main(void)
{
	struct arena *a = arena_new();
	lang_use(LANG_EN);
	rfc_5869(a);
	round_trip(a);
	mistakes(a);
	sentences(a);
	sealed(a);
	in_the_folder(a);
	arena_free(a);
	return check_end();
}
