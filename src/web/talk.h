/* talk.h: one request on the wire, from its first line to the last byte of its answer. For the files of the server. */
#ifndef WEB_TALK_H
#define WEB_TALK_H
#include "web/queue.h"
#include "web/server.h"
#include "web/web_private.h"
#include <microhttpd.h>

struct talk {
	struct talk *next_spare;
	struct arena *arena;
	struct MHD_Connection *connection;
	struct request request;
	struct web_state state;
	struct waiting waiting;
	const char *uri;                             /* as it came */
	char *body; size_t length, room;
	bool begun;
};

struct talk *talk_new(const char *uri);
void talk_free(struct talk *);
/* Fills in the request from headers and address. 0, or the status to refuse with. */
int talk_open(struct talk *, struct MHD_Connection *, const char *method, const char *version, const struct server_config *);
/* The body is complete. 0, or 400. */
int talk_read_body(struct talk *);

/* answer.c */
enum MHD_Result answer_request(struct talk *, const struct server_config *);
enum MHD_Result answer_status(struct MHD_Connection *, int status, const char *allow);
/* NULL path: no such asset. */
enum MHD_Result answer_asset(struct MHD_Connection *, const char *name, bool versioned);
#endif
