/* render.h: a page without a browser: the same handlers, rights and templates, for a program that wants to know whether a
 * database can be shown. Only where no server runs. */
#ifndef WEB_RENDER_H
#define WEB_RENDER_H
#include "web/web.h"

/* The answer's status; the page in the arena. */
int render_page(struct db *, struct arena *, const char *path, const char *query, int64_t staff, instant now, const char **page_r);
#endif
