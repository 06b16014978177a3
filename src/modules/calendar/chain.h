/* chain.h: what a visit is made of before it is booked: services in order, who may do each, how long it takes with whom
 * and for this customer. From it the slot finder's request is made, and later the frozen steps of the appointment. */
#ifndef CALENDAR_CHAIN_H
#define CALENDAR_CHAIN_H
#include "db/db.h"
#include "modules/calendar/book.h"
#include "rules/slots.h"
#include "rules/visit.h"

enum { CHAIN_MOST = 12 };

struct chain_price { int64_t staff; money price; };
struct chain_link {
	int64_t service, wished, only;                      /* wished: 0 = anyone; only: said in the notation ("15@3"), else 0 */
	str label, code, style;
	money price;                                        /* the service's own; see chain_price_of() */
	int minutes;                                        /* all phases, without extras */
	str phase_names[16];
	struct chain_price *prices;
	size_t nprices;
	struct visit_rule rule;
	int64_t said;                                       /* the service it stands for because the customer is new; 0 = itself */
};
struct chain {
	struct chain_link links[CHAIN_MOST];
	struct slot_step steps[CHAIN_MOST];                 /* the same, as the slot finder wants it */
	size_t n;
	int minutes;                                        /* from start to end, extras left out; chain_minutes() */
};
struct chain_wish { int64_t customer, staff; bool only; };

/* One service, by `only` if not 0. false: unknown or retired. */
bool chain_load_one(struct db *, int64_t service, int64_t only, const struct chain_wish *, struct chain_link *link_r, struct slot_step *step_r);
/* "12,15@3": service 12, then service 15 by employee 3. "12+15@3": at once, 15 begins with the visit, at somebody else's hands (a strand,
 * slots.h; what comes after it follows it). A blank is a plus. Unknown, retired and malformed parts are left out. */
void chain_load(struct db *, const char *services, const struct chain_wish *, struct chain *chain_r);
/* The notation of a chain; without one of its steps; with this step at once instead of after the one before, or the other way round. */
char *chain_notation(struct arena *, const struct chain *);
char *chain_without(struct arena *, const struct chain *, size_t leave);
char *chain_turned(struct arena *, const struct chain *, size_t step);
/* And of what is booked, with its people or for anybody. Does this step of it begin together with the visit, beside the first? */
char *chain_notation_of(struct arena *, const struct book_appt *, bool people);
bool chain_beside(const struct book_appt *, size_t step);
/* The same notation for a customer's last visit (or what is stored as usual); NULL if there was none. */
str chain_as_last_time(struct db *, int64_t customer);
/* An appointment as it was frozen, to be placed anew: its own phases and durations. to != 0: the steps of employee `from`
 * (0 = all) go to employee `to` and nobody else. to = 0: its own people, or others who do the same. */
void chain_of_appointment(struct db *, const struct book_appt *, int64_t from, int64_t to, struct chain *chain_r);
/* From its start to its end, without extras. A step goes on during the tail before it (slots.h), unless a later one needs such a
 * place: so a "trotzdem" lies, and a proposal mostly. */
int chain_minutes(const struct chain *);
/* With so many minutes more or less for each step. */
int chain_minutes_with(const struct chain *, const int *extra);
/* To this place (of this class) goes what takes one of its class, or with from != 0 only what stood on place `from`; it may go to
 * no other. false: nothing needs such a place; then the chain takes it `all_the_same`, for a "trotzdem", or stays. */
bool chain_to_place(struct arena *, struct chain *, const struct place *to, int64_t from, bool all_the_same);
/* The same for a device: a service names its device, so another one is always against it, and taken all the same. */
bool chain_to_device(struct arena *, struct chain *, int64_t to, int64_t from);
/* Its last active phase ends so many minutes later (or earlier). false: less than five minutes would be left of it. */
bool chain_stretch(struct arena *, struct chain *, int by);
/* "Trotzdem": this very time whatever stands there, with the person and place wished, or the first who can and the first place. */
void chain_force(struct arena *, const struct chain *, const struct slot_world *, day, int start, struct slot *slot_r);
/* What the service asks of a visit; a step's own hours and weekdays come from it. */
void chain_rule_load(struct db *, struct chain_link *, struct slot_step *);
money chain_price_of(const struct chain_link *, int64_t staff);
#endif
