/* party_book_change.h: booking several who come together: one appointment each, in one command. */
#ifndef CALENDAR_PARTY_BOOK_CHANGE_H
#define CALENDAR_PARTY_BOOK_CHANGE_H
#include "modules/calendar/party_guests.h"

/* What is missing before they can be booked: a sentence; NULL: nothing. */
str party_book_change_missing(struct request *, const struct booking *);
/* slot: of all together, or with n.forced of the first one alone. n: of the first one, who is in the book already as `id`.
 * *refusal_r: a sentence; NULL: they are booked and one party. The text says who came along. */
struct book_new;
char *party_book_change_save(struct request *, const struct booking *, const struct book_new *, const struct slot *, int64_t id, str *refusal_r);
#endif
