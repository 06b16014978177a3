/* What the looking program can show: the same, without what changes anything. */
#include "modules/backup/backup.h"
#include "modules/calendar/calendar.h"
#include "modules/customer/customer.h"
#include "modules/durations/durations.h"
#include "modules/paper/paper.h"
#include "modules/replan/replan.h"
#include "modules/resource/resource.h"
#include "modules/roster/roster.h"
#include "modules/series/series.h"
#include "modules/service/service.h"
#include "modules/settings/settings.h"
#include "modules/staff/staff.h"
#include "modules/visit/visit.h"
#include "modules/waitlist/waitlist.h"
#include "web/pages.h"

const struct module *const modules[] = {
	&web_module, &web_look_module,
	&calendar_module,
	&series_module,
	&durations_module,
	&paper_module,
	&backup_module,
	&waitlist_module,
	&replan_module,
	&customer_module,
	&visit_module,
	&roster_module,
	&staff_module,
	&service_module,
	&resource_module,
	&settings_module,
};
const size_t nmodules = COUNT(modules);
