/* party_guests.h: companions in the booking panel. Whoever is looked at stands in the usual fields; the others are put aside, one
 * value each: p1=customer;services;staff;only;last;first;mobile with "n" for a new customer and "w" for one without a name:
 * p1=1;5,7@3;3;0 or p2=n;5;0;0;Muster;Maria;0171. A ";" in a name becomes ",". party=add puts the one looked at aside, party=edit2
 * changes places with p2, party=drop2 leaves p2 out. */
#ifndef CALENDAR_PARTY_GUESTS_H
#define CALENDAR_PARTY_GUESTS_H
#include "modules/calendar/booking.h"
#include "modules/calendar/day.h"
#include "modules/calendar/party.h"

struct party_guest {
	int64_t customer, staff;                    /* 0 = none, anyone */
	bool is_new, walk_in, only;
	str last, first, mobile, services, name, said;   /* said: as it stands in the address */
	struct customer_card card;
	struct chain chain;
	str broken;                                 /* rules it would be booked against at the time judged; NULL = none */
};
struct party_guests { struct party_guest at[PARTY_GUESTS]; size_t n; };

/* Reads p1 … p3 and puts their steps beside those of the one looked at (booking->joint). */
void party_guests_read(struct request *, struct booking *);
/* What party= asks for. true: the address to go on with was written. false: nothing was asked for, or booking->error says why not. */
bool party_guests_turn(struct request *, struct booking *);
/* The part of a slot that belongs to the steps first .. first + n - 1. */
struct slot party_guests_part(struct arena *, const struct slot *, size_t first, size_t n);
/* The proposals of this day, drawn strand by strand; how many. */
size_t party_guests_picks(struct arena *, const struct booking *, day, struct day_pick **picks_r);
/* Parts of the panel: hidden fields, the list of those put aside, the button for one more. */
void party_guests_state(struct out *, const struct booking *);
void party_guests_query(struct out *, const struct booking *);
void party_guests_html(struct out *, const struct booking *);
void party_guests_add_html(struct out *, const struct booking *);
#endif
