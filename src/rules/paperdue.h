/* paperdue.h: when the emergency sheet is printed anew: at closing time, after many changes, and never much later than
 * something changed. */
#ifndef RULES_PAPERDUE_H
#define RULES_PAPERDUE_H
#include "rules/rules.h"

enum { PAPER_MANY = 12, PAPER_PAUSE = 10 * 60, PAPER_LATE = 60 * 60 };       /* changes; seconds; seconds */

struct paper_facts {
	instant now, printed;               /* printed.s = NONE: there is no sheet yet */
	day today, printed_day;             /* local */
	int now_min, printed_min;           /* local minutes of both */
	int closing;                        /* minutes; the shop's today, -1 = closed all day */
	int64_t changes;                    /* since it was printed */
};
bool paper_due(const struct paper_facts *);
#endif
