#include "web/talk.h"
#include "web/assets.h"
#include <stdio.h>
#include <string.h>

struct header { const char *name, *value; };

static const struct header always[] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "Referrer-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};
static const struct header pages[] = {
	{ "Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self' blob:; "
	    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'" },
	{ "Cache-Control", "no-store" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
};

static void add(struct MHD_Response *response, const struct header *headers, size_t n)
{
	for (size_t i = 0; i < n; i++)
		(void)MHD_add_response_header(response, headers[i].name, headers[i].value);
}

static struct MHD_Response *from_memory(const void *bytes, size_t n)
{
	/* The arena lives until the talk is over, assets live for ever; libmicrohttpd only reads. */
	struct MHD_Response *response = MHD_create_response_from_buffer(n, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
	if (response)
		add(response, always, COUNT(always));
	return response;
}

static enum MHD_Result give(struct MHD_Connection *connection, int status, struct MHD_Response *response)
{
	enum MHD_Result result = MHD_queue_response(connection, (unsigned)status, response);
	MHD_destroy_response(response);
	return result;
}

static void cookies(struct talk *t, struct MHD_Response *response, const struct server_config *config)
{
	if (t->state.set_token)
		(void)MHD_add_response_header(response, "Set-Cookie", arena_printf(t->arena,
		    "kontor-%u=%s; Path=/; HttpOnly; SameSite=Strict", config->port, t->state.set_token));
	if (t->state.set_station)
		(void)MHD_add_response_header(response, "Set-Cookie", arena_printf(t->arena,
		    "station=%s; Path=/; HttpOnly; SameSite=Strict; Max-Age=34560000", t->state.set_station));
}

enum MHD_Result answer_request(struct talk *t, const struct server_config *config)
{
	const struct request *r = &t->request;
	struct MHD_Response *response = from_memory(r->page.s ? r->page.s : "", r->page.len);
	if (response == NULL)
		return MHD_NO;
	add(response, pages, COUNT(pages));
	(void)MHD_add_response_header(response, "Content-Type", r->content_type);
	cookies(t, response, config);
	if (r->location)
		(void)MHD_add_response_header(response, "Location", r->location);
	if (r->filename)
		(void)MHD_add_response_header(response, "Content-Disposition",
		    arena_printf(t->arena, "attachment; filename=\"%s\"", r->filename));
	if (r->status == 405 && t->state.allow)
		(void)MHD_add_response_header(response, "Allow", t->state.allow);
	return give(t->connection, r->status, response);
}

/* Before anything is known of the page: one plain sentence, and the connection ends. */
enum MHD_Result answer_status(struct MHD_Connection *connection, int status, const char *allow)
{
	lang_use(LANG_DE);
	const char *sentence = status == 404 ? _("There is no such page.") : status == 421 ? _("This address is not this program's.")
	    : status == 413 ? _("That is too large.") : status == 405 ? _("This page can only be looked at.")
	    : _("The browser sent something that is not accepted here.");
	struct MHD_Response *response = from_memory(sentence, strlen(sentence));
	if (response == NULL)
		return MHD_NO;
	add(response, pages, COUNT(pages));
	(void)MHD_add_response_header(response, "Content-Type", "text/plain; charset=utf-8");
	(void)MHD_add_response_header(response, "Connection", "close");
	if (allow)
		(void)MHD_add_response_header(response, "Allow", allow);
	return give(connection, status, response);
}

static bool takes_gzip(struct MHD_Connection *connection)
{
	const char *accepted = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Accept-Encoding");
	return accepted && strstr(accepted, "gzip");
}

enum MHD_Result answer_asset(struct MHD_Connection *connection, const char *name, bool versioned)
{
	const struct asset *a = asset_find(name);
	if (a == NULL)
		return answer_status(connection, 404, NULL);
	const char *known = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "If-None-Match");
	bool same = known && strstr(known, a->hash), gzip = a->gzip && takes_gzip(connection);
	struct MHD_Response *response = same ? from_memory("", 0) : gzip ? from_memory(a->gzip, a->gzip_size)
	    : from_memory(a->bytes, a->size);
	if (response == NULL)
		return MHD_NO;
	char tag[80];
	(void)snprintf(tag, sizeof tag, "\"%s\"", a->hash);
	(void)MHD_add_response_header(response, "ETag", tag);
	(void)MHD_add_response_header(response, "Content-Type", a->type);
	(void)MHD_add_response_header(response, "Cache-Control", versioned ? "public, max-age=31536000, immutable" : "no-cache");
	if (a->gzip)
		(void)MHD_add_response_header(response, "Vary", "Accept-Encoding");
	if (gzip && !same)
		(void)MHD_add_response_header(response, "Content-Encoding", "gzip");
	return give(connection, same ? 304 : 200, response);
}
