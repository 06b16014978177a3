/* record.h: pages that every kind of record shares: the standard list beside the standard form. A module names these
 * handlers in its routes, with rules and a list of its own where it has them (.rules, .list).
 *
 *     { "GET",  "/place",          record_list,   ROLE_STYLIST, &place_entity },
 *     { "GET",  "/place/#",        record_form,   ROLE_OWNER,   &place_entity, &rules },   (in x_change.c)
 *     { "POST", "/place/#",        record_save,   ROLE_OWNER,   &place_entity, &rules, "place.save" },
 *     { "POST", "/place/#/remove", record_remove, ROLE_OWNER,   &place_entity, NULL, "place.remove" },               */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H
#include "entity/entity.h"
#include "web/web.h"

handler_fn record_list, record_csv, record_json;
/* This role may, and this program can. */
bool record_may_change(const struct request *, const struct entity *);
/* The page with its list, up to where the form stands; page_end() ends it. */
void record_begin(struct request *, const struct route *, int64_t current);

/* Changing side (record_write.c). */
handler_fn record_form, record_save, record_remove;
#endif
