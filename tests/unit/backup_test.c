/* backup_test.c: backups against a model that remembers every state; what is broken at a store; which generations stay. */
#include "backup/make_write.h"
#include "backup/pack.h"
#include "backup/prune_write.h"
#include "backup/restore_write.h"
#include "base/date.h"
#include "base/lang.h"
#include "rules/keep.h"
#include "shop.h"
#include <dirent.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <utime.h>

static uint32_t random_state = 11;
static int64_t dice(int64_t n)
{
	random_state = random_state * 1664525u + 1013904223u;
	return (int64_t)(random_state >> 8) % n;
}

enum { STATES = 400 };
static struct {
	struct shop shop;
	struct arena *own;
	char dir[64], target[64], scratch[64];
	struct seed seed;
	struct sealer *seal;
	unsigned char lineage[LINEAGE_BYTES];
	instant now;
	struct { instant at; int64_t state, head; } states[STATES];
	size_t nstates;
} t;

/* All rows of all tables but the search's, as one number. */
static int64_t state_of(const char *dir)
{
	struct arena *a = arena_new();
	struct db *db = db_open(a, db_path(a, dir));
	uint64_t hash = 14695981039346656037u;
	require(db != NULL);
	db_use(db, a);
	struct query q = db_query(db, SQL("SELECT name, (SELECT group_concat('quote(\"' || c.name || '\")', ' || ') FROM pragma_table_info(m.name) c), "
	    "(SELECT group_concat('\"' || c.name || '\"') FROM pragma_table_info(m.name) c WHERE c.pk > 0) FROM sqlite_schema m WHERE type = 'table' "
	    "AND sql IS NOT NULL AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'search%' AND name <> 'session' ORDER BY name"));
	while (db_step(&q)) {
		const char *sql = arena_printf(a, "SELECT %s FROM \"%s\" ORDER BY %s", db_text(&q, 1), db_text(&q, 0), db_null(&q, 2) ? "1" : db_text(&q, 2));
		sqlite3_stmt *rows = NULL;
		require(sqlite3_prepare_v2(db_handle(db), sql, -1, &rows, NULL) == SQLITE_OK);
		while (sqlite3_step(rows) == SQLITE_ROW)
			for (const unsigned char *p = sqlite3_column_text(rows, 0); p != NULL && *p != '\0'; p++)
				hash = (hash ^ *p) * 1099511628211u;
		sqlite3_finalize(rows);
	}
	db_close(db);
	arena_free(a);
	return (int64_t)hash;
}

static void change(struct shop *s)
{
	switch (dice(4)) {
	case 0:
		db_run(s->db, SQL("UPDATE customer SET note = 'n' || ?1, version = version + 1 WHERE id % 7 = ?2"), B(dice(1000)), B(dice(7)));
		break;
	case 1:
		db_run(s->db, SQL("DELETE FROM customer WHERE id % 50 = ?1"), B(dice(50)));
		break;
	default:
		for (int64_t n = dice(20); n >= 0; n--)
			db_run(s->db, SQL("INSERT INTO customer(last, first, mobile, note) VALUES ('Kerber' || ?1, 'Thea', '0171' || ?1, hex(zeroblob(?2)))"), B(dice(100000)), B(dice(200)));
	}
}

static void command(void)
{
	struct shop *s = &t.shop;
	int64_t seq;
	t.now.s += 1 + dice(400);
	arena_reset(s->arena);
	require(db_group_begin(s->db) == 0);
	require(db_command_begin(s->db, &(struct command){ .name = "some.thing", .text = "Etwas", .at = t.now }, &seq) == COMMAND_NEW);
	change(s);
	require(db_command_end(s->db, &seq) == 0 && db_group_end(s->db) == 0);
	if (seq != 0 && t.nstates < STATES) {
		t.states[t.nstates].at = t.now;
		t.states[t.nstates].head = seq;
		t.states[t.nstates++].state = state_of(t.dir);
	}
}

static void empty(const char *dir)
{
	struct arena *a = arena_new();
	DIR *d = opendir(dir);
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;) {
		char *path = arena_printf(a, "%s/%s", dir, e->d_name);
		if (e->d_name[0] == '.' && (e->d_name[1] == '\0' || e->d_name[1] == '.'))
			continue;
		if (unlink(path) != 0) {
			(void)chmod(path, 0700);
			empty(path);
			(void)rmdir(path);
		}
	}
	if (d != NULL)
		closedir(d);
	arena_free(a);
}

static size_t files_in(const char *path, const char *with)
{
	DIR *d = opendir(path);
	size_t n = 0;
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
		n += strstr(e->d_name, with) != NULL;
	if (d != NULL)
		closedir(d);
	return n;
}

static char *below(struct arena *a, const char *what) { return arena_printf(a, "%s/Kontor-Sicherung/%s", t.target, what); }

/* -1: the sentence is given. */
static bool distrust;

static int back_up(struct arena *a, struct made *made, const char **sentence_r)
{
	struct snapshot snap;
	struct store s;
	require(snapshot_take(&snap, a, db_path(a, t.dir), t.dir, t.seal) == 0);
	enum store_is is = store_open(&s, a, t.target, t.seal);
	s.distrust = distrust;
	int rc = is == STORE_READY || (is == STORE_NEW && store_make(&s) == 0) ? backup_make(&s, &snap, t.lineage, t.now, made) : -1;
	snapshot_free(&snap);
	*sentence_r = rc != 0 ? s.fault : s.warning;
	return rc;
}

/* Each arrives an hour after the one before. */
static void good_backup(struct made *made)
{
	struct arena *a = arena_new();
	const char *sentence = NULL;
	CHECK_INT(back_up(a, made, &sentence), 0);
	CHECK_TEXT(sentence, NULL);
	t.now.s += 3600;
	struct utimbuf then = { t.now.s, t.now.s };
	if (!made->unchanged)
		CHECK_INT(utime(below(a, arena_printf(a, "generations/%010lld.kontor", (long long)made->number)), &then), 0);
	arena_free(a);
}

static const struct { instant at; int64_t state; } *state_at(instant moment)
{
	size_t i = 0;
	while (i + 1 < t.nstates && t.states[i + 1].at.s <= moment.s)
		i++;
	static struct { instant at; int64_t state; } found;
	memcpy(&found.at, &t.states[i].at, sizeof found.at);
	found.state = t.states[i].state;
	return (const void *)&found;
}

/* ---- every state comes back ---- */

static void generations_and_moments(void)
{
	struct made made;
	int64_t numbers[30], states[30];
	size_t n = 0;
	for (; n < COUNT(numbers); n++) {
		for (int64_t k = 1 + dice(5); k > 0; k--)
			command();
		good_backup(&made);
		CHECK(!made.unchanged && made.number == (int64_t)n + 1);
		numbers[n] = made.number;
		states[n] = t.states[t.nstates - 1].state;
	}
	good_backup(&made);
	CHECK(made.unchanged && made.new_bytes == 0);
	for (int turn = 0; turn < 25; turn++) {
		struct arena *a = arena_new();
		struct store s;
		struct restored r;
		require(store_open(&s, a, t.target, t.seal) == STORE_READY);
		if (turn % 2) {
			size_t i = (size_t)dice((int64_t)n);
			int rc = restore_generation(&s, numbers[i], t.scratch, &r);
			CHECK_TEXT(s.fault, NULL);
			CHECK(rc == 0 && state_of(t.scratch) == states[i]);
		} else {
			instant moment = { t.states[0].at.s + dice(t.now.s - t.states[0].at.s) };
			int rc = restore_moment(&s, moment, t.scratch, &r);
			CHECK_TEXT(s.fault, NULL);
			CHECK(rc == 0 && state_of(t.scratch) == state_at(moment)->state && r.head_at.s == state_at(moment)->at.s);
		}
		empty(t.scratch);
		arena_free(a);
	}
	struct arena *a = arena_new();
	struct store s;
	struct restored r;
	require(store_open(&s, a, t.target, t.seal) == STORE_READY);
	CHECK_INT(restore_moment(&s, (instant){ 1 }, t.scratch, &r), -1);
	CHECK(s.fault != NULL && strstr(s.fault, "no book yet") != NULL);
	empty(t.scratch);
	arena_free(a);
}

/* A small change costs little: 20 rows of one table beside some hundred pages. */
static void small_costs(void)
{
	struct made full, small;
	empty(t.target);
	good_backup(&full);
	struct shop *s = &t.shop;
	int64_t seq;
	t.now.s += 60;
	require(db_group_begin(s->db) == 0);
	require(db_command_begin(s->db, &(struct command){ .name = "one", .at = t.now }, &seq) == COMMAND_NEW);
	db_run(s->db, SQL("INSERT INTO customer(last) VALUES ('Eins')"));
	require(db_command_end(s->db, &seq) == 0 && db_group_end(s->db) == 0);
	good_backup(&small);
	CHECK(small.new_pages > 0 && small.new_pages < 25 && small.new_bytes < full.new_bytes / 3);
}

/* ---- what is broken ---- */

static char *some_file(struct arena *a, const char *folder, int64_t which)
{
	DIR *d = opendir(below(a, folder));
	char *path = NULL;
	int64_t i = 0;
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
		if (strstr(e->d_name, ".kontor") != NULL && i++ <= which)
			path = arena_printf(a, "%s/%s", below(a, folder), e->d_name);
	if (d != NULL)
		closedir(d);
	require(path != NULL);
	return path;
}

static void flip(const char *path)
{
	struct stat st;
	unsigned char b;
	int file = open(path, O_RDWR);
	require(file >= 0 && fstat(file, &st) == 0);
	off_t at = (off_t)dice(st.st_size);
	require(pread(file, &b, 1, at) == 1);
	b ^= (unsigned char)(1 << dice(8));
	require(pwrite(file, &b, 1, at) == 1);
	close(file);
}

static void cut(const char *path)
{
	struct stat st;
	require(stat(path, &st) == 0);
	require(truncate(path, (off_t)dice(st.st_size)) == 0);
}

static char *keep_copy(struct arena *a, const char *path, size_t *n_r)
{
	struct stat st;
	int file = open(path, O_RDONLY);
	require(file >= 0 && fstat(file, &st) == 0);
	char *bytes = arena_buffer(a, (size_t)st.st_size);
	require(read(file, bytes, (size_t)st.st_size) == st.st_size);
	close(file);
	*n_r = (size_t)st.st_size;
	return bytes;
}

static void put_back(const char *path, const char *bytes, size_t n)
{
	(void)unlink(path);
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL, 0600);
	require(file >= 0 && write(file, bytes, n) == (ssize_t)n);
	close(file);
}

static int64_t restored_faults(struct arena *a)
{
	struct store s;
	struct generations all;
	int64_t faults = 0;
	require(store_open(&s, a, t.target, t.seal) == STORE_READY && store_generations(&s, &all) == 0);
	for (size_t i = 0; i < all.n; i++) {
		struct restored r;
		int rc = restore_generation(&s, all.at[i].number, t.scratch, &r);
		CHECK(rc == 0 || (s.fault != NULL && files_in(t.scratch, "kontor.db") == 0));
		faults += rc != 0;
		s.fault = NULL;
		empty(t.scratch);
	}
	return faults;
}

/* Flipped, cut, exchanged: found in every kind of file, each time; and the next backup is whole again. */
static void damage(void)
{
	static const char *const folders[] = { "generations", "packs" };
	for (int turn = 0; turn < 40; turn++) {
		struct arena *a = arena_new();
		size_t n;
		char *path = some_file(a, folders[turn % 2], dice(3)), *bytes = keep_copy(a, path, &n);
		if (turn % 4 < 2)
			flip(path);
		else
			cut(path);
		CHECK(restored_faults(a) >= 1);
		put_back(path, bytes, n);
		CHECK_INT(turn < 4 ? restored_faults(a) : 0, 0);
		arena_free(a);
	}
	struct arena *a = arena_new();
	size_t n, m;
	for (int kind = 0; kind < 2; kind++) {
		char *one = some_file(a, folders[kind], 0), *two = some_file(a, folders[kind], 1), *x = keep_copy(a, one, &n), *y = keep_copy(a, two, &m);
		put_back(one, y, m);
		put_back(two, x, n);
		CHECK_INT(restored_faults(a), 2);
		put_back(one, x, n);
		put_back(two, y, m);
	}
	arena_free(a);
}

static void mended(void)
{
	struct arena *a = arena_new();
	struct made made;
	const char *sentence;
	struct store s;
	struct restored r;
	size_t n;
	char *pack = some_file(a, "packs", 0), *bytes = keep_copy(a, pack, &n);
	cut(pack);
	command();
	CHECK_INT(back_up(a, &made, &sentence), 0);
	CHECK(sentence != NULL);
	require(store_open(&s, a, t.target, t.seal) == STORE_READY);
	CHECK_INT(restore_generation(&s, made.number, t.scratch, &r), 0);
	empty(t.scratch);
	put_back(pack, bytes, n);
	char *list = below(a, arena_printf(a, "generations/%010lld.kontor", (long long)made.number));
	flip(list);
	CHECK_INT(back_up(a, &made, &sentence), 0);
	CHECK(sentence != NULL && !made.unchanged);
	require(store_open(&s, a, t.target, t.seal) == STORE_READY);
	CHECK_INT(restore_generation(&s, made.number, t.scratch, &r), 0);
	empty(t.scratch);
	arena_free(a);
}

/* Pages altered inside of a pack, its size as before: the check finds it, the next backup reads all and is whole again, and what
 * can't be brought back is set aside. */
static void mended_by_reading(void)
{
	struct arena *a = arena_new();
	struct made made;
	const char *sentence;
	struct store s;
	struct generations all;
	size_t n;
	for (int i = 0; i < 4; i++) {
		command();
		good_backup(&made);
	}
	char *pack = NULL;
	for (int64_t which = 0; restored_faults(a) == 0; which++) {     /* one that the newest needs */
		pack = some_file(a, "packs", which);
		char *bytes = keep_copy(a, pack, &n);
		bytes[n / 2] ^= 1;
		put_back(pack, bytes, n);
	}
	int64_t broken = restored_faults(a);
	distrust = true;
	CHECK_INT(back_up(a, &made, &sentence), 0);
	distrust = false;
	CHECK(sentence != NULL && strstr(sentence, "set aside") != NULL && !made.unchanged);
	require(store_open(&s, a, t.target, t.seal) == STORE_READY && store_generations(&s, &all) == 0);
	CHECK_INT(files_in(below(a, "generations"), ".damaged"), broken);
	CHECK_INT(restored_faults(a), 0);
	arena_free(a);
}

/* ---- targets that won't ---- */

static void refused(const char *part)
{
	struct arena *a = arena_new();
	struct made made;
	const char *sentence = NULL;
	CHECK_INT(back_up(a, &made, &sentence), -1);
	CHECK(sentence != NULL && strstr(sentence, part) != NULL);
	if (sentence == NULL || strstr(sentence, part) == NULL)
		printf("\t%s\n", sentence ? sentence : "(none)");
	arena_free(a);
}

static void bad_targets(void)
{
	struct arena *a = arena_new();
	struct rlimit before, little;
	struct seed other = t.seed;
	struct sealer *mine = t.seal;
	command();
	size_t lists = files_in(below(a, "generations"), ""), packs = files_in(below(a, "packs"), "");
	other.b[3] ^= 1;
	t.seal = sealer_new(a, &other);
	refused("another shop");
	sealer_free(t.seal);
	t.seal = mine;
	require(getrlimit(RLIMIT_FSIZE, &before) == 0);
	little = before;
	little.rlim_cur = 3000;
	struct snapshot snap;
	struct store s;
	struct made made;
	require(snapshot_take(&snap, a, db_path(a, t.dir), t.dir, t.seal) == 0 && store_open(&s, a, t.target, t.seal) == STORE_READY);
	require(setrlimit(RLIMIT_FSIZE, &little) == 0);
	CHECK_INT(backup_make(&s, &snap, t.lineage, t.now, &made), -1);
	require(setrlimit(RLIMIT_FSIZE, &before) == 0);
	CHECK(s.fault != NULL && strstr(s.fault, "is full") != NULL);
	snapshot_free(&snap);
	char *away = arena_printf(a, "%s-away", t.target);
	require(rename(t.target, away) == 0);
	refused("is not there");
	require(mkdir(t.target, 0700) == 0 && mkdir(below(a, ""), 0700) == 0 && mkdir(below(a, "generations"), 0700) == 0);
	put_back(below(a, "generations/0000000001.kontor"), "x", 1);
	refused("without this shop's backups");
	empty(t.target);
	require(rmdir(t.target) == 0 && rename(away, t.target) == 0);
	CHECK_INT(files_in(below(a, "generations"), ""), lists);
	CHECK_INT(files_in(below(a, "packs"), ""), packs);
	CHECK_INT(restored_faults(a), 0);
	arena_free(a);
}

/* An old database put back by hand is not backed up over the newer one; after a restore (a new lineage) it is. */
static void old_file(void)
{
	struct made made;
	size_t n, w;
	struct arena *a = arena_new();
	good_backup(&made);
	shop_close(&t.shop);
	char *path = db_path(a, t.dir), *wal = arena_printf(a, "%s-wal", path), *bytes = keep_copy(a, path, &n), *more = keep_copy(a, wal, &w);
	shop_open(&t.shop);
	for (int i = 0; i < 5; i++)
		command();
	good_backup(&made);
	shop_close(&t.shop);
	put_back(path, bytes, n);
	put_back(wal, more, w);
	(void)unlink(arena_printf(a, "%s-shm", path));
	shop_open(&t.shop);
	refused("older than backup");
	t.lineage[0]++;
	good_backup(&made);
	arena_free(a);
}

/* ---- what stays ---- */

static void what_stays(void)
{
	enum { N = 3000 };
	static instant arrived[N];
	static bool keep[N];
	int64_t kept = 0;
	for (int i = 0; i < N; i++)
		arrived[i] = (instant){ 1795424400 + i * 6 * 3600ll };              /* every six hours for two years */
	keep_generations(arrived, N, keep);
	for (int i = 0; i < N; i++)
		kept += keep[i];
	CHECK(keep[N - 1] && keep[N - 48] && !keep[N - 49 - 60 * 4]);
	CHECK(kept > 48 + 60 - 15 && kept <= 48 + 60 + 24 + 10);
	arrived[N - 1].s += 365 * 86400ll;                                          /* a clock a year ahead lets nothing more go */
	keep_generations(arrived, N, keep);
	int64_t now_kept = 0;
	for (int i = 0; i < N; i++)
		now_kept += keep[i];
	CHECK(now_kept >= kept - 1);
}

static void aging(void)
{
	struct made made;
	struct arena *a = arena_new();
	empty(t.target);
	for (int i = 0; i < 70; i++) {
		command();
		good_backup(&made);
		DIR *d = opendir(below(a, "packs"));
		struct utimbuf long_ago = { 1000000000, 1000000000 };
		for (struct dirent *e; (e = readdir(d)) != NULL;)
			(void)utime(arena_printf(a, "%s/%s", below(a, "packs"), e->d_name), &long_ago);
		closedir(d);
	}
	CHECK(made.generations < 56 && made.generations >= 48);
	CHECK(made.thrown == 1 && files_in(below(a, "packs"), ".kontor") < 65);
	CHECK_INT(restored_faults(a), 0);
	/* A folder copied without its times: nothing goes. */
	for (int64_t i = 1; i <= made.number; i++)
		(void)utime(below(a, arena_printf(a, "generations/%010lld.kontor", (long long)i)), NULL);
	const char *sentence = NULL;
	int64_t had = made.generations;
	command();
	CHECK_INT(back_up(a, &made, &sentence), 0);
	CHECK(sentence != NULL && strstr(sentence, "at once") != NULL && made.generations == had + 1);
	arena_free(a);
}

int main(void)
{
	lang_use(LANG_EN);
	zone_set("Europe/Berlin");
	(void)signal(SIGXFSZ, SIG_IGN);
	(void)snprintf(t.dir, sizeof t.dir, "/tmp/kontor-backup-XXXXXX");
	(void)snprintf(t.target, sizeof t.target, "/tmp/kontor-target-XXXXXX");
	(void)snprintf(t.scratch, sizeof t.scratch, "/tmp/kontor-scratch-XXXXXX");
	shop_new(&t.shop, t.dir);
	require(mkdtemp(t.target) != NULL && mkdtemp(t.scratch) != NULL);
	t.own = arena_new();
	t.now = (instant){ 1795424400 };
	for (size_t i = 0; i < sizeof t.seed.b; i++)
		t.seed.b[i] = (unsigned char)dice(256);
	t.seal = sealer_new(t.own, &t.seed);
	what_stays();
	generations_and_moments();
	small_costs();
	damage();
	mended();
	mended_by_reading();
	bad_targets();
	old_file();
	aging();
	shop_close(&t.shop);
	sealer_free(t.seal);
	arena_free(t.own);
	empty(t.dir);
	empty(t.target);
	empty(t.scratch);
	CHECK(rmdir(t.dir) == 0 && rmdir(t.target) == 0 && rmdir(t.scratch) == 0);
	return check_end();
}
