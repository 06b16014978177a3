#include "web/render.h"
#include "base/date.h"
#include "web/session.h"
#include "web/web_private.h"
#include <string.h>

int render_page(struct db *db, struct arena *a, const char *path, const char *query, int64_t staff, instant now, const char **page_r)
{
	char token[TOKEN_HEX + 1];
	struct web_state state = { .lang = LANG_DE };
	struct request r = { .method = "GET", .path = path, .query = query, .role = ROLE_ANYONE, .db = db, .arena = a, .now = now,
		.page = { .arena = a }, .state = &state };
	struct param_list list = { 0 };
	router_build();
	session_token(token);
	session_open(NULL, token, staff, 0, "", now);
	state.token = arena_text(a, token);
	r.csrf = session_csrf(a, token);
	if (params_parse(a, query, strlen(query), &list) != 0)
		return 400;
	r.params = list.at;
	r.nparams = list.n;
	struct found f = router_find(a, r.method, r.path);
	state.route = f.route;
	state.allow = f.allow;
	memcpy(r.id, f.id, sizeof r.id);
	zone_local(now, &r.today, &r.clock);
	db_use(db, a);
	router_look(&r);
	*page_r = r.page.len > 0 ? r.page.s : "";
	return r.status;
}
