/* starter.h: the catalogue that a new shop may begin with: usual services with phases, places, devices and prices.
 * The services' names are data, written into the shop's own records in German, where they are then edited freely. */
#ifndef MODULES_SETUP_STARTER_H
#define MODULES_SETUP_STARTER_H
#include "base/values.h"

enum starter_kind { STARTER_ACTIVE, STARTER_WAIT, STARTER_BUFFER };     /* as service_phase.kind */
struct starter_phase { enum starter_kind kind; int minutes; const char *name, *place, *device; };   /* place = a class */
#define STARTER_PHASES 4
struct starter_service {
	const char *group, *code, *name;
	int cents;
	struct starter_phase phases[STARTER_PHASES];      /* ends at minutes 0 */
};
struct starter_group { const char *name, *style; };
struct starter_place { const char *class_name; int usual; bool per_person; };  /* per_person: three for two people */
struct starter_device { const char *name; int quantity; };

/* Each is one box to tick. The values are stored nowhere; a set of them is a mask of 1u << value. */
enum starter_catalogue { STARTER_HAIR, STARTER_MEN, STARTER_COSMETICS, STARTER_NAILS, STARTER_MASSAGE, STARTER_TATTOO, STARTER_COUNT };
struct starter {
	const char *key, *name, *hint, *style, *icon;     /* name and hint go through lang_text() */
	const struct starter_group *groups;
	size_t ngroups;
	const struct starter_service *services;
	size_t nservices;
};
const struct starter *starter_get(enum starter_catalogue);
int starter_minutes(const struct starter_service *, enum starter_kind);        /* sum of the phases of one kind */
/* NULL: no such place class or device is known. */
const struct starter_place *starter_place(const char *class_name);
const struct starter_device *starter_device(const char *name);
size_t starter_nservices(unsigned mask);
size_t starter_ngroups(unsigned mask);

/* starter_change.c. Inside of a command: adds the groups, services, places and devices of the catalogues in the mask
 * that are not there yet (known by code or name), for so many people; what the shop changed meanwhile stays as it is. */
struct db;
int starter_write(struct db *, unsigned mask, int people) MUST_USE;
/* Takes back what starter_write() added for these catalogues, as far as no appointment uses it. */
int starter_remove(struct db *, unsigned mask) MUST_USE;
/* Makes this person do all services of the mask, and none of the other catalogues'. */
int starter_assign(struct db *, int64_t staff, unsigned mask) MUST_USE;
/* starter_look.c. Which catalogues are in the shop's data; which of them this person does something of. */
unsigned starter_present(struct db *);
unsigned starter_done_by(struct db *, int64_t staff);
#endif
