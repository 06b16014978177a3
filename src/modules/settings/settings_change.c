/* settings_change.c: changing the shop's data. Only the shop's program links this file. */
#include "entity/entity_write.h"
#include "modules/settings/settings_private.h"

static const struct form_rules rules = { .html = settings_days_html, .read = settings_days_read, .save = settings_days_save,
	.lines = settings_days_lines };

static bool is_shop(struct request *r)
{
	if (r->id[0] == 1) return true;
	page_error(r, 404, _("There is one shop only."));
	return false;
}

static void page_form(struct request *r, const struct route *route)
{
	if (is_shop(r)) record_form(r, route);
}

static void page_save(struct request *r, const struct route *route)
{
	if (is_shop(r)) record_save(r, route);
}

static const struct route change[] = {
	{ .method = "GET", .path = "/settings/shop/#", .handler = page_form, .role = ROLE_MANAGEMENT, .entity = &settings_shop,
	  .rules = &rules, .list = settings_list },
	{ .method = "POST", .path = "/settings/shop/#", .handler = page_save, .role = ROLE_MANAGEMENT, .entity = &settings_shop,
	  .rules = &rules, .list = settings_list, .command = "settings.save" },
	{ .method = "GET", .path = "/me", .handler = settings_me, .role = ROLE_APPRENTICE },
	{ .method = "POST", .path = "/me", .handler = settings_me_language, .role = ROLE_APPRENTICE, .command = "me.language" },
	{ .method = "POST", .path = "/me/password", .handler = settings_me_password, .role = ROLE_APPRENTICE, .before = settings_me_old_password,
	  .command = "me.password", .no_undo = true },
	{ .method = "POST", .path = "/me/pin", .handler = settings_me_pin, .role = ROLE_APPRENTICE, .before = settings_me_old_pin,
	  .command = "me.pin", .no_undo = true },
};
const struct module settings_change = { .name = "settings, changing", ROUTES(change) };
