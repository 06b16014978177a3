/* loss.h: what a proposal destroys, in words: "2 × Ansatzfarbe passt dann nicht mehr". */
#ifndef CALENDAR_LOSS_H
#define CALENDAR_LOSS_H
#include "db/db.h"
#include "rules/slots.h"

/* For each slot a sentence or NULL. What is usual are the services that were booked last, for each person on her own. */
void loss_slots(struct db *, const struct slot_world *, const struct slot *, size_t n, str *texts_r);
#endif
