/* backup_test.c: backups against a model that remembers every state (backup_salon.h); what is broken at a store; which generations stay. */
#include "backup_salon.h"
#include "backup/pack.h"
#include "backup/prune_write.h"
#include "rules/keep.h"
#include <fcntl.h>
#include <sys/resource.h>

/* ---- every state comes back ---- */

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
	backup_salon();
	what_stays();
	generations_and_moments();
	small_costs();
	damage();
	mended();
	mended_by_reading();
	bad_targets();
	old_file();
	aging();
	return backup_salon_end();
}
