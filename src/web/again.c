#include "web/again.h"
#include "base/text.h"
#include "web/icon.h"
#include <string.h>

static const char carry[] = "f.";

/* What may come again: with these letters before its name, nothing secret, no file. */
static bool carried(const struct param *p, const char *before)
{
	static const char *const secret[] = { "csrf", "password", "pin", "old", "new", "again" };
	size_t n = strlen(before);
	if (strncmp(p->key, before, n) != 0 || p->file != NULL)
		return false;
	for (size_t i = 0; i < COUNT(secret); i++)
		if (strcmp(p->key + n, secret[i]) == 0)
			return strcmp(secret[i], "new") == 0 && text_equal(p->value, "1");      /* new=1: a new customer */
	return true;
}

/* The path that was sent to: what the door carries, or this very request's. NULL: none of ours. */
static const char *path_of(const struct request *r)
{
	const char *path = request_get(r, "again");
	if (path == NULL || path[0] != '/')
		return NULL;
	const struct route *route = router_find(r->arena, "POST", path).route;
	return route != NULL && route->role > ROLE_ANYONE ? path : NULL;
}

#include "gen/web/again.html.h"

void again_fields(const struct request *r, struct out *o)
{
	const struct route *route = r->state->route;
	bool refused = strcmp(r->method, "POST") == 0 && route != NULL && route->role > ROLE_ANYONE;
	const char *path = refused ? r->path : strcmp(r->method, "POST") == 0 ? path_of(r) : NULL;
	if (path == NULL)
		return;
	hidden_html(o, "", "again", path);
	for (size_t i = 0; i < r->nparams; i++)
		if (carried(&r->params[i], refused ? "" : carry))
			hidden_html(o, refused ? carry : "", r->params[i].key, r->params[i].value);
}

static void show(struct request *r, int status, const char *path, const char *before, const char *sentence)
{
	page_reset(r);
	page_begin(r, &(struct page){ .title = _("Not saved yet"), .body_class = "p-door p-again", .main_class = "door-m", .bare = true });
	r->status = status;
	again_html(&r->page, r, path, before, sentence);
	page_end(r);
}

bool again_offer(struct request *r)
{
	const char *path = path_of(r);
	if (path == NULL)
		return false;
	show(r, 200, path, carry, _("Signed in. What was typed is still here."));
	return true;
}

void again_refuse(struct request *r)
{
	show(r, 403, r->path, "", _("This page was open for too long, or somebody signed in anew meanwhile. What was typed is still here."));
}
