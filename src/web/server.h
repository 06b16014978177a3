/* server.h: HTTP. Two reading threads with a read-only connection each; POSTs go to the queue. One per program. */
#ifndef WEB_SERVER_H
#define WEB_SERVER_H
#include "web/queue.h"

struct server_config {
	const char *listen;                          /* "127.0.0.1" */
	uint16_t port;
	const char *database;                        /* path of kontor.db */
	const char *const *names; size_t nnames;     /* further Host names that are ours */
	instant (*clock)(void);
	queue_fn *submit;                            /* NULL: nothing can be changed here */
};
/* 0; -1: could not start, logged. The config must live until server_stop(). */
int server_start(const struct server_config *) MUST_USE;
/* Once a second: slow clients are put out, the live streams get their heartbeat. */
void server_tick(void);
/* Requests under way are answered; first stop what answers the queue's. */
void server_stop(void);
#endif
