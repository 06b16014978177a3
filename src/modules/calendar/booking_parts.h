/* booking_parts.h: parts of the booking panel that other panels about a customer and her services show too. */
#ifndef CALENDAR_BOOKING_PARTS_H
#define CALENDAR_BOOKING_PARTS_H
#include "modules/calendar/booking.h"

/* Hidden fields with the state; the search or card of the customer; the services with the field for more. */
void booking_state(struct out *, const struct booking *);
void booking_whom(struct out *, const struct booking *);
void booking_what(struct out *, const struct booking *);
void booking_names(struct db *, struct booking *);                               /* fills .names and .nnames: who is in the book */
void booking_all_names(struct db *, struct booking *);                           /* and who was */
char *slot_codes(struct arena *, const struct booking *, const struct slot *);   /* "SU JU": who, in order */
char *slot_when(struct arena *, day, int start);                                 /* "2026-11-23 09:30", as at= has it */
#endif
