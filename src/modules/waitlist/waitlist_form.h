/* waitlist_form.h: the panel for one entry. As with the booking panel its whole state stands in the address: customer=
 * new= last= first= mobile= svc= add= staff= only= and wd= (1..7, several) from= to= t1= t2= note=; form=1 says that
 * these were shown already. */
#ifndef WAITLIST_WAITLIST_FORM_H
#define WAITLIST_WAITLIST_FORM_H
#include "modules/waitlist/waitlist.h"

struct waiting_form {
	struct booking booking;                     /* whom and what */
	int64_t id, version;                        /* 0: a new entry */
	unsigned weekdays;
	str from, to, earliest, done_by, note;      /* as typed */
	str error;                                  /* why it was refused; NULL */
	const char *wrong;                          /* the field that the error is about; NULL */
};

void waitlist_form_read(struct request *, struct waiting_form *form_r);
void waitlist_form_page(struct request *, struct waiting_form *);
/* The form's address with an entry as it is saved. */
char *waitlist_form_path(struct arena *, const struct waitlist_entry *);
/* What was typed as a wish. false: .error says what is wrong with it. */
bool waitlist_form_wish(struct request *, struct waiting_form *, struct waiting_wish *wish_r);
#endif
