/* kontor_serve.h: the subcommands of kontor. Each gives the exit status. */
#ifndef PROGRAMS_KONTOR_SERVE_H
#define PROGRAMS_KONTOR_SERVE_H
#include "programs/options.h"
int kontor_serve(const struct options *);
int kontor_demo(const struct options *);
int kontor_import(const struct options *);
int kontor_slots(const struct options *);
#endif
