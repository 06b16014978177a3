/* cuts.c CUTS [--but MISTAKE] FILE…: power cuts under the real core, or
 * cuts.c POINTS --faults FILE…: calls that fail. Runs the text tests (text_lines.h: every command there is) on a
 * disk that forgets (disk.h), cuts the power CUTS times at any moment, and looks at what is found then: the newest record of the
 * journal is one that was acknowledged or that came after it, and all tables hold exactly what they held after that record.
 * With --faults calls of the disk fail (write, sync, read, open; once, or all that change from then on) POINTS times: who was told
 * that it is saved keeps it, who is not is told so, and the tables hold what they held after a record that was answered yes.
 * With --but the same with one mistake put in (cuts: normal, off, lies, early; faults: again, which goes on after a failed sync as if
 * nothing had been), which must be found: the proof of the proof.
 * link: all */
#include "../text_lines.h"
#include "db/journal.h"
#include "db/write_private.h"
#include "disk_vfs.h"
#include "rows.h"
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
	struct db *writer;
	uint64_t points, chance;                              /* of calls that failed */
	bool faults, armed, for_good, open;                   /* open: a group was begun and is not durable */
} p;

static bool made(const char *mistake) { return p.mistake != NULL && strcmp(p.mistake, mistake) == 0; }

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
	bool read = rows_of(h, &rows);
	while (i < p.issued.n && (p.issued.at[i].seq != head || p.issued.at[i].rows != rows))
		i++;
	if (!read || i == p.issued.n)
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
	p.writer = writer;
	const char *sql = made("normal") ? "PRAGMA synchronous = NORMAL" : made("off") ? "PRAGMA synchronous = OFF" : NULL;
	if (sql != NULL)
		require(sqlite3_exec(db_handle(writer), sql, NULL, NULL, NULL) == SQLITE_OK);
}

/* After a failure the next record has the same number again: both stay, until one of them is acknowledged. */
static void commits(struct db *writer)
{
	bool armed = p.armed;
	p.armed = false;
	p.open = true;
	struct issued one = { .seq = head_of(db_handle(writer)) };
	require(rows_of(db_handle(writer), &one.rows));
	if (p.issued.n == p.issued.room) {
		p.issued.room = p.issued.room ? p.issued.room * 2 : 256;
		p.issued.at = realloc(p.issued.at, p.issued.room * sizeof *p.issued.at);
		require(p.issued.at != NULL);
	}
	p.issued.at[p.issued.n++] = one;
	if (made("early"))
		p.acknowledged = one.seq;
	p.armed = armed;
}

static void durable(struct db *writer)
{
	bool armed = p.armed;
	p.armed = p.open = false;
	struct issued last = p.issued.at[p.issued.n - 1];
	p.acknowledged = head_of(db_handle(writer));
	while (p.issued.n > 0 && p.issued.at[p.issued.n - 1].seq == last.seq)
		p.issued.n--;
	p.issued.at[p.issued.n++] = last;
	p.armed = armed;
}

/* ---- calls that fail ---- */

static int fails(struct disk *d, enum disk_op op, void *about)
{
	static const int results[] = { [DISK_WRITE] = SQLITE_IOERR_WRITE, [DISK_SYNC] = SQLITE_IOERR_FSYNC, [DISK_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
		[DISK_DELETE] = SQLITE_IOERR_DELETE, [DISK_READ] = SQLITE_IOERR_READ, [DISK_OPEN] = SQLITE_CANTOPEN };
	(void)d; (void)about;
	if (!p.armed)
		return SQLITE_OK;
	bool once = disk_random(&p.seed) % p.chance == 0, ever = p.for_good && op <= DISK_DELETE;
	if (!once && !ever)
		return SQLITE_OK;
	p.points += once;
	p.for_good = ever || (op <= DISK_DELETE && disk_random(&p.seed) % 16 == 0);
	return op == DISK_WRITE && disk_random(&p.seed) % 2 ? SQLITE_FULL : results[op];
}

static void asks(void)
{
	if (made("again"))
		p.writer->writer->doubtful = false;
	p.open = false;
	p.armed = p.acknowledged > 0;
	p.for_good = p.for_good && disk_random(&p.seed) % 40 != 0;      /* somebody made room */
}

static void answered(const struct request *r)
{
	p.armed = false;
	if (p.open && r->status < 500)
		lost(arena_printf(r->arena, "%s %s: answered %d, and is not saved", r->method, r->path, r->status), 0);
	p.open = false;                                       /* a line may have another one in its middle */
	if (disk_random(&p.seed) % 4 == 0)
		cut(&p.live);
}

static void run_all(int n, char **files)
{
	for (int i = 0; i < n; i++)
		run_file(files[i]);
}

/* What f counts, in a process of its own: sessions and the like live as long as one. */
struct counted { uint64_t ops, points, cuts, lost; };
static struct counted apart(int n, char **files)
{
	int ends[2];
	struct counted c = { 0 };
	require(pipe(ends) == 0);
	fflush(stdout);
	pid_t child = fork();
	require(child >= 0);
	if (child == 0) {
		run_all(n, files);
		c = (struct counted){ p.live.ops, p.points, p.cuts, p.lost };
		fflush(stdout);
		_exit(write(ends[1], &c, sizeof c) != sizeof c);
	}
	close(ends[1]);
	if (read(ends[0], &c, sizeof c) != sizeof c)
		c.lost = 1;                                       /* it did not survive */
	close(ends[0]);
	(void)waitpid(child, NULL, 0);
	return c;
}

static void run_cuts(int n, char **files)
{
	p.ops = apart(n, files).ops;
	p.live.before = before;
	run_all(n, files);
}

/* Again and again with another seed, until as many calls have failed. */
static void run_faults(uint64_t wanted, int n, char **files)
{
	p.live.fails = fails;
	listener.asks = asks;
	listener.answered = answered;
	listener.silent = true;
	struct counted sum = { 0 };
	for (uint64_t round = 1; sum.points < wanted && sum.lost == 0; round++) {
		p.seed = round << 32;
		p.chance = 1ull << (3 + round % 6);
		struct counted c = apart(n, files);
		sum.points += c.points, sum.cuts += c.cuts, sum.lost += c.lost;
	}
	p.points = sum.points, p.cuts = sum.cuts, p.lost = sum.lost;
}

static int end(void)
{
	if (p.faults)
		printf("%s: %llu calls that fail, looked at %llu times: %llu lost or damaged\n", p.mistake ? p.mistake : "as it is", (unsigned long long)p.points, (unsigned long long)p.cuts, (unsigned long long)p.lost);
	else
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
	int first = 2;
	if (argc > first && strcmp(argv[first], "--faults") == 0)
		p.faults = true, first++;
	if (argc > first + 1 && strcmp(argv[first], "--but") == 0)
		p.mistake = argv[first + 1], first += 2;
	require(argc > first && mkdtemp(memcpy(p.folder, "/tmp/kontor-cuts-XXXXXX", 24)) != NULL);
	text_begin();
	listener = (struct text_listener){ .opens = opens, .opened = opened, .commits = commits, .durable = durable };
	disk_use(&p.after, p.folder);
	p.wanted = strtoull(argv[1], NULL, 10);
	if (p.faults)
		run_faults(p.wanted, argc - first, argv + first);
	else
		run_cuts(argc - first, argv + first);
	return end();
}
