#include "modules/service/service.h"
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/resource/resource.h"
#include "modules/service/service_parts_change.h"
#include "rules/visit.h"
#include "web/record.h"

/* Rules that contradict themselves or each other. */
static void check_rules(struct form *form, const struct service *s)
{
	bool all = s->not_mon && s->not_tue && s->not_wed && s->not_thu && s->not_fri && s->not_sat && s->not_sun;
	int64_t hours = s->test_hours != NONE ? s->test_hours : VISIT_TEST_HOURS;
	if (s->new_extra.min != NONE && s->new_extra.min % 5 != 0)
		form_error(form, "new_extra", _("New customers: in steps of 5 minutes, please."));
	if (s->new_to.id != 0 && s->new_to.id == s->id)
		form_error(form, "new_to", _("For new customers instead: please another service than this one."));
	if (s->new_to.id != 0 && s->new_extra.min != NONE)
		form_error(form, "new_to", _("For new customers: either minutes longer or another service, not both."));
	if (s->refill_to.id != 0 && s->refill_to.id == s->id)
		form_error(form, "refill_to", _("Later instead: please another service than this one."));
	if ((s->refill_to.id != 0) != (s->refill_days != NONE))
		form_error(form, s->refill_to.id != 0 ? "refill_days" : "refill_to", _("A refill needs both: for how many days it is one, and what it is afterwards."));
	if (s->test.id != 0 && s->test.id == s->id)
		form_error(form, "test", _("Patch test: please another service than this one."));
	if (s->test.id != 0 && s->test_days != NONE && s->test_days * 24 <= hours)
		form_error(form, "test_days", _("Test holds: longer than the %lld hours that have to pass before, please."), (long long)hours);
	if (s->from_time.min != NONE && s->until_time.min != NONE && s->until_time.min <= s->from_time.min)
		form_error(form, "until_time", _("Over by: later than “Not before”, please."));
	if (s->test.id == 0 && (s->test_hours != NONE || s->test_days != NONE))
		form_error(form, "test", _("Patch test: please choose which one; there are hours or days for it."));
	if (all)
		form_error(form, "not_sun", _("Not on: at least one weekday has to be left."));
}

static void check(struct form *form, const void *record)
{
	const struct service *s = record;
	if (s->active && s->price.cents == 0)
		form_error(form, "price", _("Price: what is offered needs a price."));
	service_parts_check(form);
	check_rules(form, s);
}

static const struct form_rules rules = {
	.check = check, .html = service_parts_html, .read = service_parts_read, .save = service_parts_save,
	.lines = service_parts_lines,
};

static const struct route change[] = {
	{ .method = "GET", .path = "/service/#", .handler = record_form, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .rules = &rules, .list = service_list },
	{ .method = "POST", .path = "/service/#", .handler = record_save, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .rules = &rules, .list = service_list, .command = "service.save" },
	{ .method = "POST", .path = "/service/#/remove", .handler = record_remove, .role = ROLE_MANAGEMENT, .entity = &service_entity,
	  .command = "service.remove" },
	{ .method = "GET", .path = "/service-group/#", .handler = record_form, .role = ROLE_MANAGEMENT, .entity = &service_group_entity },
	{ .method = "POST", .path = "/service-group/#", .handler = record_save, .role = ROLE_MANAGEMENT, .entity = &service_group_entity,
	  .command = "service_group.save" },
	{ .method = "POST", .path = "/service-group/#/remove", .handler = record_remove, .role = ROLE_MANAGEMENT,
	  .entity = &service_group_entity, .command = "service_group.remove" },
};
const struct module service_change = { .name = "service, changing", ROUTES(change) };
