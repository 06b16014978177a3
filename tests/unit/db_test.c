/* db_test.c: the door to SQLite. */
#include "base/embedded.h"
#include "base/text.h"
#include "shop.h"
#include <pthread.h>

static const char *first_word(const char *sql)
{
	static char word[16];
	snprintf(word, sizeof word, "%.*s", (int)strcspn(sql, " "), sql);
	return word;
}

static void reader_refuses(struct shop *s)
{
	static const char *const changes[] = {
		"INSERT INTO staff(name, code) VALUES ('X', 'X')", "UPDATE staff SET name = 'X'", "DELETE FROM staff",
		"REPLACE INTO staff(id, name, code) VALUES (1, 'X', 'X')", "CREATE TABLE x (y)", "CREATE TEMP TABLE x (y)",
		"CREATE VIEW x AS SELECT 1", "CREATE TEMP VIEW x AS SELECT 1", "CREATE INDEX x ON staff(name)",
		"CREATE TEMP TRIGGER x AFTER INSERT ON staff BEGIN SELECT 1; END", "DROP TABLE staff", "DROP INDEX customer_by_name",
		"ALTER TABLE staff ADD COLUMN x", "ALTER TABLE staff RENAME TO x", "ATTACH ':memory:' AS x", "DETACH main", "REINDEX",
		"ANALYZE", "VACUUM", "VACUUM INTO '/nowhere'", "PRAGMA writable_schema = 1", "PRAGMA journal_mode = DELETE",
		"PRAGMA user_version = 7", "PRAGMA application_id = 7", "PRAGMA wal_checkpoint", "PRAGMA query_only = 0",
		"PRAGMA synchronous = OFF", "PRAGMA locking_mode = EXCLUSIVE", "PRAGMA optimize", "PRAGMA incremental_vacuum",
		"PRAGMA mmap_size = 1000000", "SELECT load_extension('x')", "SELECT writefile('x', 'y')", "SAVEPOINT x",
		"CREATE VIRTUAL TABLE x USING fts5(y)", "UPDATE sqlite_schema SET sql = ''", "DELETE FROM journal",
	};
	struct arena *own = arena_new();
	struct db *reader = db_open(own, db_path(own, s->dir));
	require(reader != NULL);
	for (size_t i = 0; i < COUNT(changes); i++) {
		bool refused = sqlite3_exec(db_handle(reader), changes[i], NULL, NULL, NULL) != SQLITE_OK;
		CHECK(refused);
		if (!refused)
			printf("\t%s (%s)\n", changes[i], first_word(changes[i]));
	}
	sqlite3_set_authorizer(db_handle(reader), NULL, NULL);       /* and without the authorizer the file is still shut */
	for (size_t i = 0; i < 3; i++)
		CHECK_INT(sqlite3_exec(db_handle(reader), changes[i], NULL, NULL, NULL) & 0xFF, SQLITE_READONLY);
	db_close(reader);
	arena_free(own);
}

static void add_staff(struct shop *s)
{
	require(begin_command(s, "staff.add", NULL) == COMMAND_NEW);
	CHECK_INT(db_run(s->db, SQL("INSERT INTO staff(name, code) VALUES (?1, ?2), ('Ben', 'BE')"), B("Susi"), B("SU")), 2);
	CHECK_INT(db_last_id(s->db), 2);
	CHECK_INT(end_command(s), (int64_t)schema_files_count + 1);
}

/* The same statement inside of itself, three deep; and one that is left in the middle. */
static int64_t count_pairs(struct db *db, int depth)
{
	int64_t n = 0;
	struct query q = db_query(db, SQL("SELECT id, name FROM staff ORDER BY id"));
	while (db_step(&q))
		n += depth == 0 ? 1 : count_pairs(db, depth - 1);
	return n;
}

static void statements(struct shop *s)
{
	struct arena *own = arena_new();
	struct db *db = db_open(own, db_path(own, s->dir));
	CHECK_INT(count_pairs(db, 2), 8);
	for (int i = 0; i < 3; i++) {
		db_use(db, own);
		db_begin_read(db);
		struct query q = db_query(db, SQL("SELECT name, birthday, active FROM staff ORDER BY id"));
		CHECK(db_step(&q));
		CHECK_TEXT(db_text(&q, 0), "Susi");
		CHECK(db_null(&q, 1) && db_day(&q, 1).n == NONE && db_text(&q, 1) == NULL);
		CHECK(db_bool(&q, 2));
	}
	db_use(db, own);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM staff WHERE name = ?1"), B("Ben")), 1);
	CHECK_INT(db_one(db, SQL("SELECT 1 WHERE ?1 IS NULL"), B((day){ NONE })), 1);
	CHECK_INT(db_one(db, SQL("SELECT id FROM staff WHERE id = 99")), NONE);
	CHECK_TEXT(db_one_text(db, SQL("SELECT max(name) FROM staff")), "Susi");
	CHECK(!db_failed(db));
	unsigned faults = log_faults();
	CHECK_INT(db_one(db, (struct sql){ "SELECT nothing FROM nowhere" }), NONE);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM staff")), NONE);
	CHECK(db_failed(db));
	CHECK_INT(log_faults() - faults, 1);
	db_use(db, own);
	CHECK_INT(db_one(db, SQL("SELECT count(*) FROM staff")), 2);
	CHECK_INT(db_one_(db, SQL("SELECT count(*) FROM staff WHERE id = ?1"), NULL, 0), NONE);
	CHECK(db_failed(db));
	db_close(db);
	arena_free(own);
}

static void broken_rules(struct shop *s)
{
	static const struct { const char *name, *code, *what; int64_t role; } cases[] = {
		{ "Anna", "SU", "staff.code", 2 }, { NULL, "AN", "staff.name", 2 }, { "Anna", "AN", "role BETWEEN 1 AND 5", 9 },
	};
	const char *what = NULL;
	unsigned faults = log_faults();
	require(begin_command(s, "staff.add", NULL) == COMMAND_NEW);
	for (size_t i = 0; i < COUNT(cases); i++) {
		db_run(s->db, SQL("INSERT INTO staff(name, code, role) VALUES (?1, ?2, ?3)"), B(cases[i].name), B(cases[i].code),
		    B(cases[i].role));
		CHECK(db_failed(s->db));
		CHECK(db_refused(s->db, &what));
		CHECK_TEXT(what, cases[i].what);
		CHECK(!db_failed(s->db) && !db_refused(s->db, &what));
	}
	db_run(s->db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES (77, 0, 1, 0, 1, 2)"));
	CHECK(db_refused(s->db, &what));
	CHECK_INT(end_command(s), 0);
	CHECK_INT(log_faults() - faults, 0);

	require(begin_command(s, "staff.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO staff(name, code) VALUES ('Anna', 'AN')"));
	db_run(s->db, SQL("INSERT INTO staff(name, code) VALUES ('Anna', 'AN')"));
	int64_t seq;
	CHECK_INT(db_command_end(s->db, &seq), -1);                  /* nobody asked: the command is dropped, and that is logged */
	CHECK_INT(log_faults() - faults, 1);
	CHECK_INT(db_group_end(s->db), 0);
	CHECK_INT(db_one(s->db, SQL("SELECT count(*) FROM staff WHERE name = 'Anna'")), 0);
}

static bool found(struct shop *s, const char *typed)
{
	return db_one(s->db, SQL("SELECT count(*) FROM search_customer WHERE key >= search_term(?1) "
	    "AND key < search_term(?1) || char(0x10FFFF)"), B(typed)) > 0;
}

static void search(struct shop *s)
{
	static const char *const finds[] = {
		"Bäcker", "backer", "baecker", "BÄCK", "baec", "gross", "groß", "thomas", "thomas ba", "bäcker-groß th", "baecker gross th",
		"Bäcker-Groß, Thomas", "salon müll", "mueller", "4711", "23 4711", "0171 23 47 11", "+49 171 234711", "0049171234711",
		"99 88", "t.backer@exam", "1171", "o'nei", "o neill", "T.Backer",
	};
	static const char *const misses[] = { "acker", "4712", "tomas", "0172", "", "  ", "+", "\\", "\"" };
	require(begin_command(s, "customer.add", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO customer(last, first, company, mobile, phone, phone_other, mail) VALUES "
	    "('Bäcker-Groß', 'Thomas', 'Salon \"Müller\" \\ Söhne', '+49 (0)171 23 47 11', '0511/99 88', '0043 664 1171', "
	    "'t.backer@example.org'), ('O''Neill', NULL, NULL, NULL, NULL, NULL, NULL)"));
	end_command(s);
	for (size_t i = 0; i < COUNT(finds); i++) {
		CHECK(found(s, finds[i]));
		if (!found(s, finds[i]))
			printf("\t%s\n", finds[i]);
	}
	for (size_t i = 0; i < COUNT(misses); i++)
		CHECK(!found(s, misses[i]));
	CHECK_INT(db_one(s->db, SQL("SELECT json_valid(search_keys('\t\"\\', char(1), NULL, '', '+', 'x', '\"@\\'))")), 1);
	CHECK_INT(db_one(s->db, SQL("SELECT json_array_length(search_keys(NULL, NULL, NULL, NULL, NULL, NULL, NULL))")), 0);
	require(begin_command(s, "customer.change", NULL) == COMMAND_NEW);
	db_run(s->db, SQL("UPDATE customer SET last = 'Schmidt' WHERE last = 'Bäcker-Groß'"));
	end_command(s);
	CHECK(found(s, "schmidt th") && !found(s, "backer gr"));
}

static void *in_a_thread(void *arg)
{
	struct shop *s = arg;
	char path[200];
	snprintf(path, sizeof path, "%s/kontor.db", s->dir);
	struct db *db = db_reader(path);
	bool same = db != NULL && db_reader(path) == db && db_one(db, SQL("SELECT count(*) FROM staff")) == 2;
	return same ? arg : NULL;
}

static void readers_of_threads(struct shop *s)
{
	pthread_t thread[4];
	void *result;
	for (size_t i = 0; i < COUNT(thread); i++)
		require(pthread_create(&thread[i], NULL, in_a_thread, s) == 0);
	for (size_t i = 0; i < COUNT(thread); i++) {
		pthread_join(thread[i], &result);
		CHECK(result == s);
	}
}

/* A second writer, a folder of a newer program, of another draft, and one that can't be made. */
static void refused_folders(struct shop *s)
{
	unsigned faults = log_faults();
	struct arena *own = arena_new();
	CHECK(db_open_write(own, s->dir) == NULL);
	CHECK(db_open_write(own, "/proc/nowhere/kontor") == NULL);
	CHECK(db_open(own, "/nowhere/kontor.db") == NULL);
	const char *path = db_path(own, s->dir);
	shop_close(s);
	static const char *const spoils[] = {
		"UPDATE journal SET kind = 0 WHERE seq = (SELECT min(seq) FROM journal WHERE kind = 1)",
		"UPDATE journal SET kind = 1 WHERE seq = (SELECT max(seq) FROM journal WHERE kind = 0); UPDATE journal SET payload = x'00' WHERE seq = 2",
	};
	for (size_t i = 0; i < COUNT(spoils); i++) {
		sqlite3 *h;
		require(sqlite3_open(path, &h) == SQLITE_OK && sqlite3_exec(h, spoils[i], NULL, NULL, NULL) == SQLITE_OK);
		sqlite3_close(h);
		CHECK(db_open_write(own, s->dir) == NULL);
	}
	CHECK_INT(log_faults() - faults, 5);
	arena_free(own);
}

int main(void)
{
	struct shop s;
	char pattern[] = "/tmp/kontor-db-XXXXXX";
	shop_new(&s, pattern);
	reader_refuses(&s);
	add_staff(&s);
	statements(&s);
	broken_rules(&s);
	search(&s);
	readers_of_threads(&s);
	CHECK_INT(shop_faults(&s), 0);
	refused_folders(&s);
	shop_remove(&s);
	return check_end();
}
