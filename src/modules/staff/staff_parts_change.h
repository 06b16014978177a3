/* staff_parts_change.h: what the form of a person has besides the record: access, hours, exceptions, absences, services. */
#ifndef STAFF_STAFF_PARTS_CHANGE_H
#define STAFF_STAFF_PARTS_CHANGE_H
#include "entity/entity_write.h"
#include "modules/settings/settings.h"
#include "modules/staff/staff.h"

enum { STAFF_WEEKS = 4, STAFF_EXCEPTIONS = 120, STAFF_ABSENCES = 16 };
struct staff_exception { day on; struct settings_hours hours; };
struct staff_parts {
	bool sent;                                       /* the form came with these parts */
	day from;                                        /* of the pattern shown, a Monday */
	int weeks, slack;                                /* slack: how far breaks may move, minutes */
	struct settings_hours week[STAFF_WEEKS][8];      /* by weekday, 1..7 */
	struct staff_exception exceptions[STAFF_EXCEPTIONS]; size_t nexceptions;
	struct staff_absence absences[STAFF_ABSENCES]; size_t nabsences;
};
struct staff_parts *staff_parts_load(struct form *);        /* from the database */
void staff_parts_read(struct form *);                       /* what was typed, with a sentence for each slip */
void staff_parts_save(struct form *);
void staff_parts_html(struct form *, struct out *);
void staff_parts_lines(struct form *, bool typed, struct form_lines *);      /* staff_lines_change.c */
/* staff_access_change.c: who may change whom; password and PIN, of which only hashes are kept. */
void staff_access_check(struct form *, const void *record);
void staff_access_save(struct form *);
const char *staff_parts_key(struct form *, const char *stem, long long a, long long b);   /* b < 0: one number */
#endif
