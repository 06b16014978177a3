/* guest.h: the open connections, so that those who send their request byte by byte are put out. */
#ifndef WEB_GUEST_H
#define WEB_GUEST_H
#include <microhttpd.h>

enum { GUEST_SECONDS = 20, GUEST_IDLE_SECONDS = 60 };        /* for a request once begun; between two requests */
void guest_notify(void *, struct MHD_Connection *, void **socket_context, enum MHD_ConnectionNotificationCode);
void guest_begins(struct MHD_Connection *);                  /* its request line arrived */
void guest_sends(struct MHD_Connection *);                   /* its headers are there: the body comes */
void guest_served(struct MHD_Connection *);                  /* the request is complete: the time is ours now */
void guest_idle(struct MHD_Connection *);                    /* answered */
/* libmicrohttpd 0.9.75 writes its own answer to a malformed Content-Length twice, and does not say whom it is for. Those
 * of this thread whose headers are incomplete are put out instead: browsers send all of them at once. */
void guest_malformed(void);
void guest_tick(void);                                       /* a second went by */
#endif
