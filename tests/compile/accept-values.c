/* Each type by its own rule. */
#include "base/out.h"
void show(struct out *, const char *);
void show(struct out *o, const char *text)
{
	put(o, text);
	put(o, (money){ 100 });
	put(o, (struct html){ "<b>" });
}
