#include "modules/staff/staff.h"
#include "web/record.h"

static const struct choice roles[] = {
	{ ROLE_APPRENTICE, NULL, N_("Apprentice") }, { ROLE_STYLIST, NULL, N_("Stylist") }, { ROLE_RECEPTION, NULL, N_("Reception") },
	{ ROLE_MANAGEMENT, NULL, N_("Management") }, { ROLE_OWNER, NULL, N_("Owner") },
};
static const struct choice languages[] = { { 0, "de", N_("German") }, { 0, "en", N_("English") } };

#define ENTITY struct staff
static const struct field fields[] = {
	TEXT    (name,     .label = N_("Name"), .max = 80, .flags = REQUIRED | LISTED | SEARCHED, .section = N_("Who"), .erase = CLEAR),
	TEXT    (code,     .label = N_("Code"), .max = 3, .flags = REQUIRED | LISTED | SEARCHED, .hint = N_("Two letters for the book, e.g. SU.")),
	CHOICE  (role,     .label = N_("Role"), .flags = REQUIRED | LISTED, CHOICES(roles), .initial = ROLE_STYLIST),
	YESNO   (in_book,  .label = N_("Has a column in the book"), .initial = 1),
	CHOICE  (language, .label = N_("Language"), .flags = REQUIRED, CHOICES(languages), .initial_text = "de"),
	TEXT    (phone,    .label = N_("Phone"), .max = 40, .flags = PRIVATE, .section = N_("How to reach"), .erase = CLEAR),
	TEXT    (mail,     .label = N_("E-mail"), .max = 120, .flags = PRIVATE, .erase = CLEAR),
	DAY     (birthday, .label = N_("Birthday"), .flags = PRIVATE, .erase = CLEAR),
	DAY     (joined,   .label = N_("Joined"), .section = N_("Since when")),
	DAY     (left,     .label = N_("Left")),
	NUMBER  (sort,     .label = N_("Place in the book"), .min = 0, .max = 999, .flags = ZERO),
	TEXT    (colour,   .label = N_("Colour"), .max = 20, .flags = REQUIRED | HIDDEN, .initial_text = "blue"),
	LONGTEXT(note,     .label = N_("Note"), .max = 500, .flags = PRIVATE, .erase = CLEAR),
	YESNO   (active,   .label = N_("Works here"), .initial = 1),
};
const struct entity staff_entity = {
	.name = "staff", .path = "/staff", .one = N_("Staff member"), .many = N_("Staff"), .add = N_("New staff member"),
	.save = N_("Save staff member"), .none = N_("Nobody works here yet."), .section = "staff", .see = ROLE_STYLIST,
	.change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(fields),
};
#undef ENTITY

static const struct route routes[] = {
	{ "GET", "/staff", record_list, .role = ROLE_STYLIST, .entity = &staff_entity },
	{ "GET", "/staff.csv", record_csv, .role = ROLE_MANAGEMENT, .entity = &staff_entity },
};
static const struct entity *const entities[] = { &staff_entity };
static const struct section section = { "staff", N_("Staff"), "user-cog", "/staff", ROLE_STYLIST };
const struct module staff_module = { .name = "staff", ROUTES(routes), .entities = entities, .nentities = COUNT(entities),
	.section = &section };
