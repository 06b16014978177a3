/* queue_write.h: the one writing thread. What waits while one group goes to the disk becomes the next group. */
#ifndef WEB_QUEUE_WRITE_H
#define WEB_QUEUE_WRITE_H
#include "web/queue.h"

void queue_write_start(struct db *writer);   /* the connection is the thread's from now on */
queue_fn queue_write_submit;
void queue_write_stop(void);                 /* does what is waiting, then ends the thread */
#endif
