#include "db/write_private.h"
#include "base/log.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Pages of 4 KB in the write-ahead log: from here on db_tidy() moves them into the database, from there on a group does. */
enum { TIDY_PAGES = 1000, MUST_TIDY_PAGES = 4000 };

static int make_folders(struct arena *a, const char *dir)
{
	char *path = arena_text(a, dir);
	for (char *slash = path + 1; *path != '\0'; slash++) {
		char end = *slash;
		if (end != '/' && end != '\0')
			continue;
		*slash = '\0';
		if (mkdir(path, 0700) != 0 && errno != EEXIST) {
			log_fault("the folder %s could not be made: %s", path, strerror(errno));
			return -1;
		}
		*slash = end;
		if (end == '\0')
			break;
	}
	return 0;
}

/* Held until the process ends. */
static int take_lock(struct arena *a, const char *dir)
{
	int lock = open(arena_printf(a, "%s/lock", dir), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (lock < 0) {
		log_fault("the data folder %s can't be written to: %s", dir, strerror(errno));
		return -1;
	}
	if (flock(lock, LOCK_EX | LOCK_NB) != 0) {
		log_fault("the data folder %s is in use by another kontor; end that one first", dir);
		close(lock);
		return -1;
	}
	return lock;
}

static int count_pages(void *arg, sqlite3 *h, const char *name, int pages)
{
	struct writer *writer = arg;
	(void)h; (void)name;
	writer->wal_pages = pages;
	return SQLITE_OK;
}

static int settings(struct db *db)
{
	int keep = 1;
	/* Each statement's end walks a savepoint's journal that is in memory: large commands would take quadratic time. */
	if (sqlite3_exec(db->h, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA cache_size = -4000;"
	    "PRAGMA journal_size_limit = 67108864; PRAGMA temp_store = FILE;", NULL, NULL, NULL) != SQLITE_OK ||
	    sqlite3_file_control(db->h, "main", SQLITE_FCNTL_PERSIST_WAL, &keep) != SQLITE_OK) {
		db_fail(db, "settings");
		return -1;
	}
	sqlite3_wal_hook(db->h, count_pages, db->writer);
	return 0;
}

static void closing(struct db *db)
{
	if (db->writer->in_command)
		db_command_drop(db);
	if (!sqlite3_get_autocommit(db->h))
		sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	changes_free(db->writer->changes);
	arena_free(db->writer->texts);
}

void db_close_write(struct db *db) { db_close(db); }

struct db *db_open_write(struct arena *own, const char *dir)
{
	if (make_folders(own, dir) != 0)
		return NULL;
	int lock = take_lock(own, dir);
	if (lock < 0)
		return NULL;
	const char *path = db_path(own, dir);
	int made = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);   /* nobody else on this computer may read it */
	if (made >= 0)
		close(made);
	struct db *db = db_connect(own, path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
	if (db == NULL) {
		close(lock);
		return NULL;
	}
	db->writer = arena_new_of(own, struct writer);
	*db->writer = (struct writer){ .texts = arena_new(), .changes = changes_new(db) };
	db->closing = closing;
	db->lock = lock;
	if (settings(db) != 0 || migrate_database(db) != 0) {
		db_close_write(db);
		return NULL;
	}
	return db;
}

/* After a sync that failed the system forgets what it should have written, and SQLite does not write it again: the next commit
 * would hang on frames of the log that are only in memory. So everything goes into the database and the log begins anew, before
 * anything else is accepted. (To close and reopen would be wrong: the log is read from memory then, and with it the commit that
 * was answered with no.) */
static int settle(struct db *db)
{
	int rc = sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	if (rc != SQLITE_OK) {
		db_fail(db, "begin after a failure");
		return -1;
	}
	db->writer->doubtful = false;
	db->writer->wal_pages = 0;
	return 0;
}

int db_group_begin(struct db *db)
{
	require(!db->writer->group);
	db->failed = false;
	db->writer->refused = NULL;
	if (db->writer->doubtful && settle(db) != 0)
		return -1;
	struct statement *s = db_statement(db, SQL("BEGIN IMMEDIATE"), NULL, 0);
	if (s == NULL)
		return -1;
	int rc = sqlite3_step(s->st);
	if (rc != SQLITE_DONE)
		db_fail(db, "begin");
	db_release(s);
	db->writer->lost = false;
	db->writer->group = rc == SQLITE_DONE;
	return rc == SQLITE_DONE ? 0 : -1;
}

static int commit(struct db *db)
{
	struct statement *s = db_statement(db, SQL("COMMIT"), NULL, 0);
	if (s == NULL)
		return -1;
	int rc = sqlite3_step(s->st);
	if (rc != SQLITE_DONE) {
		db_fail(db, "commit");
		db->writer->doubtful = true;
	}
	db_release(s);
	if (rc != SQLITE_DONE && !sqlite3_get_autocommit(db->h))
		sqlite3_exec(db->h, "ROLLBACK", NULL, NULL, NULL);
	return rc == SQLITE_DONE ? 0 : -1;
}

int db_group_end(struct db *db)
{
	struct writer *writer = db->writer;
	require(writer->group && !writer->in_command);
	writer->group = false;
	if (writer->lost || sqlite3_get_autocommit(db->h)) {
		db->failed = true;
		return -1;
	}
	db->failed = false;
	if (commit(db) != 0)
		return -1;
	if (writer->wal_pages >= MUST_TIDY_PAGES)
		db_tidy(db);
	return 0;
}

void db_tidy(struct db *db)
{
	if (db->writer->group || db->writer->wal_pages < TIDY_PAGES)
		return;
	int rc = sqlite3_wal_checkpoint_v2(db->h, NULL, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	if (rc != SQLITE_OK && rc != SQLITE_BUSY) {
		log_fault("database: %s (checkpoint)", sqlite3_errmsg(db->h));
		db->writer->doubtful = true;
	}
	db->writer->wal_pages = 0;
}

/* A broken rule is a person's mistake: it is kept for db_refused() and not logged yet. */
static void fault(struct db *db, const char *text)
{
	if ((sqlite3_extended_errcode(db->h) & 0xFF) == SQLITE_CONSTRAINT) {
		const char *message = sqlite3_errmsg(db->h), *colon = strstr(message, ": ");
		db->writer->refused = arena_text(db->writer->texts, colon != NULL ? colon + 2 : message);
		db->failed = true;
	} else {
		db_fail(db, text);
	}
	if (sqlite3_get_autocommit(db->h))
		db->writer->lost = true;
}

int64_t db_run_(struct db *db, struct sql sql, const struct bind *binds, size_t n)
{
	require(db->writer != NULL && db->writer->in_command);
	struct statement *s = db_statement(db, sql, binds, n);
	if (s == NULL)
		return 0;
	int rc;
	while ((rc = sqlite3_step(s->st)) == SQLITE_ROW)
		;
	int64_t changed = 0;
	if (rc == SQLITE_DONE)
		changed = sqlite3_changes64(db->h);
	else
		fault(db, sql.text);
	db_release(s);
	return changed;
}

int64_t db_last_id(struct db *db) { return sqlite3_last_insert_rowid(db->h); }

bool db_refused(struct db *db, const char **what_r)
{
	struct writer *writer = db->writer;
	if (writer->refused == NULL)
		return false;
	*what_r = writer->refused;
	writer->refused = NULL;
	db->failed = writer->lost;
	return true;
}
