/* store_write.h: laying files into a store. */
#ifndef BACKUP_STORE_WRITE_H
#define BACKUP_STORE_WRITE_H
#include "backup/store.h"

/* Makes a store of a folder that is STORE_NEW. -1: s->fault. */
int store_make(struct store *) MUST_USE;

/* A file on its way: written under another name, then brought to the disk and named. Nothing is ever written over. */
struct fresh { int file; char *path, *final; };
int fresh_begin(struct store *, const char *final, struct fresh *) MUST_USE;
int fresh_write(struct store *, struct fresh *, const void *bytes, size_t n) MUST_USE;
int fresh_end(struct store *, struct fresh *) MUST_USE;
void fresh_drop(struct store *, struct fresh *);
/* What one of ours left there when it was killed. The caller holds the lock of this shop's data folder. */
void store_sweep(struct store *);
/* Removes the files there whose names begin like this. A folder that is not there is none of its business. */
void store_sweep_folder(const char *path, const char *begin);
int store_sync_folder(const char *path);
#endif
