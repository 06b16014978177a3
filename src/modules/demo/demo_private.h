/* demo_private.h: what the files of this module share. All of it is a simulation in memory, day by day, that is written
 * out as it goes: every person, place and device is tracked in steps of five minutes, so that nothing overlaps. */
#ifndef MODULES_DEMO_DEMO_PRIVATE_H
#define MODULES_DEMO_DEMO_PRIVATE_H
#include "db/db_write.h"
#include "modules/demo/demo.h"
#include "modules/setup/setup.h"
#include "rules/rules.h"

/* demo_chance_change.c: splitmix64; the same seed gives the same row of numbers on every machine. */
struct demo_chance { uint64_t state; };
int demo_chance_below(struct demo_chance *, int n);                     /* 0..n-1; 0 for n < 1 */
int demo_chance_between(struct demo_chance *, int from, int to);        /* both included */
bool demo_chance_in(struct demo_chance *, int permille);

/* demo_names_change.c */
struct demo_name { const char *first, *last; bool female; };
struct demo_name demo_names_any(struct demo_chance *);
const char *demo_names_mobile(struct arena *, struct demo_chance *);   /* of the ranges kept free for films */
const char *demo_names_phone(struct arena *, struct demo_chance *);
const char *demo_names_mail(struct arena *, struct demo_name, int64_t number);
const char *demo_names_street(struct demo_chance *);

/* demo_people_change.c: who works here, when, and when not. */
struct demo_person {
	const char *name, *code, *colour;
	int role;                                       /* as staff.role */
	unsigned does;                                  /* mask of enum starter_catalogue */
	bool junior;                                    /* only the simple services, fifteen minutes slower */
	unsigned weeks[2];                              /* of the two weeks in turn: 1 << weekday that is worked */
	bool late;                                      /* up to closing time instead of from opening time */
	int hours;                                      /* of a full day, minutes with the break */
	int joined_years;                               /* before today; 99 = since the beginning */
};
struct demo_away { int person, kind; bool granted; day from, to; int start, end; const char *note; };   /* start -1 = whole days */
struct demo_people {
	int n;
	day first;                                      /* a Monday: week 0 of all patterns */
	int64_t ids[DEMO_MOST_STAFF];
	day joined[DEMO_MOST_STAFF];
	struct { struct demo_away *at; size_t n, cap; } away;
};
const struct demo_person *demo_people_get(int i);
struct span demo_people_opening(int weekday);                          /* end 0 = closed */
bool demo_people_closed(day);                                          /* Sunday, public holiday, 24 and 31 December */
int demo_people_write(struct db *, const struct demo_options *, struct demo_chance *, struct demo_people *people_r);
/* Sets free[i] for the steps of five minutes that this person works on that day. */
void demo_people_work(const struct demo_people *, int person, day, bool free_r[DAY_MINUTES / RASTER]);

/* demo_roster_change.c: contracts, vacation accounts, and vacation asked for. */
void demo_roster_write(struct db *, const struct demo_options *, const struct demo_people *);

/* demo_goods_change.c: services, places and devices as they are in the shop's data. */
struct demo_phase { int kind, minutes, class, device; const char *name; };     /* indices; -1 = none */
struct demo_service { int64_t id; const char *code; int cents; struct demo_phase phases[STARTER_PHASES]; int nphases; };
struct demo_goods {
	struct { struct demo_service *at; size_t n, cap; } services;
	struct { struct { int64_t id; int class; } *at; size_t n, cap; } places;
	struct { struct { int64_t id; int quantity; } *at; size_t n, cap; } devices;
	struct { int64_t *at; size_t n, cap; } classes;
	int (*extra)[DEMO_MOST_STAFF];                  /* [service][person]: minutes more; DEMO_CANNOT */
};
enum { DEMO_CANNOT = -1000 };
void demo_goods_load(struct db *, const struct demo_people *, struct demo_goods *goods_r);
int demo_goods_find(const struct demo_goods *, const char *code);      /* -1: not offered */
int demo_goods_minutes(const struct demo_goods *, int service);        /* of the person */
/* What people come for: up to three services one after the other, and how often that is asked for. */
struct demo_visit { const char *codes[3]; int weight; bool men, women; };
enum { DEMO_VISITS = 48 };
const struct demo_visit *demo_goods_visit(int i);                      /* NULL after the last one */

/* demo_customer_change.c */
struct demo_customer {
	day due, joined, last;                          /* last.n = NONE: was never here */
	int interval, visit, person, next;              /* days; index of demo_visit; index of people; index in a queue, -1 */
	int tries;
	bool female, gone;
};
struct demo_customers { struct demo_customer *at; int n; };
struct demo_sim;
int demo_customer_write(struct db *, const struct demo_options *, struct demo_chance *, struct demo_sim *);

/* demo_sim_change.c */
enum { DEMO_STEPS = DAY_MINUTES / RASTER, DEMO_PHASES = 3 * STARTER_PHASES, DEMO_PLACES = 64, DEMO_DEVICES = 16 };
struct demo_claim { int step, kind, offset, minutes, person, place, device; const char *name; };   /* -1 = not claimed */
struct demo_plan {                                  /* a visit that fits */
	int start, end, nsteps, nclaims;
	struct { int service, person, cents; } steps[3];
	struct demo_claim claims[DEMO_PHASES];
};
struct demo_sim {
	const struct demo_options *options;
	struct demo_chance chance;
	struct demo_people people;
	struct demo_goods goods;
	struct demo_customers customers;
	int visit_services[DEMO_VISITS][3], visit_minutes[DEMO_VISITS], nvisits;   /* minutes: of the person */
	bool busy;                                      /* far more customers than chairs: short visits, hardly a gap */
	day first, last, on;                            /* the days simulated; the one at work */
	instant midnight;                               /* of `on` */
	int *buckets;                                   /* [day - first]: first customer due, -1 */
	bool free[DEMO_MOST_STAFF][DEMO_STEPS];
	unsigned char place[DEMO_PLACES][DEMO_STEPS], device[DEMO_DEVICES][DEMO_STEPS];
	struct demo_chance stamps;                      /* of its own: when people really are done decides nothing else */
	int64_t appointments, steps, phases;            /* last ids given */
};
void demo_sim_due(struct demo_sim *, int customer, day);
int demo_sim_day(struct db *, struct demo_sim *) MUST_USE;
/* demo_fit_change.c: does this visit fit here, and if so, how? Marks nothing. */
bool demo_fit(const struct demo_sim *, int visit, int person, int start, struct demo_plan *plan_r);
void demo_fit_take(struct demo_sim *, const struct demo_plan *);

/* demo_save_change.c */
struct demo_record { int customer, status, wish, reason; bool fresh, parked; const char *note, *label; };   /* customer -1, wish -1: none */
void demo_save(struct db *, struct demo_sim *, const struct demo_plan *, const struct demo_record *);
int demo_save_status(struct demo_sim *, const struct demo_plan *);

/* demo_waiting_change.c */
void demo_waiting_write(struct db *, struct demo_sim *);

/* demo_csv_change.c */
int demo_csv_write(struct db *, const struct demo_options *, struct demo_result *) MUST_USE;

/* demo_change.c: one journal record after the other; opens the next one. */
int demo_next_command(struct db *, const struct demo_options *, const char *text) MUST_USE;
/* The password and a PIN for the people with the ids 1..n, at most DEMO_MOST_STAFF + 1. */
void demo_secrets(struct db *, int people);
#endif
