/* pack.h: pages of the database that came new with one backup, 64 KiB of them pressed and sealed together as a group.
 *
 *     "KONTORP1" ‖ group … ‖ index ‖ length of the index, u32 ‖ "1PROTNOK"        numbers are little-endian
 *     index, sealed: u32 page size, groups, pages; for each group u32 bytes, pages; for each page its name (seal_name), 16 bytes */
#ifndef BACKUP_PACK_H
#define BACKUP_PACK_H
#include "backup/manifest.h"

enum { GROUP_BYTES = 64 << 10, PACK_MAGIC = 8 };

struct pack_group { int64_t at; size_t bytes; int64_t first, pages; };
struct pack {
	int file;
	unsigned char id[16];
	int64_t page_size, ngroups, npages;
	struct pack_group *groups;
	unsigned char (*names)[PIECE_BYTES];
};
char *pack_about(const struct store *, const unsigned char id[16], int64_t group);     /* -1: of its index */
/* -1: s->fault. */
int pack_open(struct store *, const struct manifest_pack *, struct pack *) MUST_USE;
void pack_close(struct pack *);
/* All pages of a group into pages_r, GROUP_BYTES or one page large. */
int pack_group_read(struct store *, struct pack *, int64_t group, unsigned char *pages_r) MUST_USE;
/* Every page of it can be read. */
bool pack_whole(struct store *, struct pack *);
static inline size_t pack_group_room(int64_t page_size) { return page_size > GROUP_BYTES ? (size_t)page_size : GROUP_BYTES; }
#endif
