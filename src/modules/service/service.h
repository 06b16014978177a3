/* service.h: what the shop offers. A service is a chain of phases: active (a person and a place), wait (the place alone:
 * a colour works), buffer (the place alone: a room is aired). Its phases, prices and doers are copied into appointments
 * when they are booked, so that a change here does not move the book. */
#ifndef SERVICE_SERVICE_H
#define SERVICE_SERVICE_H
#include "entity/entity.h"
#include "rules/rules.h"
#include "web/web.h"

struct service_group { int64_t id, version; str name, style; int64_t sort; };
struct service {
	int64_t id, version;
	str name, code;              /* code: typed while booking; NULL = none */
	ref service_group;
	money price;
	bool active, online;
	ref skill;                   /* who has it not can't do it */
	str note;
	int64_t sort;
	/* Rules while booking (rules/visit.h); NONE or 0 = no such rule. */
	minutes new_extra; ref new_to; bool new_group;
	int64_t refill_days; ref refill_to;
	ref test; int64_t test_hours, test_days;
	int64_t min_age, lead_hours;
	daytime from_time, until_time;
	bool not_mon, not_tue, not_wed, not_thu, not_fri, not_sat, not_sun;
};

enum { SERVICE_PHASES = 8 };         /* at most, of one service */
struct service_phase { enum phase_kind kind; str name; minutes length; ref place_class, device; };

extern const struct entity service_entity, service_group_entity;
extern const struct module service_module, service_change;

/* At most SERVICE_PHASES; their number is given. */
size_t service_phases(struct db *, int64_t service, struct service_phase *phases_r);
const char *service_phase_word(enum phase_kind);             /* "Einwirkzeit" */
const char *service_icon(const char *style);                 /* name in icons.svg */
/* The list beside the form: grouped, as route.list. */
void service_list(struct request *, const struct entity_filter *, int64_t current, bool may_change);
/* The bar that shows the phases in proportion. */
void service_strip(struct out *, const char *style, const struct service_phase *, size_t n);
#endif
