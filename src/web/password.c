#include "web/password.h"
#include "base/log.h"
#include "base/text.h"
#include <sodium.h>
#include <string.h>

enum { PASSES = 2, MEMORY = 19 << 20 };

const char *password_hash(struct arena *arena, const char *text)
{
	require(sodium_init() >= 0);
	char *hash = arena_alloc(arena, crypto_pwhash_STRBYTES);
	require(crypto_pwhash_str(hash, text, strlen(text), PASSES, MEMORY) == 0);
	return hash;
}

bool password_is(const char *hash, const char *text)
{
	char nobody[crypto_pwhash_STRBYTES];
	require(sodium_init() >= 0);
	if (hash == NULL) {
		require(crypto_pwhash_str(nobody, text, strlen(text), PASSES, MEMORY) == 0);
		return false;
	}
	return crypto_pwhash_str_verify(hash, text, strlen(text)) == 0;
}

bool password_pin_ok(const char *pin)
{
	return pin && strlen(pin) == PIN_DIGITS && strspn(pin, "0123456789") == PIN_DIGITS;
}

bool password_ok(const char *password) { return password && text_length(password) >= PASSWORD_MIN; }
