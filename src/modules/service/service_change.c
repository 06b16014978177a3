#include "modules/service/service.h"
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/resource/resource.h"
#include "modules/service/service_parts_change.h"
#include "web/record.h"

static void check(struct form *form, const void *record)
{
	const struct service *s = record;
	if (s->active && s->price.cents == 0)
		form_error(form, "price", _("Price: what is offered needs a price."));
	service_parts_check(form);
}

static const struct form_rules rules = {
	.check = check, .html = service_parts_html, .read = service_parts_read, .save = service_parts_save,
	.lines = service_parts_lines,
};

static const struct route change[] = {
	{ .method = "GET", .path = "/service/#", .handler = record_form, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .rules = &rules, .list = service_list },
	{ .method = "POST", .path = "/service/#", .handler = record_save, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .rules = &rules, .list = service_list, .command = "service.save" },
	{ .method = "POST", .path = "/service/#/remove", .handler = record_remove, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .command = "service.remove" },
	{ .method = "GET", .path = "/service-group/#", .handler = record_form, .role = ROLE_MANAGEMENT, .entity = &service_group_entity },
	{ .method = "POST", .path = "/service-group/#", .handler = record_save, .role = ROLE_MANAGEMENT, .entity = &service_group_entity,
	  .command = "service_group.save" },
	{ .method = "POST", .path = "/service-group/#/remove", .handler = record_remove, .role = ROLE_MANAGEMENT,
	  .entity = &service_group_entity, .command = "service_group.remove" },
};
const struct module service_change = { .name = "service, changing", ROUTES(change) };
