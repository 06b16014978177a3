/* changes_test.c: a command's changeset beside that of a session of the library which watches the same statements. */
#include "shop.h"

static uint32_t random_state = 7;

static int dice(int n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (int)((random_state >> 8) % (uint32_t)n);
}

static const char tables[] =
    "CREATE TABLE person(id INTEGER PRIMARY KEY, name TEXT, age INTEGER DEFAULT 7, picture BLOB, height REAL, version INTEGER NOT NULL DEFAULT 1);"
    "CREATE UNIQUE INDEX person_name ON person(name);"
    "CREATE TABLE seat(row TEXT NOT NULL, place INTEGER NOT NULL, person INTEGER REFERENCES person(id) ON DELETE CASCADE, note,"
    " PRIMARY KEY (place, row)) WITHOUT ROWID;"
    "CREATE TABLE visit(day INTEGER, person INTEGER REFERENCES person(id) ON DELETE SET NULL, room TEXT, PRIMARY KEY (day, room));"
    "CREATE TABLE nameless(a, b);"
    "CREATE TABLE search_person(name TEXT PRIMARY KEY);"
    "CREATE TABLE counted(what TEXT PRIMARY KEY, n INTEGER NOT NULL);"
    "CREATE TRIGGER person_in AFTER INSERT ON person BEGIN"
    " INSERT INTO counted VALUES('person', 1) ON CONFLICT(what) DO UPDATE SET n = n + 1;"
    " INSERT OR REPLACE INTO search_person VALUES(new.name); END;";

/* The numbers in braces become small random ones. */
static const char *const statements[] = {
	"INSERT INTO person(id, name, age) VALUES({9}, 'n{9}', {3})",
	"INSERT OR REPLACE INTO person(id, name, height) VALUES({9}, 'n{9}', {3} + 0.5)",
	"INSERT INTO person(name, picture, height) VALUES('m{40}', zeroblob({3} * 10000), {2})",
	"INSERT OR IGNORE INTO person(id, name) VALUES({9}, 'n{9}')",
	"INSERT INTO person(id, name) VALUES(100{9}, 'x{9}'), (200{9}, 'y{9}'), ({9}, 'n{9}')",
	"UPDATE person SET age = {3}, version = version + 1 WHERE id % 5 = {5}",
	"UPDATE person SET age = age WHERE id % 2 = {2}",
	"UPDATE person SET name = 'n{9}' WHERE id = {9}",
	"UPDATE person SET id = id + {9} WHERE id = {9}",
	"UPDATE person SET picture = CAST('{9}' AS BLOB), height = NULL WHERE id = {9}",
	"DELETE FROM person WHERE id = {9}",
	"DELETE FROM person WHERE id % 7 = {7}",
	"INSERT INTO seat VALUES('r{3}', {4}, {9}, {9})",
	"INSERT OR REPLACE INTO seat VALUES('r{3}', {4}, NULL, x'0{9}')",
	"UPDATE seat SET place = place + {2} WHERE row = 'r{3}'",
	"UPDATE seat SET note = 'ein längerer Text, der {9} Mal so lang ist wie ein kurzer und darum zwei Bytes für seine Länge braucht; "
	    "dazu muss er über einhundertsiebenundzwanzig Bytes haben' WHERE place = {4}",
	"DELETE FROM seat WHERE place = {4}",
	"DELETE FROM seat",
	"INSERT INTO visit VALUES({5}, {9}, 'z{2}')",
	"INSERT INTO visit VALUES(NULL, {9}, 'z{2}')",
	"UPDATE visit SET day = {5} WHERE room = 'z{2}'",
	"UPDATE visit SET person = {9}",
	"DELETE FROM visit WHERE day = {5}",
	"INSERT INTO nameless VALUES({9}, 'x')",
	"DELETE FROM nameless",
	"SAVEPOINT inner; INSERT OR REPLACE INTO person(id, name) VALUES({9}, 'w{9}'); DELETE FROM seat; ROLLBACK TO inner; RELEASE inner",
	"SAVEPOINT inner; UPDATE person SET age = 99; RELEASE inner",
};

static const char *fill_in(struct arena *a, const char *pattern)
{
	struct out o = { .arena = a };
	while (*pattern != '\0') {
		if (*pattern != '{') {
			out_bytes(&o, pattern++, 1);
			continue;
		}
		out_int(&o, dice(atoi(pattern + 1)));
		pattern = strchr(pattern, '}') + 1;
	}
	return o.s;
}

static void put_value(struct arena *a, struct out *o, sqlite3_value *v)
{
	static const char digits[] = "0123456789abcdef";
	int type = v == NULL ? 0 : sqlite3_value_type(v);
	out_raw(o, arena_printf(a, " %d:", type));
	const unsigned char *bytes = type == 0 ? NULL : sqlite3_value_blob(v);
	for (int i = 0; bytes != NULL && i < sqlite3_value_bytes(v); i++) {
		out_bytes(o, &digits[bytes[i] >> 4], 1);
		out_bytes(o, &digits[bytes[i] & 15], 1);
	}
}

struct lines { char **at; size_t n, cap; };

static int compare(const void *a, const void *b) { return strcmp(*(char *const *)a, *(char *const *)b); }

/* One line for each change: all that a changeset says of it. */
static struct lines lines_of(struct arena *a, int n, void *set)
{
	struct lines lines = { 0 };
	sqlite3_changeset_iter *it = NULL;
	require(sqlite3changeset_start(&it, n, set) == SQLITE_OK);
	while (sqlite3changeset_next(it) == SQLITE_ROW) {
		const char *table;
		unsigned char *key;
		int columns, op, indirect;
		require(sqlite3changeset_op(it, &table, &columns, &op, &indirect) == SQLITE_OK);
		require(sqlite3changeset_pk(it, &key, &columns) == SQLITE_OK);
		struct out o = { .arena = a };
		out_raw(&o, arena_printf(a, "%s %d %d", table, op, indirect));
		for (int i = 0; i < columns; i++) {
			sqlite3_value *before = NULL, *after = NULL;
			out_raw(&o, arena_printf(a, " %d", key[i]));
			if (op != SQLITE_INSERT)
				require(sqlite3changeset_old(it, i, &before) == SQLITE_OK);
			put_value(a, &o, before);
			if (op != SQLITE_DELETE)
				require(sqlite3changeset_new(it, i, &after) == SQLITE_OK);
			put_value(a, &o, after);
		}
		*arena_push(a, &lines) = o.s;
	}
	CHECK_INT(sqlite3changeset_finalize(it), SQLITE_OK);
	if (lines.n > 0)
		qsort(lines.at, lines.n, sizeof *lines.at, compare);
	return lines;
}

static int covered(void *about, const char *table)
{
	(void)about;
	return strcmp(table, "search_person") != 0;
}

static sqlite3_session *watch(sqlite3 *h)
{
	sqlite3_session *session = NULL;
	require(sqlite3session_create(h, "main", &session) == SQLITE_OK);
	sqlite3session_table_filter(session, covered, NULL);
	require(sqlite3session_attach(session, NULL) == SQLITE_OK);
	return session;
}

/* The same statements in both; some fail in both, in the middle of their rows too. */
static size_t run(struct shop *s, sqlite3 *other)
{
	size_t failed = 0;
	for (int i = dice(6); i >= 0; i--) {
		const char *sql = fill_in(s->arena, statements[dice((int)COUNT(statements))]);
		int rc = sqlite3_exec(db_handle(s->db), sql, NULL, NULL, NULL);
		CHECK_INT(sqlite3_exec(other, sql, NULL, NULL, NULL), rc & 0xFF);
		failed += rc != SQLITE_OK;
	}
	return failed;
}

static void *payload(struct shop *s, int64_t seq, int *n_r)
{
	struct query q = db_query(s->db, SQL("SELECT payload FROM journal WHERE seq = ?"), B(seq));
	size_t n = 0;
	const void *at = db_step(&q) ? db_blob(&q, 0, &n) : "";
	db_done(&q);
	*n_r = (int)n;
	return (void *)(uintptr_t)at;
}

static size_t one_command(struct shop *s, sqlite3 *other, size_t *failed)
{
	require(begin_command(s, "some.thing", NULL) == COMMAND_NEW);
	sqlite3_session *session = watch(other);
	*failed += run(s, other);
	int64_t seq = end_command(s);
	int n = 0, n_other = 0;
	void *mine = payload(s, seq, &n), *theirs = NULL;
	require(sqlite3session_changeset(session, &n_other, &theirs) == SQLITE_OK);
	CHECK_INT(n, n_other);
	struct lines a = lines_of(s->arena, n, mine), b = lines_of(s->arena, n_other, theirs);
	CHECK_INT(a.n, b.n);
	for (size_t i = 0; i < a.n && i < b.n; i++)
		CHECK_TEXT(a.at[i], b.at[i]);
	if (a.n == 1)
		CHECK(memcmp(mine, theirs, (size_t)n) == 0);
	sqlite3_free(theirs);
	sqlite3session_delete(session);
	return a.n;
}

/* More rows than there are buckets, each touched twice. */
static void many(struct shop *s)
{
	require(begin_command(s, "many.things", NULL) == COMMAND_NEW);
	sqlite3 *h = db_handle(s->db);
	require(sqlite3_exec(h, "WITH RECURSIVE n(i) AS (VALUES(1) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
	    "INSERT INTO visit SELECT i, NULL, 'many' FROM n; UPDATE visit SET person = NULL, day = day + 5000 WHERE room = 'many' AND day % 2", NULL, NULL, NULL) == SQLITE_OK);
	int n;
	void *set = payload(s, end_command(s), &n);
	CHECK_INT(lines_of(s->arena, n, set).n, 3000);
}

/* What a reader saw at a head is compared with what was changed since, table by table. */
static void unchanged(struct shop *s)
{
	static const char *const none[] = { NULL }, *const seats[] = { "seat", NULL }, *const others[] = { "visit", "person", "counted", NULL };
	sqlite3 *h = db_handle(s->db);
	int64_t head = journal_head(s->db);
	CHECK(db_unchanged(s->db, head, none));
	require(begin_command(s, "seat.take", NULL) == COMMAND_NEW);
	require(sqlite3_exec(h, "INSERT INTO seat(row, place) VALUES('z', 1)", NULL, NULL, NULL) == SQLITE_OK);
	db_command_drop(s->db);
	struct command c = { .name = "seat.take" };
	int64_t seq;
	require(db_command_begin(s->db, &c, &seq) == COMMAND_NEW);
	CHECK(db_unchanged(s->db, head, none));
	require(sqlite3_exec(h, "INSERT INTO seat(row, place) VALUES('z', 2)", NULL, NULL, NULL) == SQLITE_OK);
	require(db_command_end(s->db, &seq) == 0);
	CHECK(!db_unchanged(s->db, head, none) && db_unchanged(s->db, head, seats) && !db_unchanged(s->db, head, others));   /* not on the disk yet */
	CHECK(db_unchanged(s->db, seq, none));
	CHECK_INT(db_group_end(s->db), 0);
	CHECK(!db_unchanged(s->db, head, none) && db_unchanged(s->db, head, seats) && db_unchanged(s->db, seq, none));
}

int main(void)
{
	struct shop s;
	sqlite3 *other = NULL;
	char pattern[] = "/tmp/kontor-changes-XXXXXX";
	size_t changes = 0, failed = 0;
	shop_new(&s, pattern);
	require(sqlite3_open(":memory:", &other) == SQLITE_OK);
	sqlite3_db_config(other, SQLITE_DBCONFIG_ENABLE_FKEY, 1, NULL);
	require(sqlite3_exec(other, tables, NULL, NULL, NULL) == SQLITE_OK);
	require(sqlite3_exec(db_handle(s.db), tables, NULL, NULL, NULL) == SQLITE_OK);
	for (int i = 0; i < 2000; i++)
		changes += one_command(&s, other, &failed);
	CHECK(changes > 3000);
	CHECK(failed > 500);
	many(&s);
	unchanged(&s);
	sqlite3_close(other);
	shop_close(&s);
	shop_remove(&s);
	CHECK_INT(log_faults(), 0);
	return check_end();
}
