/* login_private.h: what login.c and login_write.c share. */
#ifndef WEB_LOGIN_PRIVATE_H
#define WEB_LOGIN_PRIVATE_H
#include "web/web_private.h"

enum { STATION_DAYS = 400 };

/* Checks name and password (argon2: on the reading thread). Right: r->user is set; wrong: the page is the form again. */
handler_fn login_check;
/* Refuses (403) what came from nobody: the door, which carries along what was sent. */
void login_refuse(struct request *, const char *sentence);
/* Opens the session of r->user at this station and redirects. */
void login_enter(struct request *, int64_t station, const char *station_name);
const char *login_station_hash(struct arena *, const char *token);           /* SHA-256, hex */
const char *login_station_name(const struct request *);      /* as typed, or "Computer" */
handler_fn login_page, login_memory, login_pin, login_lock;
#endif
