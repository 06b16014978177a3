/* db_command_write.c: a command is a savepoint inside of the group's transaction, watched by changes_write.c, whose
 * changeset becomes the payload of one journal record. */
#include "db/write_private.h"
#include "base/log.h"
#include <string.h>
#include <sys/random.h>

/* Transaction statements run even while the connection has a fault: that is when they are needed. */
static int control(struct db *db, struct sql sql)
{
	bool failed = db->failed;
	db->failed = false;
	struct statement *s = db_statement(db, sql, NULL, 0);
	int rc = s == NULL ? SQLITE_ERROR : sqlite3_step(s->st);
	if (s != NULL) {
		if (rc != SQLITE_DONE)
			db_fail(db, sql.text);
		db_release(s);
	}
	db->failed |= failed;
	return rc == SQLITE_DONE ? 0 : -1;
}

static void keep_texts(struct writer *w, const struct command *c)
{
	w->command = *c;
	w->command.station = arena_text(w->texts, c->station);
	w->command.name = arena_text(w->texts, c->name);
	w->command.text = arena_text(w->texts, c->text);
	w->command.id = arena_text(w->texts, c->id);
	w->command.subject_kind = arena_text(w->texts, c->subject_kind);
}

enum command_result db_command_begin(struct db *db, const struct command *c, int64_t *seq_r)
{
	struct writer *w = db->writer;
	require(w->group && !w->in_command && c->name != NULL);
	*seq_r = 0;
	w->lost |= sqlite3_get_autocommit(db->h) != 0;       /* a savepoint would begin, and commit, a transaction of its own */
	if (w->lost)
		return COMMAND_FAILED;
	db->failed = false;
	w->refused = NULL;
	if (c->id != NULL) {
		int64_t before = db_one(db, SQL("SELECT seq FROM journal WHERE command_id = ?1"), B(c->id));
		if (before != NONE) {
			*seq_r = before;
			return COMMAND_REPEATED;
		}
	}
	if (control(db, SQL("SAVEPOINT command")) != 0)
		return COMMAND_FAILED;
	arena_reset(w->texts);
	keep_texts(w, c);
	w->in_command = true;
	changes_start(w->changes);
	return COMMAND_NEW;
}

void db_command_text(struct db *db, const char *text)
{
	require(db->writer->in_command);
	db->writer->command.text = arena_text(db->writer->texts, text);
}

void db_command_subject(struct db *db, const char *kind, int64_t id)
{
	require(db->writer->in_command);
	db->writer->command.subject_kind = arena_text(db->writer->texts, kind);
	db->writer->command.subject = id;
}

/* There is one writer: the next record is this command's. */
void db_command_also(struct db *db, const char *kind, int64_t id)
{
	require(db->writer->in_command);
	db_run(db, SQL("INSERT OR IGNORE INTO journal_also(subject_kind, subject, seq) SELECT ?1, ?2, ifnull(max(seq), 0) + 1 FROM journal"),
	    B((str)kind), B(id));
}

bool db_unchanged(struct db *db, int64_t head, const char *const *but)
{
	return changes_newest(db->writer->changes, but) <= head;
}

static void end_command(struct writer *w)
{
	changes_stop(w->changes);
	w->in_command = false;
}

void db_command_drop(struct db *db)
{
	struct writer *w = db->writer;
	require(w->in_command);
	if (w->refused != NULL)
		log_fault("database: nobody asked about a broken rule: %s (%s)", w->refused, w->command.name);
	end_command(w);
	if (sqlite3_get_autocommit(db->h))
		w->lost = true;
	else if (control(db, SQL("ROLLBACK TO command")) != 0 || control(db, SQL("RELEASE command")) != 0)
		w->lost = true;
	w->refused = NULL;
	db->failed = w->lost;
}

static int last_record(struct db *db, struct journal_record *r)
{
	static const unsigned char first[HASH_BYTES];
	struct query q = db_query(db, SQL("SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1"));
	r->seq = 1;
	r->prev = (struct bytes){ first, sizeof first };
	if (db_step(&q)) {
		r->seq = db_int(&q, 0) + 1;
		r->prev.at = db_blob(&q, 1, &r->prev.n);
	}
	db_done(&q);
	return db_failed(db) ? -1 : 0;
}

static struct bind blob(struct bytes b) { return bind_blob(b.at, b.n); }

void db_journal_insert(struct db *db, const struct journal_record *r)
{
	const struct bind values[] = { B(r->seq), B(r->at), B(r->user), B(r->station), B(r->command), B(r->command_id),
	    B(r->text), B(r->subject_kind), B(r->subject), B(r->kind), B(r->undoes), B(r->no_undo), blob(r->salt),
	    blob(r->payload), blob(r->payload_hash), blob(r->prev), blob(r->hash) };
	struct query q = db_query_(db, SQL("INSERT INTO journal(" JOURNAL_COLUMNS ") VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, "
	    "?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17)"), values, COUNT(values));
	while (db_step(&q))
		;
}

int db_journal_add(struct db *db, struct journal_record *r)
{
	unsigned char salt[SALT_BYTES], payload_hash[HASH_BYTES], hash[HASH_BYTES];
	if (getrandom(salt, sizeof salt, 0) != (ssize_t)sizeof salt || last_record(db, r) != 0)
		return -1;
	r->salt = (struct bytes){ salt, sizeof salt };
	r->payload_hash = (struct bytes){ payload_hash, sizeof payload_hash };
	r->hash = (struct bytes){ hash, sizeof hash };
	if (journal_hash_payload(r, payload_hash) != 0 || journal_hash_record(r, hash) != 0)
		return -1;
	db_journal_insert(db, r);
	r->salt = r->payload_hash = r->hash = (struct bytes){ 0 };
	return db_failed(db) ? -1 : 0;
}

/* Only changed values are of use: a changeset without rows is no record, unless a repeated id must be known again. */
static int record(struct db *db, int64_t *seq_r)
{
	const struct command *c = &db->writer->command;
	struct bytes changes;
	if (changes_get(db->writer->changes, &changes) != 0)
		return -1;
	struct journal_record r = { .at = c->at.s, .user = c->user, .station = c->station, .command = c->name,
		.command_id = c->id, .text = c->text, .subject_kind = c->subject_kind,
		.subject = c->subject_kind != NULL ? c->subject : NONE, .kind = JOURNAL_CHANGE,
		.undoes = c->undoes != 0 ? c->undoes : NONE, .no_undo = c->no_undo,
		.payload = changes };
	int rc = changes.n == 0 && c->id == NULL ? 0 : db_journal_add(db, &r);
	if (rc == 0)
		*seq_r = r.seq;
	return rc;
}

int db_command_end(struct db *db, int64_t *seq_r)
{
	struct writer *w = db->writer;
	require(w->in_command);
	*seq_r = 0;
	if (db->failed || record(db, seq_r) != 0) {
		db_command_drop(db);
		*seq_r = 0;
		return -1;
	}
	changes_mark(w->changes, *seq_r);
	end_command(w);
	if (control(db, SQL("RELEASE command")) != 0) {
		w->lost = true;
		return -1;
	}
	return 0;
}
