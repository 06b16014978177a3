/* slots_breaks.h: a part of the slot finder: have the breaks that may move (breaks.h) still a place? */
#ifndef RULES_SLOTS_BREAKS_H
#define RULES_SLOTS_BREAKS_H
#include "rules/slots_plan.h"

/* Beside all that the person (row of the map) is to do in the visit. Breaks whose bounds this does not reach are not asked.
 * until_r: if not, where the bounds of the one without a place end, in minutes. */
bool slots_breaks_hold(const struct slots_plan *, int dayno, int row, const struct bits *claims, int *until_r);
/* Starts at which nobody's break can be squeezed, whoever does whatever of the visit. */
struct bits slots_breaks_safe(const struct slots_plan *, int dayno);
#endif
