/* What the program in the shop can do. The spine's places come in this order. */
#include "modules/backup/backup.h"
#include "modules/calendar/calendar.h"
#include "modules/customer/customer.h"
#include "modules/durations/durations.h"
#include "modules/import/import.h"
#include "modules/paper/paper.h"
#include "modules/replan/replan.h"
#include "modules/resource/resource.h"
#include "modules/roster/roster.h"
#include "modules/series/series.h"
#include "modules/service/service.h"
#include "modules/settings/settings.h"
#include "modules/setup/setup.h"
#include "modules/staff/staff.h"
#include "modules/visit/visit.h"
#include "modules/waitlist/waitlist.h"
#include "web/pages.h"

const struct module *const modules[] = {
	&web_module, &web_write_module,
	&calendar_module, &calendar_change,
	&series_module, &series_change,
	&durations_module, &durations_change,
	&paper_module, &paper_change,
	&backup_module, &backup_change,
	&waitlist_module, &waitlist_change,
	&replan_module, &replan_change,
	&customer_module, &customer_change,
	&visit_module, &visit_change,
	&roster_module, &roster_change,
	&staff_module, &staff_change,
	&service_module, &service_change,
	&resource_module, &resource_change,
	&settings_module, &settings_change,
	&setup_change,
	&import_change,
};
const size_t nmodules = COUNT(modules);
