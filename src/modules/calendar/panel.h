/* panel.h: the panel of one appointment (panel.c, panel.html). */
#ifndef CALENDAR_PANEL_H
#define CALENDAR_PANEL_H
#include "modules/calendar/booking_rules.h"
#include "modules/calendar/day.h"
#include "modules/customer/customer.h"
#include "web/web.h"

struct place_name { int64_t id; str name; };
struct panel_act { const char *action, *css, *key, *keycap, *label, *icon, *value; };
struct panel_view {
	const struct book_appt *appt;
	struct customer_card card;                  /* id 0: no customer */
	day shown;
	int now;                                    /* minutes, -1 = the appointment is not today */
	bool cancelling, can_change;
	str error, services;
	struct panel_act acts[8];
	size_t nacts;
	struct place_name *places;
	size_t nplaces;
	struct rule_texts rules;                    /* what the services' rules say of it where it lies */
	str rule_reason;                            /* booked against one: why; NULL */
};

/* With a sentence on top: why the last action was refused; NULL = none. */
void panel_appointment_said(struct request *, const struct day_view *, const struct book_appt *, const char *error);
#endif
