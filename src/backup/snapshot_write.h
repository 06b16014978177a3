/* snapshot_write.h: one state of the running shop's database, copied page by page while the shop goes on: SQLite's backup API
 * in one read transaction, into a file that has no name any more. */
#ifndef BACKUP_SNAPSHOT_WRITE_H
#define BACKUP_SNAPSHOT_WRITE_H
#include "backup/manifest.h"
#include "db/db.h"

struct snapshot {
	struct arena *arena;
	int file;                            /* the copy */
	struct db *db;                       /* of the shop, to look up older records; no transaction is open */
	int64_t page_size, npages;
	unsigned char (*names)[PIECE_BYTES];
	unsigned char hash[HASH_SIZE];
	int64_t head; instant head_at; unsigned char head_hash[HASH_SIZE];
	int64_t counts[COUNTS];
};
/* -1: logged. scratch: a folder for the copy, in which only one at a time works. */
int snapshot_take(struct snapshot *, struct arena *, const char *database, const char *scratch, const struct sealer *) MUST_USE;
void snapshot_free(struct snapshot *);
/* Does the change log go on from this record? true if the shop has it with this hash. */
bool snapshot_goes_on(struct snapshot *, int64_t seq, const unsigned char hash[HASH_SIZE]);
/* What the head of a database's change log is, and what it counts. -1: logged. */
int snapshot_head(struct db *, struct snapshot *head_r) MUST_USE;
/* SHA-256 of a whole file. -1: errno. */
int snapshot_hash(int file, unsigned char hash_r[HASH_SIZE]) MUST_USE;
#endif
