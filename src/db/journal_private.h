/* journal_private.h: a record as it is chained. */
#ifndef DB_JOURNAL_PRIVATE_H
#define DB_JOURNAL_PRIVATE_H
#include "db/db_private.h"
#include "db/journal.h"

enum { JOURNAL_SCHEMA, JOURNAL_CHANGE };
enum { HASH_BYTES = 32, SALT_BYTES = 16 };

struct journal_record {
	int64_t seq, at, user;
	str station, command, command_id, text, subject_kind;
	int64_t subject, kind, undoes;               /* NONE = missing */
	bool no_undo;
	struct bytes salt, payload, payload_hash, prev, hash;
};

/* SHA-256 of salt, text and payload: what may hold a person's data, and may one day be erased. */
int journal_hash_payload(const struct journal_record *, unsigned char hash_r[HASH_BYTES]) MUST_USE;
/* SHA-256 of prev, all other fields and the hash above, each with its length. */
int journal_hash_record(const struct journal_record *, unsigned char hash_r[HASH_BYTES]) MUST_USE;
/* Tables whose changes are recorded. */
bool journal_covers(const char *table);
/* All columns of a record, as journal_row() reads them; texts and bytes are in the request's arena. */
#define JOURNAL_COLUMNS "seq, at, user, station, command, command_id, text, subject_kind, subject, kind, undoes, no_undo, " \
	"salt, payload, payload_hash, prev, hash"
struct journal_record journal_row(const struct query *);
/* 0 = not found */
struct bytes journal_payload(struct db *, int64_t seq);
/* The newest record that takes this one back and was not itself taken back; 0 = none. */
int64_t journal_undone_by(struct db *, int64_t seq);
/* The newest record behind seq that stands in the way of taking it back; 0 = none found (journal_rows.c). */
int64_t journal_later(struct db *, int64_t seq);
/* One line. */
void journal_fault(struct out *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
#endif
