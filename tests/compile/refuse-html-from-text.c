/* A text is not HTML until somebody says so. */
#include "base/out.h"
void show(struct out *, const char *);
void show(struct out *o, const char *text) { out_html(o, text); }
