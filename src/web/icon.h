/* icon.h: icons of the sprite (src/assets/icons.txt), decorative or with a name of their own. */
#ifndef WEB_ICON_H
#define WEB_ICON_H
#include "base/out.h"

void icon(struct out *, const char *name);                          /* hidden from screen readers */
void icon_named(struct out *, const char *name, const char *label); /* read aloud as label */
#endif
