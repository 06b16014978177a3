/* seed_write.h: laying the seed into a data folder. */
#ifndef SEAL_SEED_WRITE_H
#define SEAL_SEED_WRITE_H
#include "seal/seal.h"

/* DIR/seed with this seed, readable by its owner only; never over another one. -1: logged. */
int seed_save(struct arena *, const char *dir, const struct seed *) MUST_USE;
/* The folder's seed; a new random one if there is none yet. -1: logged. */
int seed_make(struct arena *, const char *dir, struct seed *seed_r) MUST_USE;
#endif
