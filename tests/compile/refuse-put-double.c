/* Nor shown. */
#include "base/out.h"
void show(struct out *);
void show(struct out *o) { put(o, 1.5); }
