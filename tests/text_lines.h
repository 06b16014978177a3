/* text_lines.h: what text_run.c and proof/cuts.c share: the lines of a text test, run without a socket in a fresh shop
 * (tests/fixture.sql).
 *
 *     who; method path; what is sent; status; what the page must hold; more of that …
 *
 * who: nobody, apprentice, stylist, reception, management, owner. The token is added, except for POST-without-token. Between
 * the looking and the changing half of a POST-late the next line happens.
 * What is sent is written as it is typed: name=Müller & Co is not possible, name=Müller %26 Co is; + is a plus.
 * A line "with FILE" first adds the rows of an SQL file beside the test.
 * "!text" must not be on the page. Text in the page or in the address of a redirect counts. {version} and {seen} in what is
 * sent are the hidden fields of the last page that had them, {long} 10,000 letters. A line of the log that nobody expected fails its line. */
#ifndef TESTS_TEXT_LINES_H
#define TESTS_TEXT_LINES_H
#include "base/arena.h"
#include "base/date.h"
#include "base/embedded.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db_write.h"
#include "entity/entity.h"
#include "seal/seed_write.h"
#include "web/command_write.h"
#include "web/session.h"
#include "web/web_private.h"
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const instant now = { 1795424400 };   /* Monday 23 November 2026, 10:00 in Berlin */
static int passed, failed;

/* For who wants to know: a folder was made and nothing is in it yet; the writing connection is open; a group is about to be
 * committed; it was and is on the disk; a line begins; its answer is there. */
static struct text_listener {
	void (*opens)(const char *dir);
	void (*opened)(struct db *), (*commits)(struct db *), (*durable)(struct db *);
	void (*asks)(void), (*answered)(const struct request *);
	bool silent;                                           /* a line that fails is not told */
} listener;

static int group_end(struct db *writer)
{
	if (listener.commits)
		listener.commits(writer);
	int result = db_group_end(writer);
	if (result == 0 && listener.durable)
		listener.durable(writer);
	return result;
}

struct shop { struct db *writer, *reader; struct arena *arena; char dir[64]; const char *version, *seen; struct line *late; };
struct line { const char *file; int number; char *who, *verb, *path, *sent, *status, *hold; struct line *meanwhile; };

static void run_line(struct shop *, struct line *);

static char *read_all(struct arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (f == NULL) {
		perror(path);
		exit(1);
	}
	struct out o = { .arena = a };
	char piece[4096];
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0; )
		out_bytes(&o, piece, n);
	fclose(f);
	return o.s ? o.s : arena_text(a, "");
}

/* ---- the shop ---- */

static void fill(struct shop *s, const char *file)
{
	int64_t seq;
	char *wrong = NULL;
	struct command c = { .name = "test.fixture", .text = "Testladen", .at = now };
	require(db_group_begin(s->writer) == 0);
	require(db_command_begin(s->writer, &c, &seq) == COMMAND_NEW);
	if (sqlite3_exec(db_handle(s->writer), read_all(s->arena, file), NULL, NULL, &wrong) != SQLITE_OK) {
		printf("%s: %s\n", file, wrong);
		exit(1);
	}
	require(db_command_end(s->writer, &seq) == 0 && group_end(s->writer) == 0);
}

static void open_shop(struct shop *s)
{
	*s = (struct shop){ .arena = arena_new(), .dir = "/tmp/kontor-test-XXXXXX" };
	require(mkdtemp(s->dir) != NULL);
	if (listener.opens)
		listener.opens(s->dir);
	s->writer = db_open_write(s->arena, s->dir);
	require(s->writer != NULL);
	if (listener.opened)
		listener.opened(s->writer);
	db_use(s->writer, s->arena);
	fill(s, "tests/fixture.sql");
	require(seed_save(s->arena, s->dir, &(struct seed){ { 0 } }) == 0);     /* of the 20 words 19 are "aachener" */
	s->reader = db_open(s->arena, arena_printf(s->arena, "%s/kontor.db", s->dir));
	require(s->reader != NULL);
}

static void close_shop(struct shop *s)
{
	db_close(s->reader);
	db_close_write(s->writer);
	DIR *dir = opendir(s->dir);
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL; )
		(void)unlink(arena_printf(s->arena, "%s/%s", s->dir, e->d_name));
	if (dir != NULL)
		closedir(dir);
	(void)rmdir(s->dir);
	arena_free(s->arena);
}

/* ---- one request ---- */

/* Who sits there; the ids are the fixture's. -1: no such word. */
static int staff_of(const char *who)
{
	static const char *const words[] = { "nobody", "owner", "management", "reception", "stylist", "apprentice" };
	for (size_t i = 0; i < COUNT(words); i++)
		if (strcmp(words[i], who) == 0)
			return (int)i;
	return -1;
}

/* What is sent, with + protected, {version}, {seen} and {long} filled in. */
static char *as_form(struct shop *s, struct arena *a, const char *sent)
{
	struct out o = { .arena = a };
	for (const char *p = sent; *p; p++)
		if (*p == '+')
			out_raw(&o, "%2B");
		else if (strncmp(p, "{version}", 9) == 0) {
			out_raw(&o, s->version ? s->version : "1");
			p += 8;
		} else if (strncmp(p, "{seen}", 6) == 0) {
			out_raw(&o, s->seen ? s->seen : "");
			p += 5;
		} else if (strncmp(p, "{long}", 6) == 0) {
			for (int i = 0; i < 10000; i++)
				out_raw(&o, "x");
			p += 5;
		} else
			out_bytes(&o, p, 1);
	return o.s ? o.s : arena_text(a, "");
}

static void params(struct shop *s, struct request *r, const char *query, const char *sent, bool token)
{
	struct param_list list = { 0 };
	const char *form = as_form(s, r->arena, sent);
	require(params_parse(r->arena, query, strlen(query), &list) == 0);
	require(params_parse(r->arena, form, strlen(form), &list) == 0);
	if (token)
		*arena_push(r->arena, &list) = (struct param){ .key = "csrf", .value = r->csrf, .size = strlen(r->csrf) };
	r->params = list.at;
	r->nparams = list.n;
}

static const char *sit_down(struct arena *a, int staff)
{
	char token[33];
	session_token(token);
	if (staff > 0)
		session_open(NULL, token, staff, 1, "Test", now);
	return arena_text(a, token);
}

/* As the writing thread does it. */
static void change(struct shop *s, struct line *l, struct request *r)
{
	const struct route *route = r->state->route;
	bool admitted = router_admit(r);
	if (admitted && route->before) {
		r->status = 200;
		route->before(r, route);
	}
	if (l->meanwhile != NULL)
		run_line(s, l->meanwhile);
	if (!admitted || r->status >= 400)
		return;
	lang_use(LANG_DE);
	db_use(s->writer, r->arena);
	r->db = s->writer;
	bool begun = db_group_begin(s->writer) == 0;
	int result = begun ? command_write_run(r) : -1;
	if (!begun || group_end(s->writer) < 0 || result < 0)
		command_write_lost(r, false);
}

static void ask(struct shop *s, struct line *l, struct request *r, struct web_state *state)
{
	struct arena *a = r->arena;
	bool post = strncmp(l->verb, "POST", 4) == 0;
	const char *mark = strchr(l->path, '?');
	r->path = mark ? arena_copy(a, l->path, (size_t)(mark - l->path)) : l->path;
	r->query = mark ? mark + 1 : "";
	state->token = sit_down(a, staff_of(l->who));
	r->csrf = session_csrf(a, state->token);
	params(s, r, r->query, l->sent, post && strcmp(l->verb, "POST-without-token") != 0);
	struct found f = router_find(a, r->method, r->path);
	state->route = f.route;
	state->allow = f.allow;
	memcpy(r->id, f.id, sizeof r->id);
	r->word = f.word;
	zone_local(r->now, &r->today, &r->clock);
	db_use(s->reader, a);
	lang_use(LANG_DE);
	if (post && f.route != NULL && !f.route->memory)
		change(s, l, r);
	else
		router_look(r);
}

/* ---- one line ---- */

static bool holds(const struct request *r, const char *text)
{
	return (r->page.len > 0 && strstr(r->page.s, text) != NULL) || (r->location != NULL && strstr(r->location, text) != NULL);
}

/* The first thing wrong with the answer; NULL: nothing. */
static const char *fault(struct arena *a, const struct line *l, const struct request *r, unsigned logged)
{
	if (r->status != (int)strtol(l->status, NULL, 10))
		return arena_printf(a, "got %d, wanted %s", r->status, l->status);
	if (log_faults() != logged)
		return "a line in the log that nobody expected";
	char *next;
	for (char *hold = l->hold; hold != NULL && *hold != '\0'; hold = next) {
		next = strstr(hold, "; ");
		if (next != NULL) {
			*next = '\0';
			next += 2;
		}
		if (*hold == '!' ? holds(r, hold + 1) : !holds(r, hold))
			return arena_printf(a, *hold == '!' ? "must not hold: %s" : "must hold: %s", hold + (*hold == '!'));
	}
	return NULL;
}

static void keep_hidden(struct shop *s, const struct request *r, const char *input, const char **kept)
{
	const char *at = r->page.len > 0 ? strstr(r->page.s, input) : NULL;
	if (at != NULL)
		*kept = arena_copy(s->arena, at + strlen(input), strcspn(at + strlen(input), "\""));
}

static void run_line(struct shop *s, struct line *l)
{
	struct arena *a = arena_new();
	struct web_state state = { .lang = LANG_DE };
	struct request r = {
		.method = strncmp(l->verb, "POST", 4) == 0 ? "POST" : l->verb, .role = ROLE_ANYONE, .db = s->reader, .arena = a, .now = now,
		.station = "Test", .page = { .arena = a }, .state = &state, .content_type = "text/html; charset=utf-8",
	};
	unsigned logged = log_faults();
	if (listener.asks)
		listener.asks();
	ask(s, l, &r, &state);
	if (listener.answered)
		listener.answered(&r);
	const char *wrong = fault(a, l, &r, logged);
	if (wrong == NULL) {
		passed++;
		keep_hidden(s, &r, "name=\"version\" value=\"", &s->version);
		keep_hidden(s, &r, "name=\"seen\" value=\"", &s->seen);
	} else {
		failed++;
		if (!listener.silent)
			printf("%s:%d: %s\n", l->file, l->number, wrong);
		if (getenv("SHOW") != NULL)
			printf("%s\n%s\n", r.location ? r.location : "", r.page.len ? r.page.s : "");
	}
	arena_free(a);
}

/* Up to the next "; ", or all of it without a ; at its end. */
static char *column(char **rest)
{
	char *begin = *rest, *end = strstr(begin, "; ");
	if (end != NULL) {
		*end = '\0';
		*rest = end + 2;
		return begin;
	}
	size_t n = strlen(begin);
	*rest = begin + n;
	if (n > 0 && begin[n - 1] == ';')
		begin[n - 1] = '\0';
	return begin;
}

static bool understood(struct line *l, char *text)
{
	char *rest = text;
	l->who = column(&rest);
	l->verb = column(&rest);
	l->sent = column(&rest);
	l->status = column(&rest);
	l->hold = rest;
	size_t n = strlen(rest);
	if (n > 0 && rest[n - 1] == ';')
		rest[n - 1] = '\0';
	l->path = strchr(l->verb, ' ');
	if (l->path == NULL || staff_of(l->who) < 0) {
		printf("%s:%d: not understood\n", l->file, l->number);
		failed++;
		return false;
	}
	*l->path++ = '\0';
	return true;
}

/* A POST-late waits for the next line. */
static void run_text(struct shop *s, const char *file, int number, char *text)
{
	struct line *l = arena_new_of(s->arena, struct line), *late = s->late;
	*l = (struct line){ .file = file, .number = number };
	if (!understood(l, text))
		return;
	s->late = NULL;
	if (late != NULL)
		late->meanwhile = l;
	else if (strcmp(l->verb, "POST-late") == 0)
		s->late = l;
	if (s->late == NULL)
		run_line(s, late != NULL ? late : l);
}

static void run_file(const char *file)
{
	struct shop s;
	int number = 0;
	open_shop(&s);
	for (char *text = read_all(s.arena, file), *next; text != NULL; text = next) {
		next = strchr(text, '\n');
		if (next != NULL)
			*next++ = '\0';
		number++;
		if (strncmp(text, "with ", 5) == 0)
			fill(&s, arena_printf(s.arena, "%.*s/%s", (int)(strrchr(file, '/') - file), file, text + 5));
		else if (*text != '#' && *text != '\0')
			run_text(&s, file, number, text);
	}
	require(s.late == NULL);
	close_shop(&s);
}

static void text_begin(void)
{
	zone_set("Europe/Berlin");
	for (size_t i = 0; i < catalogues_count; i++)
		require(lang_load(LANG_DE, catalogues[i].bytes, catalogues[i].size) == 0);
	router_build();
}
#endif
