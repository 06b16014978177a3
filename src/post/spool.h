/* spool.h: a shop's letters, which nobody here can read, until the shop says it has them. Files of records of equal size under
 * SHOP/spool, only ever appended to; what the shop has is marked in place, and a file goes when it has all of it. What is known
 * of them in memory belongs to the serving thread; the files are written by the disk's thread (spool_write). */
#ifndef POST_SPOOL_H
#define POST_SPOOL_H
#include "seal/letter.h"

enum { SPOOL_RECORD = 8 + 8 + LETTER_ID + LETTER_SEALED + 16, SPOOL_FETCH = 1 + 8 + LETTER_ID + LETTER_SEALED, SPOOL_SEGMENT = 512 };
enum letter_state { LETTER_PENDING = 1, LETTER_WAITING, LETTER_SEEN };
enum { SPOOL_PLAIN_FORM = 1 };                               /* a flag: sealed here, not in the browser */

struct spool;
struct spool_letter { uint8_t id[LETTER_ID]; uint32_t segment, slot; uint8_t state, flags; uint64_t arrived; };

/* Opens or makes FOLDER/spool; a record that was only half written is cut off. most: letters that may wait. NULL: logged. */
struct spool *spool_open(struct arena *, int folder, uint32_t most);
struct spool_letter *spool_find(struct spool *, const uint8_t id[LETTER_ID]);
bool spool_full(const struct spool *);
uint32_t spool_waiting(const struct spool *);
/* A place for a new one, LETTER_PENDING. Taken back with spool_forget() if it could not be written. */
void spool_expect(struct spool *, const uint8_t id[LETTER_ID], uint8_t flags, uint64_t arrived);
void spool_forget(struct spool *, const uint8_t id[LETTER_ID]);
void spool_arrived(struct spool *, const uint8_t id[LETTER_ID], uint32_t segment, uint32_t slot);
/* The shop has it. Segments that are done with now are removed. */
void spool_seen(struct spool *, const uint8_t id[LETTER_ID]);
void spool_sweep(struct spool *);
/* The oldest that wait, SPOOL_FETCH bytes each: flags, arrived (highest byte first), id, sealed. How many. */
size_t spool_fetch(struct spool *, uint8_t *to, size_t most);

/* ---- for the disk's thread ---- */
struct spool_write { uint8_t record[SPOOL_RECORD]; uint32_t segment, slot; };
void spool_record(uint8_t record_r[SPOOL_RECORD], const uint8_t id[LETTER_ID], const uint8_t *sealed, uint8_t flags, uint64_t arrived);
/* Appends all, one fdatasync for them together. -1: none of them is kept; logged. */
int spool_append(struct spool *, struct spool_write **, size_t n) MUST_USE;
/* Not synced: what comes again after a crash is known to the shop by its msgid. */
int spool_mark_seen(struct spool *, uint32_t segment, uint32_t slot) MUST_USE;
#endif
