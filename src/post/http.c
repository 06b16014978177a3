#define _GNU_SOURCE             /* memmem */
#include "post/http.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

size_t http_complete(const char *bytes, size_t n)
{
	const char *end = memmem(bytes, n, "\r\n\r\n", 4);
	return end ? (size_t)(end - bytes) + 4 : 0;
}

/* What comes at most once, and where it is kept. */
struct seen { unsigned hosts, lengths, bearers; const char *length; };

static bool word(const char *s)
{
	return *s != '\0' && s[strspn(s, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")] == '\0';
}

static int one_header(const char *name, const char *value, struct http_head *h, struct seen *seen)
{
	if (strcasecmp(name, "Host") == 0) {
		seen->hosts++;
	} else if (strcasecmp(name, "Content-Length") == 0) {
		seen->lengths++;
		seen->length = value;
	} else if (strcasecmp(name, "Transfer-Encoding") == 0) {
		return 501;
	} else if (strcasecmp(name, "Authorization") == 0) {
		seen->bearers++;
		h->bearer = strncasecmp(value, "Bearer ", 7) == 0 ? value + 7 : NULL;
	} else if (strcasecmp(name, "Content-Type") == 0) {
		h->type = value;
	} else if (strcasecmp(name, "If-None-Match") == 0) {
		h->known = value;
	} else if (strcasecmp(name, "X-Forwarded-For") == 0) {
		h->forwarded = value;
	} else if (strcasecmp(name, "Expect") == 0) {
		h->expects = strcasecmp(value, "100-continue") == 0;
		return h->expects ? 0 : 417;
	} else if (strcasecmp(name, "Connection") == 0) {
		h->keep = strcasecmp(value, "close") != 0 && h->keep;
	}
	return 0;
}

/* GET /path?query HTTP/1.1 */
static int first_line(char *line, struct http_head *h)
{
	char *path = strchr(line, ' '), *version = path ? strchr(path + 1, ' ') : NULL;
	if (version == NULL)
		return 400;
	*path++ = *version++ = '\0';
	bool new = strcmp(version, "HTTP/1.1") == 0;
	if (!new && strcmp(version, "HTTP/1.0") != 0)
		return strncmp(version, "HTTP/", 5) == 0 ? 505 : 400;
	if (!word(line) || *path != '/')
		return 400;
	for (const char *s = path; *s; s++)
		if (*s <= ' ' || (unsigned char)*s >= 0x7F || *s == '#' || *s == '\\')
			return 400;
	path[strcspn(path, "?")] = '\0';
	h->method = line;
	h->path = path;
	h->keep = new;
	return 0;
}

static int header_line(char *line, struct http_head *h, struct seen *seen)
{
	char *colon = strchr(line, ':');
	if (colon == NULL)
		return 400;
	*colon = '\0';
	char *value = colon + 1 + strspn(colon + 1, " \t");
	for (size_t n = strlen(value); n > 0 && (value[n - 1] == ' ' || value[n - 1] == '\t'); n--)
		value[n - 1] = '\0';
	for (const char *s = value; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\t') || *s == 0x7F)
			return 400;
	return word(line) ? one_header(line, value, h, seen) : 400;
}

int http_read(char *bytes, size_t n, struct http_head *h)
{
	struct seen seen = { .hosts = 0 };
	*h = (struct http_head){ .length = -1 };
	if (memchr(bytes, '\0', n))
		return 400;
	char *end = bytes + n - 2;                               /* where the empty line begins */
	for (char *line = bytes, *next; line < end; line = next) {
		char *stop = memmem(line, (size_t)(end - line), "\r\n", 2);
		next = stop + 2;
		*stop = '\0';
		if (strpbrk(line, "\r\n"))
			return 400;
		int status = line == bytes ? first_line(line, h) : header_line(line, h, &seen);
		if (status)
			return status;
	}
	if (h->method == NULL || seen.hosts != 1 || seen.lengths > 1 || seen.bearers > 1)
		return 400;
	if (seen.lengths && (h->length = read_length(seen.length)) < 0)
		return 400;
	return 0;
}
