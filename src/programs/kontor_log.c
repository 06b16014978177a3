#include "programs/kontor_shop.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "db/journal.h"
#include <stdio.h>

static bool begin(const char *since, instant *from_r)
{
	day first;
	*from_r = (instant){ 0 };
	if (since == NULL)
		return true;
	return date_from_iso(since, &first) && zone_instant(first, (daytime){ 0 }, from_r) >= 0;
}

static const char *who(struct arena *a, const struct journal_entry *e)
{
	const char *name = e->user_name != NULL ? e->user_name : _("the program");
	return e->station != NULL ? arena_printf(a, "%s (%s)", name, e->station) : name;
}

static void line(struct arena *a, const struct journal_entry *e)
{
	struct out at = { .arena = a };
	out_instant(&at, e->at);
	printf("%lld  %s  %s: %s [%s]", (long long)e->seq, at.s, who(a, e), e->text != NULL ? e->text : "–", e->command);
	if (e->undoes != 0)
		printf(_(", takes back %lld"), (long long)e->undoes);
	if (e->undone_by != 0)
		printf(_(", taken back by %lld"), (long long)e->undone_by);
	putchar('\n');
}

static int list(struct db *db, instant from)
{
	struct arena *arena = arena_new();
	db_use(db, arena);
	db_begin_read(db);
	struct query q = db_query(db, SQL("SELECT seq FROM journal WHERE at >= ?1 ORDER BY seq"), B(from));
	while (db_step(&q)) {
		struct journal_entry e;
		if (journal_get(db, db_int(&q, 0), &e))
			line(arena, &e);
		arena_reset(arena);
	}
	db_end_read(db);
	arena_free(arena);
	return db_failed(db) || ferror(stdout) ? 1 : 0;
}

int shop_log(const char *dir, const char *since)
{
	instant from;
	if (!begin(since, &from)) {
		fprintf(stderr, _("--since: a date like 2026-11-23, please, not “%s”.\n"), since);
		return 2;
	}
	struct arena *own = arena_new();
	struct db *db = db_open(own, db_path(own, dir));
	int status = db == NULL ? 1 : list(db, from);
	db_close(db);
	arena_free(own);
	return status;
}
