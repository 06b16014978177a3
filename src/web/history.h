/* history.h: the change log as people read it. */
#ifndef WEB_HISTORY_H
#define WEB_HISTORY_H
#include "web/web.h"
handler_fn history_page;         /* GET /journal, newest first; ?before=seq */
handler_fn history_of;           /* GET /journal/<kind>/#: of one record */
#endif
