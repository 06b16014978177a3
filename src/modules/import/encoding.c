#include "modules/import/encoding.h"
#include <errno.h>
#include <iconv.h>
#include <string.h>
#include <utf8proc.h>

static const char bad_char[] = "\xEF\xBF\xBD";         /* U+FFFD */

/* iconv with U+FFFD for what is none; one byte is skipped at a time. At most three bytes come out for each that went in
 * (Windows-1252's euro sign), four for two of UTF-16. */
static struct encoding_text convert(struct arena *a, iconv_t cd, const char *name, const char *bytes, size_t n)
{
	struct encoding_text to = { .s = arena_buffer(a, n * 4 + 8), .name = name };
	char *in = (char *)(uintptr_t)bytes, *out = to.s;
	size_t left = n, room = n * 4 + 4;
	while (left > 0 && iconv(cd, &in, &left, &out, &room) == (size_t)-1) {
		if (errno == E2BIG || room < sizeof bad_char)
			break;
		memcpy(out, bad_char, 3);
		out += 3;
		room -= 3;
		in++;
		left--;
		to.bad++;
	}
	to.n = (size_t)(out - to.s);
	for (size_t i = 0; i < to.n; i++)
		if (to.s[i] == '\0')
			to.s[i] = ' ';
	to.s[to.n] = '\0';
	return to;
}

static struct encoding_text convert_named(struct arena *a, const char *charset, const char *name, const char *bytes, size_t n)
{
	iconv_t cd = iconv_open("UTF-8", charset);
	if (cd == (iconv_t)-1)
		return (struct encoding_text){ .s = arena_text(a, ""), .name = name, .bad = n };
	struct encoding_text to = convert(a, cd, name, bytes, n);
	iconv_close(cd);
	return to;
}

static bool mark(const char *bytes, size_t n, const char *is, size_t length)
{
	return n >= length && memcmp(bytes, is, length) == 0;
}

/* Text in UTF-16 without a mark has a zero in nearly every second byte. */
static const char *wide_charset(const char *bytes, size_t n, size_t *skip_r)
{
	size_t even = 0, odd = 0, look = n < 2048 ? n & ~(size_t)1 : 2048;
	*skip_r = 2;
	if (mark(bytes, n, "\xFF\xFE", 2))
		return "UTF-16LE";
	if (mark(bytes, n, "\xFE\xFF", 2))
		return "UTF-16BE";
	*skip_r = 0;
	for (size_t i = 0; i < look; i++)
		if (bytes[i] == '\0')
			*(i % 2 == 0 ? &even : &odd) += 1;
	if (look < 8)
		return NULL;
	return odd > look * 2 / 5 ? "UTF-16LE" : even > look * 2 / 5 ? "UTF-16BE" : NULL;
}

bool encoding_is_wide(const char *bytes, size_t n)
{
	size_t skip;
	return wide_charset(bytes, n, &skip) != NULL;
}

/* good: characters of several bytes; bad: bytes that are no UTF-8; high: bytes 0x80..0x9F among them */
struct seen { size_t good, bad, high; };

static struct seen look_through(const char *bytes, size_t n)
{
	struct seen seen = { 0 };
	for (size_t at = 0; at < n;) {
		utf8proc_int32_t c;
		if ((unsigned char)bytes[at] < 0x80) {
			at++;
			continue;
		}
		utf8proc_ssize_t w = utf8proc_iterate((const utf8proc_uint8_t *)bytes + at, (utf8proc_ssize_t)(n - at), &c);
		seen.good += w > 0;
		seen.bad += w <= 0;
		seen.high += w <= 0 && (unsigned char)bytes[at] < 0xA0;
		at += w > 0 ? (size_t)w : 1;
	}
	return seen;
}

struct encoding_text encoding_utf8(struct arena *a, const char *bytes, size_t n)
{
	size_t skip;
	const char *wide = wide_charset(bytes, n, &skip);
	if (wide != NULL)
		return convert_named(a, wide, "UTF-16", bytes + skip, n - skip);
	skip = mark(bytes, n, "\xEF\xBB\xBF", 3) ? 3 : 0;
	struct seen seen = look_through(bytes, n);
	if (skip > 0 || seen.bad * 10 <= seen.good)
		return convert_named(a, "UTF-8", "UTF-8", bytes + skip, n - skip);
	return convert_named(a, "CP1252", seen.high > 0 ? "Windows-1252" : "Latin-1", bytes, n);
}

struct encoding_text encoding_from(struct arena *a, const char *charset, const char *bytes, size_t n)
{
	iconv_t cd = charset == NULL || strlen(charset) > 40 ? (iconv_t)-1 : iconv_open("UTF-8", charset);
	if (cd == (iconv_t)-1)
		return encoding_utf8(a, bytes, n);
	struct encoding_text to = convert(a, cd, "", bytes, n);
	iconv_close(cd);
	to.name = arena_text(a, charset);
	return to;
}
