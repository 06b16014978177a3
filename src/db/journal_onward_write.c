/* journal_onward_write.c: from one state of the shop to a later moment, by what a later state's change log tells. */
#include "db/check_write.h"
#include "db/write_private.h"
#include "base/lang.h"
#include <string.h>
#include <unistd.h>

struct onward { struct db *to, *later; struct arena *arena; struct out *faults; };

static int fault(struct onward *o, const char *sentence, int64_t seq)
{
	journal_fault(o->faults, sentence, (long long)seq);
	return 1;
}

static int64_t head_of(struct db *db)
{
	bool made = db_one(db, SQL("SELECT count(*) FROM sqlite_schema WHERE name = 'journal'")) > 0;
	int64_t head = made ? db_one(db, SQL("SELECT max(seq) FROM journal")) : 0;
	return head == NONE ? 0 : head;
}

static bool same_record(struct onward *o, int64_t seq)
{
	struct query a = db_query(o->to, SQL("SELECT hash FROM journal WHERE seq = ?1"), B(seq));
	struct query b = db_query(o->later, SQL("SELECT hash FROM journal WHERE seq = ?1"), B(seq));
	size_t n = 0, m = 0;
	const void *x = db_step(&a) ? db_blob(&a, 0, &n) : NULL, *y = db_step(&b) ? db_blob(&b, 0, &m) : NULL;
	db_done(&a);
	db_done(&b);
	return x != NULL && y != NULL && n == m && memcmp(x, y, n) == 0;
}

static int copy_records(struct onward *o, int64_t head, int64_t last)
{
	int n = 0;
	struct query q = db_query(o->later, SQL("SELECT " JOURNAL_COLUMNS " FROM journal WHERE seq > ?1 AND seq <= ?2 ORDER BY seq"), B(head), B(last));
	while (n == 0 && db_step(&q)) {
		arena_reset(o->arena);
		struct journal_record r = journal_row(&q);
		if (r.payload.at == NULL || journal_apply(o->to, r.kind, r.payload) != 0)
			n = fault(o, _("Replay: record %lld of the change log does not fit what came before it."), r.seq);
		else
			db_journal_insert(o->to, &r);
	}
	db_done(&q);
	return n;
}

static int run(struct onward *o, instant moment)
{
	int64_t head = head_of(o->to), last = db_one(o->later, SQL("SELECT max(seq) FROM journal WHERE at <= ?1"), B(moment));
	if (last == NONE)
		return fault(o, _("At that moment there was no book yet: the change log begins later."), 0);
	if (head > 0 && !same_record(o, head))
		return fault(o, _("The two states are of different books: record %lld is not the same."), head);
	if (sqlite3_exec(o->to->h, "BEGIN", NULL, NULL, NULL) != SQLITE_OK)
		return -1;
	int n = copy_records(o, head, last);
	bool good = n == 0 && !db_failed(o->to) && !db_failed(o->later);
	if (sqlite3_exec(o->to->h, good ? "COMMIT; PRAGMA wal_checkpoint(TRUNCATE)" : "ROLLBACK", NULL, NULL, NULL) != SQLITE_OK && good)
		return -1;
	return db_failed(o->to) || db_failed(o->later) ? -1 : n;
}

int journal_replay_on(const char *dir, const char *later, instant moment, struct out *faults)
{
	struct arena *own = arena_new();
	struct onward o = { .arena = arena_new(), .faults = faults };
	int rc = -1;
	o.later = db_open(own, later);
	o.to = o.later == NULL ? NULL : db_connect(own, db_path(own, dir), SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	if (o.to != NULL) {
		db_use(o.later, o.arena);
		db_use(o.to, o.arena);
		if (sqlite3_exec(o.to->h, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA temp_store = FILE", NULL, NULL, NULL) == SQLITE_OK)
			rc = run(&o, moment);
	}
	db_close(o.to);
	db_close(o.later);
	arena_free(o.arena);
	arena_free(own);
	return rc;
}
