/* changes_write.h: what a command changes in the journaled tables, as an SQLite changeset: the same bytes that a session of
 * the library gives, rows in the order in which they were touched first (changes_test.c holds the two against each other).
 * A session asks for the columns of each table and prepares its statement anew in every command; that took half of a
 * booking's time. Here both are kept as long as the connection. */
#ifndef DB_CHANGES_WRITE_H
#define DB_CHANGES_WRITE_H
#include "db/db_private.h"
#include "db/journal_private.h"

struct changes;

/* Takes the connection's preupdate hook. */
struct changes *changes_new(struct db *);
void changes_free(struct changes *);
/* What is changed from here on, until changes_stop(), belongs to one changeset. */
void changes_start(struct changes *);
void changes_stop(struct changes *);
/* These changes became the journal's record seq; and: the newest record that changed any table but these (NULL ends them),
 * 0 = none since the connection was opened. */
void changes_mark(struct changes *, int64_t seq);
int64_t changes_newest(const struct changes *, const char *const *but);
/* 0; *set_r lives until the next start and is empty if all is as it was. -1: failed, logged. */
int changes_get(struct changes *, struct bytes *set_r) MUST_USE;
#endif
