/* known_write.h: which pages lie at a store already, of those that the newest generation uses. A pack of which little is used
 * any more is left out: its pages are written anew, and once no generation needs it, it goes. */
#ifndef BACKUP_KNOWN_WRITE_H
#define BACKUP_KNOWN_WRITE_H
#include "backup/pack.h"
#include "backup/snapshot_write.h"

enum { KNOWN_SPARSE = 4, KNOWN_PACKS = 100, KNOWN_SMALL = 256 };     /* used less than 1/4; from so many packs on, small ones, too */

struct known_place { const unsigned char *name; int64_t pack, slot; };
struct known_pack { struct manifest_pack is; int64_t used; bool left_out; };
struct known {
	struct arena *arena;
	struct known_place *at;              /* a hash table by the name, which is as good as random */
	size_t cap;
	struct known_pack *packs;
	size_t npacks;
};
/* Packs that can't be read are left out with a warning in s->warning. */
void known_load(struct store *, const struct manifest *last, const struct snapshot *, struct known *);
void known_free(struct known *);
struct known_place *known_find(struct known *, const unsigned char name[PIECE_BYTES]);   /* NULL: not there */
struct known_place *known_add(struct known *, const unsigned char *name, int64_t pack, int64_t slot);
#endif
