/* plan.h: what an import would do to this shop's data: found things held beside what is there. Looks only. */
#ifndef IMPORT_PLAN_H
#define IMPORT_PLAN_H
#include "db/db.h"
#include "modules/import/found.h"
#include "modules/import/lookup.h"

struct plan_customer {               /* one of the shop, or a new one */
	int64_t id;                  /* 0 = new */
	struct found_person is;      /* as it is (or will be) */
	bool changed;                /* empty fields get values */
};

struct plan_phase { int kind; int64_t minutes, class, device; const char *name; };         /* ids; 0 = none */
struct plan_laid { int kind; int64_t offset, minutes, staff, place, device, class; const char *name; };   /* in an appointment; ids, 0 = none */
struct plan_service { int64_t id, price; const char *name, *short_name, *folded; size_t words; struct plan_phase phases[16]; size_t nphases; int64_t minutes; };
struct plan_staff { int64_t id; int role; const char *name, *code, *folded; };

struct plan_appointment {
	const struct found_event *event;
	int64_t customer;            /* index, -1 = none */
	int64_t service;             /* index, -1 = none */
	int64_t staff;               /* id, 0 = none */
	int kind, status;            /* as in the schema */
	const char *label, *note;
	struct plan_laid *phases; size_t nphases;
	bool forced;                 /* overlaps something: taken over all the same, and said */
};

struct plan_absence { const struct found_event *event; int64_t staff; int kind; };

struct plan {
	struct db *db;
	struct arena *arena;
	struct found *found;
	instant now;
	day today;
	struct { struct plan_customer *at; size_t n, cap; } customers;
	struct { struct plan_service *at; size_t n, cap; } services;
	struct { struct plan_staff *at; size_t n, cap; } staff;
	struct { struct plan_appointment *at; size_t n, cap; } appointments;
	struct { struct plan_absence *at; size_t n, cap; } absences;
	struct lookup by_contact, by_name, by_full, by_source, by_word;
	size_t known, known_events, new_customers, changed_customers, same_customers, birthdays, overlaps, without_place, guessed_staff;
};

struct plan *plan_make(struct db *, struct arena *, struct found *, instant now, day today);
bool plan_empty(const struct plan *);                        /* nothing would change */

/* plan_event.c */
void plan_event_all(struct plan *);
/* plan_claim.c */
void plan_claim_all(struct plan *);                          /* the appointments' phases, and what they claim */
/* plan_customer.c */
void plan_customer_load(struct plan *);
void plan_customer_all(struct plan *);                       /* the persons found */
/* report.c: the whole in plain text, in the language of the thread. done: it has happened. */
char *report_text(const struct plan *, bool done);
#endif
