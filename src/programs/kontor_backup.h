/* kontor_backup.h: what backup, restore and drill share. */
#ifndef PROGRAMS_KONTOR_BACKUP_H
#define PROGRAMS_KONTOR_BACKUP_H
#include "backup/store.h"
#include "backup/manifest.h"
#include "modules/backup/backup.h"
#include "programs/options.h"

/* One backup or drill at a time in a data folder: keys, lock, what went before. */
struct safety {
	struct arena *arena;
	const char *dir, *scratch;          /* DIR, DIR/backup */
	int lock;
	bool gone, empty;                   /* the store last opened was not there; was there, but with nothing of ours */
	bool quiet;                         /* --gently: a stick that is not there is no line of the log */
	struct seed seed;
	struct sealer *seal;
	unsigned char lineage[LINEAGE_BYTES];
	struct backup_state state;
	struct { struct backup_target *at; size_t n, cap; } targets;     /* the active ones */
};
/* -1: a sentence was printed. */
int safety_open(struct safety *, const struct options *) MUST_USE;
void safety_close(struct safety *);
/* Writes the state file anew. */
int safety_save(struct safety *) MUST_USE;
/* Where the target is now: its folder, or for a stick that was plugged in elsewhere that place. */
const char *safety_folder(struct safety *, const struct backup_target *);
int64_t safety_ms(void);                    /* a clock that only goes on */

int kontor_backup(const struct options *);
int kontor_restore(const struct options *);
int kontor_drill(const struct options *);
#endif
