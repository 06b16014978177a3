#include "web/web_private.h"
#include "web/assets.h"
#include "web/icon.h"
#include "web/session.h"
#include "web/words.h"
#include <pthread.h>
#include <stdarg.h>
#include <string.h>

struct lost { const char *over, *heading, *sentence; bool history; };

static const char *role_text(int role)
{
	static const char *const words[] = { N_("Nobody"), N_("Apprentice"), N_("Stylist"), N_("Reception"), N_("Management"), N_("Owner") };
	return role > 0 && (size_t)role < COUNT(words) ? lang_text(words[role]) : "";
}

static const char *body_class(const struct request *r, const struct page *page)
{
	return arena_printf(r->arena, "%s%s%s", page->body_class ? page->body_class : "", page->bare ? " bare" : "",
	    r->state->fault && !page->bare ? " has-banner" : "");
}

static bool has_route(const char *method, const char *path)
{
	struct arena *arena = arena_new();
	bool found = router_find(arena, method, path).route != NULL;
	arena_free(arena);
	return found;
}

static pthread_once_t asked = PTHREAD_ONCE_INIT;
static bool can_undo, can_book, can_me;

static void ask(void)
{
	can_undo = has_route("POST", "/undo");
	can_book = can_undo && has_route("GET", "/book/new");
	can_me = has_route("GET", "/me");
}

/* What this program can do, found once: the buttons for it stand there only then. */
static bool has_undo(void)
{
	(void)pthread_once(&asked, ask);
	return can_undo;
}

bool page_has(const char *path) { return has_route("GET", path); }
bool page_may_change(void) { return has_undo(); }
static bool has_booking(void) { return has_undo() && can_book; }
static bool has_me(void) { return has_undo() && can_me; }

static const char *section_path(const struct section *s) { return s->href; }

static void head_html(struct out *, const struct request *, const struct page *);
static void spine_html(struct out *, const struct request *, const struct page *);
static void find_html(struct out *);
static void top_right_html(struct out *, struct request *, const struct page *);
static void banner_html(struct out *, const char *fault);
static void toast_html(struct out *, const struct request *);
static void undo_html(struct out *, const struct request *);
static void lost_html(struct out *, const struct lost *);

static void lamps(struct request *r)
{
	out_raw(&r->page, "<ul class=\"lamps\" aria-label=\"");
	put(&r->page, _("What needs a look"));
	out_raw(&r->page, "\">");
	for (size_t i = 0; i < nmodules; i++)
		if (modules[i]->lamp)
			modules[i]->lamp(r, &r->page);
	out_raw(&r->page, "</ul>");
}

void page_about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	for (size_t i = 0; i < nmodules; i++)
		if (modules[i]->about)
			modules[i]->about(r, o, kind, id);
}

const char *page_freed(struct request *r, const struct freed *f)
{
	const char *path = NULL;
	for (size_t i = 0; i < nmodules && path == NULL; i++)
		path = modules[i]->freed ? modules[i]->freed(r, f) : NULL;
	return path;
}

static bool has_lamps(void)
{
	for (size_t i = 0; i < nmodules; i++)
		if (modules[i]->lamp)
			return true;
	return false;
}

static void top(struct request *r, const struct page *page)
{
	struct out *o = &r->page;
	out_raw(o, "<header class=\"top\"><div class=\"top-l\">");
	if (page->top) {
		page->top(r, page->about);
	} else {
		out_raw(o, "<h1 class=\"title\">");
		put(o, page->title);
		out_raw(o, "</h1>");
	}
	out_raw(o, "</div>");
	if (r->user != 0) {
		find_html(o);
		if (has_lamps())
			lamps(r);
		top_right_html(o, r, page);
	}
	out_raw(o, "</header>");
}

static void open_main(struct request *r, const struct page *page)
{
	struct out *o = &r->page;
	out_raw(o, "<main id=\"inhalt\" class=\"");
	put(o, page->main_class);
	out_raw(o, "\" data-body=\"");
	put(o, body_class(r, page));
	out_raw(o, "\" data-title=\"");
	put(o, page->title);
	out_raw(o, " · Kontor\">");
	r->state->in_main = true;
}

void page_begin(struct request *r, const struct page *page)
{
	struct page *copy = arena_new_of(r->arena, struct page);
	*copy = *page;
	r->state->page = copy;
	r->content_type = "text/html; charset=utf-8";
	r->fragment = r->fragment && !page->bare;    /* a page without the frame is always a whole one */
	if (!r->fragment) {
		head_html(&r->page, r, page);
		if (!page->bare)
			spine_html(&r->page, r, page);
	}
	if (!page->bare)
		top(r, page);
	if (r->state->fault && !page->bare)
		banner_html(&r->page, r->state->fault);
	open_main(r, page);
}

void page_part(struct request *r)
{
	struct page *page = arena_new_of(r->arena, struct page);
	page->bare = true;
	r->state->page = page;
	r->content_type = "text/html; charset=utf-8";
}

void page_aside(struct request *r)
{
	if (r->state->in_main)
		out_raw(&r->page, "</main>");
	r->state->in_main = false;
}

void page_end(struct request *r)
{
	struct web_state *s = r->state;
	page_aside(r);
	if (s->toast == NULL && r->user != 0 && r->status < 400 && !s->background)   /* what looks by itself keeps its hands off the line */
		s->toast = session_take_toast(r->arena, s->token, &s->toast_seq);
	if (s->toast)
		toast_html(&r->page, r);
	if (s->toast_seq == 0 && r->user != 0 && !s->page->bare && has_undo())
		undo_html(&r->page, r);
	if (r->fragment)
		return;
	words_html(&r->page);
	out_raw(&r->page, "</body></html>\n");
}

void page_reset(struct request *r)
{
	r->page.len = 0;
	r->location = r->filename = NULL;
	r->state->in_main = false;
}

void page_redirect(struct request *r, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	r->location = arena_vprintf(r->arena, fmt, ap);
	va_end(ap);
	r->status = 303;
}

const char *page_back(const struct request *r)
{
	const char *referer = r->state->referer, *host = r->state->host;
	if (referer == NULL || host == NULL)
		return "/";
	const char *at = strstr(referer, "://");
	size_t n = strlen(host);
	bool own = at && strncmp(at + 3, host, n) == 0 && at[3 + n] == '/';
	return own && strpbrk(at, "\r\n") == NULL ? at + 3 + n : "/";
}

void page_toast(struct request *r, const char *sentence, int64_t seq)
{
	r->state->toast = arena_text(r->arena, sentence);
	r->state->toast_seq = seq;
}

/* What is said when the place itself has no sentence of its own. */
static const char *heading_of(int status)
{
	static const struct { int status; const char *heading; } known[] = {
		{ 400, N_("The browser sent something that cannot be read.") }, { 403, N_("This is not open to everybody.") },
		{ 404, N_("There is no such page, or it was deleted.") }, { 405, N_("This page can only be looked at.") },
		{ 409, N_("Somebody was faster.") }, { 413, N_("That is too large.") },
		{ 500, N_("That did not work.") }, { 507, N_("Nothing can be saved at the moment.") },
	};
	for (size_t i = 0; i < COUNT(known); i++)
		if (known[i].status == status)
			return lang_text(known[i].heading);
	return _("That did not work.");
}

void page_refusal(struct request *r, int status, const char *heading, const char *sentence)
{
	page_reset(r);
	r->status = status;
	const char *over = status == 404 ? _("Unknown page") : status < 500 ? _("Not accepted") : _("Fault");
	struct lost lost = { over, heading ? heading : heading_of(status), sentence, r->user != 0 };
	if (sentence && heading == NULL) {
		lost.heading = sentence;
		lost.sentence = NULL;
	}
	page_begin(r, &(struct page){ .title = status == 404 ? _("Not found") : over, .main_class = "sheet lost",
	    .body_class = "p-404", .bare = r->user == 0 });
	if (r->user == 0) {
		out_raw(&r->page, "<h1 class=\"vh\">");
		put(&r->page, over);
		out_raw(&r->page, "</h1>");
	}
	lost_html(&r->page, &lost);
	page_end(r);
}

void page_error(struct request *r, int status, const char *sentence)
{
	page_refusal(r, status, NULL, sentence);
}

const char *page_random(const struct request *r)
{
	char token[33];
	session_token(token);
	return arena_text(r->arena, token);
}

void page_hidden(const struct request *r, struct out *o)
{
	char token[33];
	session_token(token);
	out_raw(o, "<input type=\"hidden\" name=\"csrf\" value=\"");
	put(o, r->csrf);
	out_raw(o, "\"><input type=\"hidden\" name=\"command\" value=\"");
	put(o, (const char *)token);
	out_raw(o, "\">");
}

const char *page_asset(const char *name)
{
	return asset_url(name);
}

#include "gen/web/layout.html.h"
