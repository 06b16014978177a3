#include "web/icon.h"

/* Without a version: an icon is named dozens of times on a page, and the sprite is revalidated by its ETag. */
void icon(struct out *o, const char *name)
{
	out_raw(o, "<svg class=\"i\" aria-hidden=\"true\"><use href=\"/assets/icons.svg#");
	put(o, name);
	out_raw(o, "\"/></svg>");
}

void icon_named(struct out *o, const char *name, const char *label)
{
	out_raw(o, "<svg class=\"i\" role=\"img\" aria-label=\"");
	put(o, label);
	out_raw(o, "\"><use href=\"/assets/icons.svg#");
	put(o, name);
	out_raw(o, "\"/></svg>");
}
