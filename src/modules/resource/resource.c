#include "modules/resource/resource.h"
#include "web/record.h"

#define SORT_HINT N_("Small numbers stand first.")

#define ENTITY struct place_class
static const struct field place_class_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .placeholder = N_("Wash basin"), .flags = REQUIRED | LISTED | SEARCHED),
	NUMBER(sort, .label = N_("Order"), .hint = SORT_HINT, .min = 0, .max = 999, .flags = ZERO),
};
const struct entity place_class_entity = {
	.name = "place_class", .path = "/place-class", .section = "settings",
	.one = N_("Class of places"), .many = N_("Classes of places"),
	.add = N_("New class of places"), .save = N_("Save class"), .none = N_("No class of places yet."),
	.see = ROLE_STYLIST, .change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(place_class_fields),
};
#undef ENTITY

#define ENTITY struct place_record
static const struct field place_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .placeholder = N_("Seat 1"), .flags = REQUIRED | LISTED | SEARCHED),
	REF(class, .label = N_("Class"), .to = &place_class_entity, .hint = N_("A service asks for a class; any free place of it will do."),
	    .flags = REQUIRED | LISTED),
	NUMBER(sort, .label = N_("Order"), .hint = SORT_HINT, .min = 0, .max = 999, .flags = ZERO),
	LONGTEXT(note, .label = N_("Note for the team"), .max = 500, .flags = PRIVATE),
	YESNO(active, .label = N_("In use"), .initial = 1),
};
const struct entity place_entity = {
	.name = "place", .path = "/place", .section = "settings", .one = N_("Place"), .many = N_("Places and rooms"),
	.add = N_("New place"), .save = N_("Save place"), .none = N_("No place yet."), .note = N_("Booked appointments keep their place."),
	.see = ROLE_STYLIST, .change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(place_fields),
};
#undef ENTITY

#define ENTITY struct device_record
static const struct field device_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .placeholder = N_("Climazone"), .flags = REQUIRED | LISTED | SEARCHED),
	NUMBER(quantity, .label = N_("Quantity"), .unit = N_("pieces"), .hint = N_("So many can be in use at the same time."),
	    .min = 1, .max = 99, .initial = 1, .flags = REQUIRED | LISTED),
	NUMBER(sort, .label = N_("Order"), .hint = SORT_HINT, .min = 0, .max = 999, .flags = ZERO),
	LONGTEXT(note, .label = N_("Note for the team"), .max = 500, .flags = PRIVATE),
	YESNO(active, .label = N_("In use"), .initial = 1),
};
const struct entity device_entity = {
	.name = "device", .path = "/device", .section = "settings", .one = N_("Device"), .many = N_("Devices"),
	.add = N_("New device"), .save = N_("Save device"), .none = N_("No device yet."),
	.see = ROLE_STYLIST, .change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(device_fields),
};
#undef ENTITY

#define ENTITY struct skill
static const struct field skill_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .placeholder = N_("Balayage"), .flags = REQUIRED | LISTED | SEARCHED),
};
const struct entity skill_entity = {
	.name = "skill", .path = "/skill", .section = "settings", .one = N_("Skill"), .many = N_("Skills"),
	.add = N_("New skill"), .save = N_("Save skill"), .none = N_("No skill yet."),
	.see = ROLE_STYLIST, .change = ROLE_MANAGEMENT, ENTITY_FIELDS(skill_fields),
};
#undef ENTITY

static const struct route look[] = {
	{ .method = "GET", .path = "/place-class", .handler = record_list, .role = ROLE_STYLIST, .entity = &place_class_entity },
	{ .method = "GET", .path = "/place", .handler = record_list, .role = ROLE_STYLIST, .entity = &place_entity },
	{ .method = "GET", .path = "/device", .handler = record_list, .role = ROLE_STYLIST, .entity = &device_entity },
	{ .method = "GET", .path = "/skill", .handler = record_list, .role = ROLE_STYLIST, .entity = &skill_entity },
	{ .method = "GET", .path = "/place/csv", .handler = record_csv, .role = ROLE_MANAGEMENT, .entity = &place_entity },
	{ .method = "GET", .path = "/device/csv", .handler = record_csv, .role = ROLE_MANAGEMENT, .entity = &device_entity },
};
static const struct entity *const entities[] = { &place_class_entity, &place_entity, &device_entity, &skill_entity };
const struct module resource_module = { .name = "resource", ROUTES(look), .entities = entities, .nentities = COUNT(entities) };
