/* import_save_change.h: does what a plan says, inside of the current command. */
#ifndef IMPORT_IMPORT_SAVE_CHANGE_H
#define IMPORT_IMPORT_SAVE_CHANGE_H
#include "modules/import/plan.h"

/* user: who is written down as having booked; 0 = nobody. Faults are sticky (db_failed). */
void import_save_change(struct plan *, int64_t user);
/* The sentence for the change log. */
char *import_save_change_text(const struct plan *);
#endif
