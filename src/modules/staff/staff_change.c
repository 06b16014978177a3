/* staff_change.c: the staff's form. Only the shop's program links this file. */
#include "entity/entity_write.h"
#include "modules/staff/staff.h"
#include "modules/staff/staff_parts_change.h"
#include "web/record.h"

static const struct form_rules rules = {
	.check = staff_access_check, .html = staff_parts_html, .read = staff_parts_read, .save = staff_parts_save,
	.lines = staff_parts_lines,
};
/* Whoever has a past here is retired; the last owner stays. */
static void page_remove(struct request *r, const struct route *route)
{
	int64_t others = db_one(r->db, SQL("SELECT count(*) FROM staff WHERE role = 5 AND active = 1 AND id <> ?"), B(r->id[0]));
	if (others == 0) page_error(r, 409, _("This is the last owner, one must stay."));
	else record_remove(r, route);
}

static const struct route routes[] = {
	{ "GET", "/staff/#", record_form, .role = ROLE_MANAGEMENT, .entity = &staff_entity, .rules = &rules },
	{ "POST", "/staff/#", record_save, .role = ROLE_MANAGEMENT, .entity = &staff_entity, .rules = &rules, .command = "staff.save" },
	{ "POST", "/staff/#/remove", page_remove, .role = ROLE_OWNER, .entity = &staff_entity, .command = "staff.remove" },
};
const struct module staff_change = { .name = "staff", ROUTES(routes) };
