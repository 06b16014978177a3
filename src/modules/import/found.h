/* found.h: what the readers of foreign files find: appointments, persons, and what they could not read.
 * Readers are pure: bytes and an arena in, these lists out. All texts are UTF-8 in the arena. */
#ifndef IMPORT_FOUND_H
#define IMPORT_FOUND_H
#include "base/arena.h"
#include "base/values.h"

struct found_fault {
	const char *file;
	int line;                    /* of the file, from 1; 0 = the file as a whole */
	const char *what;            /* the line, name or title it is about, cut to 80 characters */
	const char *why;             /* a sentence in the language of the thread */
	bool lost;                   /* was not taken over (otherwise: was read, but look at it) */
};

struct found_event {                 /* one instance; a series gives one each */
	const char *file;
	int line;
	const char *source;          /* stable over exports: the same event has the same one again */
	const char *summary, *description, *location, *people, *calendar;    /* NULL = not given */
	day day, last_day;           /* shop's zone; last_day differs only if all_day */
	daytime start, end;          /* 0 <= start < end <= 1440 */
	bool all_day, yearly, cancelled, transparent, tentative;
	int first_year;              /* of the series: for birthdays */
};

struct found_person {
	const char *file;
	int line;
	const char *last, *first, *title, *company, *mobile, *phone, *phone_other, *mail;
	const char *street, *postcode, *town, *country, *note;
	day birthday;                /* NONE = unknown */
	bool birthday_year;          /* false: only day and month are known, the year is 1904 */
};

struct found_mapping { const char *file, *heading, *field; };  /* field NULL: goes into the note */

struct found {
	struct arena *arena;
	struct { struct found_event *at; size_t n, cap; } events;
	struct { struct found_person *at; size_t n, cap; } persons;
	struct { struct found_fault *at; size_t n, cap; } faults;
	struct { struct found_mapping *at; size_t n, cap; } mappings;
	struct { const char **at; size_t n, cap; } notes;      /* how a file was read: encoding, separator, dates */
	size_t outside;              /* instances before or after the window */
	size_t faults_left_out;      /* beyond the 20,000th */
};

void found_lost(struct found *, const char *file, int line, const char *what, const char *why);
void found_odd(struct found *, const char *file, int line, const char *what, const char *why);
void found_note(struct found *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));

/* The readers. first..last: the window of days; instances outside are only counted. */
struct found_file { const char *name; const char *bytes; size_t n; };
void found_read(struct found *, const struct found_file *, day today);   /* tells the kind by the contents */
#endif
