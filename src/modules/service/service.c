#include "modules/service/service.h"
#include "base/text.h"
#include "modules/resource/resource.h"
#include "web/record.h"
#include <string.h>

/* The colours are tested fives of the design; a shop chooses among them. */
static const struct choice styles[] = {
	{ .text = "schnitt", .label = N_("Cut, blue") }, { .text = "farbe", .label = N_("Colour, magenta") },
	{ .text = "form", .label = N_("Styling, ochre") }, { .text = "herren", .label = N_("Men, petrol") },
	{ .text = "kosmetik", .label = N_("Cosmetics, green") }, { .text = "naegel", .label = N_("Nails, rust") },
	{ .text = "massage", .label = N_("Massage, umber") }, { .text = "block", .label = N_("Other, grey") },
};

#define ENTITY struct service_group
static const struct field group_fields[] = {
	TEXT(name, .label = N_("Name"), .max = 60, .flags = REQUIRED | LISTED | SEARCHED),
	CHOICE(style, CHOICES(styles), .label = N_("Colour and icon"), .initial_text = "schnitt", .flags = REQUIRED | LISTED),
	NUMBER(sort, .label = N_("Order"), .hint = N_("Small numbers stand first."), .min = 0, .max = 999, .flags = ZERO),
};
const struct entity service_group_entity = {
	.name = "service_group", .path = "/service-group", .section = "service", .one = N_("Group"), .many = N_("Groups of services"),
	.add = N_("New group"), .save = N_("Save group"), .none = N_("No group yet."),
	.see = ROLE_APPRENTICE, .change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(group_fields),
};
#undef ENTITY

#define ENTITY struct service
static const struct field fields[] = {
	TEXT(name, .label = N_("Name"), .section = N_("What"), .max = 80, .flags = REQUIRED | LISTED | SEARCHED),
	TEXT_AS("short", code, .label = N_("Short code"), .max = 6, .hint = N_("To type while booking, two to four letters."),
	    .flags = LISTED | SEARCHED),
	REF(service_group, .label = N_("Group"), .to = &service_group_entity, .flags = REQUIRED | LISTED),
	MONEY(price, .label = N_("Price"), .unit = N_("€"), .min = 0, .max = 999900, .flags = REQUIRED | LISTED),
	YESNO(active, .label = N_("Offered"), .unit = N_("in the salon"), .initial = 1),
	YESNO(online, .label = N_("Offered"), .unit = N_("on the page for requests"), .initial = 1),
	REF(skill, .label = N_("Needs"), .to = &skill_entity, .hint = N_("Who lacks this skill is not proposed.")),
	LONGTEXT(note, .label = N_("Note for the team"), .max = 500, .flags = PRIVATE),
	NUMBER(sort, .label = N_("Order"), .flags = HIDDEN | ZERO),
	MINUTES(new_extra, .label = N_("New customers"), .section = N_("Rules while booking"), .unit = N_("minutes longer"), .min = 5, .max = 240),
	REF(new_to, .label = N_("For new customers instead"), .to = &service_entity, .hint = N_("Another service, such as one with a consultation.")),
	YESNO(new_group, .label = N_("New is also"), .unit = N_("who never had anything of this group")),
	NUMBER(refill_days, .label = N_("Refill until"), .unit = N_("days after the last one"), .min = 1, .max = 365),
	REF(refill_to, .label = N_("Later instead"), .to = &service_entity, .hint = N_("The new set that is proposed when a refill comes too late.")),
	REF(test, .label = N_("Patch test"), .to = &service_entity, .hint = N_("The service that is the test; seen or booked before this one.")),
	NUMBER(test_hours, .label = N_("Test at least"), .unit = N_("hours before"), .min = 0, .max = 720),
	NUMBER(test_days, .label = N_("Test holds"), .unit = N_("days"), .min = 1, .max = 1830),
	NUMBER(min_age, .label = N_("Minimum age"), .unit = N_("years"), .min = 1, .max = 99),
	NUMBER(lead_hours, .label = N_("Asked for at least"), .unit = N_("hours before"), .min = 1, .max = 2160),
	DAYTIME(from_time, .label = N_("Not before")),
	DAYTIME(until_time, .label = N_("Over by")),
	YESNO(not_mon, .label = N_("Not on"), .unit = N_("Monday")),
	YESNO(not_tue, .label = N_("Not on"), .unit = N_("Tuesday")),
	YESNO(not_wed, .label = N_("Not on"), .unit = N_("Wednesday")),
	YESNO(not_thu, .label = N_("Not on"), .unit = N_("Thursday")),
	YESNO(not_fri, .label = N_("Not on"), .unit = N_("Friday")),
	YESNO(not_sat, .label = N_("Not on"), .unit = N_("Saturday")),
	YESNO(not_sun, .label = N_("Not on"), .unit = N_("Sunday")),
};
const struct entity service_entity = {
	.name = "service", .path = "/service", .section = "service", .one = N_("Service"), .many = N_("Services"),
	.add = N_("New service"), .save = N_("Save service"), .none = N_("No service yet."),
	.note = N_("Booked appointments keep their duration and price."),
	.see = ROLE_APPRENTICE, .change = ROLE_MANAGEMENT, .order_by = "sort, name", ENTITY_FIELDS(fields),
};
#undef ENTITY

size_t service_phases(struct db *db, int64_t service, struct service_phase *phases_r)
{
	size_t n = 0;
	struct query q = db_query(db, SQL("SELECT kind, name, minutes, place_class, device FROM service_phase "
	    "WHERE service = ? ORDER BY seq LIMIT 8"), B(service));
	while (db_step(&q))
		phases_r[n++] = (struct service_phase){
			.kind = (enum phase_kind)db_int(&q, 0), .name = db_text(&q, 1), .length = db_minutes(&q, 2),
			.place_class = db_ref(&q, 3), .device = db_ref(&q, 4),
		};
	return n;
}

const char *service_phase_word(enum phase_kind kind)
{
	static const char *const words[] = {
		[PHASE_ACTIVE] = N_("active"), [PHASE_WAIT] = N_("processing time"), [PHASE_BUFFER] = N_("buffer"),
	};
	return lang_text(words[kind]);
}

const char *service_icon(const char *style)
{
	static const struct { const char *style, *icon; } icons[] = {
		{ "schnitt", "scissors" }, { "farbe", "droplet" }, { "form", "wind" }, { "herren", "user-round" },
		{ "kosmetik", "flower-2" }, { "naegel", "hand" }, { "massage", "hand-heart" },
	};
	for (size_t i = 0; i < COUNT(icons); i++)
		if (text_equal(icons[i].style, style))
			return icons[i].icon;
	return "coffee";
}

struct row { str group, style, code, name, minutes; int64_t id, in_group; money price; bool active; };
struct rows { struct row *at; size_t n, cap; };

static struct rows list_rows(struct request *r, const struct entity_filter *filter)
{
	struct rows rows = { 0 };
	str folded = text_empty(filter->q) ? NULL : text_fold(r->arena, filter->q);
	struct query q = db_query(r->db, SQL(
	    "SELECT g.name, g.style, s.short, s.name, (SELECT group_concat(minutes, ' + ') FROM (SELECT minutes FROM service_phase "
	    " WHERE service = s.id ORDER BY seq)), s.id, g.id, s.price, s.active "
	    "FROM service s JOIN service_group g ON g.id = s.service_group "
	    "WHERE (?1 IS NULL OR instr(fold(s.name), ?1) OR instr(fold(s.short), ?1)) AND (?2 OR s.active = 1) "
	    "ORDER BY g.sort, g.name, g.id, s.sort, s.name"), B(folded), B(filter->all));
	while (db_step(&q))
		*arena_push(r->arena, &rows) = (struct row){
			.group = db_text(&q, 0), .style = db_text(&q, 1), .code = db_text(&q, 2), .name = db_text(&q, 3),
			.minutes = db_text(&q, 4), .id = db_int(&q, 5), .in_group = db_int(&q, 6), .price = db_money(&q, 7),
			.active = db_bool(&q, 8),
		};
	return rows;
}

static size_t group_size(const struct rows *rows, size_t from)
{
	size_t n = 1;
	while (from + n < rows->n && rows->at[from + n].in_group == rows->at[from].in_group)
		n++;
	return n;
}

#include "gen/modules/service/service.html.h"

static const struct route look[] = {
	{ .method = "GET", .path = "/service", .handler = record_list, .role = ROLE_APPRENTICE, .entity = &service_entity,
	  .list = service_list },
	{ .method = "GET", .path = "/service/csv", .handler = record_csv, .role = ROLE_MANAGEMENT, .entity = &service_entity },
	{ .method = "GET", .path = "/service/json", .handler = record_json, .role = ROLE_MANAGEMENT, .entity = &service_entity },
	{ .method = "GET", .path = "/service-group", .handler = record_list, .role = ROLE_APPRENTICE, .entity = &service_group_entity },
};
static const struct entity *const entities[] = { &service_group_entity, &service_entity };
static const struct section section = { .key = "service", .label = N_("Services"), .icon = "tag", .href = "/service", .role = ROLE_APPRENTICE };
const struct module service_module = {
	.name = "service", ROUTES(look), .entities = entities, .nentities = COUNT(entities), .section = &section,
};
