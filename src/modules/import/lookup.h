/* lookup.h: texts and the numbers that stand for them, for comparing what was found with what is there. */
#ifndef IMPORT_LOOKUP_H
#define IMPORT_LOOKUP_H
#include "base/arena.h"
#include "base/values.h"

enum { LOOKUP_NONE = -1, LOOKUP_SEVERAL = -2 };
struct lookup { struct arena *arena; struct lookup_entry *at; size_t n, cap; };

/* The first number put under a key stays; a different one marks it as standing for several. The key is not copied. */
void lookup_put(struct lookup *, const char *key, int64_t number);
int64_t lookup_get(const struct lookup *, const char *key);    /* LOOKUP_NONE, LOOKUP_SEVERAL */
int64_t lookup_first(const struct lookup *, const char *key);  /* also if there are several */
#endif
