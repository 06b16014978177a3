#include "rules/status.h"

#define BIT(status) (1u << (status))
#define WAY (BIT(STATUS_TENTATIVE) | BIT(STATUS_CONFIRMED) | BIT(STATUS_ARRIVED) | BIT(STATUS_IN_SERVICE) | BIT(STATUS_DONE))
#define OUT (BIT(STATUS_CANCELLED) | BIT(STATUS_NO_SHOW))

static const struct { enum status next; unsigned allowed; } table[STATUS_KINDS] = {
	[STATUS_REQUESTED] = { STATUS_CONFIRMED, BIT(STATUS_TENTATIVE) | BIT(STATUS_CONFIRMED) | BIT(STATUS_CANCELLED) },
	[STATUS_TENTATIVE] = { STATUS_CONFIRMED, WAY | OUT },
	[STATUS_CONFIRMED] = { STATUS_ARRIVED, WAY | OUT },
	[STATUS_ARRIVED] = { STATUS_IN_SERVICE, WAY | OUT },
	[STATUS_IN_SERVICE] = { STATUS_DONE, WAY | OUT },
	[STATUS_DONE] = { STATUS_DONE, WAY },
	[STATUS_PAID] = { STATUS_PAID, 0 },
	[STATUS_CANCELLED] = { STATUS_CANCELLED, BIT(STATUS_TENTATIVE) | BIT(STATUS_CONFIRMED) | OUT },
	[STATUS_NO_SHOW] = { STATUS_NO_SHOW, BIT(STATUS_TENTATIVE) | BIT(STATUS_CONFIRMED) | BIT(STATUS_ARRIVED) | OUT },
};

static bool known(enum status s)
{
	return (unsigned)s < STATUS_KINDS;
}

enum status status_next(enum status s)
{
	return known(s) ? table[s].next : s;
}

bool status_allowed(enum status from, enum status to)
{
	return known(from) && known(to) && from != to && (table[from].allowed & BIT(to)) != 0;
}

bool status_takes_time(enum status s)
{
	return known(s) && s != STATUS_CANCELLED && s != STATUS_NO_SHOW;
}
