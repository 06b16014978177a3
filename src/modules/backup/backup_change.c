/* backup_change.c: targets; asking for a backup or a proof. Only the shop's program links this file. */
#include "modules/backup/backup_sheet.h"
#include "base/text.h"
#include "entity/entity_write.h"
#include "web/record.h"
#include <string.h>

static void check(struct form *form, const void *record)
{
	const struct backup_target *t = record;
	const char *own = backup_data_folder(form->from.arena, form->from.db);
	if (t->folder == NULL)
		return;
	if (*t->folder != '/')
		form_error(form, "folder", _("Folder: a whole path that begins with “/”, like /media/stick, not “%s”."), t->folder);
	else if (text_starts(t->folder, own) && (t->folder[strlen(own)] == '/' || t->folder[strlen(own)] == '\0'))
		form_error(form, "folder", _("Folder: not in the data folder itself; what happens to it would happen to the backup, too."));
	else if (db_one(form->from.db, SQL("SELECT count(*) FROM backup_target WHERE folder = ?1 AND id <> ?2"), B(t->folder), B(t->id)) > 0)
		form_error(form, "folder", _("Folder: “%s” is a target already."), t->folder);
}

static const struct form_rules rules = { .check = check };

static void page_now(struct request *r, const struct route *route)
{
	bool drill = strcmp(route->path, "/backup/drill") == 0;
	backup_want(drill ? BACKUP_DRILL : BACKUP_NOW);
	page_toast(r, drill ? _("The backups are being checked.") : _("The backup is being made."), 0);
	page_redirect(r, "/backup");
}

static void page_prepare(struct request *r, const struct route *route)
{
	(void)route;
	backup_prepare(r->id[0]);
	backup_want(BACKUP_NOW);
	page_toast(r, _("The backup is being made."), 0);
	page_redirect(r, "/backup");
}

static const struct route routes[] = {
	{ "GET", "/backup/target/#", record_form, .role = ROLE_OWNER, .entity = &backup_target_entity, .rules = &rules },
	{ "POST", "/backup/target/#", record_save, .role = ROLE_OWNER, .entity = &backup_target_entity, .rules = &rules, .command = "backup_target.save" },
	{ "POST", "/backup/target/#/remove", record_remove, .role = ROLE_OWNER, .entity = &backup_target_entity, .command = "backup_target.remove" },
	{ "POST", "/backup/target/#/prepare", page_prepare, .role = ROLE_OWNER, .memory = true },
	{ "POST", "/backup/now", page_now, .role = ROLE_MANAGEMENT, .memory = true },
	{ "POST", "/backup/drill", page_now, .role = ROLE_MANAGEMENT, .memory = true },
	{ "GET", "/backup/sheet", backup_sheet, .role = ROLE_OWNER },
	{ "GET", "/backup/sheet/back", backup_sheet_back, .role = ROLE_OWNER },
	{ "POST", "/backup/sheet/back", backup_sheet_save, .role = ROLE_OWNER, .command = "backup.sheet", .no_undo = true },
};
const struct module backup_change = { .name = "backup", ROUTES(routes) };
