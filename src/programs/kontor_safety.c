#include "programs/kontor_safety.h"
#include "backup/store.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "modules/backup/backup.h"
#include "programs/clock.h"
#include "rules/safetydue.h"
#include "seal/seed_write.h"
#include "web/live.h"
#include <fcntl.h>
#include <signal.h>
#include <sodium.h>
#include <spawn.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EVERY = 10, PATIENCE = 3600 };        /* seconds between two looks; for one backup or proof */

static struct {
	const char *dir, *database;
	struct arena *arena;                 /* emptied at each look */
	int pause, age;
	pid_t child;                         /* 0 = none runs */
} safety;

extern char **environ;

int kontor_safety_begin(const char *dir, const char *database)
{
	struct seed seed;
	safety.dir = dir;
	safety.database = database;
	safety.arena = arena_new();
	safety.pause = 3;
	int rc = seed_make(safety.arena, dir, &seed);
	sodium_memzero(&seed, sizeof seed);
	return rc;
}

/* The same program again; signals are held back in this one, the child must not inherit that. */
static int start(enum backup_wish what, int64_t prepare)
{
	posix_spawnattr_t how;
	posix_spawn_file_actions_t files;
	sigset_t none;
	char number[24];
	(void)snprintf(number, sizeof number, "%lld", (long long)prepare);
	char *const argv[] = { (char *)"kontor", (char *)(what == BACKUP_DRILL ? "drill" : "backup"), (char *)"--data", (char *)(uintptr_t)safety.dir,
		(char *)"--gently", what == BACKUP_NOW && prepare != 0 ? (char *)"--prepare" : NULL, number, NULL };
	sigemptyset(&none);
	if (posix_spawnattr_init(&how) != 0 || posix_spawn_file_actions_init(&files) != 0)
		return -1;
	posix_spawnattr_setsigmask(&how, &none);
	posix_spawnattr_setflags(&how, POSIX_SPAWN_SETSIGMASK);
	posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	int result = posix_spawn(&safety.child, "/proc/self/exe", &files, &how, argv, environ);
	posix_spawnattr_destroy(&how);
	posix_spawn_file_actions_destroy(&files);
	if (result != 0) {
		safety.child = 0;
		log_fault("the backup could not be started (%d)", result);
		return -1;
	}
	safety.age = 0;
	backup_doing(what);
	live_send("backup", 0);
	return 0;
}

static void reap(void)
{
	int status;
	pid_t ended = waitpid(safety.child, &status, WNOHANG);
	if (ended == 0) {
		if (++safety.age == PATIENCE)
			(void)kill(safety.child, SIGKILL);
		return;
	}
	safety.child = 0;
	safety.pause = EVERY;
	backup_doing(BACKUP_NOTHING);
	live_send("backup", 0);
}

/* Only sticks are looked for: a network folder that hangs must not hold up this thread. */
static bool appeared(const struct backup_went *went, const char *kind, const char *folder)
{
	struct stat st;
	if (went == NULL || !went->gone || !text_equal(kind, "stick"))
		return false;
	if (stat(arena_printf(safety.arena, "%s/Kontor-Sicherung/Kontor-Sicherung.txt", folder), &st) == 0)
		return true;
	return !text_empty(went->medium) && store_find(safety.arena, went->medium) != NULL;
}

static void facts(struct db *db, struct safety_facts *f)
{
	struct backup_state st;
	daytime now, then;
	*f = (struct safety_facts){ .now = clock_now() };
	zone_local(f->now, &f->today, &now);
	f->now_min = (int)now.min;
	backup_state_read(safety.arena, safety.dir, &st);
	f->drilled = st.tried;
	f->proof_failed = st.fault != NULL || st.proven.s != st.tried.s;
	zone_local(st.tried, &f->drilled_day, &then);
	f->drilled_min = (int)then.min;
	struct query q = db_query(db, SQL("SELECT t.id, t.kind, t.folder FROM backup_target t JOIN shop s ON s.set_up >= 3 WHERE t.active = 1"));
	while (db_step(&q)) {
		const struct backup_went *went = backup_state_of(&st, db_int(&q, 0));
		f->targets++;
		f->fresh |= went == NULL;
		f->appeared |= appeared(went, db_text(&q, 1), db_text(&q, 2));
		if (went != NULL && went->tried.s > f->tried.s)
			f->tried = went->tried;
		f->any_good |= went != NULL && went->good.s != 0;
	}
}

static void look(void)
{
	struct db *db = db_reader(safety.database);
	struct safety_facts f;
	if (db == NULL)
		return;
	db_use(db, safety.arena);
	facts(db, &f);
	db_use(db, safety.arena);
	int64_t prepare = backup_preparing();
	enum backup_wish wish = backup_wanted();
	if (f.targets == 0)
		wish = BACKUP_NOTHING;
	else if (wish == BACKUP_NOTHING)
		wish = safety_backup_due(&f) ? BACKUP_NOW : safety_drill_due(&f) ? BACKUP_DRILL : BACKUP_NOTHING;
	if (wish != BACKUP_NOTHING)
		(void)start(wish, prepare);
	arena_reset(safety.arena);
	safety.pause = EVERY;
}

void kontor_safety_tick(void)
{
	if (safety.child != 0)
		reap();
	else if (backup_waiting() || safety.pause-- <= 0)
		look();
}

void kontor_safety_end(void)
{
	if (safety.child != 0) {
		(void)kill(safety.child, SIGTERM);
		(void)waitpid(safety.child, NULL, 0);
	}
	arena_free(safety.arena);
}
