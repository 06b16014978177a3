/* booking.h: the panel "Termin anlegen". All of its state stands in the address (and in the form's fields), so that it works
 * without JavaScript and can be tested as text: ?day= q= customer= walkin= new= last= first= mobile= svc= add= staff= only= place= when=
 * at= (day-start of the chosen slot) shorter= keep= why= (booking_rules.h) p1= p2= p3= party= (companions: party_guests.h). */
#ifndef CALENDAR_BOOKING_H
#define CALENDAR_BOOKING_H
#include "modules/calendar/catalogue.h"
#include "modules/calendar/chain.h"
#include "modules/calendar/hours.h"
#include "modules/customer/customer.h"
#include "rules/when.h"
#include "web/web.h"

enum { BOOKING_HITS = 7, BOOKING_SLOTS = 3, BOOKING_MORE = 12 };

struct party_guests;
struct service_hit { int64_t id; str name, code, style; int minutes; };

struct booking {
	str path, extra;                            /* where its links lead: "/book/new"; what they carry besides: "&a=1" or "" */
	day day;                                    /* shown in the book */
	bool walk_in, is_new, only, more, staff_said;
	str q, last, first, mobile, services, add, when_text, note;
	bool services_said;                         /* false: "wie letztes Mal" stands there as a proposal */
	int64_t customer, staff;
	int64_t place;                              /* from a room's column of the book; 0 = any, also if nothing needs such a place */
	str place_name;
	int64_t replace, version;                   /* other services for this appointment; 0 = a new one */
	struct customer_card card;
	struct customer_hit hits[BOOKING_HITS];
	size_t nhits;
	struct service_hit service_hits[BOOKING_HITS];
	size_t nservice_hits;
	const struct staff_name *names;
	size_t nnames;
	struct chain chain;
	struct party_guests *guests;                /* her companions, and the steps of all of them, hers first; n = 0: none */
	const struct slot_step *joint; size_t njoint;
	struct when when;
	bool when_wrong;
	struct slot_world world;
	struct slots slots;
	str losses[BOOKING_MORE];                   /* what each of them destroys; NULL = nothing */
	day at_day;                                 /* the slot chosen; start -1 = none yet */
	int at_start;
	str refused;                                /* why the wished time is impossible; NULL */
	day refused_day;
	int refused_start;
	int64_t head;                               /* the journal's, when the order was read, */
	struct hours_frame frame;                   /* and of the day of the slot what is seldom changed */
	str error;                                  /* of the last attempt to save; NULL */
	bool never_here, shorter;                   /* who is new gets what takes longer; shorter: that was taken back */
	bool keep;                                  /* a refill stays one though it comes late */
	bool refused_rule;                          /* the time wished is refused by a rule only */
	struct visit_facts facts;
	struct slot_bound not_before, not_after;
	struct visit_verdicts verdicts;             /* booking_rules.h */
	str why;                                    /* the reason for booking against them */
};

/* Reads the state from the request and looks up whom and what it means; then the times for the panel. */
void booking_read_wish(struct request *, struct booking *booking_r);
/* Only what is needed to book it; and what is missing then, should it be refused and the panel shown again. */
void booking_read_order(struct request *, struct booking *booking_r);
void booking_read_rest(struct request *, struct booking *);
void booking_propose(struct request *, struct booking *);
/* What the slot finder is asked. */
struct slot_request booking_request(const struct booking *);
/* The address of this state with one value changed (NULL = taken away). */
char *booking_link(const struct booking *, struct arena *, const char *key, const char *value);
str staff_code_of(const struct booking *, int64_t staff);
str staff_name_of(const struct booking *, int64_t staff);
char *slot_reason_text(struct arena *, const struct booking *, const struct slot_reason *);
bool slot_reason_good(const struct slot_reason *);
char *slot_block_text(struct arena *, struct db *, const struct booking *, const struct slot_block *);
/* What reaches into the hour that the night lacks when the clock is put forward, or over it, cannot be, not even "trotzdem": it would
 * be an hour shorter than it says. The whole sentence; NULL: that day has all these minutes. */
char *slot_clock_text(struct arena *, day, int start, int end);
void booking_panel(struct request *, const struct booking *);
handler_fn page_booking;
#endif
