/* db_private.h: what the files of this floor share. Nobody else includes it. */
#ifndef DB_DB_PRIVATE_H
#define DB_DB_PRIVATE_H
#include "db/db.h"

enum { KEPT_MOST = 8 };

struct writer;
struct statement { const char *text; sqlite3_stmt *st; bool busy; };

struct db {
	sqlite3 *h;
	struct arena *own;           /* lives as long as the connection */
	struct arena *arena;         /* the request's */
	struct arena *scratch;       /* inside of one call of an SQL function */
	struct statement **slots;    /* hash table by the literal's address; the same literal may stand in it twice */
	size_t count, cap;
	bool failed;
	struct db_kept kept;
	struct arena *made_in;       /* of made[]: what db_keep() was asked for */
	struct { db_make_fn *make; void *value; } made[KEPT_MOST];
	size_t nmade;
	int64_t kept_version; bool kept_known;   /* known: asked for in this read transaction */
	struct writer *writer;       /* NULL = looks only */
	void (*closing)(struct db *);/* what a writer still has to do */
	int lock;                    /* a writer's descriptor of DIR/lock; -1 = none */
};

/* Opens with the flags and settings that all connections share. NULL: logged. */
struct db *db_connect(struct arena *, const char *path, int flags);
/* A statement ready to run, marked busy. NULL: the connection has failed. */
struct statement *db_statement(struct db *, struct sql, const struct bind *, size_t n);
void db_release(struct statement *);

/* db_kept.c: nothing is kept any more. */
void db_forget(struct db *);
/* db_search.c: fold(), search_keys(), search_term() on this connection. */
int db_search_functions(struct db *) MUST_USE;
#endif
