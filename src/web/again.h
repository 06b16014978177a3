/* again.h: what was sent while nobody was signed in any more, or with an old token, is not lost. It travels through the door in
 * hidden fields ("again": the path; "f." before each name) and is offered to be sent once more, with its command id. Not what
 * was typed as a password or a PIN, and no files. */
#ifndef WEB_AGAIN_H
#define WEB_AGAIN_H
#include "web/web_private.h"

/* The hidden fields for a form of the door; nothing if nothing was sent. */
void again_fields(const struct request *, struct out *);
/* Somebody is signed in now: the page that sends it again. false: there is nothing to send. */
bool again_offer(struct request *);
/* Refuses (403) a form with an old token of somebody who is signed in: the page that sends it again. */
void again_refuse(struct request *);
#endif
