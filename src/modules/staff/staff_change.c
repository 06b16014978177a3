/* staff_change.c: the staff's form. Only the shop's program links this file. */
#include "modules/staff/staff.h"
#include "web/record.h"

static const struct route routes[] = {
	{ "GET", "/staff/#", record_form, .role = ROLE_MANAGEMENT, .entity = &staff_entity },
	{ "POST", "/staff/#", record_save, .role = ROLE_MANAGEMENT, .entity = &staff_entity, .command = "staff.save" },
	{ "POST", "/staff/#/remove", record_remove, .role = ROLE_MANAGEMENT, .entity = &staff_entity, .command = "staff.remove" },
};
const struct module staff_change = { .name = "staff", ROUTES(routes) };
