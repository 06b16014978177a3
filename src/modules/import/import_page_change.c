/* import_page_change.c: choosing files, seeing what would happen, doing it, seeing what happened. Between these the files,
 * then the report, wait in this program's memory: one import at a time, the newest wins; nothing is written to disk before
 * someone agrees. */
#include "base/text.h"
#include "db/db_write.h"
#include "db/journal.h"
#include "entity/entity.h"
#include "modules/import/import.h"
#include "modules/import/import_save_change.h"
#include "web/icon.h"
#include <pthread.h>
#include <string.h>

enum { MAX_UPLOAD = 64 * 1024 * 1024, MAX_FILES = 20 };

static struct {
	pthread_mutex_t lock;                                /* also around libical, whose zones are shared */
	struct arena *arena;
	char token[33];
	struct found_file files[MAX_FILES];
	size_t n;
	const char *report;                                  /* of what was done; then no files wait any more */
	int64_t user;                                        /* who did it */
} waiting = { .lock = PTHREAD_MUTEX_INITIALIZER };

struct view { const char *report, *token, *sentence; bool empty; };

/* One line of the report; blank lines and headings are told apart by their form. */
static char *next_line(struct arena *a, const char **at)
{
	size_t n = strcspn(*at, "\n");
	char *s = arena_copy(a, *at, n);
	*at += n + ((*at)[n] == '\n');
	return s;
}

#include "gen/modules/import/import.html.h"

static void show(struct request *r, const struct view *view)
{
	struct page page = { .title = _("Import"), .section = "settings", .main_class = "sheet" };
	page_begin(r, &page);
	view_html(&r->page, r, view);
	page_end(r);
}

/* Has this person's last import been taken back? */
static bool taken_back(struct request *r, int64_t user)
{
	struct journal_entry last = { 0 };
	int64_t seq = db_one(r->db, SQL("SELECT seq FROM journal WHERE user = ? AND command = 'import.run' ORDER BY seq DESC LIMIT 1"), B(user));
	return seq != NONE && journal_get(r->db, seq, &last) && last.undone_by != 0;
}

static void page_choose(struct request *r, const struct route *route)
{
	(void)route;
	const char *token = request_get(r, "done"), *report = NULL;
	int64_t user = 0;
	pthread_mutex_lock(&waiting.lock);
	if (token != NULL && waiting.report != NULL && strcmp(token, waiting.token) == 0) {
		report = arena_text(r->arena, waiting.report);
		user = waiting.user;
	}
	pthread_mutex_unlock(&waiting.lock);
	show(r, &(struct view){ .report = report != NULL && taken_back(r, user) ? NULL : report });
}

static void refuse(struct request *r, int status, const char *sentence)
{
	r->status = status;
	show(r, &(struct view){ .sentence = sentence });
}

/* Under the lock. */
static size_t keep(const struct request *r, const char *token)
{
	arena_free(waiting.arena);
	waiting.arena = arena_new();
	waiting.n = 0;
	waiting.report = NULL;
	memcpy(waiting.token, token, sizeof waiting.token - 1);
	for (size_t i = 0; i < r->nparams && waiting.n < MAX_FILES; i++) {
		const struct param *p = &r->params[i];
		if (strcmp(p->key, "file") == 0 && p->file != NULL && p->size > 0)
			waiting.files[waiting.n++] = (struct found_file){ .name = text_cut(waiting.arena, text_clean(waiting.arena, p->file, false), 120),
				.bytes = arena_copy(waiting.arena, p->value, p->size), .n = p->size };
	}
	return waiting.n;
}

/* Under the lock. What is found points into the request alone: the next upload may come at once. */
static struct plan *plan_of(struct request *r)
{
	struct found *f = arena_new_of(r->arena, struct found);
	f->arena = r->arena;
	for (size_t i = 0; i < waiting.n; i++) {
		struct found_file file = waiting.files[i];
		file.name = arena_text(r->arena, file.name);
		found_read(f, &file, r->today);
	}
	return plan_make(r->db, r->arena, f, r->now, r->today);
}

/* The files are done with. */
static void keep_report(const char *report, int64_t user)
{
	pthread_mutex_lock(&waiting.lock);
	arena_free(waiting.arena);
	waiting.arena = arena_new();
	waiting.n = 0;
	waiting.report = arena_text(waiting.arena, report);
	waiting.user = user;
	pthread_mutex_unlock(&waiting.lock);
}

static void page_preview(struct request *r, const struct route *route)
{
	(void)route;
	const char *token = page_random(r);
	struct plan *plan = NULL;
	pthread_mutex_lock(&waiting.lock);
	if (keep(r, token) > 0)
		plan = plan_of(r);
	pthread_mutex_unlock(&waiting.lock);
	if (plan == NULL)
		refuse(r, 422, _("Files: please choose at least one."));
	else
		show(r, &(struct view){ .report = report_text(plan, false), .token = token, .empty = plan_empty(plan) });
}

static void page_import(struct request *r, const struct route *route)
{
	(void)route;
	const char *token = request_get(r, "files");
	struct plan *plan = NULL;
	pthread_mutex_lock(&waiting.lock);
	if (token != NULL && waiting.n > 0 && strcmp(token, waiting.token) == 0)
		plan = plan_of(r);
	pthread_mutex_unlock(&waiting.lock);
	if (plan == NULL) {
		refuse(r, 409, _("These files are no longer there. Please choose them again."));
		return;
	}
	import_save_change(plan, r->user);
	db_command_text(r->db, import_save_change_text(plan));
	for (size_t i = 0; i < plan->appointments.n; i++)
		if (i == 0 || plan->appointments.at[i].event->day.n != plan->appointments.at[i - 1].event->day.n)
			if (plan->appointments.at[i].event->day.n >= r->today.n - 7 && plan->appointments.at[i].event->day.n <= r->today.n + 60)
				live_publish(r, "day", plan->appointments.at[i].event->day.n);
	keep_report(report_text(plan, true), r->user);
	page_redirect(r, "/import?done=%s", token);
}

static const struct route change[] = {
	{ .method = "GET", .path = "/import", .handler = page_choose, .role = ROLE_MANAGEMENT },
	{ .method = "POST", .path = "/import/preview", .handler = page_preview, .role = ROLE_MANAGEMENT, .body_max = MAX_UPLOAD, .memory = true },
	{ .method = "POST", .path = "/import", .handler = page_import, .role = ROLE_MANAGEMENT, .command = "import.run" },
};
const struct module import_change = { .name = "import, changing", ROUTES(change) };
