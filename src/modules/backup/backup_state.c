/* backup_state.c: reading what the last backups and proofs found. */
#include "modules/backup/backup.h"
#include <jansson.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/stat.h>

static atomic_int wish, doing;
static atomic_llong prepare;

void backup_prepare(int64_t target) { atomic_store(&prepare, target); }
int64_t backup_preparing(void) { return atomic_exchange(&prepare, 0); }
bool backup_waiting(void) { return atomic_load(&wish) != BACKUP_NOTHING; }
void backup_want(enum backup_wish w) { atomic_store(&wish, (int)w); }
enum backup_wish backup_wanted(void) { return (enum backup_wish)atomic_exchange(&wish, BACKUP_NOTHING); }
void backup_doing(enum backup_wish w) { atomic_store(&doing, (int)w); }
enum backup_wish backup_done_now(void) { return (enum backup_wish)atomic_load(&doing); }

char *backup_data_folder(struct arena *a, struct db *db)
{
	const char *file = sqlite3_db_filename(db_handle(db), "main"), *slash = strrchr(file, '/');
	return arena_printf(a, "%.*s", (int)(slash != NULL ? slash - file : 1), slash != NULL ? file : ".");
}

static int64_t number(const json_t *o, const char *key) { return json_integer_value(json_object_get(o, key)); }
static str text(struct arena *a, const json_t *o, const char *key) { return arena_text(a, json_string_value(json_object_get(o, key))); }

static struct backup_went went(struct arena *a, const json_t *o)
{
	return (struct backup_went){ .id = number(o, "id"), .good = { number(o, "good") }, .tried = { number(o, "tried") }, .number = number(o, "number"),
		.generations = number(o, "generations"), .bytes = number(o, "bytes"), .new_bytes = number(o, "new_bytes"), .ms = number(o, "ms"), .empty = number(o, "empty") != 0, .gone = number(o, "gone") != 0,
		.fault = text(a, o, "fault"), .warning = text(a, o, "warning"), .medium = text(a, o, "medium") };
}

static void parse(struct arena *a, const char *path, struct backup_state *s)
{
	json_t *all = json_load_file(path, 0, NULL), *one;
	size_t i;
	*s = (struct backup_state){ 0 };
	json_array_foreach(json_object_get(all, "targets"), i, one)
		*arena_push(a, &s->targets) = went(a, one);
	const json_t *drill = json_object_get(all, "drill");
	s->proven.s = number(drill, "proven");
	s->tried.s = number(drill, "tried");
	s->number = number(drill, "number");
	s->older = number(drill, "older");
	s->ms = number(drill, "ms");
	s->appointments = number(drill, "appointments");
	s->customers = number(drill, "customers");
	s->changes = number(drill, "changes");
	s->target = text(a, drill, "target");
	s->fault = text(a, drill, "fault");
	json_decref(all);
}

static void copy(struct arena *a, const struct backup_state *from, struct backup_state *to)
{
	*to = *from;
	to->targets.at = arena_array(a, struct backup_went, from->targets.n + 1);
	to->targets.cap = from->targets.n + 1;
	for (size_t i = 0; i < from->targets.n; i++) {
		to->targets.at[i] = from->targets.at[i];
		to->targets.at[i].fault = arena_text(a, from->targets.at[i].fault);
		to->targets.at[i].warning = arena_text(a, from->targets.at[i].warning);
		to->targets.at[i].medium = arena_text(a, from->targets.at[i].medium);
	}
	to->target = arena_text(a, from->target);
	to->fault = arena_text(a, from->fault);
}

/* Every page with the lamp asks: what was read is kept until the file, which is always a new one, changes. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct { struct arena *arena; char *path; struct stat is; struct backup_state state; } kept;

static bool fresh(const char *path, const struct stat *now)
{
	return kept.arena != NULL && strcmp(kept.path, path) == 0 && kept.is.st_ino == now->st_ino && kept.is.st_size == now->st_size &&
	    kept.is.st_mtim.tv_sec == now->st_mtim.tv_sec && kept.is.st_mtim.tv_nsec == now->st_mtim.tv_nsec;
}

void backup_state_read(struct arena *a, const char *dir, struct backup_state *s)
{
	const char *path = arena_printf(a, "%s/backup/state.json", dir);
	struct stat now;
	*s = (struct backup_state){ 0 };
	if (stat(path, &now) != 0)
		return;
	pthread_mutex_lock(&lock);
	if (!fresh(path, &now)) {
		if (kept.arena == NULL)
			kept.arena = arena_new();
		arena_reset(kept.arena);
		kept.path = arena_text(kept.arena, path);
		kept.is = now;
		parse(kept.arena, path, &kept.state);
	}
	copy(a, &kept.state, s);
	pthread_mutex_unlock(&lock);
}

struct backup_went *backup_state_of(struct backup_state *s, int64_t target)
{
	for (size_t i = 0; i < s->targets.n; i++)
		if (s->targets.at[i].id == target)
			return &s->targets.at[i];
	return NULL;
}
