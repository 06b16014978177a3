#include "modules/resource/resource.h"
#include "web/record.h"

/* The three routes by which any kind of these records is changed. */
#define CHANGES(address, kind, machine_name) \
	{ .method = "GET", .path = address "/#", .handler = record_form, .role = ROLE_MANAGEMENT, .entity = (kind) }, \
	{ .method = "POST", .path = address "/#", .handler = record_save, .role = ROLE_MANAGEMENT, .entity = (kind), \
	  .command = machine_name ".save" }, \
	{ .method = "POST", .path = address "/#/remove", .handler = record_remove, .role = ROLE_MANAGEMENT, .entity = (kind), \
	  .command = machine_name ".remove" }

static const struct route change[] = {
	CHANGES("/place-class", &place_class_entity, "place_class"),
	CHANGES("/place", &place_entity, "place"),
	CHANGES("/device", &device_entity, "device"),
	CHANGES("/skill", &skill_entity, "skill"),
};
const struct module resource_change = { .name = "resource, changing", ROUTES(change) };
