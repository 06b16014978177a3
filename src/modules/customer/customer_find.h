/* customer_find.h: finding a customer as one types, and the card that pops up while booking. */
#ifndef CUSTOMER_CUSTOMER_FIND_H
#define CUSTOMER_CUSTOMER_FIND_H
#include "db/db.h"

struct customer_hit { int64_t id; str name, phone, last_staff; day last_visit, next_visit; };

/* By the beginning of any word of the name, or the last digits of a phone number, or mail; best first. `text` as typed;
 * several words must all match. At most `limit` (<= 50). */
size_t customer_find(struct db *, const char *text, size_t limit, struct customer_hit *hits_r);

struct customer_visit { int64_t appointment; day day; str services, staff_codes; int minutes; };
struct customer_card {
	int64_t id, version, usual_staff;
	str last, first, title, mobile, phone, phone_other, mail, note, alert, town;
	day birthday, since;
	bool birthday_year;
	int visits, no_shows;
	struct customer_visit last_visits[5];
	size_t nlast;
	struct customer_visit next_visit;   /* appointment 0 = none */
};

/* false: no such customer. today: what lies before is a visit, from today on the next appointment. */
bool customer_card(struct db *, int64_t id, day today, struct customer_card *card_r);
char *customer_name(struct arena *, str last, str first);    /* "Kerber, Anna" */
#endif
