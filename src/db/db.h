/* db.h: the looking side of the only door to SQLite. SQL is always a string literal, values are always bound; both
 * are checked by the compiler. Statements are prepared once per connection and kept.
 *
 * Errors are sticky: the first fault of a connection's current request is logged once, db_step() then gives no more
 * rows, and whoever opened the request asks db_failed() at its end. So a handler may read without checking each step. */
#ifndef DB_DB_H
#define DB_DB_H
#include "base/arena.h"
#include "base/values.h"
#define SQLITE_ENABLE_SESSION 1
#define SQLITE_ENABLE_PREUPDATE_HOOK 1
#include <sqlite3.h>

struct out;

struct sql { const char *text; };
/* A variable does not compile. Each literal is listed in a section, so that a test can prepare all of them. */
#define SQL(literal) ({ static const char *const sql_listed_ __attribute__((section("sql_literals"), used)) = "" literal ""; \
	(struct sql){ sql_listed_ }; })

/* Texts are not copied: they must live until the statement's last row was read. */
struct bind { enum { BIND_NULL, BIND_INT, BIND_TEXT, BIND_BLOB } type; int64_t i; const char *s; };
static inline struct bind bind_int(int64_t i) { return (struct bind){ i == NONE ? BIND_NULL : BIND_INT, i, NULL }; }
static inline struct bind bind_text(const char *s) { return (struct bind){ s ? BIND_TEXT : BIND_NULL, 0, s }; }
static inline struct bind bind_money(money v) { return bind_int(v.cents); }
static inline struct bind bind_minutes(minutes v) { return bind_int(v.min); }
static inline struct bind bind_daytime(daytime v) { return bind_int(v.min); }
static inline struct bind bind_day(day v) { return bind_int(v.n); }
static inline struct bind bind_instant(instant v) { return bind_int(v.s); }
static inline struct bind bind_ref(ref v) { return bind_int(v.id == 0 ? NONE : v.id); }
#define B(x) _Generic((x), char *: bind_text, const char *: bind_text, int: bind_int, long: bind_int, long long: bind_int, \
    unsigned: bind_int, bool: bind_int, money: bind_money, minutes: bind_minutes, daytime: bind_daytime, day: bind_day, \
    instant: bind_instant, ref: bind_ref)(x)
static inline struct bind bind_blob(const void *bytes, size_t n) { return (struct bind){ bytes ? BIND_BLOB : BIND_NULL, (int64_t)n, bytes }; }
#define DB_BINDS_(...) (const struct bind[]){ { 0 }, ##__VA_ARGS__ } + 1, \
    (sizeof((const struct bind[]){ { 0 }, ##__VA_ARGS__ }) / sizeof(struct bind) - 1)

struct db;
/* Read-only, behind an authorizer that refuses every change. NULL: logged. The arena owns the connection. */
struct db *db_open(struct arena *, const char *path);
void db_close(struct db *);
/* This thread's own connection to path: opened once, closed when the thread ends (or by db_reader_close). NULL: logged. */
struct db *db_reader(const char *path);
void db_reader_close(void);
char *db_path(struct arena *, const char *dir);              /* of the database inside of a data folder */
/* A new request on this connection: statements left open are put back, texts of rows now go to this arena, earlier faults are forgotten. */
void db_use(struct db *, struct arena *);
/* A read transaction, so that one page sees one state. */
void db_begin_read(struct db *);
void db_end_read(struct db *);
bool db_failed(const struct db *);
void db_fail(struct db *, const char *what);                 /* logs what and SQLite's message, sets db_failed() */
/* What was derived from the database and is kept with this connection until the database changes: arena is reset and what
 * NULL then. given: for its owner to set when this request got some of it, which must stay then until its end; a new request
 * begins with false. Lasts until the read transaction ends; NULL: there is none, or this connection changes the database itself. */
struct db_kept { struct arena *arena; void *what; bool given; };
struct db_kept *db_kept(struct db *);
/* What make() reads, kept like that under its name; without a read transaction made anew, in the request's arena. It may depend
 * on nothing but the database: not on the language, the clock, the user. */
typedef void *db_make_fn(struct db *);
void *db_keep(struct db *, db_make_fn *make);
struct arena *db_arena(struct db *);
/* From now on rows go there; gives where they went until now. */
struct arena *db_arena_in(struct db *, struct arena *);
sqlite3 *db_handle(struct db *);                             /* for floors db and tests only */

/* while (db_step(&q)) reads row by row; the statement goes back to the cache after the last row, or with db_done(). */
struct statement;
struct query { struct db *db; sqlite3_stmt *st; struct statement *statement; };
struct query db_query_(struct db *, struct sql, const struct bind *, size_t n);
#define db_query(db, sql, ...) db_query_((db), (sql), DB_BINDS_(__VA_ARGS__))
bool db_step(struct query *) MUST_USE;
void db_done(struct query *);

bool db_null(const struct query *, int column);
int64_t db_int(const struct query *, int column);            /* NULL gives NONE */
str db_text(const struct query *, int column);               /* in the request's arena */
const void *db_blob(const struct query *, int column, size_t *size_r);
bool db_bool(const struct query *, int column);
money db_money(const struct query *, int column);
minutes db_minutes(const struct query *, int column);
daytime db_daytime(const struct query *, int column);
day db_day(const struct query *, int column);
instant db_instant(const struct query *, int column);
ref db_ref(const struct query *, int column);

/* One number, one text: the first column of the first row; NONE / NULL if there is no row. */
int64_t db_one_(struct db *, struct sql, const struct bind *, size_t n);
#define db_one(db, sql, ...) db_one_((db), (sql), DB_BINDS_(__VA_ARGS__))
str db_one_text_(struct db *, struct sql, const struct bind *, size_t n);
#define db_one_text(db, sql, ...) db_one_text_((db), (sql), DB_BINDS_(__VA_ARGS__))

/* SQL functions of ours on every connection (db_search.c):
 * fold(text); search_keys(last, first, company, mobile, phone, phone_other, mail) → JSON array of folded words, whole names
 * ("last first", "first last"), reversed phone digits, mail; search_term(typed) → the prefix to look for in those keys:
 *     WHERE key >= search_term(?1) AND key < search_term(?1) || char(0x10FFFF)
 * A number typed becomes reversed digits, so that the last digits of a phone number find it. NULL: nothing to look for. */
char *db_search_term(struct arena *, const char *typed);

/* Prepares every SQL("…") of the program; a line for each that fails. Gives their number. */
size_t db_prepare_all(struct db *, struct out *faults);
#endif
