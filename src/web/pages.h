/* pages.h: what this floor brings itself. A program's list takes web_module and one of the others. */
#ifndef WEB_PAGES_H
#define WEB_PAGES_H
#include "web/web.h"
extern const struct module web_module;           /* sign-in page, lock, PIN, change log, live events */
extern const struct module web_look_module;      /* signing in where nothing may be written */
extern const struct module web_write_module;     /* signing in at a station, undo */
#endif
