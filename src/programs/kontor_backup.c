/* kontor_backup.c: "kontor backup": one state of the book to every target that is there. */
#include "programs/kontor_backup.h"
#include "backup/make_write.h"
#include "base/lang.h"
#include "base/text.h"
#include "programs/clock.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct backup_went *went_of(struct safety *s, int64_t target)
{
	struct backup_went *w = backup_state_of(&s->state, target);
	if (w == NULL) {
		w = arena_push(s->arena, &s->state.targets);
		*w = (struct backup_went){ .id = target };
	}
	return w;
}

/* Where backups lay before, a folder without them is a disk that is not plugged in: nothing is begun in its place. */
static int to_store(struct safety *s, struct store *store, const char *folder, bool may_begin, struct snapshot *snap, struct made *made)
{
	enum store_is is = store_open(store, s->arena, folder, s->seal);
	s->empty = is == STORE_NEW;
	s->gone = is == STORE_GONE;
	store->distrust = s->state.fault != NULL;
	if (is == STORE_NEW && may_begin)
		is = store_make(store) == 0 ? STORE_READY : STORE_WRONG;
	return is == STORE_READY ? backup_make(store, snap, s->lineage, clock_now(), made) : -1;
}

static void tell(const char *name, const struct store *store, const struct made *made, int64_t ms)
{
	if (made->unchanged)
		printf(_("%s: nothing new since backup %lld (%lld ms).\n"), name, (long long)made->number, (long long)ms);
	else
		printf(_("%s: backup %lld, %lld new pages, %lld bytes written in %lld ms; %lld backups, %lld bytes in all.\n"), name, (long long)made->number,
		    (long long)made->new_pages, (long long)made->new_bytes, (long long)ms, (long long)made->generations, (long long)made->bytes);
	if (store->warning != NULL)
		fprintf(stderr, "%s\n", store->warning);
}

static int one_target(struct safety *s, const struct backup_target *t, struct snapshot *snap, int64_t prepare)
{
	struct backup_went *w = went_of(s, t->id);
	struct store store;
	struct made made;
	int64_t begin = safety_ms();
	int rc = to_store(s, &store, safety_folder(s, t), w->good.s == 0 || prepare == t->id, snap, &made);
	w->tried = clock_now();
	w->fault = rc != 0 ? store.fault : NULL;
	w->warning = store.warning;
	w->empty = rc != 0 && s->empty && w->good.s != 0;
	w->gone = rc != 0 && (s->gone || w->empty);
	if (rc != 0) {
		if (!s->quiet || !text_equal(t->kind, "stick"))
			fprintf(stderr, "%s: %s\n", t->name, store.fault);
		return 1;
	}
	w->good = w->tried;
	w->number = made.number;
	w->medium = store.medium;
	w->generations = made.generations;
	w->bytes = made.bytes;
	if (!made.unchanged) {
		w->new_bytes = made.new_bytes;
		w->ms = safety_ms() - begin;
	}
	tell(t->name, &store, &made, safety_ms() - begin);
	return 0;
}

/* Sticks are not always there: that is no fault of this backup as long as another target got it. */
static int all_targets(struct safety *s, struct snapshot *snap, int64_t prepare)
{
	int good = 0, missing = 0;
	for (size_t i = 0; i < s->targets.n; i++) {
		int rc = one_target(s, &s->targets.at[i], snap, prepare);
		if (safety_save(s) != 0)             /* at once: the next one may hang */
			return 1;
		good += rc == 0;
		missing += rc != 0 && !text_equal(s->targets.at[i].kind, "stick");
	}
	return good > 0 && missing == 0 ? 0 : 1;
}

static int run(struct safety *s, const struct options *o)
{
	const char *to = options_get(o, "--to"), *prepare = options_get(o, "--prepare");
	struct snapshot snap;
	if (to == NULL && s->targets.n == 0) {
		fputs(_("No target for backups is set up: “Data backup” in the settings, or --to FOLDER.\n"), stderr);
		return 1;
	}
	if (snapshot_take(&snap, s->arena, db_path(s->arena, s->dir), s->scratch, s->seal) != 0)
		return 1;
	int status;
	if (to != NULL) {
		struct store store;
		struct made made;
		int64_t begin = safety_ms();
		status = to_store(s, &store, to, true, &snap, &made) != 0;
		if (status == 0)
			tell(to, &store, &made, safety_ms() - begin);
		else
			fprintf(stderr, "%s\n", store.fault);
	} else {
		status = all_targets(s, &snap, prepare ? strtoll(prepare, NULL, 10) : 0);
	}
	snapshot_free(&snap);
	return status;
}

int kontor_backup(const struct options *o)
{
	struct safety s;
	int status = safety_open(&s, o) == 0 ? run(&s, o) : 1;
	safety_close(&s);
	return status;
}
