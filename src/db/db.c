#include "db/db_private.h"
#include "base/log.h"
#include "base/out.h"
#include <pthread.h>
#include <string.h>
#include <unistd.h>

enum { SPILL = 128 << 10 };

/* Second wall behind the missing code: SQLite itself refuses every change. */
static int only_reading(void *arg, int action, const char *a, const char *b, const char *c, const char *d)
{
	static const char *const pragmas[] = {
		"data_version", "foreign_key_check", "foreign_key_list", "index_info", "index_list", "index_xinfo",
		"integrity_check", "page_count", "page_size", "quick_check", "table_info", "table_list", "table_xinfo",
	};
	(void)arg; (void)c; (void)d;
	switch (action) {
	case SQLITE_SELECT: case SQLITE_READ: case SQLITE_RECURSIVE: case SQLITE_TRANSACTION:
		return SQLITE_OK;
	case SQLITE_FUNCTION:
		return strcmp(b, "load_extension") == 0 ? SQLITE_DENY : SQLITE_OK;
	case SQLITE_PRAGMA:
		for (size_t i = 0; i < COUNT(pragmas); i++)
			if (strcmp(a, pragmas[i]) == 0)
				return SQLITE_OK;
		return SQLITE_DENY;
	default:
		return SQLITE_DENY;
	}
}

static int settings(sqlite3 *h)
{
	static const struct { int what, on; } options[] = {
		{ SQLITE_DBCONFIG_DEFENSIVE, 1 }, { SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0 }, { SQLITE_DBCONFIG_ENABLE_FKEY, 1 },
		{ SQLITE_DBCONFIG_ENABLE_QPSG, 1 },          /* else a statement is prepared anew for other values */
		{ SQLITE_DBCONFIG_DQS_DDL, 0 }, { SQLITE_DBCONFIG_DQS_DML, 0 }, { SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0 },
	};
	for (size_t i = 0; i < COUNT(options); i++)
		if (sqlite3_db_config(h, options[i].what, options[i].on, NULL) != SQLITE_OK)
			return -1;
	sqlite3_extended_result_codes(h, 1);
	sqlite3_busy_timeout(h, 5000);
	return sqlite3_exec(h, "PRAGMA mmap_size = 0; PRAGMA temp_store = MEMORY;", NULL, NULL, NULL) == SQLITE_OK ? 0 : -1;
}

/* Counting every allocation costs a lock that all connections share. A savepoint keeps what it may have to put back: of a
 * usual command in memory, of a large one in a file. */
static void library_start(void)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, SPILL);
}

struct db *db_connect(struct arena *own, const char *path, int flags)
{
	static pthread_once_t once = PTHREAD_ONCE_INIT;
	pthread_once(&once, library_start);
	struct db *db = arena_new_of(own, struct db);
	*db = (struct db){ .own = own, .arena = own, .scratch = arena_new(), .lock = -1 };
	if (sqlite3_open_v2(path, &db->h, flags | SQLITE_OPEN_NOMUTEX, NULL) != SQLITE_OK || settings(db->h) != 0 ||
	    db_search_functions(db) != 0) {
		log_fault("the database %s could not be opened: %s", path, sqlite3_errmsg(db->h));
		db_close(db);
		return NULL;
	}
	return db;
}

struct db *db_open(struct arena *own, const char *path)
{
	struct db *db = db_connect(own, path, SQLITE_OPEN_READONLY);
	if (db == NULL)
		return NULL;
	sqlite3_wal_autocheckpoint(db->h, 0);
	/* Opening alone does not touch the file; and SQLite asks for leave to change its schema when a table-valued function
	 * is used for the first time, so those that we use are met here, before the authorizer stands. The cache, KiB: what a few
	 * dozen searches touch of a book of any size. */
	if (sqlite3_exec(db->h, "PRAGMA cache_size = -2500; SELECT 1 FROM json_each('[]'), json_tree('[]'), pragma_table_info(''), pragma_table_xinfo(''),"
	    "pragma_index_list(''), pragma_foreign_key_list(''); EXPLAIN SELECT 1 FROM pragma_integrity_check,"
	    "pragma_foreign_key_check; SELECT count(*) FROM sqlite_schema", NULL, NULL, NULL) != SQLITE_OK) {
		log_fault("the database %s could not be read: %s", path, sqlite3_errmsg(db->h));
		db_close(db);
		return NULL;
	}
	sqlite3_set_authorizer(db->h, only_reading, NULL);
	return db;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	if (db->closing != NULL)
		db->closing(db);
	for (size_t i = 0; i < db->cap; i++)
		if (db->slots[i] != NULL)
			sqlite3_finalize(db->slots[i]->st);
	sqlite3_close(db->h);
	if (db->lock >= 0)
		close(db->lock);
	arena_free(db->scratch);
	arena_free(db->kept.arena);
	arena_free(db->made_in);
	*db = (struct db){ .failed = true, .lock = -1 };
}

char *db_path(struct arena *a, const char *dir) { return arena_printf(a, "%s/kontor.db", dir); }

struct thread_reader { struct db *db; struct arena *own; char *path; };
static pthread_key_t reader_key;
static pthread_once_t reader_once = PTHREAD_ONCE_INIT;

static void reader_end(void *p)
{
	struct thread_reader *reader = p;
	struct arena *own = reader->own;
	db_close(reader->db);
	arena_free(own);
}

static void reader_start(void) { require(pthread_key_create(&reader_key, reader_end) == 0); }

struct db *db_reader(const char *path)
{
	pthread_once(&reader_once, reader_start);
	struct thread_reader *reader = pthread_getspecific(reader_key);
	if (reader != NULL && strcmp(reader->path, path) == 0)
		return reader->db;
	db_reader_close();
	struct arena *own = arena_new();
	struct db *db = db_open(own, path);
	if (db == NULL) {
		arena_free(own);
		return NULL;
	}
	reader = arena_new_of(own, struct thread_reader);
	*reader = (struct thread_reader){ .db = db, .own = own, .path = arena_text(own, path) };
	pthread_setspecific(reader_key, reader);
	return db;
}

void db_reader_close(void)
{
	pthread_once(&reader_once, reader_start);
	struct thread_reader *reader = pthread_getspecific(reader_key);
	pthread_setspecific(reader_key, NULL);
	if (reader != NULL)
		reader_end(reader);
}

void db_use(struct db *db, struct arena *arena)
{
	for (size_t i = 0; i < db->cap; i++)
		if (db->slots[i] != NULL && db->slots[i]->busy)
			db_release(db->slots[i]);
	db->arena = arena;
	db->failed = false;
	db_end_read(db);
}

static void run(struct db *db, struct sql sql)
{
	struct query q = db_query(db, sql);
	while (db_step(&q))
		;
}

void db_begin_read(struct db *db)
{
	if (db->writer == NULL && sqlite3_get_autocommit(db->h))
		run(db, SQL("BEGIN"));
}

/* Also after a fault, so that no state is held longer than its request. */
void db_end_read(struct db *db)
{
	bool failed = db->failed;
	db->failed = false;
	if (db->writer == NULL && !sqlite3_get_autocommit(db->h))
		run(db, SQL("COMMIT"));
	db->failed |= failed;
	db->kept_known = false;
}

bool db_failed(const struct db *db) { return db->failed; }
struct arena *db_arena(struct db *db) { return db->arena; }

struct arena *db_arena_in(struct db *db, struct arena *arena)
{
	struct arena *before = db->arena;
	db->arena = arena;
	return before;
}
sqlite3 *db_handle(struct db *db) { return db->h; }

void db_fail(struct db *db, const char *what)
{
	if (!db->failed)
		log_fault("database: %s (%s)", sqlite3_errmsg(db->h), what);
	db->failed = true;
}

static size_t slot_of(const struct db *db, const char *text)
{
	return (size_t)(((uintptr_t)text * 0x9E3779B97F4A7C15u) >> 20) & (db->cap - 1);
}

static void insert(struct db *db, struct statement *s)
{
	size_t at = slot_of(db, s->text);
	while (db->slots[at] != NULL)
		at = (at + 1) & (db->cap - 1);
	db->slots[at] = s;
}

static void grow(struct db *db)
{
	struct statement **before = db->slots;
	size_t n = db->cap;
	db->cap = n == 0 ? 256 : n * 2;
	db->slots = arena_array(db->own, struct statement *, db->cap);
	for (size_t i = 0; i < n; i++)
		if (before[i] != NULL)
			insert(db, before[i]);
}

static struct statement *prepare(struct db *db, const char *text)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v3(db->h, text, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
		db_fail(db, text);
		return NULL;
	}
	if (db->count * 2 >= db->cap)
		grow(db);
	struct statement *s = arena_new_of(db->own, struct statement);
	*s = (struct statement){ .text = text, .st = st };
	insert(db, s);
	db->count++;
	return s;
}

/* One that still runs is left alone: a second one of the same text is prepared beside it. */
static struct statement *find(struct db *db, const char *text)
{
	if (db->cap == 0)
		return NULL;
	for (size_t at = slot_of(db, text); db->slots[at] != NULL; at = (at + 1) & (db->cap - 1))
		if (db->slots[at]->text == text && !db->slots[at]->busy)
			return db->slots[at];
	return NULL;
}

static int bind(sqlite3_stmt *st, int at, const struct bind *b)
{
	switch (b->type) {
	case BIND_INT: return sqlite3_bind_int64(st, at, b->i);
	case BIND_TEXT: return sqlite3_bind_text(st, at, b->s, -1, SQLITE_STATIC);
	case BIND_BLOB: return sqlite3_bind_blob64(st, at, b->s, (sqlite3_uint64)b->i, SQLITE_STATIC);
	default: return sqlite3_bind_null(st, at);
	}
}

struct statement *db_statement(struct db *db, struct sql sql, const struct bind *binds, size_t n)
{
	if (db->failed)
		return NULL;
	struct statement *s = find(db, sql.text);
	if (s == NULL && (s = prepare(db, sql.text)) == NULL)
		return NULL;
	if ((size_t)sqlite3_bind_parameter_count(s->st) != n) {
		log_fault("database: %zu values for %d places (%s)", n, sqlite3_bind_parameter_count(s->st), sql.text);
		db->failed = true;
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		if (bind(s->st, (int)i + 1, &binds[i]) != SQLITE_OK) {
			db_fail(db, sql.text);
			return NULL;
		}
	s->busy = true;
	return s;
}

void db_release(struct statement *s)
{
	sqlite3_reset(s->st);
	s->busy = false;
}

struct query db_query_(struct db *db, struct sql sql, const struct bind *binds, size_t n)
{
	struct statement *s = db_statement(db, sql, binds, n);
	return (struct query){ .db = db, .st = s ? s->st : NULL, .statement = s };
}

bool db_step(struct query *q)
{
	if (q->st == NULL)
		return false;
	int rc = q->db->failed ? SQLITE_DONE : sqlite3_step(q->st);
	if (rc == SQLITE_ROW)
		return true;
	if (rc != SQLITE_DONE)
		db_fail(q->db, sqlite3_sql(q->st));
	db_done(q);
	return false;
}

void db_done(struct query *q)
{
	if (q->statement != NULL)
		db_release(q->statement);
	q->statement = NULL;
	q->st = NULL;
}

bool db_null(const struct query *q, int column) { return sqlite3_column_type(q->st, column) == SQLITE_NULL; }

int64_t db_int(const struct query *q, int column)
{
	int64_t value = sqlite3_column_int64(q->st, column);       /* of NULL: 0 */
	return value == 0 && db_null(q, column) ? NONE : value;
}

str db_text(const struct query *q, int column)
{
	const char *s = (const char *)sqlite3_column_text(q->st, column);
	return s == NULL ? NULL : arena_copy(q->db->arena, s, (size_t)sqlite3_column_bytes(q->st, column));
}

const void *db_blob(const struct query *q, int column, size_t *size_r)
{
	const void *bytes = sqlite3_column_blob(q->st, column);
	*size_r = (size_t)sqlite3_column_bytes(q->st, column);
	return db_null(q, column) ? NULL : arena_copy(q->db->arena, bytes, *size_r);
}

bool db_bool(const struct query *q, int column) { return sqlite3_column_int64(q->st, column) != 0; }
money db_money(const struct query *q, int column) { return (money){ db_int(q, column) }; }
minutes db_minutes(const struct query *q, int column) { return (minutes){ db_int(q, column) }; }
daytime db_daytime(const struct query *q, int column) { return (daytime){ db_int(q, column) }; }
day db_day(const struct query *q, int column) { return (day){ db_int(q, column) }; }
instant db_instant(const struct query *q, int column) { return (instant){ db_int(q, column) }; }
ref db_ref(const struct query *q, int column) { return (ref){ sqlite3_column_int64(q->st, column) }; }

int64_t db_one_(struct db *db, struct sql sql, const struct bind *binds, size_t n)
{
	struct query q = db_query_(db, sql, binds, n);
	int64_t value = db_step(&q) ? db_int(&q, 0) : NONE;
	db_done(&q);
	return value;
}

str db_one_text_(struct db *db, struct sql sql, const struct bind *binds, size_t n)
{
	struct query q = db_query_(db, sql, binds, n);
	str value = db_step(&q) ? db_text(&q, 0) : NULL;
	db_done(&q);
	return value;
}

extern const char *const __start_sql_literals[] __attribute__((weak));
extern const char *const __stop_sql_literals[] __attribute__((weak));

size_t db_prepare_all(struct db *db, struct out *faults)
{
	size_t n = 0;
	for (const char *const *text = __start_sql_literals; text < __stop_sql_literals; text++) {
		sqlite3_stmt *st = NULL;
		const char *rest = "";
		if (sqlite3_prepare_v2(db->h, *text, -1, &st, &rest) != SQLITE_OK || rest[strspn(rest, " \t\n;")] != '\0') {
			out_raw(faults, arena_printf(faults->arena, "%s: %s\n", sqlite3_errmsg(db->h), *text));
			n++;
		}
		sqlite3_finalize(st);
	}
	return n;
}
