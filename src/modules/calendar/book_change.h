/* book_change.h: changing the book. Every function works inside of the router's command; faults are sticky (db.h). */
#ifndef CALENDAR_BOOK_CHANGE_H
#define CALENDAR_BOOK_CHANGE_H
#include "modules/calendar/book.h"
#include "modules/calendar/chain.h"

struct booking;
struct request;

struct book_new {
	int64_t customer, wish_staff, booked_by;            /* 0 = none */
	str label, note;
	enum status status;
	bool is_new, forced;
	instant now;
};

/* Writes the appointment with its frozen steps, phases and uses at this slot. Its id; NONE if it failed. */
int64_t book_insert(struct db *, const struct book_new *, const struct chain *, const struct slot *);
/* Other services for the same appointment, at this slot: new steps with today's durations and prices. */
void book_replace(struct db *, int64_t id, const struct chain *, const struct slot *, bool forced);
/* A block ("Besprechung") of one person. */
int64_t book_insert_block(struct db *, const struct book_new *, int64_t staff, day, int start, int end);
/* Puts an appointment to this slot: same steps and durations; people, places and devices as the slot's claims say. */
void book_move(struct db *, const struct book_appt *, const struct slot *, bool forced);
void book_park(struct db *, int64_t id, instant now);
/* Status with its time stamp; reason of a cancellation 1..3, 0 = none. */
void book_set_status(struct db *, int64_t id, enum status, int reason, instant now);
/* Makes the last active phase so many minutes longer or shorter, as chain_stretch() did for the slot it was moved to. */
void book_resize(struct db *, const struct book_appt *, int by, bool forced);

/* Uses of an appointment anew from its phases, status and place. */
void book_rewrite_uses(struct db *, int64_t id, bool forced);
/* The same, forced as they are: nothing changes where they fit already. */
void book_settle(struct db *, int64_t id);

/* What stands in the way of an appointment as it is written now; found = false: nothing. */
struct book_conflict { bool found; str resource, other; int start, end; int64_t appointment; };
struct book_conflict book_find_conflict(struct db *, int64_t id);
/* After an undo: do uses of this appointment overlap others though nobody said "trotzdem"? The first such pair. */
struct book_conflict book_find_overlap(struct db *, int64_t appointment);
/* The customer typed into the booking panel, saved. NONE: *refusal_r says what is missing. */
int64_t booking_new_customer(struct request *, const struct booking *, const char **refusal_r);
#endif
