/* backup_salon.h: a shop whose every state is remembered, with a store for its backups. Begun by backup_salon(), which gives what
 * backup_salon_end() takes away. */
#ifndef TESTS_BACKUP_SALON_H
#define TESTS_BACKUP_SALON_H
#include "backup/make_write.h"
#include "backup/restore_write.h"
#include "base/date.h"
#include "base/lang.h"
#include "shop.h"
#include <dirent.h>
#include <signal.h>
#include <sys/stat.h>
#include <utime.h>

static uint32_t random_state = 11;
static inline int64_t dice(int64_t n)
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
static inline int64_t state_of(const char *dir)
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

static inline void change(struct shop *s)
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

static inline void command(void)
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

static inline void empty(const char *dir)
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

static inline size_t files_in(const char *path, const char *with)
{
	DIR *d = opendir(path);
	size_t n = 0;
	for (struct dirent *e; d != NULL && (e = readdir(d)) != NULL;)
		n += strstr(e->d_name, with) != NULL;
	if (d != NULL)
		closedir(d);
	return n;
}

static inline char *below(struct arena *a, const char *what) { return arena_printf(a, "%s/Kontor-Sicherung/%s", t.target, what); }

/* -1: the sentence is given. */
static bool distrust;

static inline int back_up(struct arena *a, struct made *made, const char **sentence_r)
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
static inline void good_backup(struct made *made)
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

static inline void backup_salon(void)
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
}

static inline int backup_salon_end(void)
{
	shop_close(&t.shop);
	sealer_free(t.seal);
	arena_free(t.own);
	empty(t.dir);
	empty(t.target);
	empty(t.scratch);
	CHECK(rmdir(t.dir) == 0 && rmdir(t.target) == 0 && rmdir(t.scratch) == 0);
	return check_end();
}
#endif
