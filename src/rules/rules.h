/* rules.h: what all rules share: spans of minutes within one local day, and claims on people, places and devices.
 * Rules are pure: arrays and "now" go in, arrays come out; no SQL, no clock, no I/O. */
#ifndef RULES_RULES_H
#define RULES_RULES_H
#include "base/arena.h"
#include "base/values.h"

struct span { int start, end; };            /* minutes since local midnight, 0 <= start < end <= 1440 */

enum { RASTER = 5, DAY_MINUTES = 1440 };    /* the book's five minutes; a rule that counts in them says so */

/* What can be claimed. One number for all of them, as in the table of uses: id * 4 + kind. */
enum resource_kind { RESOURCE_PERSON = 1, RESOURCE_PLACE = 2, RESOURCE_DEVICE = 3 };
static inline int64_t resource_of(enum resource_kind kind, int64_t id) { return id * 4 + (int64_t)kind; }
static inline enum resource_kind resource_kind(int64_t resource) { return (enum resource_kind)(resource & 3); }
static inline int64_t resource_id(int64_t resource) { return resource >> 2; }

enum phase_kind { PHASE_ACTIVE, PHASE_WAIT, PHASE_BUFFER };   /* as service_phase.kind and appt_phase.kind */

/* A row of the table of uses: this phase of this appointment holds this resource. A device's uses count against its
 * pool's quantity; a person's and a place's exclude each other unless forced. */
struct use {
	day day;
	int64_t resource;
	int start, end;                         /* minutes since midnight */
	int64_t appointment, phase;             /* ids; 0 while not saved */
	bool forced;                            /* booked in spite of a conflict */
};

struct place { int64_t id, class; };        /* active ones only; class = place_class.id */
struct device { int64_t id; int quantity; };
#endif
