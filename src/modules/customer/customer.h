/* customer.h: the customer file: finding somebody as one types, the card that pops up while booking, list and form. */
#ifndef CUSTOMER_CUSTOMER_H
#define CUSTOMER_CUSTOMER_H
#include "entity/entity.h"
#include "web/web.h"

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
/* Only her name, her usual employee, and in visits whether there was one (1) or not (0). */
bool customer_brief(struct db *, int64_t id, struct customer_card *card_r);
char *customer_name(struct arena *, str last, str first);    /* "Kerber, Anna" */

struct customer {
	int64_t id, version;
	str last, first, title, company, mobile, phone, phone_other, mail, street, postcode, town, country, note, alert, source;
	day birthday, since;
	bool birthday_year, active;
	ref usual_staff;
};
extern const struct entity customer_entity;
extern const struct module customer_module, customer_change;
/* The list beside the form: who was found, or who was here last. */
void customer_list(struct request *, const struct entity_filter *, int64_t current, bool may_change);
/* The file's other half: visits and what comes next. For the page of one customer. */
void customer_history(struct request *, int64_t id);
#endif
