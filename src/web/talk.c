#include "web/talk.h"
#include "base/date.h"
#include "base/text.h"
#include "web/guard.h"
#include "web/session.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { BODY_MAX = 256 << 10, SPARE_MAX = 8, PAGE_USUAL = 60 << 10 };

/* A talk begins and ends on the same thread, so its memory is used again without a lock. */
static _Thread_local struct talk *spare;
static _Thread_local unsigned nspare;

struct talk *talk_new(const char *uri)
{
	struct talk *t = spare;
	struct arena *arena = t ? t->arena : arena_new();
	if (t) {
		spare = t->next_spare;
		nspare--;
		arena_reset(arena);
	}
	t = arena_new_of(arena, struct talk);
	t->arena = arena;
	t->uri = arena_text(arena, uri);
	return t;
}

void talk_free(struct talk *t)
{
	if (nspare >= SPARE_MAX) {
		arena_free(t->arena);
		return;
	}
	t->next_spare = spare;
	spare = t;
	nspare++;
}

struct counted { const char *name; const char *value; unsigned n; };

static enum MHD_Result count(void *about, enum MHD_ValueKind kind, const char *key, const char *value)
{
	(void)kind;
	struct counted *c = about;
	if (strcasecmp(key, c->name) == 0) {
		c->n++;
		c->value = value ? value : "";
	}
	return MHD_YES;
}

static const char *header(struct talk *t, const char *name, unsigned *n_r)
{
	struct counted c = { .name = name };
	(void)MHD_get_connection_values(t->connection, MHD_HEADER_KIND, count, &c);
	if (n_r)
		*n_r = c.n;
	return c.value ? arena_text(t->arena, c.value) : NULL;
}

static int judge(struct talk *t, const char *method, const char *version, const struct server_config *config)
{
	struct guard_headers h = { .method = method, .version = version };
	h.host = header(t, "Host", &h.hosts);
	h.origin = header(t, "Origin", &h.origins);
	h.length = header(t, "Content-Length", &h.lengths);
	h.encoding = header(t, "Transfer-Encoding", &h.encodings);
	h.fetch_site = header(t, "Sec-Fetch-Site", NULL);
	h.type = header(t, "Content-Type", NULL);
	struct guard_names own = { arena_printf(t->arena, "%u", config->port), config->names, config->nnames };
	t->state.host = h.host;
	int64_t length = read_length(h.length);
	t->room = length > 0 ? (size_t)length : 0;
	return guard_verdict(&h, &own);
}

static const char *plain_id(const char *id)
{
	size_t n = id ? strspn(id, "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_") : 0;
	return id && n > 0 && n <= 40 && id[n] == '\0' ? id : NULL;
}

static void read_cookies(struct talk *t, const struct server_config *config)
{
	struct web_state *s = &t->state;
	const char *cookies = header(t, "Cookie", NULL);
	const char *token = parse_cookie(t->arena, cookies, arena_printf(t->arena, "kontor-%u", config->port));
	const char *station = parse_cookie(t->arena, cookies, "station"), *theme = parse_cookie(t->arena, cookies, "theme");
	if (parse_is_token(token)) {
		s->token = token;
	} else {
		char fresh[33];
		session_token(fresh);
		s->token = s->set_token = arena_text(t->arena, fresh);
	}
	s->station_token = parse_is_token(station) ? station : NULL;
	s->theme = theme && (strcmp(theme, "dark") == 0 || strcmp(theme, "light") == 0) ? theme : NULL;
}

static int read_address(struct talk *t, struct param_list *params)
{
	const char *mark = strchr(t->uri, '?');
	t->request.query = mark ? mark + 1 : "";
	t->request.path = mark ? arena_copy(t->arena, t->uri, (size_t)(mark - t->uri)) : t->uri;
	if (t->uri[0] != '/' || strchr(t->uri, '#'))
		return 400;
	return params_parse(t->arena, t->request.query, strlen(t->request.query), params) < 0 ? 400 : 0;
}

static int find_route(struct talk *t)
{
	struct request *r = &t->request;
	struct found f = router_find(t->arena, r->method, r->path);
	t->state.route = f.route;
	t->state.allow = f.allow;
	r->word = f.word;
	memcpy(r->id, f.id, sizeof r->id);
	bool post = strcmp(r->method, "POST") == 0;
	if (f.route == NULL && strcmp(r->method, "GET") != 0)
		return f.allow ? 405 : post ? 404 : 405;
	size_t most = f.route && f.route->body_max ? f.route->body_max : BODY_MAX;
	return t->room > most ? 413 : 0;
}

int talk_open(struct talk *t, struct MHD_Connection *connection, const char *method, const char *version,
    const struct server_config *config)
{
	struct request *r = &t->request;
	struct param_list params = { 0 };
	t->connection = connection;
	int status = judge(t, method, version, config);
	if (status == 0)
		status = read_address(t, &params);
	if (status != 0)
		return status;
	*r = (struct request){ .method = strcmp(method, "HEAD") == 0 ? "GET" : arena_text(t->arena, method), .path = r->path,
	    .query = r->query, .params = params.at, .nparams = params.n, .role = ROLE_ANYONE, .arena = t->arena,
	    .now = config->clock(), .page = { .arena = t->arena }, .state = &t->state, .content_type = "text/html; charset=utf-8" };
	out_reserve(&r->page, PAGE_USUAL);
	zone_local(r->now, &r->today, &r->clock);
	read_cookies(t, config);
	r->csrf = session_csrf(t->arena, t->state.token);
	r->fragment = header(t, "X-Fragment", NULL) != NULL;
	r->typed = header(t, "X-Typed", NULL);
	t->state.background = header(t, "X-Background", NULL) != NULL || strcmp(r->path, "/events") == 0;
	t->state.referer = header(t, "Referer", NULL);
	t->state.command_id = plain_id(header(t, "X-Command", NULL));
	return find_route(t);
}

int talk_read_body(struct talk *t)
{
	struct request *r = &t->request;
	struct param_list params = { .at = NULL };
	for (size_t i = 0; i < r->nparams; i++)
		*arena_push(t->arena, &params) = r->params[i];
	const char *type = header(t, "Content-Type", NULL), *body = t->body ? t->body : "";
	bool multipart = strncasecmp(type, "multipart/", 10) == 0;
	int result = multipart ? parse_multipart(t->arena, type, body, t->length, &params)
	    : params_parse(t->arena, body, t->length, &params);
	r->params = params.at;
	r->nparams = params.n;
	const char *id = request_get(r, "command");
	if (t->state.command_id == NULL)
		t->state.command_id = plain_id(id ? id : request_get(r, "cmd"));
	return result < 0 ? 400 : 0;
}
