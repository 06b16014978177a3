/* clock.h: the only place that reads the time. KONTOR_NOW=2026-11-23T11:20 (the shop's zone) stands it still, for tests. */
#ifndef PROGRAMS_CLOCK_H
#define PROGRAMS_CLOCK_H
#include "base/values.h"
instant clock_now(void);
#endif
