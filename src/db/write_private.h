/* write_private.h: what the changing files of this floor share. */
#ifndef DB_WRITE_PRIVATE_H
#define DB_WRITE_PRIVATE_H
#include "base/embedded.h"
#include "db/changes_write.h"
#include "db/db_private.h"
#include "db/db_write.h"
#include "db/journal_private.h"

struct writer {
	int wal_pages;               /* in the log that no checkpoint has taken yet, as of the last commit */
	bool group, in_command;
	bool lost;                   /* SQLite rolled the whole group back (disk full …): it can't be ended well any more */
	bool doubtful;               /* a commit or checkpoint failed: db_group_begin() first makes sure of what is there */
	const char *refused;         /* which rule the last statement broke; NULL = none */
	struct command command;      /* its texts live in own_arena until the command ends */
	struct arena *texts;
	struct changes *changes;     /* of the command */
};

/* migrate_write.c: brings the database to the newest schema inside of one transaction, each step a journal record. */
int migrate_database(struct db *) MUST_USE;

/* db_command_write.c: adds the record behind the last one: fills in seq, salt and hashes. */
int db_journal_add(struct db *, struct journal_record *) MUST_USE;
/* The record as it stands, all columns given. Faults are sticky. */
void db_journal_insert(struct db *, const struct journal_record *);
/* journal_replay_write.c: does what a record holds. 1: it does not fit. */
int journal_apply(struct db *, int64_t kind, struct bytes payload) MUST_USE;
#endif
