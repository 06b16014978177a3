/* paper_change.c: where the sheet goes; asking for a fresh one. Only the shop's program links this file. */
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/paper/paper_enter.h"
#include "web/record.h"

static void check(struct form *form, const void *record)
{
	const struct paper *p = record;
	if (p->folder != NULL && *p->folder != '/')
		form_error(form, "folder", _("Folder: a whole path that begins with “/”, like /media/stick, not “%s”."), p->folder);
}

static const struct form_rules rules = { .check = check };

static bool is_the_one(struct request *r)
{
	if (r->id[0] == 1)
		return true;
	page_error(r, 404, _("There is one shop only."));
	return false;
}

static void page_form(struct request *r, const struct route *route)
{
	if (is_the_one(r))
		record_form(r, route);
}

static void page_save(struct request *r, const struct route *route)
{
	if (is_the_one(r))
		record_save(r, route);
}

static void page_print(struct request *r, const struct route *route)
{
	(void)route;
	paper_want();
	page_toast(r, _("The emergency sheet is being renewed."), 0);
	page_redirect(r, "/paper");
}

static const struct route routes[] = {
	{ "GET", "/settings/paper/#", page_form, .role = ROLE_MANAGEMENT, .entity = &paper_entity, .rules = &rules, .list = settings_list },
	{ "POST", "/settings/paper/#", page_save, .role = ROLE_MANAGEMENT, .entity = &paper_entity, .rules = &rules, .list = settings_list,
	  .command = "paper.save" },
	{ "POST", "/paper/print", page_print, .role = ROLE_APPRENTICE, .memory = true },
	{ "GET", "/paper/enter", paper_enter_form, .role = ROLE_STYLIST },
	{ "POST", "/paper/enter", paper_enter_save, .role = ROLE_STYLIST, .command = "paper.enter" },
};
const struct module paper_change = { .name = "paper", ROUTES(routes) };
