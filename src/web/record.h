/* record.h: pages that every kind of record shares: the standard list beside the standard form. A module names these
 * handlers in its routes; where list or form are its own, it writes handlers that call record_page() and the like.
 *
 *     { "GET",  "/place",          record_list,   ROLE_STYLIST, &place_entity },
 *     { "GET",  "/place/#",        record_form,   ROLE_OWNER,   &place_entity, &rules },   (in x_change.c)
 *     { "POST", "/place/#",        record_save,   ROLE_OWNER,   &place_entity, &rules, "place.save" },
 *     { "POST", "/place/#/remove", record_remove, ROLE_OWNER,   &place_entity, NULL, "place.remove" },               */
#ifndef WEB_RECORD_H
#define WEB_RECORD_H
#include "entity/entity.h"
#include "web/web.h"

/* What differs from the standard. list: NULL = entity_list_html(). */
struct record_kind {
	const struct entity *entity;
	void (*list)(struct request *, const struct entity_filter *, int64_t current, bool may_change);
	const struct form_rules *rules;             /* entity_write.h; not for looking */
};

handler_fn record_list, record_csv, record_json;
void record_list_of(struct request *, const struct record_kind *);
/* This role may, and this program can. */
bool record_may_change(const struct request *, const struct entity *);
/* The page with its list, up to where the form stands; page_end() ends it. */
void record_begin(struct request *, const struct record_kind *, int64_t current);

/* Changing side (record_write.c). */
handler_fn record_form, record_save, record_remove;
void record_form_of(struct request *, const struct record_kind *);
void record_save_of(struct request *, const struct record_kind *);
#endif
