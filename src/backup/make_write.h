/* make_write.h: a backup of a snapshot to one store. Pages that lie there already are not written again. */
#ifndef BACKUP_MAKE_WRITE_H
#define BACKUP_MAKE_WRITE_H
#include "backup/snapshot_write.h"
#include "backup/store_write.h"

struct made {
	int64_t number;              /* of the newest generation now */
	bool unchanged;              /* it held this state already */
	int64_t new_pages, new_bytes;/* what was written */
	int64_t generations, thrown; /* there now; thrown away by age */
	int64_t bytes;               /* of everything there */
};
/* -1: s->fault; what was there before is as it was. s->warning may tell of damage that was made good. */
int backup_make(struct store *, struct snapshot *, const unsigned char lineage[LINEAGE_BYTES], instant now, struct made *) MUST_USE;
#endif
