/* journal_replay_write.c: the journal alone, replayed into an empty database, must give the live one. */
#include "db/check_write.h"
#include "db/write_private.h"
#include "base/lang.h"
#include "base/text.h"
#include <string.h>

struct replay { struct db *live, *fresh; struct arena *arena; struct out *faults; int n; };

static int on_conflict(void *arg, int kind, sqlite3_changeset_iter *it)
{
	(void)arg; (void)kind; (void)it;
	return SQLITE_CHANGESET_ABORT;
}

/* Changes hold what foreign keys did, too: these rest. A migration met them awake, and so it does again. */
int journal_apply(struct db *fresh, int64_t kind, struct bytes payload)
{
	if (kind == JOURNAL_SCHEMA)
		return sqlite3_exec(fresh->h, arena_copy(fresh->arena, payload.at, payload.n), NULL, NULL, NULL) == SQLITE_OK ? 0 : 1;
	if (payload.n == 0)
		return 0;
	sqlite3_db_config(fresh->h, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	int rc = payload.n > INT32_MAX ? SQLITE_TOOBIG :
	    sqlite3changeset_apply(fresh->h, (int)payload.n, (void *)(uintptr_t)payload.at, NULL, on_conflict, NULL);
	sqlite3_db_config(fresh->h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return rc == SQLITE_OK ? 0 : 1;
}

static void apply_all(struct replay *r)
{
	struct query q = db_query(r->live, SQL("SELECT seq, kind, payload FROM journal ORDER BY seq"));
	while (r->n == 0 && db_step(&q)) {
		arena_reset(r->arena);
		struct bytes payload = { 0 };
		payload.at = db_blob(&q, 2, &payload.n);
		if (payload.at == NULL || journal_apply(r->fresh, db_int(&q, 1), payload) != 0) {
			journal_fault(r->faults, _("Replay: record %lld of the change log does not fit what came before it."),
			    (long long)db_int(&q, 0));
			r->n++;
		}
	}
	db_done(&q);
}

static sqlite3_stmt *prepare(struct db *db, const char *sql)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v2(db->h, sql, -1, &st, NULL) != SQLITE_OK)
		db_fail(db, sql);
	return st;
}

static bool row(struct db *db, sqlite3_stmt *st)
{
	int rc = sqlite3_step(st);
	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		db_fail(db, sqlite3_sql(st));
	return rc == SQLITE_ROW;
}

static bool same_row(sqlite3_stmt *a, sqlite3_stmt *b)
{
	int columns = sqlite3_column_count(a);
	if (columns != sqlite3_column_count(b))
		return false;
	for (int i = 0; i < columns; i++) {
		const void *x = sqlite3_column_blob(a, i), *y = sqlite3_column_blob(b, i);
		int bytes = sqlite3_column_bytes(a, i);
		if (sqlite3_column_type(a, i) != sqlite3_column_type(b, i) || bytes != sqlite3_column_bytes(b, i) ||
		    (bytes > 0 && memcmp(x, y, (size_t)bytes) != 0))
			return false;
	}
	return true;
}

/* Only the first difference of a table is told. Both statements name the same columns in the same order. */
static void compare(struct replay *r, const char *table, const char *sql)
{
	sqlite3_stmt *live = prepare(r->live, sql), *fresh = prepare(r->fresh, sql);
	bool same = live != NULL && fresh != NULL, more = same;
	const char *at = "";
	while (same && more) {
		more = row(r->live, live);
		bool also = row(r->fresh, fresh);
		same = more == also && (!more || same_row(live, fresh));
		if (!same)
			at = arena_text(r->arena, (const char *)sqlite3_column_text(more ? live : fresh, 0));
	}
	if (!same) {
		journal_fault(r->faults, _("Replay: table %s is not what the change log says (first at row %s)."), table, at ? at : "");
		r->n++;
	}
	sqlite3_finalize(live);
	sqlite3_finalize(fresh);
}

static const char *ordered(struct replay *r, const char *table)
{
	struct query q = db_query(r->live, SQL("SELECT group_concat(printf('\"%w\"', name), ', ') FROM "
	    "(SELECT name FROM pragma_table_info(?1) WHERE pk > 0 ORDER BY pk)"), B(table));
	const char *key = db_step(&q) ? db_text(&q, 0) : NULL;
	db_done(&q);
	return arena_printf(r->arena, "SELECT * FROM \"%s\" ORDER BY %s", table, key != NULL ? key : "rowid");
}

static void compare_all(struct replay *r)
{
	compare(r, "sqlite_schema", "SELECT name, type, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' "
	    "ESCAPE '\\' ORDER BY name, type");
	struct query q = db_query(r->live, SQL("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name"));
	while (db_step(&q)) {
		const char *table = db_text(&q, 0);
		if (journal_covers(table) || text_starts(table, "search_"))
			compare(r, table, ordered(r, table));
	}
	db_done(&q);
}

static int run(struct replay *r)
{
	if (sqlite3_exec(r->fresh->h, "PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;"
	    "PRAGMA cache_size = -32000; BEGIN", NULL, NULL, NULL) != SQLITE_OK) {
		db_fail(r->fresh, "replay");
		return -1;
	}
	apply_all(r);
	if (r->n == 0)
		compare_all(r);
	return db_failed(r->live) || db_failed(r->fresh) ? -1 : r->n;
}

int journal_replay_check(const char *dir, struct out *faults)
{
	struct arena *own = arena_new();
	struct replay r = { .arena = arena_new(), .faults = faults };
	r.live = db_open(own, db_path(own, dir));
	r.fresh = r.live == NULL ? NULL : db_connect(own, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	int rc = -1;
	if (r.fresh != NULL) {
		db_use(r.live, r.arena);
		db_use(r.fresh, r.arena);
		db_begin_read(r.live);
		rc = run(&r);
	}
	db_close(r.fresh);
	db_close(r.live);
	arena_free(r.arena);
	arena_free(own);
	return rc;
}
