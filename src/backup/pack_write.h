/* pack_write.h: writing a pack, page by page. */
#ifndef BACKUP_PACK_WRITE_H
#define BACKUP_PACK_WRITE_H
#include "backup/pack.h"
#include "backup/store_write.h"

struct pack_out {
	struct fresh file;
	unsigned char id[16];
	int64_t page_size, offset, npages;
	unsigned char *pages, *sealed;       /* the group being filled; what becomes of it */
	int64_t filled;
	struct { struct pack_group *at; size_t n, cap; } groups;
	struct { struct piece_name { unsigned char b[PIECE_BYTES]; } *at; size_t n, cap; } names;
};
int pack_out_begin(struct store *, int64_t page_size, struct pack_out *) MUST_USE;
int pack_out_add(struct store *, struct pack_out *, const void *page, const unsigned char name[PIECE_BYTES]) MUST_USE;
/* Brings it to the disk and names it. */
int pack_out_end(struct store *, struct pack_out *, struct manifest_pack *made_r) MUST_USE;
void pack_out_drop(struct store *, struct pack_out *);
#endif
