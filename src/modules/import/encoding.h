/* encoding.h: bytes of unknown origin as UTF-8. */
#ifndef IMPORT_ENCODING_H
#define IMPORT_ENCODING_H
#include "base/arena.h"
#include "base/values.h"

struct encoding_text {
	char *s;                     /* in the arena, ends in zero, no zero bytes inside */
	size_t n;
	const char *name;            /* "UTF-8", "UTF-16", "Windows-1252", "Latin-1" */
	size_t bad;                  /* bytes that stand for no character; each became U+FFFD */
};

/* Sniffs: byte order mark, UTF-16 by its zeros, UTF-8 if it (nearly) is, else Windows-1252. The mark is dropped. */
struct encoding_text encoding_utf8(struct arena *, const char *bytes, size_t n);
bool encoding_is_wide(const char *bytes, size_t n);          /* UTF-16 or UTF-32 */
/* From a named charset (iconv's names); an unknown name is sniffed instead. */
struct encoding_text encoding_from(struct arena *, const char *charset, const char *bytes, size_t n);
#endif
