/* form_stale.h: two people changed the same record; for this floor only. */
#ifndef ENTITY_FORM_STALE_H
#define ENTITY_FORM_STALE_H
#include "entity/entity_write.h"

/* After a stale save: loads what another kept and by whom, and makes the form ready to be saved over it. */
void form_stale(struct form *);
#endif
