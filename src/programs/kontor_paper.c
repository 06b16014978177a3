#include "programs/kontor_paper.h"
#include "base/date.h"
#include "base/log.h"
#include "db/db.h"
#include "modules/paper/paper.h"
#include "programs/clock.h"
#include "rules/paperdue.h"
#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVERY = 15, PATIENCE = 60, FOLDERS = 2 };         /* seconds between two looks; for one sheet; own folder and stick */

static struct {
	const char *database;
	struct arena *arena;                /* emptied at each look */
	int pause, age;                     /* seconds until the next look; since the program was started */
	bool wanted;                        /* somebody asked for a fresh one */
	pid_t child;                        /* notblatt, 0 = none runs */
	int folder;                         /* which one it writes */
	char todo[FOLDERS][512];
	int ntodo;
	char days[8];
	enum paper_result result;
} paper;

extern char **environ;

void kontor_paper_begin(const char *database)
{
	paper.database = database;
	paper.arena = arena_new();
	paper.pause = 2;
}

static bool program_path(char *to, size_t size)
{
	ssize_t n = readlink("/proc/self/exe", to, size - 10);
	to[n > 0 ? n : 0] = '\0';
	char *slash = strrchr(to, '/');
	if (slash == NULL)
		return false;
	memcpy(slash + 1, "notblatt", sizeof "notblatt");
	return access(to, X_OK) == 0;
}

/* Signals are held back in this program; the child must not inherit that. */
static int start(const char *program, const char *folder)
{
	posix_spawnattr_t how;
	sigset_t none;
	char data[512];
	(void)snprintf(data, sizeof data, "%.*s", (int)(strrchr(paper.database, '/') - paper.database), paper.database);
	char *const argv[] = { (char *)"notblatt", (char *)"--data", data, (char *)"--out", (char *)folder, (char *)"--days", paper.days, NULL };
	sigemptyset(&none);
	if (posix_spawnattr_init(&how) != 0)
		return -1;
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	int result = posix_spawn(&paper.child, program, NULL, &how, argv, environ);
	posix_spawnattr_destroy(&how);
	if (result != 0)
		paper.child = 0;
	paper.age = 0;
	return result == 0 ? 0 : -1;
}

static void finish(enum paper_result result)
{
	if (result != PAPER_PRINTED && paper.result != result)
		log_fault("the emergency sheet was not written (%d)", (int)result);
	paper.result = result;
	paper_report(result, clock_now());
	paper.child = 0;
	paper.ntodo = 0;
	paper.pause = EVERY;
}

/* The next folder that waits; without one all is done. */
static void next(void)
{
	char program[512];
	struct stat s;
	if (++paper.folder >= paper.ntodo)
		finish(PAPER_PRINTED);
	else if (!program_path(program, sizeof program))
		finish(PAPER_NO_PROGRAM);
	else if (stat(paper.todo[paper.folder], &s) != 0 || !S_ISDIR(s.st_mode))
		finish(PAPER_NO_FOLDER);
	else if (start(program, paper.todo[paper.folder]) != 0)
		finish(PAPER_FAILED);
}

static void reap(void)
{
	int status;
	pid_t ended = waitpid(paper.child, &status, WNOHANG);
	if (ended == 0) {
		if (++paper.age >= PATIENCE)                     /* a stick that hangs */
			(void)kill(paper.child, SIGKILL);
		return;
	}
	paper.child = 0;
	if (ended > 0 && WIFEXITED(status) && WEXITSTATUS(status) == 0)
		next();
	else
		finish(PAPER_FAILED);
}

static int closing_of(struct db *db, day today)
{
	struct worktime_rows rows = hours_rows(db, today, today);
	struct span open[2];
	int n = worktime_opening(&rows, today, open);
	return n > 0 ? open[n - 1].end : -1;
}

static bool due(struct db *db, const char *folder)
{
	struct paper_facts f = { .now = clock_now(), .printed = { NONE } };
	struct stat s;
	daytime now, then = { 0 };
	zone_local(f.now, &f.today, &now);
	if (stat(arena_printf(paper.arena, "%s/Notblatt.pdf", folder), &s) == 0) {
		f.printed = (instant){ s.st_mtim.tv_sec };
		zone_local(f.printed, &f.printed_day, &then);
	}
	f.now_min = (int)now.min;
	f.printed_min = (int)then.min;
	f.closing = closing_of(db, f.today);
	f.changes = db_one(db, SQL("SELECT count(*) FROM (SELECT at FROM journal ORDER BY seq DESC LIMIT 100) WHERE at > ?"), B(f.printed));
	return paper_due(&f);
}

static void look(void)
{
	struct db *db = db_reader(paper.database);
	if (db == NULL)
		return;
	db_use(db, paper.arena);
	char *own = paper_folder(paper.arena, db);
	bool open = db_one(db, SQL("SELECT set_up FROM shop")) >= 3;
	if (open && (paper.wanted || due(db, own))) {
		str stick = db_one_text(db, SQL("SELECT folder FROM paper WHERE id = 1"));
		(void)mkdir(own, 0700);
		(void)snprintf(paper.todo[0], sizeof paper.todo[0], "%s", own);
		(void)snprintf(paper.todo[1], sizeof paper.todo[1], "%s", stick ? stick : "");
		(void)snprintf(paper.days, sizeof paper.days, "%lld", (long long)db_one(db, SQL("SELECT days FROM paper WHERE id = 1")));
		paper.ntodo = stick ? 2 : 1;
		paper.folder = -1;
		next();
	}
	db_use(db, paper.arena);
	arena_reset(paper.arena);
	paper.pause = EVERY;
	paper.wanted = false;
}

void kontor_paper_tick(void)
{
	paper.wanted = paper_wanted() || paper.wanted;
	if (paper.child != 0)
		reap();
	else if (paper.wanted || paper.pause-- <= 0)
		look();
}

void kontor_paper_end(void)
{
	if (paper.child != 0) {
		(void)kill(paper.child, SIGTERM);
		(void)waitpid(paper.child, NULL, 0);
	}
	db_reader_close();
	arena_free(paper.arena);
}
