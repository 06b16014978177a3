#include "post/quota.h"
#include "base/log.h"
#include "seal/kdf.h"
#include <arpa/inet.h>
#include <openssl/rand.h>
#include <string.h>

/* Two rows of counters: a source counts in one place of each, the lower one holds. Others that fall into both of its places
 * only make it stricter; a flood of addresses takes no more memory. */
enum { ROWS = 2, PLACES = 1 << 15, DAY = 86400 };
static uint16_t counts[ROWS][PLACES];
static uint8_t key[KDF_HASH];
static int64_t since = -1;

/* IPv4: 24 bits; IPv6: 48. */
static size_t prefix(const char *address, uint8_t bytes_r[16])
{
	memset(bytes_r, 0, 16);
	if (inet_pton(AF_INET, address, bytes_r) == 1)
		return 3;
	return inet_pton(AF_INET6, address, bytes_r) == 1 ? 6 : 0;
}

bool quota_take(const char *address, size_t shop, uint64_t most, int64_t now)
{
	uint8_t text[8 + 16], hash[KDF_HASH];
	if (since < 0 || now - since >= DAY) {
		memset(counts, 0, sizeof counts);
		require(RAND_bytes(key, sizeof key) == 1);
		since = now;
	}
	memset(text, 0, sizeof text);
	text[0] = (uint8_t)shop;
	size_t n = prefix(address, text + 8);
	text[1] = (uint8_t)n;
	kdf_hmac((struct bytes){ key, sizeof key }, (struct bytes){ text, 8 + n }, hash);
	uint16_t *least = NULL;
	for (int row = 0; row < ROWS; row++) {
		uint16_t place, *count;
		memcpy(&place, hash + 2 * row, sizeof place);
		count = &counts[row][place % PLACES];
		if (*count < UINT16_MAX)
			++*count;
		least = least == NULL || *count < *least ? count : least;
	}
	return *least <= most;
}
