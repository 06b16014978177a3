/* customer_change.c: the customer file's form. Only the shop's program links this file. */
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/customer/customer.h"
#include "modules/customer/customer_habits.h"
#include "web/record.h"
#include <string.h>

static void check_phone(struct form *form, const char *key, str phone)
{
	struct arena *a = form->from.arena;
	if (phone != NULL && strlen(text_digits(a, phone)) < 3)
		form_error(form, key, _("Phone: a number with at least three digits, not “%s”."), phone);
}

static void check(struct form *form, const void *record)
{
	const struct customer *c = record;
	check_phone(form, "mobile", c->mobile);
	check_phone(form, "phone", c->phone);
	check_phone(form, "phone_other", c->phone_other);
	const char *at = c->mail != NULL ? strchr(c->mail, '@') : NULL;
	if (c->mail != NULL && (at == NULL || at == c->mail || strchr(at, '.') == NULL || strpbrk(c->mail, " ,;<>") != NULL))
		form_error(form, "mail", _("E-mail: something like name@example.org, not “%s”."), c->mail);
	if (c->birthday.n != NONE && c->birthday.n > form->from.today.n)
		form_error(form, "birthday", _("Birthday: lies in the future."));
}

static void history(struct form *form, struct out *o)
{
	struct request *r = form->from.arg;
	customer_habits_html(form, o);
	if (form_id(form) == 0)
		return;
	customer_history(r, form_id(form));
	page_about(r, o, "customer", form_id(form));
}

static const struct form_rules rules = { .check = check, .html = history, .read = customer_habits_read,
	.save = customer_habits_save, .lines = customer_habits_lines };

static const struct route routes[] = {
	{ "GET", "/customer/#", record_form, .role = ROLE_APPRENTICE, .entity = &customer_entity, .rules = &rules, .list = customer_list },
	{ "POST", "/customer/#", record_save, .role = ROLE_APPRENTICE, .entity = &customer_entity, .rules = &rules, .list = customer_list,
	  .command = "customer.save" },
	{ "POST", "/customer/#/remove", record_remove, .role = ROLE_MANAGEMENT, .entity = &customer_entity, .command = "customer.remove" },
};
const struct module customer_change = { .name = "customer", ROUTES(routes) };
