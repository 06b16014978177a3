/* rules.h: what all rules share: spans of minutes within one local day. Rules are pure: arrays and "now" go in,
 * arrays come out; no SQL, no clock, no I/O. */
#ifndef RULES_RULES_H
#define RULES_RULES_H
#include "base/arena.h"
#include "base/values.h"

struct span { int start, end; };            /* minutes since local midnight, 0 <= start < end <= 1440 */
#endif
