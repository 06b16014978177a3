/* booking_rules.h: what the services' rules (rules/visit.h) say of the visit in the booking panel and of one that is booked. */
#ifndef CALENDAR_BOOKING_RULES_H
#define CALENDAR_BOOKING_RULES_H
#include "modules/calendar/booking.h"

/* Once the chain is there: who is new gets the longer steps (unless .shorter), and the finder its bounds. */
void booking_rules_read(struct request *, struct booking *, const struct chain_wish *);
/* Her visits and tests as they stand now, and the bounds; again inside the transaction. */
void booking_rules_facts(struct request *, struct booking *);
/* Fills .verdicts for this slot. */
void booking_rules_judge(struct request *, struct booking *, const struct slot *);
/* For the panel: of the slot chosen, else of the time that is refused, else of the first one proposed. */
void booking_rules_show(struct request *, struct booking *);
/* The request without what a person may decide against: the bounds, the services' own hours and weekdays. */
struct slot_request booking_rules_lifted(struct arena *, struct slot_request);
/* Some verdict wants a reason or an answer, and none (or too long a one) was given: the sentence that says so; NULL: nothing. */
const char *booking_rules_refusal(struct request *, const struct booking *);
/* "Patch test missing; not on Saturday": what it is booked against, as it is kept; NULL: against nothing. */
char *booking_rules_broken(struct arena *, struct db *, const struct booking *);
/* The refill that is kept though it comes late; NULL. */
char *booking_rules_kept(struct arena *, struct db *, const struct booking *);
/* With the way out ("possible from … on"); for what is kept, without. */
char *visit_text(struct arena *, struct db *, const struct chain *, const struct visit_verdict *);
char *visit_text_kept(struct arena *, struct db *, const struct chain *, const struct visit_verdict *);
/* The section of the panel. */
void booking_rules_html(struct out *, struct request *, const struct booking *);

/* ---- of an appointment (appt_rules.c) ---- */
/* As it stands, one sentence each; what its reason speaks of already is left out. */
struct rule_texts { const char *at[24]; size_t n; };
struct rule_texts appt_rules_of(struct request *, const struct book_appt *, str reason);
/* What speaks against it there, placed by this chain, and did not where it lies; NULL: nothing. */
char *appt_rules_moved(struct request *, const struct book_appt *, const struct chain *, const struct slot *to);
/* Proposals keep within the rules, unless it was booked against them on purpose. */
void appt_rules_bound(struct request *, const struct book_appt *, struct slot_request *);
/* When the chain's steps lie in this slot. */
void rules_when(const struct chain *, const struct slot *, struct visit_when *when_r);
#endif
