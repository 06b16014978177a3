/* replan.h: somebody is away. All appointments this hits are planned anew at once (rules/replan.h), the person looks,
 * decides row by row where she likes, and takes all of it over by one key; then the customers are called. */
#ifndef MODULES_REPLAN_REPLAN_H
#define MODULES_REPLAN_REPLAN_H
#include "modules/calendar/calendar.h"
#include "rules/replan.h"

struct replan_line {
	const struct book_appt *appt;
	struct chain chain;
	struct slot now;                        /* where it stands */
	str phone;
	unsigned kinds;                         /* asked for by key: 1u << enum replan_kind; 0 = any */
	struct slot *pinned;
	const struct replan_proposal *proposal;
};
struct replan_view {
	int64_t staff;                          /* who is away; 0 = not said yet */
	day from, to;                           /* to.n NONE: for good */
	int start, end;                         /* minutes; start -1 = whole days */
	int kind;                               /* of the absence that is entered with it: schema, absence.kind */
	str staff_name, error;
	struct db *names_db;                    /* for names in reasons */
	struct booking names;
	struct replan_line *lines;
	size_t n;
	struct replan plan;
	int64_t current;                        /* the row that the keys act on */
	money elsewhere;                        /* what goes to another day or is not decided */
};

/* ?staff= from= to= start= end= kind= row= cur=. false: the page was written. */
bool replan_read(struct request *, struct replan_view *view_r);
/* Loads what is hit and plans it. */
void replan_plan_view(struct request *, struct replan_view *);
/* The address with one value changed; "row" is that appointment's choice. */
char *replan_link(const struct replan_view *, struct arena *, const char *key, const char *value);
/* A slot as one word for addresses and forms, and back. false: malformed. */
char *replan_word(struct arena *, const struct slot *);
bool replan_slot(struct arena *, const char *word, struct slot *slot_r);

/* In words: what is proposed, why, what it costs; what is said on the phone. */
char *replan_place_text(struct arena *, const struct replan_view *, const struct replan_line *, const struct replan_choice *);
char *replan_why_text(struct arena *, struct db *, const struct replan_view *, const struct replan_line *);
char *replan_cost_text(struct arena *, const struct replan_price *);
char *replan_call_text(struct arena *, const struct replan_view *, const struct replan_line *, const struct slot *to);
char *replan_reason_text(struct arena *, const struct replan_view *);
/* "KA", "KA LE": who does it. */
char *replan_codes(struct arena *, const struct replan_view *, const struct slot *);

extern const struct module replan_module, replan_change;
#endif
