/* form_stale.h: two people changed the same record, or what a module's sections hold of it; for this floor only. */
#ifndef ENTITY_FORM_STALE_H
#define ENTITY_FORM_STALE_H
#include "entity/entity_write.h"

/* What the form shows of its sections and when, for its hidden field "seen". */
const char *form_stale_seen(struct form *);
/* Were the sections changed since the form was shown? */
bool form_stale_parts(struct form *);
/* After a stale save: loads what another kept and by whom, and makes the form ready to be saved over it. false: nothing
 * differs from what was typed, so that nothing need be asked. */
bool form_stale(struct form *) MUST_USE;
bool form_stale_same(const struct field *, const void *record, const void *other);
/* The value of the line with this label; "" = none. */
str form_stale_line(const struct form_lines *, str label);
#endif
