/* party_change.h: appointments that belong together (party.h): taking a visit apart, changing several at once. */
#ifndef CALENDAR_PARTY_CHANGE_H
#define CALENDAR_PARTY_CHANGE_H
#include "modules/calendar/move.h"

/* Makes both one party: the other joins the first's, or both begin one. Faults are sticky. */
void party_change_join(struct db *, int64_t first, int64_t other);
/* This one and all that go along (party.h), in one command. */
void party_change_cancel(struct request *, const struct book_appt *, int reason, str text);
void party_change_move(struct request *, const struct book_appt *, struct move_target *, bool force);
/* POST /book/12/split with step=: this step of a chain and those after it become an appointment of their own. */
handler_fn split_change_page;
#endif
