/* restore_write.h: bringing a state back into a folder of its own. */
#ifndef BACKUP_RESTORE_WRITE_H
#define BACKUP_RESTORE_WRITE_H
#include "backup/manifest.h"

/* The database of this generation as a new file at path, on the disk, with the hash that the manifest tells. -1: s->fault. */
int restore_database(struct store *, const struct manifest *, const char *path) MUST_USE;

/* The generation to begin with for a moment: the newest whose change log ends by then; number 0: all are later. And one whose
 * log goes beyond: the oldest such; number 0: none does. Damaged lists are left out (s->warning). */
int restore_around(struct store *, instant moment, struct manifest *before_r, struct manifest *after_r) MUST_USE;

struct restored { int64_t number, later; int64_t head; instant head_at; };
/* dir/kontor.db as it was at that moment: the newest generation before, and from a later one the changes up to then. Fails
 * unless the result is whole: file, references, change log and replay. */
int restore_moment(struct store *, instant moment, const char *dir, struct restored *) MUST_USE;
/* dir/kontor.db of one generation, checked in the same way. */
int restore_generation(struct store *, int64_t number, const char *dir, struct restored *) MUST_USE;
#endif
