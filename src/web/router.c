#include "web/web_private.h"
#include "base/log.h"
#include "base/text.h"
#include "web/again.h"
#include "web/login_private.h"
#include "web/session.h"
#include <stdlib.h>
#include <string.h>

enum { ROUTES_MAX = 1024, PATH_MAX_ = 240 };

/* All routes of all modules, sorted by path; those with a * stand apart. */
static const struct route *table[ROUTES_MAX], *wild[32];
static size_t ntable, nwild;

static int by_path(const void *a, const void *b)
{
	const struct route *const *x = a, *const *y = b;
	int order = strcmp((*x)->path, (*y)->path);
	return order ? order : strcmp((*x)->method, (*y)->method);
}

static void add(const struct route *route)
{
	require(ntable < ROUTES_MAX && nwild < COUNT(wild));
	if (strchr(route->path, '*'))
		wild[nwild++] = route;
	else
		table[ntable++] = route;
}

void router_build(void)
{
	ntable = nwild = 0;
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nroutes; i++)
			add(&modules[m]->routes[i]);
	qsort(table, ntable, sizeof *table, by_path);
	for (size_t i = 1; i < ntable; i++)
		if (by_path(&table[i - 1], &table[i]) == 0)
			log_bug(table[i]->path, 0, "two routes have this path and method");
}

/* "/customer/12/note" becomes "/customer/#/note"; a path with another number of digits or of numbers fits no route. */
static bool normal(const char *path, char *to, int64_t id[3])
{
	size_t n = 0, ids = 0;
	for (const char *p = path; *p; ) {
		if (n >= PATH_MAX_ - 1 || *p == '#' || *p == '*')
			return false;
		size_t digits = strspn(p, "0123456789");
		bool number = p > path && p[-1] == '/' && digits > 0 && (p[digits] == '\0' || p[digits] == '/');
		if (!number) {
			to[n++] = *p++;
			continue;
		}
		if (digits > 18 || ids >= 3 || (*p == '0' && digits > 1))
			return false;
		id[ids++] = strtoll(p, NULL, 10);
		to[n++] = '#';
		p += digits;
	}
	to[n] = '\0';
	return true;
}

static const char *fits_wild(struct arena *arena, const char *pattern, const char *path)
{
	const char *star = strchr(pattern, '*');
	size_t before = (size_t)(star - pattern);
	if (strncmp(pattern, path, before) != 0)
		return NULL;
	size_t n = strcspn(path + before, "/");
	return n > 0 && strcmp(path + before + n, star + 1) == 0 ? arena_copy(arena, path + before, n) : NULL;
}

static void take(struct arena *arena, struct found *f, const struct route *route, const char *method)
{
	if (strcmp(route->method, method) == 0 && f->route == NULL)
		f->route = route;
	f->allow = arena_printf(arena, "%s%s%s%s", f->allow ? f->allow : "", f->allow ? ", " : "", route->method,
	    strcmp(route->method, "GET") == 0 ? ", HEAD" : "");
}

struct found router_find(struct arena *arena, const char *method, const char *path)
{
	struct found f = { .route = NULL };
	char fixed[PATH_MAX_];
	if (!normal(path, fixed, f.id))
		return f;
	const struct route key = { .path = fixed, .method = "" }, *wanted = &key;
	size_t low = 0, high = ntable;
	while (low < high) {
		size_t middle = low + (high - low) / 2;
		if (by_path(&table[middle], &wanted) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < ntable && strcmp(table[low]->path, fixed) == 0; low++)
		take(arena, &f, table[low], method);
	for (size_t i = 0; f.allow == NULL && i < nwild; i++) {
		f.word = fits_wild(arena, wild[i]->path, fixed);
		if (f.word)
			take(arena, &f, wild[i], method);
	}
	return f;
}

int router_command_role(const char *command)
{
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nroutes; i++) {
			const struct route *route = &modules[m]->routes[i];
			if (route->command && strcmp(route->command, command) == 0)
				return route->role;
		}
	return ROLE_OWNER;
}

/* ---- what must be true before a handler runs ---- */

static void who(struct request *r)
{
	struct session s = { .staff = 0 };
	struct query q = db_query(r->db, SQL("SELECT name, lock_minutes, set_up FROM shop WHERE id = 1"));
	int64_t lock_after = 15, set_up = 0;
	while (db_step(&q)) {
		r->state->shop = db_text(&q, 0);
		lock_after = db_int(&q, 1);
		set_up = db_int(&q, 2);
	}
	r->state->set_up = set_up >= 3;
	if (!session_find(r->arena, r->state->token, &s))
		return;
	r->station = s.station_name;
	if (!s.locked && r->now.s - s.used.s >= lock_after * 60) {
		session_lock(r->state->token);
		s.locked = true;
	}
	r->state->locked = s.locked;
	if (s.locked)
		return;
	q = db_query(r->db, SQL("SELECT id, name, code, role, language FROM staff WHERE id = ? AND active = 1"), B(s.staff));
	while (db_step(&q)) {
		r->user = db_int(&q, 0);
		r->user_name = db_text(&q, 1);
		r->user_code = db_text(&q, 2);
		r->role = (int)db_int(&q, 3);
		r->state->lang = strcmp(db_text(&q, 4), "en") == 0 ? LANG_EN : LANG_DE;
	}
	lang_use(r->state->lang);
	if (r->user != 0 && !r->state->background)
		session_touch(r->state->token, r->now);
}

static bool csrf_right(const struct request *r)
{
	const char *sent = request_get(r, "csrf");
	return sent && r->csrf && strcmp(sent, r->csrf) == 0;
}

static bool refuse(struct request *r, int status, const char *sentence)
{
	page_refusal(r, status, NULL, sentence);
	return false;
}

/* Where somebody must go first: set-up, login. */
static bool led_away(struct request *r, const char *to)
{
	page_redirect(r, "%s", to);
	return false;
}

/* From a page that was open before the restart, before somebody else signed in, or from elsewhere. What the door asks is asked
 * again; what somebody typed can be sent again. */
static bool old_token(struct request *r)
{
	if (r->state->route->role > ROLE_ANYONE && r->user != 0)
		again_refuse(r);
	else if (r->state->set_up && r->user == 0)
		login_refuse(r, _("This page was too old. Once more, please."));
	else
		page_refusal(r, 403, NULL, _("This form is too old or came from another page. Open the page again and send it once more."));
	return false;
}

bool router_admit(struct request *r)
{
	const struct route *route = r->state->route;
	who(r);
	if (route == NULL)
		return refuse(r, r->state->allow ? 405 : 404, NULL);
	bool post = strcmp(r->method, "POST") == 0;
	if (post && r->state->set_up && route->role > ROLE_ANYONE && r->user == 0) {
		login_refuse(r, _("Nobody was signed in here any more. What was typed is still here: it can be sent again after signing in."));
		return false;
	}
	if (post && !csrf_right(r))
		return old_token(r);
	if (!r->state->set_up)
		return route->setup || route->role <= ROLE_ANYONE ? true : led_away(r, "/setup");
	if (route->role <= ROLE_ANYONE)
		return true;
	if (r->user == 0) {
		const char *from = r->query[0] ? arena_printf(r->arena, "%s?%s", r->path, r->query) : r->path;
		return led_away(r, strcmp(r->path, "/") == 0 ? "/login"
		    : arena_printf(r->arena, "/login?to=%s", url_encode(r->arena, from)));
	}
	if (r->role < route->role)
		return refuse(r, 403, NULL);
	return true;
}

void router_look(struct request *r)
{
	db_begin_read(r->db);
	if (router_admit(r)) {
		r->status = 200;
		r->state->route->handler(r, r->state->route);
	}
	if (db_failed(r->db))
		page_error(r, 500, _("The database could not be read. The program's log says why."));
	db_end_read(r->db);
}
