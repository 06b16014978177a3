/* catalogue.h: the names of the shop's people and services, of which every view of the book needs some: read at once, kept
 * until the database changes (db_keep). */
#ifndef CALENDAR_CATALOGUE_H
#define CALENDAR_CATALOGUE_H
#include "db/db.h"

struct staff_name { int64_t id; str name, code; day joined, left; };   /* .n NONE = not given */
struct service_name { int64_t id; str name, style; };                  /* style: its group's */

struct catalogue {
	const struct staff_name *staff; size_t nstaff;       /* everybody; first those in the book, as they stand there */
	size_t nbook;                                        /* so many are in the book now */
	const struct service_name *services; size_t nservices;   /* all, by id */
};
const struct catalogue *catalogue_of(struct db *);
/* NULL: nobody, nothing has this id. */
const struct staff_name *catalogue_staff(const struct catalogue *, int64_t id);
const struct service_name *catalogue_service(const struct catalogue *, int64_t id);
#endif
