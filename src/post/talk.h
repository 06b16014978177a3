/* talk.h: one connection, and what is answered on it. serve.c decides, server.c moves the bytes. */
#ifndef POST_TALK_H
#define POST_TALK_H
#include "post/disk.h"
#include "post/http.h"
#include <sys/types.h>

enum talk_state { TALK_IDLE, TALK_HEAD, TALK_BODY, TALK_DISK, TALK_ANSWER, TALK_LINGER };
struct talk {
	struct talk *next, **back;
	enum talk_state state;
	int fd;
	int64_t until;                               /* put out after this second */
	char *in; size_t nin, used;                  /* HTTP_HEAD_MAX bytes while a request is under way; what came; how much of it is this one */
	struct http_head head;
	struct box_shop *shop; const char *rest;     /* "letters", "c/…" */
	void (*then)(struct talk *);                 /* when the body is there */
	const char *allow;                           /* what a 405 says */
	char *body; size_t nbody, room;
	char *out; size_t nout, sent;                /* head of the answer, and a short body */
	int file; off_t at, end;                     /* the rest of the body; -1: none */
	char address[46];
	bool keep, gone;                             /* gone: closed while the disk worked for it */
};

struct serve { struct box *box; int64_t (*clock)(void); int64_t second; };     /* UTC seconds; seconds that only go forward */
extern struct serve serving;

/* The head is read. Answers, or says with `room` and `then` what body it wants. */
void serve_head(struct talk *);
/* The body is there. */
void serve_body(struct talk *);
/* The disk is done with its job: answers. The job is freed. */
void serve_done(struct job *);
/* body is copied; NULL: none. more: further header lines, each with its CR LF. */
void talk_answer(struct talk *, int status, const char *type, const char *more, struct bytes body);
void talk_refuse(struct talk *, int status);                 /* one plain sentence; the connection ends if a body is left unread */
void talk_file(struct talk *, int fd, off_t size, const char *type, const char *more);
#endif
