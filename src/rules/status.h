/* status.h: the life of a visit. Numbers as in appointment.status. */
#ifndef RULES_STATUS_H
#define RULES_STATUS_H
#include "base/values.h"

enum status {
	STATUS_REQUESTED, STATUS_TENTATIVE, STATUS_CONFIRMED, STATUS_ARRIVED, STATUS_IN_SERVICE, STATUS_DONE, STATUS_PAID,
	STATUS_CANCELLED, STATUS_NO_SHOW, STATUS_KINDS
};
/* What one key makes of it; the same if there is no next. Paying is the till's, not a key's. */
enum status status_next(enum status);
/* A person may set it by hand: on and back along the way, out (cancelled, no-show) until it is done, and in again. What is
 * paid stays paid; only undo takes it back. */
bool status_allowed(enum status from, enum status to);
/* It takes time in the book. */
bool status_takes_time(enum status);
#endif
