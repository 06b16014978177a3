#include "modules/import/content_line.h"
#include "base/text.h"
#include "modules/import/encoding.h"
#include <string.h>
#include <strings.h>

void content_line_start(struct content_walk *w, struct arena *a, const char *bytes, size_t n)
{
	size_t skip = n >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
	*w = (struct content_walk){ .arena = a, .bytes = bytes + skip, .n = n - skip, .gathered = { .arena = a } };
}

/* One line of the file, its break left out. */
static bool physical(struct content_walk *w, const char **s_r, size_t *n_r)
{
	if (w->at >= w->n)
		return false;
	size_t from = w->at, end = from;
	while (end < w->n && w->bytes[end] != '\n' && w->bytes[end] != '\r')
		end++;
	w->at = end + 1 < w->n && w->bytes[end] == '\r' && w->bytes[end + 1] == '\n' ? end + 2 : end < w->n ? end + 1 : end;
	w->line++;
	*s_r = w->bytes + from;
	*n_r = end - from;
	return true;
}

static void skip_empty(struct content_walk *w)
{
	while (w->at < w->n && (w->bytes[w->at] == '\r' || w->bytes[w->at] == '\n')) {
		const char *s;
		size_t n;
		(void)physical(w, &s, &n);
	}
}

static bool is_quoted_printable(const struct out *line)
{
	const char *colon = memchr(line->s, ':', line->len);
	size_t head = colon == NULL ? 0 : (size_t)(colon - line->s);
	for (size_t i = 0; i + 16 <= head; i++)
		if (strncasecmp(line->s + i, "QUOTED-PRINTABLE", 16) == 0)
			return true;
	return false;
}

/* Unfolds into w->gathered. */
static bool gather(struct content_walk *w, int *line_r)
{
	const char *s;
	size_t n;
	w->gathered.len = 0;
	skip_empty(w);
	if (!physical(w, &s, &n))
		return false;
	*line_r = w->line;
	out_bytes(&w->gathered, s, n);
	bool soft = is_quoted_printable(&w->gathered);
	for (;;) {
		skip_empty(w);
		struct out *got = &w->gathered;
		if (w->at >= w->n)
			return true;
		if (soft && got->len > 0 && got->s[got->len - 1] == '=')
			got->len--;
		else if (w->bytes[w->at] != ' ' && w->bytes[w->at] != '\t')
			return true;
		else
			w->at++;
		(void)physical(w, &s, &n);
		out_bytes(got, s, n);
	}
}

/* Bytes that are no UTF-8 are taken for Windows-1252, line by line. */
static const char *decoded(struct content_walk *w, int line)
{
	const struct out *got = &w->gathered;
	if (text_valid(got->s, got->len))
		return arena_copy(w->arena, got->s, got->len);
	if (w->guessed_line == 0)
		w->guessed_line = line;
	return encoding_utf8(w->arena, got->s, got->len).s;
}

static char *upper(char *s)
{
	for (char *at = s; *at != '\0'; at++)
		*at = (char)(*at >= 'a' && *at <= 'z' ? *at - 32 : *at);
	return s;
}

/* The end of a piece of the head: one of stops, outside of quotes. */
static const char *until(const char *s, const char *stops)
{
	for (bool quoted = false; *s != '\0'; s++) {
		if (*s == '"')
			quoted = !quoted;
		else if (!quoted && strchr(stops, *s) != NULL)
			break;
	}
	return s;
}

static char *unquoted(struct arena *a, const char *s, size_t n)
{
	char *to = arena_buffer(a, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++)
		if (s[i] != '"')
			to[k++] = s[i];
	to[k] = '\0';
	return to;
}

static struct content_param param(struct arena *a, const char *s, size_t n)
{
	const char *equals = memchr(s, '=', n);
	if (equals == NULL)
		return (struct content_param){ "", upper(arena_copy(a, s, n)) };
	return (struct content_param){ upper(arena_copy(a, s, (size_t)(equals - s))),
		unquoted(a, equals + 1, (size_t)(s + n - equals - 1)) };
}

/* A quote that is never closed would swallow the value: then the first colon counts. */
static void split(struct arena *a, struct content_line *line)
{
	struct { struct content_param *at; size_t n, cap; } params = { 0 };
	const char *s = line->raw, *stop = until(s, ":");
	bool broken = *stop == '\0';
	if (broken && (stop = strchr(s, ':')) == NULL)
		return;
	const char *end = until(s, ";:");
	if (end > stop)
		end = stop;
	char *name = upper(arena_copy(a, s, (size_t)(end - s)));
	char *dot = strrchr(name, '.');
	if (dot != NULL) {
		*dot = '\0';
		line->group = name;
		name = dot + 1;
	}
	while (*end == ';' && end < stop) {
		s = end + 1;
		end = until(s, ";:");
		if (end > stop)
			end = stop;
		if (params.n < 32)
			*arena_push(a, &params) = param(a, s, (size_t)(end - s));
	}
	line->name = name;
	line->params = params.at;
	line->nparams = params.n;
	line->value = stop + 1;
}

bool content_line_next(struct content_walk *w, struct content_line *line_r)
{
	int at;
	if (!gather(w, &at))
		return false;
	*line_r = (struct content_line){ .line = at, .raw = decoded(w, at) };
	split(w->arena, line_r);
	return true;
}

const char *content_line_param(const struct content_line *line, const char *name)
{
	for (size_t i = 0; i < line->nparams; i++)
		if (strcmp(line->params[i].name, name) == 0)
			return line->params[i].value;
	return NULL;
}

bool content_line_is(const struct content_line *line, const char *name, const char *value)
{
	size_t n = strlen(value);
	for (size_t i = 0; i < line->nparams; i++) {
		const struct content_param *p = &line->params[i];
		if (*p->name != '\0' && strcmp(p->name, name) != 0)
			continue;
		for (const char *s = p->value;; s++) {
			size_t part = strcspn(s, ",");
			if (part == n && strncasecmp(s, value, n) == 0)
				return true;
			s += part;
			if (*s == '\0')
				break;
		}
	}
	return false;
}

static char *resolve(struct arena *a, const char *s, size_t n)
{
	char *to = arena_buffer(a, n + 1);
	size_t k = 0;
	for (size_t i = 0; i < n; i++) {
		if (s[i] == '\\' && i + 1 < n) {
			i++;
			to[k++] = s[i] == 'n' || s[i] == 'N' ? '\n' : s[i];
		} else {
			to[k++] = s[i];
		}
	}
	to[k] = '\0';
	return to;
}

char *content_line_text(struct arena *a, const char *value)
{
	return resolve(a, value, strlen(value));
}

char *content_line_part(struct arena *a, const char *value, char separator, size_t n)
{
	for (;; value++) {
		size_t end = 0;
		while (value[end] != '\0' && value[end] != separator)
			end += value[end] == '\\' && value[end + 1] != '\0' ? 2 : 1;
		if (n-- == 0)
			return resolve(a, value, end);
		value += end;
		if (*value == '\0')
			return NULL;
	}
}
