#define _GNU_SOURCE             /* memmem, strcasestr */
#include "web/web_private.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

static const char *clean(struct arena *arena, const char *value, size_t n)
{
	return text_clean(arena, arena_copy(arena, value, n), true);
}

/* name="…" out of a header line; quotes inside arrive as %22 (WHATWG, multipart/form-data encoding). */
static const char *attribute(struct arena *arena, const char *line, size_t n, const char *name)
{
	char *text = arena_copy(arena, line, n);
	size_t length = strlen(name);
	for (char *at = text; (at = strcasestr(at, name)) != NULL; at += length) {
		if (at == text || (at[-1] != ' ' && at[-1] != ';') || at[length] != '=')
			continue;
		char *value = at + length + 1;
		char *end = *value == '"' ? strchr(++value, '"') : value + strcspn(value, "; \t\r\n");
		return end ? arena_copy(arena, value, (size_t)(end - value)) : NULL;
	}
	return NULL;
}

struct part { const char *head, *head_end, *body, *body_end; };

static int add_part(struct arena *arena, const struct part *part, struct param_list *list)
{
	size_t head = (size_t)(part->head_end - part->head), size = (size_t)(part->body_end - part->body);
	const char *key = attribute(arena, part->head, head, "name");
	const char *file = attribute(arena, part->head, head, "filename");
	if (key == NULL || list->n >= PARAMS_MAX)
		return -1;
	const char *value = file ? arena_copy(arena, part->body, size) : clean(arena, part->body, size);
	*arena_push(arena, list) = (struct param){ .key = key, .value = value, .size = file ? size : strlen(value),
	    .file = file ? text_clean(arena, file, false) : NULL };
	return 0;
}

int parse_multipart(struct arena *arena, const char *content_type, const char *body, size_t n, struct param_list *list)
{
	const char *boundary = attribute(arena, content_type, strlen(content_type), "boundary");
	if (boundary == NULL || *boundary == '\0' || strlen(boundary) > 70)
		return -1;
	const char *mark = arena_printf(arena, "--%s", boundary), *end = body + n;
	const char *stop = arena_printf(arena, "\r\n--%s", boundary);
	size_t mark_length = strlen(mark), stop_length = strlen(stop);
	if (n < mark_length || memcmp(body, mark, mark_length) != 0)
		return -1;
	for (const char *at = body + mark_length; ; ) {
		if (end - at >= 2 && memcmp(at, "--", 2) == 0)
			return 0;
		if (end - at < 2 || memcmp(at, "\r\n", 2) != 0)
			return -1;
		const char *blank = memmem(at, (size_t)(end - at), "\r\n\r\n", 4);
		if (blank == NULL)
			return -1;
		const char *next = memmem(blank + 2, (size_t)(end - blank - 2), stop, stop_length);
		if (next == NULL)
			return -1;
		struct part part = { at + 2, blank, blank + 4 > next ? next : blank + 4, next };
		if (add_part(arena, &part, list) < 0)
			return -1;
		at = next + stop_length;
	}
}

const char *parse_cookie(struct arena *arena, const char *header, const char *name)
{
	size_t length = strlen(name);
	for (const char *at = header; at && *at; ) {
		at += strspn(at, "; ");
		size_t n = strcspn(at, ";");
		if (n > length && at[length] == '=' && memcmp(at, name, length) == 0)
			return arena_copy(arena, at + length + 1, n - length - 1);
		at += n;
	}
	return NULL;
}

bool parse_is_token(const char *text)
{
	return text && strlen(text) == TOKEN_HEX && strspn(text, "0123456789abcdef") == TOKEN_HEX;
}
