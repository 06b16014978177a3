#include "modules/settings/settings_private.h"
#include "base/text.h"
#include "web/icon.h"

static const struct choice words[] = { { 0, "customer", N_("Customers") }, { 0, "patient", N_("Patients") }, { 0, "guest", N_("Guests") } };

#define ENTITY struct shop
static const struct field fields[] = {
	TEXT  (name,         .label = N_("Name"), .max = 80, .flags = REQUIRED | LISTED, .section = N_("The shop")),
	TEXT  (street,       .label = N_("Street"), .max = 80),
	TEXT  (postcode,     .label = N_("Postcode"), .max = 10),
	TEXT  (town,         .label = N_("Town"), .max = 60),
	TEXT  (phone,        .label = N_("Phone"), .max = 40),
	TEXT  (mail,         .label = N_("E-mail"), .max = 120),
	CHOICE(person_word,  .label = N_("Who comes here"), .flags = REQUIRED, CHOICES(words), .initial_text = "customer"),
	NUMBER(lock_minutes, .label = N_("Lock after"), .unit = N_("minutes"), .min = 1, .max = 720, .flags = REQUIRED, .initial = 15,
	    .hint = N_("So long without a key or a click, then the PIN is asked for.")),
	TEXT  (country,      .label = N_("Country"), .max = 2, .flags = REQUIRED | HIDDEN, .initial_text = "DE"),
	TEXT  (state,        .label = N_("State|of a country"), .max = 4, .flags = REQUIRED | HIDDEN, .initial_text = "NI"),
	TEXT  (zone,         .label = N_("Time zone"), .max = 40, .flags = REQUIRED | HIDDEN, .initial_text = "Europe/Berlin"),
};
static const char *const other[] = { "set_up", NULL };
const struct entity settings_shop = {
	.name = "shop", .path = "/settings/shop", .one = N_("The shop"), .many = N_("Settings"), .add = N_("The shop"),
	.save = N_("Save settings"), .none = N_("Not set up yet."), .section = "settings", .see = ROLE_APPRENTICE, .change = ROLE_MANAGEMENT,
	.lasting = true, .other = other, ENTITY_FIELDS(fields),
};

struct way { const char *href, *icon, *name, *hint; int role; };
static const struct way ways[] = {
	{ "/me", "user-round", N_("Me"), N_("Language, password, PIN"), ROLE_APPRENTICE },
	{ "/settings/shop/1", "settings", N_("The shop"), N_("Address, opening hours, holidays, lock"), ROLE_MANAGEMENT },
	{ "/staff", "user-cog", N_("Staff"), N_("Hours, absences, rights, PIN"), ROLE_STYLIST },
	{ "/roster/rules", "calendar-range", N_("Duty roster"), N_("How many must be there, kinds of absence, vacation carried over"), ROLE_MANAGEMENT },
	{ "/service", "tag", N_("Services"), N_("Phases, durations, prices"), ROLE_APPRENTICE },
	{ "/service-group", "layers", N_("Groups of services"), N_("Colour and sign in the book"), ROLE_APPRENTICE },
	{ "/place", "armchair", N_("Places and rooms"), N_("What a treatment takes up"), ROLE_STYLIST },
	{ "/place-class", "door-open", N_("Classes of places"), N_("What can stand in for each other"), ROLE_STYLIST },
	{ "/device", "wrench", N_("Devices"), N_("In pools, with a quantity"), ROLE_STYLIST },
	{ "/skill", "star", N_("Skills"), N_("What not everybody can"), ROLE_STYLIST },
	{ "/durations", "clock", N_("Own durations"), N_("What really takes longer or shorter with somebody"), ROLE_STYLIST },
	{ "/durations/booked", "tags", N_("Prices and lengths of what is booked"), N_("Take over a changed list for chosen appointments"), ROLE_MANAGEMENT },
	{ "/paper", "printer", N_("Emergency sheet"), N_("The next days as a PDF; entering paper notes"), ROLE_APPRENTICE },
	{ "/backup", "hard-drive", N_("Data backup"), N_("Targets, proof of a restore, recovery sheet"), ROLE_RECEPTION },
	{ "/import", "file-up", N_("Import"), N_("Calendars, cards and lists from elsewhere"), ROLE_MANAGEMENT },
	{ "/journal", "history", N_("Change log"), N_("Who did what when, and taking it back"), ROLE_APPRENTICE },
};

static void ways_html(struct out *, const struct request *, int64_t current);

void settings_list(struct request *r, const struct entity_filter *filter, int64_t current, bool may_change)
{
	(void)filter;
	(void)may_change;
	ways_html(&r->page, r, current);
}

static const struct route look[] = {
	{ .method = "GET", .path = "/settings", .handler = record_list, .role = ROLE_APPRENTICE, .entity = &settings_shop,
	  .list = settings_list },
	{ .method = "GET", .path = "/settings/shop", .handler = record_list, .role = ROLE_APPRENTICE, .entity = &settings_shop,
	  .list = settings_list },
};
static const struct entity *const entities[] = { &settings_shop };
static const struct section section = { .key = "settings", .label = N_("Settings"), .icon = "settings", .href = "/settings", .role = ROLE_APPRENTICE };
const struct module settings_module = { .name = "settings", ROUTES(look), .entities = entities, .nentities = COUNT(entities), .section = &section };

#include "gen/modules/settings/settings.html.h"
