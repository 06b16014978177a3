/* journal_write.c: taking a record back. Its inverted changeset is applied twice: first without foreign keys, so that every
 * row which is not as the record left it shows; then with them, where deleting a parent already deletes its children. */
#include "db/write_private.h"
#include "base/log.h"
#include <string.h>

struct undo {
	struct db *db;
	bool cascades;               /* children may be gone before their turn comes */
	bool in_the_way;
};

static int64_t version_column(struct db *db, const char *table)
{
	return db_one(db, SQL("SELECT cid FROM pragma_table_info(?1) WHERE name = 'version'"), B(table));
}

static bool equal(sqlite3_value *a, sqlite3_value *b)
{
	int bytes = sqlite3_value_bytes(a);
	if (sqlite3_value_type(a) != sqlite3_value_type(b) || bytes != sqlite3_value_bytes(b))
		return false;
	return bytes == 0 || memcmp(sqlite3_value_blob(a), sqlite3_value_blob(b), (size_t)bytes) == 0;
}

/* Version numbers only grow, so later changes of other columns leave another number behind. */
static bool only_version_differs(struct undo *u, sqlite3_changeset_iter *it)
{
	const char *table;
	int columns, op;
	if (sqlite3changeset_op(it, &table, &columns, &op, NULL) != SQLITE_OK)
		return false;
	int64_t version = version_column(u->db, table);
	for (int i = 0; i < columns; i++) {
		sqlite3_value *was = NULL, *is = NULL;
		if (sqlite3changeset_old(it, i, &was) != SQLITE_OK || sqlite3changeset_conflict(it, i, &is) != SQLITE_OK)
			return false;
		if (was != NULL && i != version && !equal(was, is))
			return false;
	}
	return version != NONE;
}

static int on_conflict(void *arg, int kind, sqlite3_changeset_iter *it)
{
	struct undo *u = arg;
	const char *table;
	int columns, op = 0;
	if (kind == SQLITE_CHANGESET_DATA && only_version_differs(u, it))
		return SQLITE_CHANGESET_REPLACE;
	if (kind == SQLITE_CHANGESET_NOTFOUND && u->cascades &&
	    sqlite3changeset_op(it, &table, &columns, &op, NULL) == SQLITE_OK && op == SQLITE_DELETE)
		return SQLITE_CHANGESET_OMIT;
	u->in_the_way = true;
	return SQLITE_CHANGESET_ABORT;
}

/* 0 = applied, 1 = something is in the way and nothing was changed, -1 = failed. */
static int apply(struct undo *u, int n, void *changes, int64_t *changed_r)
{
	int64_t before = sqlite3_total_changes64(u->db->h);
	int rc = sqlite3changeset_apply(u->db->h, n, changes, NULL, on_conflict, u);
	*changed_r = sqlite3_total_changes64(u->db->h) - before;
	if (u->in_the_way)
		return 1;
	if (rc != SQLITE_OK)
		db_fail(u->db, "taking back");
	return rc == SQLITE_OK ? 0 : -1;
}

static int control(struct db *db, const char *sql)
{
	if (sqlite3_exec(db->h, sql, NULL, NULL, NULL) == SQLITE_OK)
		return 0;
	db_fail(db, sql);
	return -1;
}

static int try(struct db *db, int n, void *changes, int64_t *changed_r)
{
	struct undo u = { .db = db };
	if (control(db, "SAVEPOINT try") != 0)
		return -1;
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_ENABLE_FKEY, 0, NULL);
	int rc = apply(&u, n, changes, changed_r);
	sqlite3_db_config(db->h, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	return control(db, "ROLLBACK TO try") != 0 || control(db, "RELEASE try") != 0 ? -1 : rc;
}

/* More rows changed than in the trial: later children of a deleted row would vanish with it. */
static int really(struct db *db, int n, void *changes, int64_t expected)
{
	struct undo u = { .db = db, .cascades = true };
	int64_t changed;
	if (control(db, "SAVEPOINT really") != 0)
		return -1;
	int rc = apply(&u, n, changes, &changed);
	if (rc == 0 && changed > expected)
		rc = 1;
	if (rc != 0 && control(db, "ROLLBACK TO really") != 0)
		return -1;
	return control(db, "RELEASE really") != 0 ? -1 : rc;
}

/* The names of tables come from a changeset, so this is the one statement that is put together. */
static void set_version(struct db *db, const char *table, int64_t id, int64_t version)
{
	char *sql = sqlite3_mprintf("UPDATE \"%w\" SET version = %lld WHERE id = %lld", table, (long long)version, (long long)id);
	if (sql == NULL || sqlite3_exec(db->h, sql, NULL, NULL, NULL) != SQLITE_OK)
		db_fail(db, "version");
	sqlite3_free(sql);
}

/* A form that was opened before must not fit the record again only because its old number came back: the number becomes
 * greater than any before (each command adds one at most, and there were fewer commands than the journal has records). */
static int raise_versions(struct db *db, int n, void *changes)
{
	int64_t version = journal_head(db) + 1;
	sqlite3_changeset_iter *it = NULL;
	if (sqlite3changeset_start(&it, n, changes) != SQLITE_OK)
		return -1;
	while (!db_failed(db) && sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table;
		int columns, op;
		sqlite3_value *v = NULL, *id = NULL;
		if (sqlite3changeset_op(it, &table, &columns, &op, NULL) != SQLITE_OK || op != SQLITE_UPDATE)
			continue;
		int64_t column = version_column(db, table);
		if (column != NONE && sqlite3changeset_new(it, (int)column, &v) == SQLITE_OK && v != NULL &&
		    sqlite3changeset_old(it, 0, &id) == SQLITE_OK && id != NULL)
			set_version(db, table, sqlite3_value_int64(id), version);
	}
	return sqlite3changeset_finalize(it) != SQLITE_OK || db_failed(db) ? -1 : 0;
}

static int take_back(struct db *db, int n, void *changes)
{
	int64_t expected = 0;
	int rc = try(db, n, changes, &expected);
	if (rc == 0)
		rc = really(db, n, changes, expected);
	return rc == 0 ? raise_versions(db, n, changes) : rc;
}

int journal_undo(struct db *db, int64_t seq, int64_t *later_seq_r)
{
	struct journal_entry entry;
	require(db->writer->in_command);
	*later_seq_r = 0;
	if (!journal_get(db, seq, &entry))
		return -1;
	if (!entry.can_undo) {
		*later_seq_r = entry.undone_by;
		return 1;
	}
	struct bytes payload = journal_payload(db, seq);
	int n = 0;
	void *changes = NULL;
	if (payload.n > INT32_MAX ||
	    sqlite3changeset_invert((int)payload.n, payload.at, &n, &changes) != SQLITE_OK) {
		db_fail(db, "inverting");
		return -1;
	}
	int rc = take_back(db, n, changes);
	sqlite3_free(changes);
	if (rc == 1)
		*later_seq_r = journal_later(db, seq);
	else if (rc == 0)
		db->writer->command.undoes = seq;
	return rc;
}
