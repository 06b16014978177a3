/* changes_write.c: each row that is touched is remembered once, as it was before; what became of it is read at the end. So
 * what a statement or a savepoint took back again leaves no trace. */
#include "db/changes_write.h"
#include "db/cell.h"
#include <string.h>

enum { BUCKETS = 64 };

struct touched {
	struct touched *next, *bucket;       /* of this table; of this hash */
	const struct table *table;
	int op;                              /* the first of this command */
	bool indirect;                       /* only ever by triggers and foreign keys */
	struct bytes key, before;            /* before.at NULL: there was no such row */
	uint32_t hash;
};

struct table {
	struct table *next, *next_touched;
	const char *name;
	int columns;
	unsigned char *key;                  /* per column: its place in the primary key, 0 = not in it */
	const char *select;                  /* one row by its key; NULL: not recorded */
	sqlite3_stmt *row;
	struct touched *first, **last;
	int64_t changed;                     /* by this record, the newest; 0 = not since the connection was opened */
};

struct changes {
	struct db *db;
	struct arena *arena;                 /* of this command */
	struct table *tables, *touched, **last_touched;
	struct touched **buckets;
	size_t count, cap;
	struct out scratch;
	bool watching, failed;
};

/* ---- what is touched ---- */

static void read_columns(struct db *db, struct table *t)
{
	struct { unsigned char *at; size_t n, cap; } key = { 0 };
	const char *select = arena_printf(db->own, "SELECT * FROM main.\"%s\"", t->name), *word = "WHERE";
	bool keyed = false;
	struct query q = db_query(db, SQL("SELECT printf('\"%w\"', name), pk FROM pragma_table_info(?1) ORDER BY cid"), B(t->name));
	while (db_step(&q)) {
		unsigned char place = (unsigned char)db_int(&q, 1);
		*arena_push(db->own, &key) = place;
		if (place == 0)
			continue;
		select = arena_printf(db->own, "%s %s %s = ?", select, word, (const char *)sqlite3_column_text(q.st, 0));
		word = "AND";
		keyed = true;
	}
	t->columns = (int)key.n;
	t->key = key.at;
	t->select = keyed && journal_covers(t->name) ? select : NULL;
}

/* NULL: its columns could not be read. */
static struct table *table_of(struct changes *c, const char *name)
{
	struct table *t = c->tables;
	while (t != NULL && strcmp(t->name, name) != 0)
		t = t->next;
	if (t != NULL)
		return t;
	t = arena_new_of(c->db->own, struct table);
	*t = (struct table){ .next = c->tables, .name = arena_text(c->db->own, name) };
	read_columns(c->db, t);
	return t->columns == 0 || db_failed(c->db) ? NULL : (c->tables = t);
}

static void grow(struct changes *c)
{
	struct touched **before = c->buckets;
	size_t n = c->cap;
	c->cap = n == 0 ? BUCKETS : n * 2;
	c->buckets = arena_array(c->arena, struct touched *, c->cap);
	for (size_t i = 0; i < n; i++)
		for (struct touched *r = before[i], *next; r != NULL; r = next) {
			next = r->bucket;
			r->bucket = c->buckets[r->hash & (c->cap - 1)];
			c->buckets[r->hash & (c->cap - 1)] = r;
		}
}

static uint32_t hash_of(const struct table *t, struct bytes key)
{
	uint32_t hash = 2166136261u ^ (uint32_t)(uintptr_t)t;
	for (const unsigned char *p = key.at, *end = p + key.n; p < end; p++)
		hash = (hash ^ *p) * 16777619u;
	return hash ^ hash >> 15;
}

typedef int read_fn(sqlite3 *, int column, sqlite3_value **);

/* The values of a row that is about to change, all or those of its key. false: a key without a value names no row. */
static bool read_row(struct changes *c, const struct table *t, read_fn *read, bool all)
{
	c->scratch.len = 0;
	for (int i = 0; i < t->columns; i++) {
		sqlite3_value *v = NULL;
		if (!all && t->key[i] == 0)
			continue;
		if (read(c->db->h, i, &v) != SQLITE_OK) {
			c->failed = true;
			return false;
		}
		struct cell cell = cell_of_value(v);
		if (!all && cell.type == SQLITE_NULL)
			return false;
		cell_put(&c->scratch, &cell);
	}
	return true;
}

static struct bytes keep(struct changes *c)
{
	return (struct bytes){ arena_copy(c->arena, c->scratch.s, c->scratch.len), c->scratch.len };
}

static struct touched *find(const struct changes *c, const struct table *t, struct bytes key, uint32_t hash)
{
	struct touched *r = c->cap == 0 ? NULL : c->buckets[hash & (c->cap - 1)];
	while (r != NULL && (r->hash != hash || r->table != t || r->key.n != key.n || memcmp(r->key.at, key.at, key.n) != 0))
		r = r->bucket;
	return r;
}

static void add(struct changes *c, struct table *t, struct touched *r)
{
	if (c->count++ >= c->cap)
		grow(c);
	r->bucket = c->buckets[r->hash & (c->cap - 1)];
	c->buckets[r->hash & (c->cap - 1)] = r;
	if (t->first == NULL) {
		t->last = &t->first;
		t->next_touched = NULL;
		*c->last_touched = t;
		c->last_touched = &t->next_touched;
	}
	*t->last = r;
	t->last = &r->next;
}

static void touch(struct changes *c, struct table *t, int op)
{
	read_fn *read = op == SQLITE_INSERT ? sqlite3_preupdate_new : sqlite3_preupdate_old;
	bool indirect = sqlite3_preupdate_depth(c->db->h) > 0;
	if (!read_row(c, t, read, false))
		return;
	struct bytes key = { c->scratch.s, c->scratch.len };
	uint32_t hash = hash_of(t, key);
	struct touched *r = find(c, t, key, hash);
	if (r != NULL) {
		r->indirect = r->indirect && indirect;
		return;
	}
	r = arena_new_of(c->arena, struct touched);
	*r = (struct touched){ .table = t, .op = op, .indirect = indirect, .key = keep(c), .hash = hash };
	if (op != SQLITE_INSERT && read_row(c, t, read, true))
		r->before = keep(c);
	add(c, t, r);
}

static void changing(void *about, sqlite3 *h, int op, const char *schema, const char *name, sqlite3_int64 from, sqlite3_int64 to)
{
	struct changes *c = about;
	(void)from; (void)to;
	if (!c->watching || c->failed || strcmp(schema, "main") != 0)
		return;
	struct table *t = table_of(c, name);
	if (t == NULL || sqlite3_preupdate_count(h) != t->columns) {
		c->failed = true;
		return;
	}
	if (t->select == NULL)
		return;
	touch(c, t, op);
	if (op == SQLITE_UPDATE)                     /* its key may be another one afterwards */
		touch(c, t, SQLITE_INSERT);
}

/* ---- the changeset ---- */

static int bind_key(sqlite3_stmt *st, struct bytes key)
{
	const unsigned char *p = key.at, *end = p + key.n;
	int rc = SQLITE_OK;
	for (int i = 1; rc == SQLITE_OK && p < end; i++) {
		struct cell c;
		p = cell_get(p, &c);
		rc = c.type == SQLITE_INTEGER ? sqlite3_bind_int64(st, i, c.i) : c.type == SQLITE_FLOAT ? sqlite3_bind_double(st, i, c.real)
		    : c.type == SQLITE_TEXT ? sqlite3_bind_text(st, i, c.bytes, (int)c.n, SQLITE_STATIC)
		    : sqlite3_bind_blob(st, i, c.bytes, (int)c.n, SQLITE_STATIC);
	}
	return rc;
}

static void put_op(struct out *o, int op, const struct touched *r)
{
	cell_put_byte(o, op);
	cell_put_byte(o, r->indirect);
}

static void put_now(struct out *o, const struct table *t, const struct touched *r)
{
	put_op(o, SQLITE_INSERT, r);
	for (int i = 0; i < t->columns; i++) {
		struct cell now = cell_of_column(t->row, i);
		cell_put(o, &now);
	}
}

/* Of what was: the key, and what is another value now; then these new values. */
static void put_difference(struct changes *c, struct out *o, const struct table *t, const struct touched *r)
{
	size_t start = o->len;
	bool differs = false;
	const unsigned char *p = r->before.at;
	c->scratch.len = 0;
	put_op(o, SQLITE_UPDATE, r);
	for (int i = 0; i < t->columns; i++) {
		struct cell was, now = cell_of_column(t->row, i);
		p = cell_get(p, &was);
		bool other = !cell_same(&was, &now);
		differs |= other;
		if (other || t->key[i] != 0)
			cell_put(o, &was);
		else
			cell_put_byte(o, CELL_UNCHANGED);
		if (other)
			cell_put(&c->scratch, &now);
		else
			cell_put_byte(&c->scratch, CELL_UNCHANGED);
	}
	if (differs)
		out_bytes(o, c->scratch.s, c->scratch.len);
	else
		o->len = start;
}

static int put_row(struct changes *c, struct out *o, const struct table *t, const struct touched *r)
{
	int rc = bind_key(t->row, r->key);
	rc = rc == SQLITE_OK ? sqlite3_step(t->row) : rc;
	if (rc == SQLITE_ROW && r->op == SQLITE_INSERT) {
		put_now(o, t, r);
	} else if (rc == SQLITE_ROW) {
		put_difference(c, o, t, r);
	} else if (rc == SQLITE_DONE && r->op != SQLITE_INSERT) {
		put_op(o, SQLITE_DELETE, r);
		out_bytes(o, r->before.at, r->before.n);
	}
	sqlite3_reset(t->row);
	return rc == SQLITE_ROW || rc == SQLITE_DONE ? 0 : -1;
}

static int put_table(struct changes *c, struct out *o, struct table *t)
{
	if (t->row == NULL && sqlite3_prepare_v3(c->db->h, t->select, -1, SQLITE_PREPARE_PERSISTENT, &t->row, NULL) != SQLITE_OK)
		return -1;
	size_t start = o->len;
	cell_put_byte(o, 'T');
	cell_put_length(o, (size_t)t->columns);
	out_bytes(o, (const char *)t->key, (size_t)t->columns);
	out_bytes(o, t->name, strlen(t->name) + 1);
	size_t head = o->len;
	for (const struct touched *r = t->first; r != NULL; r = r->next)
		if (put_row(c, o, t, r) != 0)
			return -1;
	if (o->len == head)
		o->len = start;
	return 0;
}

int changes_get(struct changes *c, struct bytes *set_r)
{
	struct out o = { .arena = c->arena };
	int rc = c->failed ? -1 : 0;
	for (struct table *t = c->touched; rc == 0 && t != NULL; t = t->next_touched)
		rc = put_table(c, &o, t);
	if (rc != 0)
		db_fail(c->db, "changes");
	*set_r = (struct bytes){ o.len > 0 ? o.s : "", o.len };
	return rc;
}

void changes_mark(struct changes *c, int64_t seq)
{
	for (struct table *t = c->touched; t != NULL; t = t->next_touched)
		t->changed = seq;
}

static bool named(const char *const *names, const char *name)
{
	while (*names != NULL && strcmp(*names, name) != 0)
		names++;
	return *names != NULL;
}

int64_t changes_newest(const struct changes *c, const char *const *but)
{
	int64_t newest = 0;
	for (const struct table *t = c->tables; t != NULL; t = t->next)
		if (t->changed > newest && !named(but, t->name))
			newest = t->changed;
	return newest;
}

void changes_start(struct changes *c)
{
	for (struct table *t = c->touched; t != NULL; t = t->next_touched)
		t->first = NULL;
	arena_reset(c->arena);
	c->touched = NULL;
	c->last_touched = &c->touched;
	c->buckets = NULL;
	c->count = c->cap = 0;
	c->scratch = (struct out){ .arena = c->arena };
	c->failed = false;
	c->watching = true;
}

void changes_stop(struct changes *c) { c->watching = false; }

struct changes *changes_new(struct db *db)
{
	struct changes *c = arena_new_of(db->own, struct changes);
	*c = (struct changes){ .db = db, .arena = arena_new() };
	sqlite3_preupdate_hook(db->h, changing, c);
	return c;
}

void changes_free(struct changes *c)
{
	if (c == NULL)
		return;
	sqlite3_preupdate_hook(c->db->h, NULL, NULL);
	for (struct table *t = c->tables; t != NULL; t = t->next)
		sqlite3_finalize(t->row);
	arena_free(c->arena);
}
