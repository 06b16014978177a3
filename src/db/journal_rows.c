/* journal_rows.c: which rows a record touched, and which later record stands in the way of taking it back. */
#include "db/journal_private.h"
#include "base/log.h"
#include <stdlib.h>
#include <string.h>

struct change { const char *table; int columns, op; unsigned char *key; };

/* Reads a changeset row by row. NULL: no more, or damaged (logged). */
static sqlite3_changeset_iter *changes_begin(struct bytes payload)
{
	sqlite3_changeset_iter *it = NULL;
	if (payload.n == 0 || payload.n > INT32_MAX)
		return NULL;
	/* The library does not write to it; its parameter only is not const. */
	if (sqlite3changeset_start(&it, (int)payload.n, (void *)(uintptr_t)payload.at) != SQLITE_OK)
		return NULL;
	return it;
}

static bool changes_next(sqlite3_changeset_iter *it, struct change *c)
{
	if (it == NULL || sqlite3changeset_next(it) != SQLITE_ROW)
		return false;
	return sqlite3changeset_op(it, &c->table, &c->columns, &c->op, NULL) == SQLITE_OK &&
	    sqlite3changeset_pk(it, &c->key, &c->columns) == SQLITE_OK;
}

static void changes_end(sqlite3_changeset_iter *it)
{
	if (it != NULL && sqlite3changeset_finalize(it) != SQLITE_OK)
		log_fault("a journal record's changes can't be read");
}

static sqlite3_value *value(sqlite3_changeset_iter *it, const struct change *c, int column, bool after)
{
	sqlite3_value *v = NULL;
	if (after)
		sqlite3changeset_new(it, column, &v);
	if (v == NULL && c->op != SQLITE_INSERT)
		sqlite3changeset_old(it, column, &v);
	else if (v == NULL && c->op == SQLITE_INSERT)
		sqlite3changeset_new(it, column, &v);
	return v;
}

static const char *text(sqlite3_value *v)
{
	const char *s = v == NULL ? NULL : (const char *)sqlite3_value_text(v);
	return s == NULL ? "" : s;
}

/* "table/key" */
static char *row_name(struct arena *a, sqlite3_changeset_iter *it, const struct change *c)
{
	char *name = arena_text(a, c->table);
	for (int i = 0; i < c->columns; i++)
		if (c->key[i])
			name = arena_printf(a, "%s/%s", name, text(value(it, c, i, false)));
	return name;
}

struct names { char **at; size_t n, cap; };

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

static bool contains(const struct names *names, const char *name)
{
	return names->n > 0 && bsearch(&name, names->at, names->n, sizeof *names->at, compare) != NULL;
}

static struct names names_of(struct arena *a, struct bytes payload, bool tables)
{
	struct names names = { 0 };
	struct change c;
	sqlite3_changeset_iter *it = changes_begin(payload);
	while (changes_next(it, &c))
		*arena_push(a, &names) = tables ? arena_text(a, c.table) : row_name(a, it, &c);
	changes_end(it);
	if (names.n > 0)
		qsort(names.at, names.n, sizeof *names.at, compare);
	return names;
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

size_t journal_touched_all(struct db *db, int64_t seq, const char *table, int64_t **ids_r)
{
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	sqlite3_changeset_iter *it = changes_begin(journal_payload(db, seq));
	struct change c;
	while (changes_next(it, &c))
		if (strcmp(c.table, table) == 0)
			*arena_push(db->arena, &ids) = sqlite3_value_int64(value(it, &c, 0, false));
	changes_end(it);
	if (ids.n > 1)
		qsort(ids.at, ids.n, sizeof *ids.at, by_number);
	size_t n = 0;
	for (size_t i = 0; i < ids.n; i++)
		if (n == 0 || ids.at[i] != ids.at[n - 1])
			ids.at[n++] = ids.at[i];
	*ids_r = ids.at;
	return n;
}

size_t journal_touched(struct db *db, int64_t seq, const char *table, size_t limit, int64_t *ids_r)
{
	int64_t *all;
	size_t n = journal_touched_all(db, seq, table, &all);
	if (n > limit)
		n = limit;
	if (n > 0)
		memcpy(ids_r, all, n * sizeof *all);
	return n;
}

/* How a later record may be in the way, the surest first: it changed the same row; it made a row refer to one of them;
 * it changed the same table (a name that must be unique). */
enum closeness { SAME_ROW, REFERS, SAME_TABLE, CLOSENESS_COUNT };

static bool refers(struct db *db, const struct names *rows, sqlite3_changeset_iter *it, const struct change *c)
{
	bool found = false;
	struct query q = db_query(db, SQL("SELECT i.cid, f.\"table\" FROM pragma_foreign_key_list(?1) f "
	    "JOIN pragma_table_info(?1) i ON i.name = f.\"from\""), B(c->table));
	while (!found && db_step(&q)) {
		const char *row = arena_printf(db->arena, "%s/%s", db_text(&q, 1), text(value(it, c, (int)db_int(&q, 0), true)));
		found = contains(rows, row);
	}
	db_done(&q);
	return found;
}

static bool in_the_way(struct db *db, const struct names *rows, const struct names *tables, struct bytes payload,
    enum closeness closeness)
{
	bool found = false;
	struct change c;
	sqlite3_changeset_iter *it = changes_begin(payload);
	while (!found && changes_next(it, &c)) {
		if (closeness == SAME_ROW)
			found = contains(rows, row_name(db->arena, it, &c));
		else if (closeness == REFERS)
			found = c.op != SQLITE_DELETE && refers(db, rows, it, &c);
		else
			found = contains(tables, c.table);
	}
	changes_end(it);
	return found;
}

/* What was done and taken back again since then is in nobody's way. */
static int64_t find(struct db *db, int64_t seq, const struct names *rows, const struct names *tables, enum closeness closeness)
{
	struct query q = db_query(db, SQL("SELECT seq FROM journal WHERE seq > ?1 AND kind = 1 AND length(payload) > 0 "
	    "AND ifnull(undoes, 0) <= ?1 ORDER BY seq DESC"), B(seq));
	int64_t found = 0;
	while (found == 0 && db_step(&q))
		if (journal_undone_by(db, db_int(&q, 0)) == 0 &&
		    in_the_way(db, rows, tables, journal_payload(db, db_int(&q, 0)), closeness))
			found = db_int(&q, 0);
	db_done(&q);
	return found;
}

int64_t journal_later(struct db *db, int64_t seq)
{
	struct arena *request = db->arena;
	db->arena = arena_new();
	struct bytes payload = journal_payload(db, seq);
	struct names rows = names_of(db->arena, payload, false), tables = names_of(db->arena, payload, true);
	int64_t later = 0;
	for (int closeness = 0; later == 0 && closeness < CLOSENESS_COUNT; closeness++)
		later = find(db, seq, &rows, &tables, (enum closeness)closeness);
	arena_free(db->arena);
	db->arena = request;
	return later;
}
