/* prune_write.h: throwing away what rules/keep.h does not keep. A store that refuses deletion is fine: all stays. */
#ifndef BACKUP_PRUNE_WRITE_H
#define BACKUP_PRUNE_WRITE_H
#include "backup/make_write.h"

/* More than this many at once is no aging: the times of arrival were lost (a folder was copied), and nothing is thrown away. */
enum { PRUNE_MOST = 24, PRUNE_AGE = 24 * 3600 };     /* generations; seconds until a pack that nobody uses goes */
void prune(struct store *, struct made *);
#endif
