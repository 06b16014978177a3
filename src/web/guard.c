#include "web/guard.h"
#include "base/text.h"
#include <string.h>
#include <strings.h>

/* "localhost:8080": the name, then nothing or the port. */
static bool is_name(const char *host, const char *name, const char *port)
{
	size_t n = strlen(name);
	if (strncasecmp(host, name, n) != 0)
		return false;
	if (host[n] == '\0')
		return strchr(name, ':') != NULL && *name != '[' ? true : strcmp(port, "80") == 0;
	return host[n] == ':' && strcmp(host + n + 1, port) == 0;
}

static bool known_host(const char *host, const struct guard_names *own)
{
	static const char *const always[] = { "127.0.0.1", "localhost", "[::1]" };
	for (size_t i = 0; i < COUNT(always); i++)
		if (is_name(host, always[i], own->port))
			return true;
	for (size_t i = 0; i < own->nnames; i++)
		if (is_name(host, own->names[i], own->port))
			return true;
	return false;
}

/* Only our own pages may send something: the Origin must be this very Host (RFC 6454; Fetch, Sec-Fetch-Site). A browser
 * always sends Origin with a POST; programs that do not are no danger to a browser's session, yet are refused too. */
static bool own_page(const struct guard_headers *h)
{
	if (h->fetch_site && strcmp(h->fetch_site, "same-origin") != 0)
		return false;
	if (h->origin == NULL)
		return h->fetch_site != NULL;
	const char *name = strncmp(h->origin, "http://", 7) == 0 ? h->origin + 7
	    : strncmp(h->origin, "https://", 8) == 0 ? h->origin + 8 : NULL;
	return name && strcasecmp(name, h->host) == 0;
}

static int posted(const struct guard_headers *h)
{
	if (h->origins > 1 || !own_page(h))
		return 403;
	if (h->lengths == 0)
		return 411;
	static const char *const types[] = { "application/x-www-form-urlencoded", "multipart/form-data" };
	for (size_t i = 0; i < COUNT(types); i++) {
		size_t n = strlen(types[i]);
		if (h->type && strncasecmp(h->type, types[i], n) == 0 && (h->type[n] == '\0' || h->type[n] == ';' || h->type[n] == ' '))
			return 0;
	}
	return 415;
}

int guard_verdict(const struct guard_headers *h, const struct guard_names *own)
{
	if (strcmp(h->version, "HTTP/1.1") != 0 && strcmp(h->version, "HTTP/1.0") != 0)
		return 505;
	if (h->hosts != 1 || h->lengths > 1 || h->encodings > 0)
		return 400;
	if (h->lengths == 1 && read_length(h->length) < 0)
		return 400;
	if (!known_host(h->host, own))
		return 421;
	bool get = strcmp(h->method, "GET") == 0 || strcmp(h->method, "HEAD") == 0;
	if (get)
		return h->lengths == 1 && read_length(h->length) > 0 ? 400 : 0;
	if (strcmp(h->method, "POST") != 0)
		return 0;
	return posted(h);
}
