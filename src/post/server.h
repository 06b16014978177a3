/* server.h: the loop that moves bytes. One thread; whoever is slow, or too many, is put out. */
#ifndef POST_SERVER_H
#define POST_SERVER_H
#include "post/talk.h"

/* Opens the port. -1: logged. */
int server_open(struct box *) MUST_USE;
/* Until `stop` can be read (a signalfd). */
void server_run(int stop);
void server_close(void);
#endif
