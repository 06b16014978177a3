/* waiting.h: who on the waiting list fits a time that came free, and how well. Days and times wished are kept always; the
 * person wished is worth something. */
#ifndef RULES_WAITING_H
#define RULES_WAITING_H
#include "rules/slots.h"

struct waiting_wish {
	unsigned weekdays;                          /* bit 1 << weekday (1 Monday); 0 = any */
	day from, to;                               /* .n = NONE: no such limit */
	int earliest, done_by;                      /* minutes; 0 = any */
	int64_t staff;                              /* wished; 0 = anyone */
	day since;
};
struct waiting_window { day day; int start, end; };     /* what came free */
struct waiting_fit {
	const struct slot *slot;
	int used;                                   /* minutes of the window that it fills */
	int waited;                                 /* days */
	bool other_person;                          /* somebody else than wished */
	int score;                                  /* 0..100: fills the window, has waited long, gets the person wished */
};

/* Does this wish allow that day? */
bool waiting_wants_day(const struct waiting_wish *, day);
/* The question to slots_find() with k = 0: every start of a chain of so many minutes that takes some of the window. */
struct slot_request waiting_request(const struct waiting_wish *, const struct waiting_window *, int length);
/* The answer that suits the window best; false: none takes any of it. */
bool waiting_best(const struct waiting_wish *, const struct waiting_window *, const struct slots *, day today, struct waiting_fit *fit_r);
/* For qsort(): the better one first, then who has waited longer, then the earlier start. */
int waiting_compare(const struct waiting_fit *, const struct waiting_fit *);
#endif
