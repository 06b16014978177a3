/* kontor_slots.h: "kontor slots" reads a question about free time as JSON and writes the answer as JSON. docs/slots.md
 * describes both. Reading (kontor_slots_read.c) touches no database; names are looked up while answering. */
#ifndef PROGRAMS_KONTOR_SLOTS_H
#define PROGRAMS_KONTOR_SLOTS_H
#include "base/arena.h"
#include "base/values.h"
#include <jansson.h>

enum { QUESTION_SERVICES = 12, QUESTION_WHY = 100, QUESTION_BEST = 1000, QUESTION_DAYS = 3660 };

struct question_who { str staff; bool only; };               /* "SU" or "3"; NULL = anyone */
struct question_service { str name; struct question_who who; bool beside; };   /* beside: at once with the first one */
struct question_time { day day; int start; };                /* day.n NONE = not said */
struct slots_question {
	struct question_service services[QUESTION_SERVICES]; size_t nservices;
	struct question_who who;                             /* for every service that says nothing else */
	int64_t customer, except;                            /* 0 = none */
	day from, to;                                        /* .n = NONE: today, 59 days later */
	unsigned weekdays;                                   /* bit 1 << weekday; 0 = any */
	int earliest, latest, done_by, lead;                 /* minutes; 0 = not said */
	struct question_time not_before, not_after;
	int best; bool all;                                  /* how many are wanted */
	struct question_time why[QUESTION_WHY]; size_t nwhy;
};

/* NULL, or a sentence that names the key, what was there and what is wanted. */
const char *slots_question_read(struct arena *, const char *bytes, size_t n, struct slots_question *question_r);

struct db;
struct slots_moment { day today; int now; };
/* The answer, to be given back with json_decref(). NULL: *error_r is a sentence. */
json_t *slots_answer(struct db *, const struct slots_question *, const struct slots_moment *, const char **error_r);
#endif
