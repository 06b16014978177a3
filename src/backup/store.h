/* store.h: a place where backups lie: a folder on another disk, a stick, a NAS. Below it:
 *
 *     Kontor-Sicherung/Kontor-Sicherung.txt          whose files these are (no secret), and for people what to do with them
 *     Kontor-Sicherung/generations/0000000012.kontor one state of the book: manifest.h
 *     Kontor-Sicherung/packs/<32 hex>.kontor         the pages that came new with it: pack.h
 *
 * Files are written once under another name, brought to the disk, then named; none is ever changed or written over. Everybody
 * may read them: they are sealed, and whoever needs them has another computer and another user's name. */
#ifndef BACKUP_STORE_H
#define BACKUP_STORE_H
#include "base/arena.h"
#include "base/values.h"
#include "seal/seal.h"

enum { STORE_FILE_MOST = 64 << 20 };         /* bytes of a file that is read as a whole */

struct store {
	struct arena *arena;
	const char *folder, *root;           /* as given; …/Kontor-Sicherung */
	struct sealer *seal;
	const char *medium;                  /* its own name, by chance, so that a stick is known at whatever place; "" = none */
	const char *fault;                   /* the first sentence for people; NULL = all is well */
	bool distrust;                       /* damage was found there: what lies there is read before it is relied on */
	const char *warning;                 /* what was found broken, and mended or left out; NULL */
};
struct generation { int64_t number; instant arrived; };
struct generations { struct generation *at; size_t n, cap; };

enum store_is { STORE_READY, STORE_NEW, STORE_GONE, STORE_WRONG };
/* READY: this shop's. NEW: a folder without backups yet. GONE: no such folder. WRONG: another shop's, or not readable. All but
 * READY leave a sentence in s->fault. */
enum store_is store_open(struct store *s, struct arena *, const char *folder, struct sealer *);
/* Whose backups lie there, without any key. -1: none, *sentence_r says why. */
int store_whose(struct arena *, const char *folder, unsigned char shop_r[SHOP_BYTES], const char **sentence_r) MUST_USE;

/* Where this medium is mounted now, below /media, /run/media or /mnt; NULL: nowhere. No key is needed. */
const char *store_find(struct arena *, const char *medium);

/* Oldest first, by their numbers. -1: s->fault. */
int store_generations(struct store *, struct generations *) MUST_USE;
int64_t store_bytes(struct store *);         /* of all files there */
char *store_generation_path(const struct store *, int64_t number);
char *store_pack_path(const struct store *, const unsigned char id[16]);
/* A whole file; NULL: s->fault. */
unsigned char *store_read(struct store *, const char *path, size_t *size_r);

/* -1, always; the first sentence stays. The second kind says what errno means for this folder. */
int store_fail(struct store *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int store_fail_errno(struct store *, int error);
void store_warn(struct store *, const char *sentence);
#endif
