#include "base/text.h"
#include <string.h>
#include <stdlib.h>
#include <utf8proc.h>

bool text_equal(const char *a, const char *b)
{
	return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

bool text_empty(const char *s)
{
	return s == NULL || s[strspn(s, " \t\r\n")] == '\0';
}

bool text_starts(const char *s, const char *prefix)
{
	return strncmp(s, prefix, strlen(prefix)) == 0;
}

size_t text_length(const char *s)
{
	size_t n = 0;
	for (; s != NULL && *s != '\0'; s++)
		n += ((unsigned char)*s & 0xC0) != 0x80;
	return n;
}

bool text_valid(const char *s, size_t bytes)
{
	for (size_t at = 0; at < bytes;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(bytes - at), &c);
		if (n <= 0 || c == 0)
			return false;
		at += (size_t)n;
	}
	return true;
}

/* Characters that only confuse who reads: controls, zero width, direction overrides (CVE-2021-42574), BOM. */
static bool unwanted(utf8proc_int32_t c)
{
	return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F && c != 0x200D) ||
	    (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
}

static bool blank(utf8proc_int32_t c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == 0xA0 || (c >= 0x2000 && c <= 0x200A) ||
	    c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x3000;
}

struct cleaned { char *s; size_t n; bool gap, line; };

static void clean_add(struct cleaned *to, utf8proc_int32_t c)
{
	if (to->n > 0 && to->line)
		to->s[to->n++] = '\n';
	else if (to->n > 0 && to->gap)
		to->s[to->n++] = ' ';
	to->gap = to->line = false;
	to->n += (size_t)utf8proc_encode_char(c, (utf8proc_uint8_t *)to->s + to->n);
}

/* Printing ASCII with single blanks between: nothing to clean. */
static bool clean_already(const char *s)
{
	if (*s == ' ')
		return false;
	for (; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || (unsigned char)*s >= 0x7F || (*s == ' ' && (s[1] == ' ' || s[1] == '\0')))
			return false;
	return true;
}

/* In a text of several lines one empty line may stand between two others. */
char *text_clean(struct arena *a, const char *s, bool multiline)
{
	size_t bytes = strlen(s);
	if (clean_already(s))
		return arena_copy(a, s, bytes);
	struct cleaned to = { .s = arena_buffer(a, bytes * 3 + 1) };
	for (size_t at = 0; at < bytes;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(bytes - at), &c);
		at += n > 0 ? (size_t)n : 1;
		if (n <= 0)
			c = 0xFFFD;
		if (multiline && c == '\n') {
			if (to.line && to.n > 0 && to.s[to.n - 1] != '\n')
				to.s[to.n++] = '\n';
			to.line = true;
		} else if (blank(c)) {
			to.gap = true;
		} else if (!unwanted(c)) {
			clean_add(&to, c);
		}
	}
	while (to.n > 0 && to.s[to.n - 1] == '\n')
		to.n--;
	to.s[to.n] = '\0';
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)to.s, (utf8proc_ssize_t)to.n, &composed,
	    UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	char *result = n >= 0 ? arena_copy(a, (char *)composed, (size_t)n) : to.s;
	free(composed);
	return result;
}

/* Letters that decomposition alone does not reach. */
static const char *folded(utf8proc_int32_t c, bool long_form)
{
	switch (c) {
	case 0xE4: return long_form ? "ae" : "a";
	case 0xF6: return long_form ? "oe" : "o";
	case 0xFC: return long_form ? "ue" : "u";
	case 0xDF: return "ss";
	case 0xF8: return long_form ? "oe" : "o";
	case 0xE6: return "ae";
	case 0xE5: return long_form ? "aa" : "a";
	case 0x153: return "oe";
	case 0x142: return "l";
	case 0x131: return "i";
	case 0x111: return "d";
	case 0xF0: return "d";
	case 0xFE: return "th";
	default: return NULL;
	}
}

static char *fold(struct arena *a, const char *s, bool long_form)
{
	size_t bytes = strlen(s), n = 0;
	char *to = arena_buffer(a, bytes * 4 + 1);
	for (size_t at = 0; at < bytes;) {
		utf8proc_int32_t c, parts[8];
		utf8proc_ssize_t w = utf8proc_iterate((const utf8proc_uint8_t *)s + at, (utf8proc_ssize_t)(bytes - at), &c);
		at += w > 0 ? (size_t)w : 1;
		if (w <= 0)
			continue;
		c = utf8proc_tolower(c);
		const char *known = folded(c, long_form);
		if (known != NULL) {
			memcpy(to + n, known, strlen(known));
			n += strlen(known);
			continue;
		}
		int last = 0;
		utf8proc_ssize_t k = utf8proc_decompose_char(c, parts, COUNT(parts),
		    UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
		for (utf8proc_ssize_t i = 0; i < k && i < (utf8proc_ssize_t)COUNT(parts) && n + 4 <= bytes * 4; i++)
			n += (size_t)utf8proc_encode_char(parts[i], (utf8proc_uint8_t *)to + n);
	}
	to[n] = '\0';
	return to;
}

static char *composed(struct arena *a, const char *s)
{
	utf8proc_uint8_t *nfc = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s, 0, &nfc,
	    UTF8PROC_NULLTERM | UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	char *result = n >= 0 ? arena_copy(a, (char *)nfc, (size_t)n) : arena_text(a, s);
	free(nfc);
	return result;
}

char *text_fold(struct arena *a, const char *s) { return fold(a, composed(a, s), false); }

char *text_fold_long(struct arena *a, const char *s)
{
	char *plain = text_fold(a, s), *written = fold(a, composed(a, s), true);
	return strcmp(plain, written) == 0 ? NULL : written;
}

char *text_digits(struct arena *a, const char *s)
{
	char *to = arena_buffer(a, strlen(s) + 1);
	size_t n = 0;
	for (; *s != '\0'; s++)
		if (*s >= '0' && *s <= '9')
			to[n++] = *s;
	to[n] = '\0';
	return to;
}

char *text_cut(struct arena *a, const char *s, size_t code_points)
{
	if (text_length(s) <= code_points)
		return arena_text(a, s);
	size_t at = 0, seen = 0;
	while (s[at] != '\0' && seen < code_points) {
		at++;
		while (((unsigned char)s[at] & 0xC0) == 0x80)
			at++;
		seen++;
	}
	return arena_printf(a, "%.*s…", (int)at, s);
}

static int hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

char *url_decode(struct arena *a, const char *s, size_t n, size_t *length_r)
{
	char *to = arena_buffer(a, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '+') {
			to[k++] = ' ';
		} else if (s[i] == '%') {
			if (i + 2 >= n || hex(s[i + 1]) < 0 || hex(s[i + 2]) < 0)
				return NULL;
			to[k++] = (char)(hex(s[i + 1]) * 16 + hex(s[i + 2]));
			i += 2;
		} else {
			to[k++] = s[i];
		}
	}
	to[k] = '\0';
	*length_r = k;
	return to;
}

char *url_encode(struct arena *a, const char *s)
{
	char *to = arena_buffer(a, strlen(s) * 3 + 1);
	size_t k = 0;
	for (; *s != '\0'; s++) {
		unsigned char c = (unsigned char)*s;
		if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || strchr("-._~", c) != NULL) {
			to[k++] = (char)c;
		} else {
			to[k++] = '%';
			to[k++] = "0123456789ABCDEF"[c >> 4];
			to[k++] = "0123456789ABCDEF"[c & 15];
		}
	}
	to[k] = '\0';
	return to;
}
