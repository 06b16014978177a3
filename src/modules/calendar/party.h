/* party.h: appointments that belong together: companions who come at once, parts of a visit that was split. */
#ifndef CALENDAR_PARTY_H
#define CALENDAR_PARTY_H
#include "modules/calendar/move.h"

enum { PARTY_MOST = 4, PARTY_GUESTS = PARTY_MOST - 1 };

struct party_member { int64_t id; day day; int start; str name, services; enum status status; };
struct party_members { struct party_member *at; size_t n, cap; };
/* All others of its party, in order of their time. */
struct party_members party_of(struct db *, int64_t appointment);
/* Does it go where this one of its party goes, if all go together: of the same day, and not begun? */
bool party_goes_along(const struct book_appt *, const struct party_member *);

/* In an appointment's panel: whom it comes together with; what takes out step i of its chain; all of them or only this one. */
void party_section_html(struct out *, struct request *, const struct book_appt *);
void party_split_html(struct out *, struct request *, const struct book_appt *, size_t step);
void party_cancel_html(struct out *, struct request *, const struct book_appt *);
/* start: when all can go, -1: they can't there, and why. */
struct party_together { bool asked; day day; int start; str why; };
void party_move_html(struct out *, const struct party_together *);
void party_along_html(struct out *, struct request *, const struct book_appt *);

/* Where the others go when one goes to its target: the same time later or earlier, with their own people. */
struct party_part { struct book_appt appt; struct chain chain; struct slot slot; };
struct party_parts { struct party_part at[PARTY_MOST]; size_t n; };
/* Takes their uses out of the target's world; so the one that is moved can go where a companion stands now. */
void party_clear(struct request *, const struct book_appt *, struct move_target *, struct party_parts *parts_r);
/* After the first found its slot. false: *why_r is the sentence; anyway: all of them whatever stands there. */
bool party_find(struct request *, const struct book_appt *, struct move_target *, const struct slot *, bool anyway, struct party_parts *, str *why_r);
/* Whether all can go to the target; or, of these candidates of the first one's (later: forwards, else backwards), the nearest start
 * at which all fit. Nothing is asked where nobody goes along. */
struct party_together party_at(struct request *, const struct book_appt *, const struct move_target *);
struct party_together party_next(struct request *, const struct book_appt *, const struct move_target *, const struct slot_request *, bool later);
#endif
