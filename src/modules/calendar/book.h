/* book.h: one day of the appointment book, as it lies in memory: what the day page, the week, the rooms, the paper
 * sheet and the online view are all drawn from. Times are minutes since local midnight. */
#ifndef CALENDAR_BOOK_H
#define CALENDAR_BOOK_H
#include "db/db.h"
#include "rules/rules.h"
#include "rules/status.h"

enum appt_kind { APPT_VISIT = 0, APPT_BLOCK = 1 };

/* What a status is called, its CSS class and icon (DESIGN.md 6). */
struct status_look { const char *label, *css, *icon, *next; };
extern const struct status_look status_looks[STATUS_KINDS];

/* The style of a service group: CSS g-<style> and its icon. */
const char *style_icon(const char *style);

struct book_phase {
	enum phase_kind kind;
	int start, end;
	int64_t staff, place, device;       /* 0 = none claimed */
	str name;
};

struct book_step {
	int64_t id, service, staff;
	str label, style, staff_code, staff_name;
	money price;
	struct book_phase *phases;
	size_t nphases;
};

struct book_appt {
	int64_t id, customer, version;
	enum appt_kind kind;
	enum status status;
	day day;
	int start, end;
	str name;                           /* "Kerber, Anna", or the label */
	str alert, customer_note, note, reason_text;
	bool is_new, conflict;
	instant arrived_at, started_at;
	struct book_step *steps;
	size_t nsteps;
};

struct book_appts { struct book_appt *at; size_t n, cap; };

/* All appointments of one day in order of their start, with steps and phases: one joined query. */
struct book_appts book_load_day(struct db *, day);
/* The same for several days in one query, in order of day and start; and one day's part of them. */
struct book_appts book_load_days(struct db *, day from, day to);
struct book_appts book_of_day(const struct book_appts *, day);
/* One appointment, parked or not. false: there is none. */
bool book_load_one(struct db *, int64_t id, struct book_appt *appt_r);
/* The parked ones, the last one parked last. */
struct book_appts book_load_parked(struct db *);
/* Marks those of a day, in order of their start, that overlap on a person or place (conflict). */
void book_mark_conflicts(struct book_appts *);

/* Does it take time at its place: not cancelled, not a no-show, not parked? */
static inline bool book_takes_time(const struct book_appt *a)
{
	return status_takes_time(a->status) && a->day.n != NONE;
}

/* "Schnitt, Föhnen" of all steps, in order, at most `limit` of them. */
char *book_services(struct arena *, const struct book_appt *, size_t limit);
money book_price(const struct book_appt *);
/* Minutes from the first to the last phase, also of a parked one. */
int book_length(const struct book_appt *);
#endif
