#include "modules/staff/staff_parts_change.h"
#include "base/text.h"
#include "modules/staff/staff.h"
#include "web/password.h"

/* Nobody raises oneself or touches those above: what an owner is, only an owner changes. And one owner must stay. */
static void check_role(struct form *form, const struct staff *s)
{
	const struct request *r = form->from.arg;
	int64_t before = s->id == 0 ? ROLE_NONE : db_one(form->from.db, SQL("SELECT role FROM staff WHERE id = ?"), B(s->id));
	if (r->role < ROLE_OWNER && (s->role == ROLE_OWNER || before == ROLE_OWNER))
		form_error(form, "role", _("Role: only an owner changes or names an owner."));
	int64_t others = db_one(form->from.db, SQL("SELECT count(*) FROM staff WHERE role = 5 AND active = 1 AND id <> ?"), B(s->id));
	if (before == ROLE_OWNER && others == 0 && (s->role != ROLE_OWNER || !s->active))
		form_error(form, "role", _("Role: this is the last owner, one must stay."));
}

void staff_access_check(struct form *form, const void *record)
{
	const struct staff *s = record;
	const char *password = form_get(form, "password"), *pin = form_get(form, "pin");
	check_role(form, s);
	if (s->joined.n != NONE && s->left.n != NONE && s->left.n < s->joined.n)
		form_error(form, "left", _("Left: lies before the day of joining."));
	if (!text_empty(password) && !password_ok(password)) form_error(form, "password", _("Password: at least eight characters, please."));
	if (!text_empty(pin) && !password_pin_ok(pin)) form_error(form, "pin", _("PIN: four digits, please."));
}

void staff_access_save(struct form *form)
{
	const char *password = form_get(form, "password"), *pin = form_get(form, "pin");
	struct db *db = form->from.db;
	int64_t id = form_id(form);
	if (text_empty(password) && text_empty(pin)) return;
	db_run(db, SQL("INSERT OR IGNORE INTO staff_secret(staff) VALUES(?)"), B(id));
	if (!text_empty(password))
		db_run(db, SQL("UPDATE staff_secret SET password = ? WHERE staff = ?"), B(password_hash(form->from.arena, password)), B(id));
	if (!text_empty(pin)) db_run(db, SQL("UPDATE staff_secret SET pin = ? WHERE staff = ?"), B(password_hash(form->from.arena, pin)), B(id));
}
