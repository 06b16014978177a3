#include "db/journal_private.h"
#include <string.h>

bool journal_covers(const char *table)
{
	return strcmp(table, "journal") != 0 && strcmp(table, "session") != 0 && strncmp(table, "search_", 7) != 0 &&
	    strncmp(table, "sqlite_", 7) != 0;
}

int64_t journal_head(struct db *db)
{
	int64_t seq = db_one(db, SQL("SELECT max(seq) FROM journal"));
	return seq == NONE ? 0 : seq;
}

static int64_t newest_undo(struct db *db, int64_t seq)
{
	int64_t undo = db_one(db, SQL("SELECT max(seq) FROM journal WHERE undoes = ?1"), B(seq));
	return undo == NONE ? 0 : undo;
}

/* R taken back by U, U taken back by V (R counts again), V by W …: an odd number of links means taken back. */
int64_t journal_undone_by(struct db *db, int64_t seq)
{
	int64_t first = newest_undo(db, seq);
	size_t links = 0;
	for (int64_t at = first; at != 0; at = newest_undo(db, at))
		links++;
	return links % 2 == 1 ? first : 0;
}

/* A change of the schema ends what can be taken back: older changes do not fit the tables any more. */
static int64_t last_schema(struct db *db)
{
	return db_one(db, SQL("SELECT max(seq) FROM journal WHERE kind = 0"));
}

#define ENTRY_COLUMNS "j.seq, j.at, j.user, s.name, j.station, j.command, j.text, j.subject_kind, j.subject, j.undoes, " \
	"j.kind = 1 AND NOT j.no_undo AND ifnull(length(j.payload), 0) > 0 FROM journal j LEFT JOIN staff s ON s.id = j.user "
#define WORTH_SEEING " AND j.kind = 1 AND (j.payload IS NULL OR length(j.payload) > 0) "

static struct journal_entry entry(struct db *db, const struct query *q)
{
	struct journal_entry e = {
		.seq = db_int(q, 0), .at = db_instant(q, 1), .user = db_int(q, 2), .user_name = db_text(q, 3),
		.station = db_text(q, 4), .command = db_text(q, 5), .text = db_text(q, 6), .subject_kind = db_text(q, 7),
		.subject = db_ref(q, 8).id, .undoes = db_ref(q, 9).id, .can_undo = db_bool(q, 10),
	};
	e.undone_by = journal_undone_by(db, e.seq);
	e.can_undo = e.can_undo && e.undone_by == 0 && e.seq > last_schema(db);
	return e;
}

size_t journal_list(struct db *db, const char *subject_kind, int64_t subject, int64_t before, size_t limit,
    struct journal_entry *entries_r)
{
	int64_t end = before > 0 ? before : INT64_MAX;
	struct query q = subject_kind != NULL ?
	    db_query(db, SQL("SELECT " ENTRY_COLUMNS "WHERE j.seq < ?1 AND (j.subject_kind = ?2 AND j.subject = ?3 OR j.seq IN (SELECT seq FROM journal_also "
	        "WHERE subject_kind = ?2 AND subject = ?3))" WORTH_SEEING "ORDER BY j.seq DESC LIMIT ?4"), B(end), B(subject_kind), B(subject), B((int64_t)limit)) :
	    db_query(db, SQL("SELECT " ENTRY_COLUMNS "WHERE j.seq < ?1" WORTH_SEEING "ORDER BY j.seq DESC LIMIT ?2"),
	        B(end), B((int64_t)limit));
	size_t n = 0;
	while (db_step(&q))
		entries_r[n++] = entry(db, &q);
	return n;
}

bool journal_get(struct db *db, int64_t seq, struct journal_entry *entry_r)
{
	struct query q = db_query(db, SQL("SELECT " ENTRY_COLUMNS "WHERE j.seq = ?1"), B(seq));
	bool found = db_step(&q);
	if (found)
		*entry_r = entry(db, &q);
	db_done(&q);
	return found && !db_failed(db);
}

#define CAN_UNDO " kind = 1 AND NOT no_undo AND length(payload) > 0 AND seq > ?2 "

int64_t journal_last_undoable(struct db *db, int64_t user)
{
	struct query q = db_query(db, SQL("SELECT seq FROM journal WHERE user = ?1 AND undoes IS NULL AND" CAN_UNDO
	    "ORDER BY seq DESC"), B(user), B(last_schema(db)));
	int64_t seq = 0;
	while (seq == 0 && db_step(&q))
		if (journal_undone_by(db, db_int(&q, 0)) == 0)
			seq = db_int(&q, 0);
	db_done(&q);
	return seq;
}

int64_t journal_last_undone(struct db *db, int64_t user)
{
	struct query q = db_query(db, SQL("SELECT seq, undoes, (SELECT o.undoes FROM journal o WHERE o.seq = j.undoes) "
	    "FROM journal j WHERE user = ?1 AND" CAN_UNDO "ORDER BY seq DESC"), B(user), B(last_schema(db)));
	int64_t seq = 0;
	while (seq == 0 && db_step(&q)) {
		if (db_null(&q, 1))
			break;
		if (db_null(&q, 2) && journal_undone_by(db, db_int(&q, 0)) == 0)
			seq = db_int(&q, 0);
	}
	db_done(&q);
	return seq;
}

struct bytes journal_payload(struct db *db, int64_t seq)
{
	struct query q = db_query(db, SQL("SELECT payload FROM journal WHERE seq = ?1 AND kind = 1"), B(seq));
	struct bytes payload = { 0 };
	if (db_step(&q))
		payload.at = db_blob(&q, 0, &payload.n);
	db_done(&q);
	return payload;
}
