/* series.h: appointments that come again. A year is planned at once: each day the rule gives either fits, or says why not
 * and offers the nearest times. The person decides day by day; then everything is booked by one command. */
#ifndef SERIES_SERIES_H
#define SERIES_SERIES_H
#include "modules/calendar/calendar.h"
#include "rules/series.h"

enum { SERIES_PROPOSALS = 3 };

struct series_proposal { struct slot slot; bool other; };   /* other: not by the person wished */
struct series_visit {
	day planned;                            /* the rule's day */
	int64_t appointment;                    /* changing a series: the one that goes there; 0 = a new one */
	const struct chain *chain;
	bool fits, decided, seen;               /* seen: nobody decided, but what is proposed stood on the page that was sent */
	bool left_out, asked;                   /* asked: somebody asked for vacation on that day */
	str why;                                /* why it does not fit as the rule says; NULL */
	struct slot slot;                       /* where it will stand, unless left out */
	bool other;
	struct series_proposal proposals[SERIES_PROPOSALS];
	size_t nproposals;
};
struct series_plan {
	int64_t customer, staff, origin;        /* origin: the appointment it begins with, 0 = none */
	int64_t series, from, version;          /* changing: which one, from which appointment on; 0 = a new one */
	str rule_text, until_text, services, add, error;
	bool rule_wrong, until_wrong, ready;
	bool anchored;                          /* it goes on from a visit */
	struct series_rule rule;
	struct booking names;
	struct customer_card card;
	struct chain chain;
	struct series_visit *visits;
	size_t n, nconflicts, nleft;            /* nleft: left out */
	str path, back;                         /* of the form; where Esc leads */
	struct series_offer { int64_t id; str name; } *offers; size_t noffers;   /* services to choose from */
	int64_t *following; size_t nfollowing;  /* changing: the appointments from `from` on */
};

struct series_row { int64_t id, customer, staff, version; struct series_rule rule; str services; };
bool series_load(struct db *, int64_t id, struct series_row *row_r);
/* Its appointments from this one on that can still be changed (not begun, not cancelled), in order. */
size_t series_following(struct db *, int64_t series, int64_t from, int64_t **ids_r);

/* What the address or form says: ?customer= appt= from= svc= add= staff= rule= until= pick= take= ready=, or what the series
 * is now. false: the page was written. */
bool series_read_plan(struct request *, int64_t series, struct series_plan *plan_r);
/* Looks where each visit can stand. */
void series_place(struct request *, struct series_plan *);
/* The first conflict nobody has decided on; n = none. */
size_t series_open(const struct series_plan *);
/* The address of this plan with one value changed; of "pick": that day's choice. */
char *series_link(const struct series_plan *, struct arena *, const char *key, const char *value);
/* A day's choice: "2026-12-24=skip", "2026-12-24=2026-12-23 10:00", with " x" by somebody else. */
char *series_choice(struct arena *, day planned, const struct series_proposal *);

extern const struct module series_module, series_change;
#endif
