/* journal_private.h: a record as it is chained. */
#ifndef DB_JOURNAL_PRIVATE_H
#define DB_JOURNAL_PRIVATE_H
#include "db/db_private.h"
#include "db/journal.h"

enum { JOURNAL_SCHEMA, JOURNAL_CHANGE };
enum { HASH_BYTES = 32, SALT_BYTES = 16 };

struct bytes { const void *at; size_t n; };          /* at NULL = missing */

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
/* All columns of a record, of "SELECT " JOURNAL_COLUMNS " FROM journal …"; in the request's arena. */
#define JOURNAL_COLUMNS "seq, at, user, station, command, command_id, text, subject_kind, subject, kind, undoes, no_undo, " \
	"salt, payload, payload_hash, prev, hash"
struct journal_record journal_row(const struct query *);
#endif
