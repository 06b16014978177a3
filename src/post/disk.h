/* disk.h: the one thread that writes. Jobs that wait together are made durable together; each comes back when it is. */
#ifndef POST_DISK_H
#define POST_DISK_H
#include "post/box.h"

enum job_kind { JOB_LETTER, JOB_AGAIN, JOB_SEEN, JOB_FILE };
struct job {
	struct job *next;
	enum job_kind kind;
	struct box_shop *shop;
	void *about;                                 /* the connection that waits */
	struct spool_write letter;                   /* LETTER */
	uint8_t id[LETTER_ID];                       /* LETTER, AGAIN: answered with those before it */
	uint8_t *ids; size_t nids;                   /* SEEN: ids, and where they lie */
	struct { uint32_t segment, slot; } *places;
	const char *path; struct bytes bytes;        /* FILE */
	uint8_t *keep; size_t nkeep;                 /* FILE, a manifest: the hashes of the pieces of it and of the one before */
	bool manifest; struct mark mark; uint8_t reqkey[HPKE_KEY];           /* FILE: what is current when it is written */
	int result;                                  /* 0, or -1: could not be written */
};

/* Begins the thread. Gives a file descriptor that can be read when jobs are done; -1: logged. */
int disk_start(void) MUST_USE;
void disk_submit(struct job *);
struct job *disk_done(void);                     /* a chain of finished ones, in their order; NULL: none */
void disk_stop(void);                            /* all that were submitted are done first */
#endif
