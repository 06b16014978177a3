/* aside_write.h: after damage was found and a whole backup was made: older ones that can't be brought back any more get another
 * name (….damaged), so that each proof from then on is about backups that count. */
#ifndef BACKUP_ASIDE_WRITE_H
#define BACKUP_ASIDE_WRITE_H
#include "backup/store_write.h"

/* All but this generation are read to the last page. A warning tells how many were set aside. */
void set_aside(struct store *, int64_t newest);
#endif
