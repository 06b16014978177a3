/* options.h: --name value on the command line. */
#ifndef PROGRAMS_OPTIONS_H
#define PROGRAMS_OPTIONS_H
#include "base/values.h"

struct option_rule { const char *name; bool flag; };         /* "--data"; a flag has no value */
struct options { int argc; char **argv; const struct option_rule *rules; };

/* false: an unknown one, or one without its value; a sentence was printed. */
bool options_right(const struct options *);
const char *options_get(const struct options *, const char *name);           /* NULL: not given; a flag gives "" */
/* false: given, but no number from `least` to `most`; a sentence was printed. */
bool options_number(const struct options *, const char *name, int64_t least, int64_t most, int64_t *value_r);
const char *options_rest(const struct options *, int i);     /* the i-th word that is no option; NULL: none */
#endif
