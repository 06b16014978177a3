/* settings_private.h: the shop's record and what its form has besides. */
#ifndef MODULES_SETTINGS_SETTINGS_PRIVATE_H
#define MODULES_SETTINGS_SETTINGS_PRIVATE_H
#include "entity/entity.h"
#include "modules/settings/settings.h"
#include "web/record.h"

struct shop {
	int64_t id, version, lock_minutes;
	str name, street, postcode, town, phone, mail, country, state, zone, person_word;
};
extern const struct entity settings_shop;

/* settings_me_change.c: everybody's own language, password, PIN; the two _old_ ones run before, on a reading thread. */
handler_fn settings_me, settings_me_language, settings_me_password, settings_me_old_password, settings_me_pin, settings_me_old_pin;

/* settings_days_change.c: opening hours and the days that differ from them. */
struct form;
void settings_days_read(struct form *);
void settings_days_save(struct form *);
struct form_lines;
void settings_days_lines(struct form *, bool typed, struct form_lines *);
void settings_days_html(struct form *, struct out *);
#endif
