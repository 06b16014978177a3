/* booking_rules.h: what the services' rules (rules/visit.h) say of the visit in the booking panel and of one that is booked. */
#ifndef CALENDAR_BOOKING_RULES_H
#define CALENDAR_BOOKING_RULES_H
#include "modules/calendar/booking.h"

/* Her visits and tests, once the chain is there: fills .facts and the finder's bounds. */
void booking_rules_read(struct request *, struct booking *);
/* Fills .verdicts for this slot. */
void booking_rules_judge(struct request *, struct booking *, const struct slot *);
/* For the panel: of the slot chosen, else of the time that is refused, else of the first one proposed. */
void booking_rules_show(struct request *, struct booking *);
/* Some verdict wants a reason, and none (or too long a one) was given: the sentence that says so; NULL: nothing. */
const char *booking_rules_refusal(struct request *, const struct booking *);
/* "Patch test missing; not on Saturday": what it is booked against; NULL: against nothing. */
char *booking_rules_broken(struct arena *, struct db *, const struct booking *);
/* Of an appointment as it stands. One sentence each. */
struct rule_texts { const char *at[24]; size_t n; };
struct rule_texts booking_rules_of(struct request *, const struct book_appt *);
char *visit_text(struct arena *, struct db *, const struct chain *, const struct visit_verdict *);
/* The section of the panel. */
void booking_rules_html(struct out *, struct request *, const struct booking *);
#endif
