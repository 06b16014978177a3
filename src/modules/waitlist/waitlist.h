/* waitlist.h: the waiting list: who would come if there were time, and whom to call when time comes free. */
#ifndef WAITLIST_WAITLIST_H
#define WAITLIST_WAITLIST_H
#include "modules/calendar/calendar.h"
#include "rules/waiting.h"

struct waitlist_entry {
	int64_t id, version, customer;
	str last, first, phone, note;
	str services, labels;                       /* "12,15@3" as in chain.h; "Schnitt, Föhnen" */
	bool only;                                  /* nobody but wish.staff */
	struct waiting_wish wish;
	str wished_name;                            /* of wish.staff; NULL */
	day booked;                                 /* has got another appointment meanwhile; .n = NONE: none */
};
struct waitlist_entries { struct waitlist_entry *at; size_t n, cap; };

/* Those who wait, the longest first; or those whose last day is over. */
struct waitlist_entries waitlist_load(struct db *, day today, bool expired);
/* false: no such entry, or it was booked meanwhile. */
bool waitlist_load_one(struct db *, int64_t id, struct waitlist_entry *entry_r);
int64_t waitlist_count(struct db *, day today);
/* How many expired ones there are. */
int64_t waitlist_expired(struct db *, day today);

/* One entry's proposal: when and by whom. */
struct waiting_proposal { const struct waitlist_entry *waiting; struct chain chain; struct waiting_fit fit; };
struct waiting_proposals { struct waiting_proposal *at; size_t n, cap; };
void waitlist_chain(struct db *, const struct waitlist_entry *, struct chain *chain_r);
/* Who fits a time that came free, best first. */
struct waiting_proposals waitlist_fitting(struct request *, const struct waiting_window *);

/* Words: "Do nachmittags, bis 20. Dez."; "45′ passt genau". */
char *waitlist_wish_text(struct arena *, const struct waiting_wish *, day today);
char *waitlist_fit_text(struct arena *, const struct waiting_window *, const struct waiting_fit *);

/* The list in the panel beside the book, with a sentence on top (NULL = none). */
void waitlist_page(struct request *, const char *error);
extern const struct module waitlist_module, waitlist_change;
#endif
