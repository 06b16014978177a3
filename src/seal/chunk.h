/* chunk.h: one piece of what is published, sealed for an audience. The same piece gives the same bytes again, so that what did
 * not change need not travel; beyond that, only its size rounded up (Padmé) can be seen. */
#ifndef SEAL_CHUNK_H
#define SEAL_CHUNK_H
#include "base/arena.h"
#include "seal/document.h"

enum { CHUNK_KEY = 32, CHUNK_PLAIN_MAX = 16 << 20 };

struct chunk_place { str audience, name; };

/* salt ‖ AES-256-GCM(u32 length ‖ raw deflate ‖ zeros). key: the audience's, of this key epoch. */
struct bytes chunk_seal(struct arena *, const uint8_t key[CHUNK_KEY], struct chunk_place, struct bytes plain);
/* REFUSED_SEAL: not with this key, for this audience and name, or changed; REFUSED_HASH: its salt is not what it says. */
enum refusal chunk_open(struct arena *, const uint8_t key[CHUNK_KEY], struct chunk_place, struct bytes sealed, struct bytes *plain_r) MUST_USE;
size_t chunk_padded(size_t n);                               /* PURBs, section 4: at most 12 % more */
#endif
