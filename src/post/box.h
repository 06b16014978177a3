/* box.h: what the letter box is set up with, and what it knows of each of its shops. */
#ifndef POST_BOX_H
#define POST_BOX_H
#include "post/spool.h"
#include "seal/publication.h"

enum { TOKEN_HASH = 32, SHOPS_MAX = 64 };

struct box_shop {
	str name, phone;                             /* in addresses and as folder; shown when no letter can be taken */
	struct shop_key key;
	uint8_t token[TOKEN_HASH];                   /* SHA-256 of the shop's upload token */
	uint64_t letters, per_source;                /* that may wait; a day from one source */
	int folder;
	struct spool *spool;
	bool published, uploading;                   /* there is a manifest; one is just being written */
	struct mark mark;
	uint8_t reqkey[HPKE_KEY];
	uint8_t *pieces; size_t npieces;             /* hashes of what the manifest lists */
};
struct box {
	str listen, data;
	uint64_t port, connections;
	bool forwarded;                              /* the address of who asks stands in X-Forwarded-For: a proxy is before us */
	struct { struct box_shop *at; size_t n, cap; } shops;
};

/* The lines of a file `key value`; # begins a remark. NULL, or a sentence that says what is wrong in which line. */
const char *box_read(struct arena *, const char *text, struct box *box_r) MUST_USE;
/* Opens or makes the shops' folders. -1: logged. */
int box_open(struct arena *, struct box *) MUST_USE;
void box_close(struct box *);
struct box_shop *box_find(struct box *, const char *path, const char **rest_r);      /* /NAME/rest */

/* Writes FOLDER/PATH whole or not at all: aside, synced, renamed. 0; -1: logged. For the disk's thread. */
int box_save(int folder, const char *path, struct bytes) MUST_USE;
/* Removes the pieces under FOLDER/c that are none of these hashes and older than an hour: newer ones may belong to the next manifest. */
void box_sweep(int folder, const uint8_t *keep, size_t nkeep);
#endif
