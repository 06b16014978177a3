/* cuts.c CUTS [--but MISTAKE] FILE…: power cuts under the real core. Runs the text tests (text_lines.h: every command there is) on a
 * disk that forgets (disk.h), cuts the power CUTS times at any moment, and looks at what is found then: the newest record of the
 * journal is one that was acknowledged or that came after it, and all tables hold exactly what they held after that record.
 * With --but the same with one mistake put in (normal, off, lies, early), which must be found: the proof of the proof.
 * link: all */
#include "../text_lines.h"
#include "db/journal.h"
#include "disk_vfs.h"
#include <sys/wait.h>

enum { FULL_EACH = 16 };                                  /* every so many cuts the core itself opens what is left */

struct issued { int64_t seq; uint64_t rows; };
static struct {
	struct disk live, after;
	char folder[64];                                      /* where the core opens what is left: only its lock is really there */
	struct { struct issued *at; size_t n, room; } issued; /* what each record left, acknowledged or not */
	int64_t acknowledged;
	uint64_t seed, wanted, ops, cuts, lost;
	const char *mistake;
} p;

static bool made(const char *mistake) { return p.mistake != NULL && strcmp(p.mistake, mistake) == 0; }

/* ---- what is in a database ---- */

static uint64_t mix(uint64_t h, const void *bytes, size_t n)
{
	const unsigned char *b = bytes;
	for (size_t i = 0; i < n; i++)
		h = (h ^ b[i]) * 0x100000001b3u;
	return h;
}

static uint64_t mix_column(uint64_t h, sqlite3_stmt *st, int i)
{
	int type = sqlite3_column_type(st, i);
	h = mix(h, &type, sizeof type);
	if (type == SQLITE_INTEGER || type == SQLITE_FLOAT) {
		sqlite3_int64 v = sqlite3_column_int64(st, i);
		return mix(h, &v, sizeof v);
	}
	return mix(h, sqlite3_column_blob(st, i), (size_t)sqlite3_column_bytes(st, i));
}

/* false: it can't be read. */
static bool each_row(sqlite3 *h, const char *sql, uint64_t *hash)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(h, sql, -1, &st, NULL);
	if (rc == SQLITE_OK)
		while ((rc = sqlite3_step(st)) == SQLITE_ROW)
			for (int i = 0; i < sqlite3_column_count(st); i++)
				*hash = mix_column(*hash, st, i);
	sqlite3_finalize(st);
	return rc == SQLITE_DONE;
}

/* Of all rows of all tables. The journal's hashes are chained: its last record stands for all. */
static bool rows_of(sqlite3 *h, uint64_t *hash_r)
{
	char sql[200];
	sqlite3_stmt *tables = NULL;
	uint64_t hash = 0xcbf29ce484222325u;
	bool good = sqlite3_prepare_v2(h, "SELECT name FROM sqlite_schema WHERE type = 'table' AND name <> 'journal' AND name NOT LIKE 'sqlite%' ORDER BY name",
	    -1, &tables, NULL) == SQLITE_OK;
	while (good && sqlite3_step(tables) == SQLITE_ROW) {
		snprintf(sql, sizeof sql, "SELECT * FROM %s", (const char *)sqlite3_column_text(tables, 0));
		good = each_row(h, sql, &hash);
	}
	sqlite3_finalize(tables);
	good = good && each_row(h, "SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1", &hash);
	*hash_r = hash;
	return good;
}

static int64_t head_of(sqlite3 *h)
{
	sqlite3_stmt *st = NULL;
	int64_t seq = -1;
	if (sqlite3_prepare_v2(h, "SELECT ifnull(max(seq), 0) FROM journal", -1, &st, NULL) == SQLITE_OK && sqlite3_step(st) == SQLITE_ROW)
		seq = sqlite3_column_int64(st, 0);
	sqlite3_finalize(st);
	return seq;
}

/* ---- after a cut ---- */

static void lost(const char *what, int64_t head)
{
	if (p.lost++ == 0 && p.mistake == NULL)
		printf("seed %llu: %s (acknowledged: record %lld, found: %lld)\n", (unsigned long long)p.seed, what, (long long)p.acknowledged, (long long)head);
}

static void look_at(sqlite3 *h)
{
	uint64_t rows;
	int64_t head = p.acknowledged > 0 ? head_of(h) : 0;
	if (p.acknowledged == 0)
		return;                                           /* the shop was not open yet */
	if (head < p.acknowledged) {
		lost("an acknowledged command is gone", head);
		return;
	}
	size_t i = 0;
	while (i < p.issued.n && p.issued.at[i].seq != head)
		i++;
	if (i == p.issued.n)
		lost("a record that nobody wrote", head);
	else if (!rows_of(h, &rows) || rows != p.issued.at[i].rows)
		lost("the tables are not what they were after this record", head);
}

/* As the program finds it when the power comes back. */
static void open_by_core(void)
{
	struct arena *own = arena_new();
	struct db *db = db_open_write(own, p.folder);
	if (db == NULL)
		lost("the program does not open it", 0);
	else {
		struct out faults = { .arena = own };
		db_use(db, own);
		look_at(db_handle(db));
		if (p.acknowledged > 0 && journal_check_chain(db, &faults) != 0)
			lost("the journal's chain is broken", 0);
		if (strcmp(db_one_text(db, SQL("PRAGMA quick_check")), "ok") != 0)
			lost("the file is damaged", 0);
		db_close_write(db);
	}
	arena_free(own);
}

static void open_by_library(void)
{
	char path[100];
	sqlite3 *h = NULL;
	snprintf(path, sizeof path, "%s/kontor.db", p.folder);
	if (sqlite3_open_v2(path, &h, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL) == SQLITE_OK)
		look_at(h);
	else
		lost("the library does not open it", 0);
	sqlite3_close(h);
}

static void cut(struct disk *d)
{
	struct disk *after = &p.after;
	disk_after_cut(d, ++p.seed, after);
	after->before = NULL;
	if (++p.cuts % FULL_EACH == 0)
		open_by_core();
	else
		open_by_library();
}

/* As many cuts before each call as bring us to what is wanted at the end. */
static void before(struct disk *d, enum disk_op op, void *about)
{
	(void)op; (void)about;
	static uint64_t seen;
	seen++;
	while (p.ops > 0 && p.cuts * p.ops < p.wanted * seen)
		cut(d);
}

/* ---- the shop that loses its power ---- */

static void opens(const char *dir)
{
	uint64_t ops = p.live.ops;
	disk_empty(&p.live);
	disk_use(&p.live, dir);
	p.live.ops = ops;
	p.live.lies = made("lies");
	p.issued.n = 0;
	p.acknowledged = 0;
}

static void opened(struct db *writer)
{
	const char *sql = made("normal") ? "PRAGMA synchronous = NORMAL" : made("off") ? "PRAGMA synchronous = OFF" : NULL;
	if (sql != NULL)
		require(sqlite3_exec(db_handle(writer), sql, NULL, NULL, NULL) == SQLITE_OK);
}

static void commits(struct db *writer)
{
	struct issued one = { .seq = head_of(db_handle(writer)) };
	require(rows_of(db_handle(writer), &one.rows));
	if (p.issued.n > 0 && p.issued.at[p.issued.n - 1].seq == one.seq)
		p.issued.n--;
	if (p.issued.n == p.issued.room) {
		p.issued.room = p.issued.room ? p.issued.room * 2 : 256;
		p.issued.at = realloc(p.issued.at, p.issued.room * sizeof *p.issued.at);
		require(p.issued.at != NULL);
	}
	p.issued.at[p.issued.n++] = one;
	if (made("early"))
		p.acknowledged = one.seq;
}

static void durable(struct db *writer) { p.acknowledged = head_of(db_handle(writer)); }

static void run_all(int n, char **files)
{
	for (int i = 0; i < n; i++)
		run_file(files[i]);
}

/* How many calls there are, in a process of its own: sessions and the like live as long as one. */
static uint64_t count_calls(int n, char **files)
{
	int ends[2];
	uint64_t ops = 0;
	require(pipe(ends) == 0);
	pid_t child = fork();
	require(child >= 0);
	if (child == 0) {
		run_all(n, files);
		_exit(write(ends[1], &p.live.ops, sizeof p.live.ops) != sizeof p.live.ops);
	}
	close(ends[1]);
	require(read(ends[0], &ops, sizeof ops) == sizeof ops);
	close(ends[0]);
	(void)waitpid(child, NULL, 0);
	return ops;
}

static int end(void)
{
	printf("%s: %llu cuts at %llu calls in %d commands and pages: %llu lost or damaged\n", p.mistake ? p.mistake : "as it is",
	    (unsigned long long)p.cuts, (unsigned long long)p.ops, passed, (unsigned long long)p.lost);
	for (const char *const *name = (const char *const[]){ "kontor.db", "lock", NULL }; *name != NULL; name++) {
		char path[100];
		snprintf(path, sizeof path, "%s/%s", p.folder, *name);
		(void)unlink(path);
	}
	(void)rmdir(p.folder);
	return p.mistake != NULL ? p.lost == 0 : p.lost > 0 || failed > 0;
}

int main(int argc, char **argv)
{
	int first = argc > 3 && strcmp(argv[2], "--but") == 0 ? 4 : 2;
	require(argc > first && mkdtemp(memcpy(p.folder, "/tmp/kontor-cuts-XXXXXX", 24)) != NULL);
	p.mistake = first == 4 ? argv[3] : NULL;
	text_begin();
	listener = (struct text_listener){ opens, opened, commits, durable };
	disk_use(&p.after, p.folder);
	p.wanted = strtoull(argv[1], NULL, 10);
	p.ops = count_calls(argc - first, argv + first);
	p.live.before = before;
	run_all(argc - first, argv + first);
	return end();
}
