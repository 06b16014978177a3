/* queue.h: how a POST reaches the one writing thread. The looking program has no queue. */
#ifndef WEB_QUEUE_H
#define WEB_QUEUE_H
#include "web/web.h"

struct waiting {                     /* owned by whoever submits; untouched by them until done() was called */
	struct waiting *next;
	struct request *request;
	int result;
	void (*done)(struct waiting *);  /* on the writing thread, after the disk has it */
};
typedef void queue_fn(struct waiting *);
#endif
