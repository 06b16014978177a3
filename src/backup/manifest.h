/* manifest.h: one state of the book at a store: which page lies where, and what the whole must be. As a file it is "KONTORM1"
 * and a sealed text of lines `key SP value LF` in a fixed order that ends with an Ed25519 signature over all before it:
 *
 *     kontor-backup 1 · shop · number · lineage · made · head SEQ HASH · head-at · page-size · pages · file SHA-256 ·
 *     count APPOINTMENTS CUSTOMERS CHANGES · pack ID BYTES PAGES … · run PAGE COUNT PACK SLOT … · sig
 *
 * run: COUNT pages from PAGE (1 = the first) on lie in the PACK-th of the packs (0 = the first) from SLOT on. */
#ifndef BACKUP_MANIFEST_H
#define BACKUP_MANIFEST_H
#include "backup/store.h"

enum { LINEAGE_BYTES = 16, HASH_SIZE = 32, COUNTS = 3 };

struct manifest_pack { unsigned char id[16]; int64_t bytes, pages; };
struct manifest_run { int64_t page, count, pack, slot; };
struct manifest {
	int64_t number;
	unsigned char lineage[LINEAGE_BYTES];        /* new after each restore */
	instant made, head_at;                       /* by the shop's clock: shown, never decides what is thrown away */
	int64_t head; unsigned char head_hash[HASH_SIZE];    /* the newest record of the change log */
	int64_t page_size, npages;
	unsigned char file[HASH_SIZE];               /* SHA-256 of the database */
	int64_t counts[COUNTS];                      /* appointments, customers, records of the change log */
	struct { struct manifest_pack *at; size_t n, cap; } packs;
	struct { struct manifest_run *at; size_t n, cap; } runs;
};

/* The file's bytes, in the store's arena. */
unsigned char *manifest_seal(struct store *, const struct manifest *, size_t *size_r);
/* Reads generation `number`. -1: s->fault says what is wrong with it. */
int manifest_read(struct store *, int64_t number, struct manifest *) MUST_USE;
#endif
