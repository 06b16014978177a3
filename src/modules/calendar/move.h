/* move.h: where an appointment may go: the panel with proposals ("Einsetzen") and the check of one very place. */
#ifndef CALENDAR_MOVE_H
#define CALENDAR_MOVE_H
#include "modules/calendar/booking.h"

/* To whom, to which place or device. id 0: it stays; from: only what is there now, 0 = all that can go. */
struct move_to { int64_t id, from; str name; };
struct move_target {
	day day;
	int start, resize_end;                      /* resize_end 0 = the length stays */
	struct move_to staff, place, device;
	struct chain chain;
	struct slot_world world;
	str why;                                    /* why it is impossible, a sentence; already before the time is looked at: unfit */
	bool unfit;
	bool never;                                 /* found impossible, and no "trotzdem" helps: such a time does not exist */
	str rules;                                  /* it is free, but against these rules (booking_rules.h); NULL */
};

/* day=, start= (or at="2026-11-23 09:30"), end=, and one of staff=, place=, device= with from= (the column it was dragged out of).
 * false: malformed, the page was written. */
bool move_read(struct request *, const struct book_appt *, struct move_target *target_r);
/* The slot at this place; false: target->why says why not. */
bool move_find(struct request *, const struct book_appt *, struct move_target *, struct slot *slot_r);
/* The day page with the appointment's panel and a sentence on top. */
void move_refuse(struct request *, const struct book_appt *, int status, const char *sentence);
/* The form of a block with its typing and a sentence. */
void move_refuse_block(struct request *, int status, const char *sentence);
handler_fn page_place, page_move_ask, page_check, page_next_time, page_go, page_edit, page_block_form;
#endif
