/* journal.h: reading the journal. Each record holds what changed (an SQLite session changeset, or the SQL of a
 * migration), who, when, where, and is chained: hash = SHA-256(prev ‖ header ‖ SHA-256(salt ‖ sentence ‖ payload)), so that
 * what may name a person can be erased later without breaking the chain. */
#ifndef DB_JOURNAL_H
#define DB_JOURNAL_H
#include "base/out.h"
#include "db/db.h"

struct journal_entry {
	int64_t seq;
	instant at;
	int64_t user;
	str user_name, station, command, text, subject_kind;
	int64_t subject;
	int64_t undoes, undone_by;   /* seq; 0 = none */
	bool can_undo;
};

/* Without records of the schema, and of commands that changed nothing. Newest first, older than `before` (0 = from the end), of one subject or (kind NULL) of all. At most `limit`. */
size_t journal_list(struct db *, const char *subject_kind, int64_t subject, int64_t before, size_t limit,
    struct journal_entry *entries_r);
bool journal_get(struct db *, int64_t seq, struct journal_entry *entry_r);
/* The newest record of this user that can still be taken back; 0 = none. */
int64_t journal_last_undoable(struct db *, int64_t user);
/* The newest record by which this user took something back, if nothing new was done since: taking that back in turn is
 * "redo"; 0 = none. */
int64_t journal_last_undone(struct db *, int64_t user);
/* The ids of a table's rows that a record touched, each once, in order; in the connection's arena, or at most `limit`. */
size_t journal_touched_all(struct db *, int64_t seq, const char *table, int64_t **ids_r);
size_t journal_touched(struct db *, int64_t seq, const char *table, size_t limit, int64_t *ids_r);
int64_t journal_head(struct db *);                           /* newest seq */

/* Faults are written as one plain sentence each, a line each; the number of faults is given, -1 if it could not be read. */
int journal_check_chain(struct db *, struct out *faults);
#endif
