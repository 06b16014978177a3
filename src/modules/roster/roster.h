/* roster.h: the duty roster: who works when, absences asked for and granted, the vacation account. */
#ifndef ROSTER_ROSTER_H
#define ROSTER_ROSTER_H
#include "web/web.h"

extern const struct module roster_module, roster_change;
#endif
