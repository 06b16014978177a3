/* kontor_drill.c: "kontor drill": the newest and one random older backup of each target are really brought back into a scratch
 * folder and looked at: a backup counts only if that works. */
#include "programs/kontor_backup.h"
#include "backup/restore_write.h"
#include "base/date.h"
#include "base/lang.h"
#include "db/db_write.h"
#include "programs/clock.h"
#include "web/render.h"
#include <dirent.h>
#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct drill { struct safety *s; struct store store; const char *work; int proven; };

static void empty(struct drill *d)
{
	DIR *dir = opendir(d->work);
	for (struct dirent *e; dir != NULL && (e = readdir(dir)) != NULL;)
		(void)unlinkat(dirfd(dir), e->d_name, 0);
	if (dir != NULL)
		closedir(dir);
	(void)rmdir(d->work);
}

/* The book's page of the day with appointments that is nearest to the last change, as the owner sees it. */
static int look_at_day(struct drill *d, struct db *db, instant head_at)
{
	day today;
	daytime t;
	const char *page = "";
	struct arena *a = d->s->arena;
	zone_local(head_at, &today, &t);
	int64_t owner = db_one(db, SQL("SELECT id FROM staff WHERE active = 1 ORDER BY role DESC, id LIMIT 1"));
	int64_t on = db_one(db, SQL("SELECT day FROM appointment WHERE day IS NOT NULL AND status < 7 ORDER BY abs(day - ?1), day LIMIT 1"), B(today));
	if (owner == NONE || db_one(db, SQL("SELECT set_up FROM shop")) < 3)
		return 0;                            /* a shop that is not open yet has no book to show */
	struct out query = { .arena = a };
	out_raw(&query, "day=");
	out_iso_day(&query, on == NONE ? today : (day){ on });
	int status = render_page(db, a, "/book", query.s, owner, head_at, &page);
	if (status == 200 && strstr(page, "</html>") != NULL && (on == NONE || strstr(page, " id=\"a") != NULL))
		return 0;
	return store_fail(&d->store, _("The day page could not be shown from what was brought back."));
}

/* An older backup may have an older schema: it is brought up to date as the shop's program would do it. */
static int show(struct drill *d, instant head_at)
{
	struct db *writer = db_open_write(d->s->arena, d->work);
	db_close(writer);
	struct db *db = writer == NULL ? NULL : db_open(d->s->arena, db_path(d->s->arena, d->work));
	if (db == NULL)
		return store_fail(&d->store, _("What was brought back has faults: %s"), _("it can't be read."));
	db_use(db, d->s->arena);
	int rc = look_at_day(d, db, head_at);
	db_close(db);
	return rc;
}

static int look(struct drill *d, const struct manifest *m)
{
	struct db *db = db_open(d->s->arena, db_path(d->s->arena, d->work));
	struct backup_state *st = &d->s->state;
	if (db == NULL)
		return store_fail(&d->store, _("What was brought back has faults: %s"), _("it can't be read."));
	db_use(db, d->s->arena);
	st->appointments = db_one(db, SQL("SELECT count(*) FROM appointment"));
	st->customers = db_one(db, SQL("SELECT count(*) FROM customer"));
	st->changes = db_one(db, SQL("SELECT count(*) FROM journal"));
	int rc = st->appointments == m->counts[0] && st->customers == m->counts[1] && st->changes == m->counts[2] ? 0
	    : store_fail(&d->store, _("Backup %lld: what was brought back does not count as many records as the list says."), (long long)m->number);
	db_close(db);
	return rc == 0 ? show(d, m->head_at) : -1;
}

static int prove(struct drill *d, int64_t number)
{
	struct manifest m;
	struct restored r;
	if (mkdir(d->work, 0700) != 0)
		return store_fail(&d->store, _("The scratch folder can't be made: %s."), strerror(errno));
	int rc = manifest_read(&d->store, number, &m) == 0 && restore_generation(&d->store, number, d->work, &r) == 0 ? look(d, &m) : -1;
	empty(d);
	return rc;
}

static int one_target(struct drill *d, const struct backup_target *t)
{
	struct generations all;
	struct backup_state *st = &d->s->state;
	if (store_open(&d->store, d->s->arena, safety_folder(d->s, t), d->s->seal) != STORE_READY || store_generations(&d->store, &all) != 0)
		return -1;
	if (all.n == 0)
		return store_fail(&d->store, _("%s holds no backup that can be read."), t->folder);
	int64_t newest = all.at[all.n - 1].number, older = all.n > 1 ? all.at[randombytes_uniform((uint32_t)all.n - 1)].number : 0;
	if ((older != 0 && prove(d, older) != 0) || prove(d, newest) != 0)
		return -1;
	st->number = newest;
	st->older = older;
	st->target = t->name;
	return 0;
}

static void targets(struct drill *d)
{
	struct backup_state *st = &d->s->state;
	for (size_t i = 0; i < d->s->targets.n; i++) {
		const struct backup_target *t = &d->s->targets.at[i];
		int rc = one_target(d, t);
		d->proven += rc == 0;
		if (rc == 0) {
			printf(_("%s: backups %lld and %lld brought back and checked: %lld appointments, %lld customers, %lld changes.\n"), t->name, (long long)st->number,
			    (long long)st->older, (long long)st->appointments, (long long)st->customers, (long long)st->changes);
			continue;
		}
		if (strcmp(t->kind, "stick") != 0 || access(t->folder, F_OK) == 0)
			st->fault = arena_printf(d->s->arena, "%s: %s", t->name, d->store.fault);
		else if (d->s->quiet)
			continue;
		fprintf(stderr, "%s: %s\n", t->name, d->store.fault);
	}
}

static int run(struct safety *s)
{
	struct drill d = { .s = s, .work = arena_printf(s->arena, "%s/drill", s->scratch) };
	int64_t begin = safety_ms();
	empty(&d);
	if (s->targets.n == 0) {
		fputs(_("No target for backups is set up: “Data backup” in the settings.\n"), stderr);
		return 1;
	}
	s->state.fault = NULL;
	targets(&d);
	s->state.tried = clock_now();
	if (d.proven > 0 && s->state.fault == NULL) {
		s->state.proven = s->state.tried;
		s->state.ms = safety_ms() - begin;
	}
	int saved = safety_save(s);
	return saved == 0 && d.proven > 0 && s->state.fault == NULL ? 0 : 1;
}

int kontor_drill(const struct options *o)
{
	struct safety s;
	int status = safety_open(&s, o) == 0 ? run(&s) : 1;
	safety_close(&s);
	return status;
}
