/* password.h: argon2id (libsodium's encoded form), 19 MiB and two passes (OWASP). Takes some 30 ms: on a reading thread
 * where that is possible. */
#ifndef WEB_PASSWORD_H
#define WEB_PASSWORD_H
#include "base/arena.h"
#include <stdbool.h>

const char *password_hash(struct arena *, const char *text);
/* hash may be NULL: takes as long as with one, so that the time tells nobody who exists, and is false. */
bool password_is(const char *hash, const char *text);

enum { PIN_DIGITS = 4, PASSWORD_MIN = 8 };
bool password_pin_ok(const char *pin);                       /* exactly four digits */
bool password_ok(const char *password);                      /* at least eight characters */
#endif
