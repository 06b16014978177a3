/* login_write.h: the first sign-in at a station, which is kept. */
#ifndef WEB_LOGIN_WRITE_H
#define WEB_LOGIN_WRITE_H
#include "web/web.h"
handler_fn login_write_station;
#endif
