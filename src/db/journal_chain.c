/* journal_chain.c: was the past rewritten? */
#include "db/journal_private.h"
#include "base/lang.h"
#include <string.h>

void journal_fault(struct out *o, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	out_raw(o, arena_vprintf(o->arena, fmt, ap));
	out_raw(o, "\n");
	va_end(ap);
}

static struct bytes bytes(const struct query *q, int column)
{
	struct bytes b = { 0 };
	b.at = db_blob(q, column, &b.n);
	return b;
}

struct journal_record journal_row(const struct query *q)
{
	return (struct journal_record){
		.seq = db_int(q, 0), .at = db_int(q, 1), .user = db_int(q, 2), .station = db_text(q, 3), .command = db_text(q, 4),
		.command_id = db_text(q, 5), .text = db_text(q, 6), .subject_kind = db_text(q, 7), .subject = db_int(q, 8),
		.kind = db_int(q, 9), .undoes = db_int(q, 10), .no_undo = db_bool(q, 11), .salt = bytes(q, 12),
		.payload = bytes(q, 13), .payload_hash = bytes(q, 14), .prev = bytes(q, 15), .hash = bytes(q, 16),
	};
}

static bool same(struct bytes b, const unsigned char hash[HASH_BYTES])
{
	return b.at != NULL && b.n == HASH_BYTES && memcmp(b.at, hash, HASH_BYTES) == 0;
}

struct chain { int64_t seq; unsigned char hash[HASH_BYTES]; int faults; };

static int check_record(struct chain *chain, const struct journal_record *r, struct out *faults)
{
	unsigned char payload_hash[HASH_BYTES], hash[HASH_BYTES];
	long long seq = r->seq;
	int before = chain->faults;
	if (journal_hash_payload(r, payload_hash) != 0 || journal_hash_record(r, hash) != 0)
		return -1;
	if (r->seq != chain->seq + 1) {
		journal_fault(faults, _("Change log: records %lld to %lld are missing."), (long long)chain->seq + 1, seq - 1);
		chain->faults++;
	} else if (!same(r->prev, chain->hash)) {
		journal_fault(faults, _("Change log: record %lld does not follow the one before it."), seq);
		chain->faults++;
	}
	if (!same(r->payload_hash, payload_hash)) {
		journal_fault(faults, _("Change log: the content of record %lld was altered."), seq);
		chain->faults++;
	}
	if (!same(r->hash, hash) && chain->faults == before) {
		journal_fault(faults, _("Change log: the head of record %lld was altered."), seq);
		chain->faults++;
	}
	chain->seq = r->seq;
	if (r->hash.at != NULL && r->hash.n == HASH_BYTES)
		memcpy(chain->hash, r->hash.at, HASH_BYTES);
	return 0;
}

/* Records may be large: each has the arena for itself. */
int journal_check_chain(struct db *db, struct out *faults)
{
	struct arena *request = db->arena;
	struct chain chain = { 0 };
	int rc = 0;
	db->arena = arena_new();
	struct query q = db_query(db, SQL("SELECT " JOURNAL_COLUMNS " FROM journal ORDER BY seq"));
	while (rc == 0 && db_step(&q)) {
		arena_reset(db->arena);
		struct journal_record r = journal_row(&q);
		rc = check_record(&chain, &r, faults);
	}
	db_done(&q);
	arena_free(db->arena);
	db->arena = request;
	return rc != 0 || db_failed(db) ? -1 : chain.faults;
}
