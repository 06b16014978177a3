/* command_write.h: one POST as one command of the journal, on the writing connection, inside of a group. */
#ifndef WEB_COMMAND_WRITE_H
#define WEB_COMMAND_WRITE_H
#include "web/web.h"
/* The request holds its answer. 1: it is true only once the group has reached the disk; 0: nothing was changed;
 * -1: the database failed, this command's changes are gone. */
int command_write_run(struct request *) MUST_USE;
/* Instead of an answer that did not become true; disk: because the group did not reach the disk. */
void command_write_lost(struct request *, bool disk);
#endif
