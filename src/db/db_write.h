/* db_write.h: the changing side. There is one writer connection in a program; it alone checkpoints.
 *
 * A command is one change that a person (or an import) makes: a transaction of its own, one record in the journal,
 * one undo. Commands may be gathered into a group that reaches the disk with one fdatasync (group commit). */
#ifndef DB_DB_WRITE_H
#define DB_DB_WRITE_H
#include "db/db.h"

/* Opens the data folder's database DIR/kontor.db for writing (creating and migrating it), takes the lock that keeps a
 * second writer out. NULL: logged with what to do. */
struct db *db_open_write(struct arena *, const char *dir);
void db_close_write(struct db *);                            /* the same as db_close() */
/* Moves a long write-ahead log into the database. The writer's thread calls it after its answers have gone out; most
 * times there is nothing to do. */
void db_tidy(struct db *);

struct command {
	int64_t user;                /* staff id; 0 = the program itself */
	const char *station;         /* name of the computer or phone; may be NULL */
	const char *name;            /* machine name: "appointment.move" */
	const char *text;            /* one German sentence for the change log; may be set until db_command_end() */
	const char *id;              /* from the browser, unique; NULL = none. A repeated id changes nothing */
	instant at;
	int64_t subject;             /* what it is about: an appointment's, customer's … id, 0 = none */
	const char *subject_kind;    /* "appointment", "customer" …; NULL = none */
	bool no_undo;                /* set-up, passwords */
	int64_t undoes;              /* journal seq that this one takes back, 0 = none */
};

enum command_result { COMMAND_FAILED = -1, COMMAND_NEW = 0, COMMAND_REPEATED = 1 };

/* Several commands, one fdatasync. Nothing is durable before db_group_end() returned 0. */
int db_group_begin(struct db *) MUST_USE;
int db_group_end(struct db *) MUST_USE;

/* Inside of a group: begin, change, then end (journal record written; seq_r = 0 if nothing changed) or drop.
 * COMMAND_REPEATED: this id was done before; nothing was begun; *seq_r tells which record it was. */
enum command_result db_command_begin(struct db *, const struct command *, int64_t *seq_r) MUST_USE;
void db_command_text(struct db *, const char *text);         /* the sentence, once it is known */
void db_command_subject(struct db *, const char *kind, int64_t id);
void db_command_also(struct db *, const char *kind, int64_t id);   /* another record whose log tells of it too */
int db_command_end(struct db *, int64_t *seq_r) MUST_USE;
void db_command_drop(struct db *);

/* One statement that changes. Faults are sticky as in db.h; the number of rows changed is given. */
int64_t db_run_(struct db *, struct sql, const struct bind *, size_t n);
#define db_run(db, sql, ...) db_run_((db), (sql), DB_BINDS_(__VA_ARGS__))
int64_t db_last_id(struct db *);
/* true after a statement broke a UNIQUE or CHECK or foreign key rule: a person's mistake, not the world's. The names of
 * table and column are in db_broken(): "service.short". Clears the fault. */
bool db_refused(struct db *, const char **what_r);
/* Journaled tables are all but these: journal, session, and those whose name begins with "search_" (kept by triggers). */

/* Is what a looking connection saw when the journal's head was this still so, in all tables but these (NULL ends them)?
 * Commands of the same group count. */
bool db_unchanged(struct db *, int64_t head, const char *const *but);

/* Takes a journal record back inside of the current command. 0 = done; 1 = later changes stand in the way
 * (*later_seq_r is the newest of them); -1 = failed. */
int journal_undo(struct db *, int64_t seq, int64_t *later_seq_r) MUST_USE;
#endif
