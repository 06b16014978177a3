/* live.h: tells every open browser what changed (server-sent events). Any thread may call. */
#ifndef WEB_LIVE_H
#define WEB_LIVE_H
#include "base/values.h"
#include <microhttpd.h>

/* Answers this connection with the endless stream of this session. */
enum MHD_Result live_answer(struct MHD_Connection *, const char *token);
void live_send(const char *kind, int64_t id);
void live_lock(const char *token);           /* only to this session: its pages are to be covered */
void live_beat(void);                        /* a comment to all, so that dead connections show; every 15 s or so */
void live_stop(void);                        /* ends all streams; before the server stops */
#endif
