/* quota.h: how much one source may send in a day, without remembering who it was: counters under a keyed hash of the address's
 * prefix; the key is random, lives in memory only and is another one each day. */
#ifndef POST_QUOTA_H
#define POST_QUOTA_H
#include "base/values.h"

/* Counts one more of this source for this shop. false: that was too many today. now: seconds of a clock that only goes forward. */
bool quota_take(const char *address, size_t shop, uint64_t most, int64_t now) MUST_USE;
#endif
