/* kontor_safety_open.c: what every backup and drill begins and ends with. */
#include "programs/kontor_backup.h"
#include "backup/store_write.h"
#include "base/lang.h"
#include "base/log.h"
#include "base/text.h"
#include "db/db.h"
#include "programs/start.h"
#include "seal/seed_write.h"
#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <signal.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

enum { NICE = 15, IOPRIO_WHO_PROCESS = 1, IOPRIO_IDLE = 3 << 13 };

int64_t safety_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* The shop comes first: processor and disk are left to it. */
static void be_gentle(void)
{
	(void)setpriority(PRIO_PROCESS, 0, NICE);
	(void)syscall(SYS_ioprio_set, IOPRIO_WHO_PROCESS, 0, IOPRIO_IDLE);
}

const char *safety_folder(struct safety *s, const struct backup_target *t)
{
	const struct backup_went *w = backup_state_of(&s->state, t->id);
	struct store store;
	if (w == NULL || text_empty(w->medium) || !text_equal(t->kind, "stick") || store_open(&store, s->arena, t->folder, s->seal) == STORE_READY)
		return t->folder;
	const char *found = store_find(s->arena, w->medium);
	return found ? found : t->folder;
}

static int write_file(struct arena *a, const char *path, const char *bytes, size_t n)
{
	char *fresh = arena_printf(a, "%s.%d", path, (int)getpid());
	int file = open(fresh, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	bool good = file >= 0 && write(file, bytes, n) == (ssize_t)n && fsync(file) == 0;
	if (file >= 0)
		good = close(file) == 0 && good;
	if (good && rename(fresh, path) == 0)
		return 0;
	log_fault("%s could not be written: %s", path, strerror(errno));
	(void)unlink(fresh);
	return -1;
}

/* A line of backups: a restored shop begins a new one. */
static int take_lineage(struct safety *s)
{
	char *path = arena_printf(s->arena, "%s/lineage", s->scratch), hex[2 * LINEAGE_BYTES + 2] = { 0 };
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = file >= 0 ? read(file, hex, sizeof hex - 1) : 0;
	if (file >= 0)
		close(file);
	hex[2 * LINEAGE_BYTES] = '\0';
	if (n > 0 && seal_unhex(hex, s->lineage, sizeof s->lineage))
		return 0;
	randombytes_buf(s->lineage, sizeof s->lineage);
	char *line = arena_printf(s->arena, "%s\n", seal_hex(s->arena, s->lineage, sizeof s->lineage));
	return write_file(s->arena, path, line, strlen(line));
}

static int take_lock(struct safety *s)
{
	s->lock = open(arena_printf(s->arena, "%s/lock", s->scratch), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (s->lock >= 0 && flock(s->lock, LOCK_EX | LOCK_NB) == 0)
		return 0;
	fprintf(stderr, "%s\n", s->lock >= 0 ? _("A backup or a check is running already; please wait for it.") : _("The data folder can't be written to."));
	return -1;
}

static int take_targets(struct safety *s)
{
	struct db *db = db_open(s->arena, db_path(s->arena, s->dir));
	if (db == NULL)
		return -1;
	db_use(db, s->arena);
	if (db_one(db, SQL("SELECT count(*) FROM sqlite_schema WHERE name = 'backup_target'")) == 0) {
		db_close(db);                        /* a book that this program has not opened yet */
		return 0;
	}
	struct query q = db_query(db, SQL("SELECT id, name, kind, folder FROM backup_target WHERE active = 1 ORDER BY kind = 'nas', id"));
	while (db_step(&q))
		*arena_push(s->arena, &s->targets) = (struct backup_target){ .id = db_int(&q, 0), .name = db_text(&q, 1), .kind = db_text(&q, 2), .folder = db_text(&q, 3), .active = true };
	int rc = db_failed(db) ? -1 : 0;
	db_close(db);
	return rc;
}

int safety_open(struct safety *s, const struct options *o)
{
	*s = (struct safety){ .arena = arena_new(), .dir = options_get(o, "--data"), .lock = -1 };
	s->scratch = arena_printf(s->arena, "%s/backup", s->dir);
	(void)signal(SIGXFSZ, SIG_IGN);
	s->quiet = options_get(o, "--gently") != NULL;
	if (s->quiet)
		be_gentle();
	struct stat st;
	if (stat(db_path(s->arena, s->dir), &st) != 0) {
		fprintf(stderr, _("%s holds no book.\n"), s->dir);
		return -1;
	}
	start_zone(db_path(s->arena, s->dir));
	(void)mkdir(s->scratch, 0700);
	if (take_lock(s) != 0 || seed_make(s->arena, s->dir, &s->seed) != 0 || take_targets(s) != 0)
		return -1;
	s->seal = sealer_new(s->arena, &s->seed);
	backup_state_read(s->arena, s->dir, &s->state);
	return take_lineage(s);
}

void safety_close(struct safety *s)
{
	if (s->seal != NULL)
		sealer_free(s->seal);
	sodium_memzero(&s->seed, sizeof s->seed);
	if (s->lock >= 0)
		close(s->lock);
	arena_free(s->arena);
}

static json_t *as_json(const struct backup_went *w)
{
	return json_pack("{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:s?,s:s?,s:s?}", "id", (json_int_t)w->id, "good", (json_int_t)w->good.s, "tried", (json_int_t)w->tried.s,
	    "number", (json_int_t)w->number, "generations", (json_int_t)w->generations, "bytes", (json_int_t)w->bytes,
	    "new_bytes", (json_int_t)w->new_bytes, "ms", (json_int_t)w->ms, "empty", (json_int_t)w->empty, "gone", (json_int_t)w->gone, "fault", w->fault, "warning", w->warning, "medium", w->medium);
}

int safety_save(struct safety *s)
{
	const struct backup_state *st = &s->state;
	json_t *targets = json_array();
	for (size_t i = 0; i < st->targets.n; i++)
		json_array_append_new(targets, as_json(&st->targets.at[i]));
	json_t *all = json_pack("{s:o,s:{s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:I,s:s?,s:s?}}", "targets", targets, "drill", "proven", (json_int_t)st->proven.s,
	    "tried", (json_int_t)st->tried.s, "number", (json_int_t)st->number, "older", (json_int_t)st->older, "ms", (json_int_t)st->ms,
	    "appointments", (json_int_t)st->appointments, "customers", (json_int_t)st->customers, "changes", (json_int_t)st->changes,
	    "target", st->target, "fault", st->fault);
	require(all != NULL);
	struct out o = { .arena = s->arena };
	size_t n = json_dumpb(all, NULL, 0, JSON_INDENT(1));
	out_reserve(&o, n);
	(void)json_dumpb(all, o.s, n, JSON_INDENT(1));
	json_decref(all);
	return write_file(s->arena, arena_printf(s->arena, "%s/state.json", s->scratch), o.s, n);
}
