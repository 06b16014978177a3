#include "seal/hex.h"

void hex_write(struct bytes b, char *text_r)
{
	static const char digits[] = "0123456789abcdef";
	const uint8_t *at = b.at;
	for (size_t i = 0; i < b.n; i++) {
		text_r[2 * i] = digits[at[i] >> 4];
		text_r[2 * i + 1] = digits[at[i] & 15];
	}
}

char *hex_text(struct arena *arena, struct bytes b)
{
	char *text = arena_buffer(arena, 2 * b.n + 1);
	hex_write(b, text);
	text[2 * b.n] = '\0';
	return text;
}

static int digit(char c) { return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1; }

bool hex_read(const char *text, uint8_t *bytes_r, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		int high = digit(text[2 * i]), low = high < 0 ? -1 : digit(text[2 * i + 1]);
		if (low < 0)
			return false;
		bytes_r[i] = (uint8_t)(high << 4 | low);
	}
	return true;
}
