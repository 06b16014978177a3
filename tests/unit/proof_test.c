/* proof_test.c: what was rewritten is found, and what was acknowledged survives kill -9. */
#include "shop.h"
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <sys/syscall.h>
#include <time.h>

/* SQLite's calls come here. */
static int syncs;
int fdatasync(int descriptor)
{
	syncs++;
	return (int)syscall(SYS_fdatasync, descriptor);
}

static void command(struct shop *s, const char *id, const char *last)
{
	require(begin_command(s, "customer.add", id) == COMMAND_NEW);
	db_command_subject(s->db, "customer", 1);
	db_run(s->db, SQL("INSERT INTO customer(last) VALUES (?1)"), B(last));
	end_command(s);
}

static void must(sqlite3 *h, const char *sql)
{
	if (sqlite3_exec(h, sql, NULL, NULL, NULL) != SQLITE_OK) {
		printf("%s: %s\n", sql, sqlite3_errmsg(h));
		abort();
	}
}

static int chain_faults(struct shop *s)
{
	struct arena *own = arena_new();
	struct out faults = { .arena = own };
	struct db *db = db_open(own, db_path(own, s->dir));
	int n = journal_check_chain(db, &faults);
	db_close(db);
	arena_free(own);
	return n;
}

static int replay_faults(struct shop *s)
{
	struct arena *own = arena_new();
	struct out faults = { .arena = own };
	int n = journal_replay_check(s->dir, &faults);
	arena_free(own);
	return n;
}

/* Changes, looks, and puts the old journal back. */
static bool found(struct shop *s, sqlite3 *h, const char *change)
{
	must(h, "CREATE TEMP TABLE before AS SELECT * FROM journal");
	must(h, change);
	bool different = sqlite3_total_changes(h) > 0;
	int n = chain_faults(s);
	must(h, "DELETE FROM journal; INSERT INTO journal SELECT * FROM before; DROP TABLE temp.before");
	return different && n > 0;
}

static int schema_steps(sqlite3 *h)
{
	sqlite3_stmt *st;
	require(sqlite3_prepare_v2(h, "SELECT count(*) FROM journal WHERE seq < 100 AND kind = 0", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW);
	int n = sqlite3_column_int(st, 0);
	sqlite3_finalize(st);
	return n;
}

/* nth(k) in SQL: the number of the kth command's record; before them stand the schema's, of which there come more. */
static void nth(sqlite3_context *context, int n, sqlite3_value **values)
{
	(void)n;
	sqlite3_result_int(context, (int)(intptr_t)sqlite3_user_data(context) + sqlite3_value_int(values[0]));
}

static void fields(struct shop *s, sqlite3 *h)
{
	static const char *const rewritten[] = {
		"UPDATE journal SET at = at + 1 WHERE seq = nth(2)", "UPDATE journal SET user = 2 WHERE seq = nth(2)",
		"UPDATE journal SET station = 'Andere' WHERE seq = nth(2)", "UPDATE journal SET station = NULL WHERE seq = nth(2)",
		"UPDATE journal SET command = 'customer.adc' WHERE seq = nth(2)", "UPDATE journal SET command_id = 'other' WHERE seq = nth(2)",
		"UPDATE journal SET command_id = NULL WHERE seq = nth(2)", "UPDATE journal SET text = 'Anders' WHERE seq = nth(2)",
		"UPDATE journal SET text = NULL WHERE seq = nth(2)", "UPDATE journal SET subject_kind = NULL WHERE seq = nth(2)",
		"UPDATE journal SET subject = 2 WHERE seq = nth(2)", "UPDATE journal SET subject = NULL WHERE seq = nth(2)",
		"UPDATE journal SET kind = 0 WHERE seq = nth(2)", "UPDATE journal SET undoes = nth(1) WHERE seq = nth(2)",
		"UPDATE journal SET no_undo = 1 WHERE seq = nth(2)", "UPDATE journal SET salt = zeroblob(16) WHERE seq = nth(2)",
		"UPDATE journal SET salt = NULL WHERE seq = nth(2)", "UPDATE journal SET payload = NULL WHERE seq = nth(2)",
		"UPDATE journal SET payload = substr(payload, 2) WHERE seq = nth(2)", "UPDATE journal SET payload = CAST(payload || x'00' AS BLOB) WHERE seq = nth(2)",
		"UPDATE journal SET station = 'Empf', command = 'angcustomer.add' WHERE seq = nth(2)",
		"UPDATE journal SET (salt, payload) = (SELECT salt, payload FROM journal WHERE seq = nth(3)) WHERE seq = nth(2)",
		"DELETE FROM journal WHERE seq = nth(2)", "DELETE FROM journal WHERE seq = 1", "DELETE FROM journal WHERE seq > nth(2) AND seq < nth(6)",
		"UPDATE journal SET seq = seq + 100 WHERE seq = nth(2)",
		"UPDATE journal SET seq = 100 WHERE seq = nth(3); UPDATE journal SET seq = nth(3) WHERE seq = nth(4); UPDATE journal SET seq = nth(4) WHERE seq = 100",
		"INSERT INTO journal SELECT seq + 100, at, user, station, command, NULL, text, subject_kind, subject, kind, undoes, no_undo, "
		    "salt, payload, payload_hash, prev, hash FROM journal WHERE seq = nth(2)",
	};
	for (size_t i = 0; i < COUNT(rewritten); i++) {
		bool good = found(s, h, rewritten[i]);
		CHECK(good);
		if (!good)
			printf("\t%s\n", rewritten[i]);
	}
}

/* Turns one bit of a byte and turns it back. -1: there is no such byte. 1: it was found. */
static int flip(struct shop *s, sqlite3 *h, const char *column, int seq, int at)
{
	sqlite3_blob *blob = NULL;
	unsigned char byte;
	bool there = false, found_it = false;
	for (int turn = 0; turn < 2; turn++) {
		require(sqlite3_blob_open(h, "main", "journal", column, seq, 1, &blob) == SQLITE_OK);
		there = at < sqlite3_blob_bytes(blob);
		if (there) {
			require(sqlite3_blob_read(blob, &byte, 1, at) == SQLITE_OK);
			byte ^= 1;
			require(sqlite3_blob_write(blob, &byte, 1, at) == SQLITE_OK);
		}
		sqlite3_blob_close(blob);
		if (turn == 0 && there)
			found_it = chain_faults(s) > 0;
	}
	return there ? found_it : -1;
}

/* Every byte of one record's blobs and texts, and some of the others. */
static void bytes(struct shop *s, sqlite3 *h)
{
	static const char *const columns[] = { "payload", "salt", "payload_hash", "prev", "hash", "text", "command", "station" };
	int missed = 0, tried = 0, first = schema_steps(h);
	for (size_t c = 0; c < COUNT(columns); c++)
		for (int k = 1; k <= 6; k++)
			for (int at = 0, result; (result = flip(s, h, columns[c], first + k, at)) >= 0; at += k == 2 ? 1 : 17) {
				missed += result == 0;
				tried++;
			}
	CHECK_INT(missed, 0);
	CHECK(tried > 250);
	CHECK_INT(chain_faults(s), 0);
}

/* What the chain alone can't show, the replay does: a cut-off end, and rows changed past the journal. */
static void rows(struct shop *s, sqlite3 *h)
{
	static const struct { const char *spoil, *mend; } cases[] = {
		{ "UPDATE customer SET last = 'Anders' WHERE id = 2", "UPDATE customer SET last = 'Kerber' WHERE id = 2" },
		{ "UPDATE customer SET birthday_year = 0 WHERE id = 4", "UPDATE customer SET birthday_year = 1 WHERE id = 4" },
		{ "UPDATE customer SET note = '' WHERE id = 4", "UPDATE customer SET note = NULL WHERE id = 4" },
		{ "DELETE FROM customer WHERE id = 3", "INSERT INTO customer(id, last) VALUES (3, 'Kerber')" },
		{ "INSERT INTO customer(id, last) VALUES (99, 'Geist')", "DELETE FROM customer WHERE id = 99" },
		{ "CREATE INDEX extra ON customer(mail)", "DROP INDEX extra" },
		{ "DELETE FROM search_customer WHERE customer = 2", "INSERT INTO search_customer VALUES ('kerber', 2)" },
		{ "DELETE FROM journal WHERE seq = (SELECT max(seq) FROM journal)", "SELECT 1" },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		CHECK_INT(replay_faults(s), 0);
		must(h, cases[i].spoil);
		CHECK(replay_faults(s) > 0);
		must(h, cases[i].mend);
	}
}

static void rewritten(void)
{
	struct shop s;
	char pattern[] = "/tmp/kontor-proof-XXXXXX", path[200];
	shop_new(&s, pattern);
	static const char *const ids[] = { "a", "b", "c", "d", "e", "f" };
	for (size_t i = 0; i < COUNT(ids); i++)
		command(&s, ids[i], "Kerber");
	CHECK_INT(shop_faults(&s), 0);
	shop_close(&s);
	sqlite3 *h;
	snprintf(path, sizeof path, "%s/kontor.db", s.dir);
	require(sqlite3_open(path, &h) == SQLITE_OK);
	must(h, "PRAGMA synchronous = OFF");
	sqlite3_db_config(h, SQLITE_DBCONFIG_ENABLE_TRIGGER, 0, NULL);
	sqlite3_create_function_v2(h, "nth", 1, SQLITE_UTF8, (void *)(intptr_t)schema_steps(h), nth, NULL, NULL, NULL);
	fields(&s, h);
	CHECK_INT(chain_faults(&s), 0);
	bytes(&s, h);
	rows(&s, h);
	sqlite3_close(h);
	shop_remove(&s);
}

static int group(struct shop *s, int commands)
{
	int64_t seq;
	int done = 0;
	struct command c = { .name = "customer.add" };
	require(db_group_begin(s->db) == 0);
	for (int i = 0; i < commands; i++) {
		if (db_command_begin(s->db, &c, &seq) != COMMAND_NEW)
			continue;
		db_run(s->db, SQL("INSERT INTO customer(last, note) VALUES ('Kerber', ?1)"), B(arena_printf(s->arena, "%3000d", i)));
		done += db_command_end(s->db, &seq) == 0;
	}
	return db_group_end(s->db) == 0 ? done : 0;
}

static void one_sync(struct shop *s)
{
	group(s, 1);
	for (int commands = 1; commands < 12; commands++) {
		int before = syncs;
		CHECK_INT(group(s, commands), commands);
		CHECK_INT(syncs - before, 1);
	}
}

/* A full disk: what was said to be done is there, what was not is not, and afterwards all goes on. */
static void full_disk(struct shop *s)
{
	unsigned faults = log_faults();
	int64_t before = db_one(s->db, SQL("SELECT count(*) FROM customer"));
	int64_t pages = db_one(s->db, SQL("SELECT page_count FROM pragma_page_count"));
	char sql[60];
	snprintf(sql, sizeof sql, "PRAGMA max_page_count = %d", (int)pages + 15);
	must(db_handle(s->db), sql);
	int done = group(s, 30);
	db_use(s->db, s->arena);
	CHECK(done < 30 && log_faults() > faults);
	CHECK_INT(db_one(s->db, SQL("SELECT count(*) FROM customer")), before + done);
	must(db_handle(s->db), "PRAGMA max_page_count = 1000000");
	CHECK_INT(group(s, 5), 5);
	CHECK_INT(db_one(s->db, SQL("SELECT count(*) FROM customer")), before + done + 5);
	CHECK_INT(shop_faults(s), 0);
}

/* The child writes groups of commands and tells each id once its group is on the disk. */
static _Noreturn void child(const char *dir, int round, int acknowledge)
{
	struct shop s = { .dir = dir };
	shop_open(&s);
	for (int n = 0;; n++) {
		char id[3][40];
		require(db_group_begin(s.db) == 0);
		for (int i = 0; i < 3; i++) {
			int64_t seq;
			snprintf(id[i], sizeof id[i], "%d.%d.%d", round, n, i);
			struct command c = { .name = "customer.add", .id = id[i], .user = 1 };
			require(db_command_begin(s.db, &c, &seq) == COMMAND_NEW);
			db_run(s.db, SQL("INSERT INTO customer(last) VALUES (?1)"), B(id[i]));
			require(db_command_end(s.db, &seq) == 0);
		}
		require(db_group_end(s.db) == 0);
		for (int i = 0; i < 3; i++)
			require(write(acknowledge, id[i], sizeof id[i]) == sizeof id[i]);
		if (n % 8 == 7)
			sqlite3_wal_checkpoint_v2(db_handle(s.db), NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	}
}

static int lost(struct shop *s, int pipe_end)
{
	char id[40];
	int n = 0;
	while (read(pipe_end, id, sizeof id) == sizeof id) {
		n += db_one(s->db, SQL("SELECT count(*) FROM journal WHERE command_id = ?1"), B(id)) != 1;
		n += db_one(s->db, SQL("SELECT count(*) FROM customer WHERE last = ?1"), B(id)) != 1;
	}
	return n;
}

static void kill_once(struct shop *s, int round)
{
	int ends[2];
	require(pipe(ends) == 0);
	pid_t pid = fork();
	if (pid == 0)
		child(s->dir, round, ends[1]);
	close(ends[1]);
	if (round % 4 != 0)                                      /* else it may die while it opens */
		(void)poll(&(struct pollfd){ .fd = ends[0], .events = POLLIN }, 1, 10000);
	nanosleep(&(struct timespec){ .tv_nsec = 3000000 + (round * 7919 % 100) * 150000 }, NULL);
	kill(pid, SIGKILL);
	int status;
	waitpid(pid, &status, 0);
	CHECK(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL);
	shop_open(s);
	CHECK_INT(lost(s, ends[0]), 0);
	CHECK_INT(db_one(s->db, SQL("SELECT count(*) % 3 FROM customer")), 0);       /* groups whole or not at all */
	if (round % 10 == 0)
		CHECK_INT(shop_faults(s), 0);
	shop_close(s);
	close(ends[0]);
}

int main(void)
{
	rewritten();
	struct shop s;
	char pattern[] = "/tmp/kontor-proof-XXXXXX";
	shop_new(&s, pattern);
	one_sync(&s);
	full_disk(&s);
	shop_close(&s);
	shop_remove(&s);
	char again[] = "/tmp/kontor-proof-XXXXXX";
	shop_new(&s, again);
	shop_close(&s);
	for (int round = 1; round <= 100; round++)
		kill_once(&s, round);
	shop_open(&s);
	CHECK_INT(shop_faults(&s), 0);
	CHECK(db_one(s.db, SQL("SELECT count(*) FROM customer")) > 100);
	shop_close(&s);
	shop_remove(&s);
	return check_end();
}
