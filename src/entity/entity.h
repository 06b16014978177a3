/* entity.h: a kind of record is described once, by a struct and a table of fields; from it come its list, search, form,
 * checks, SQL, export and inspection. This is the looking side; forms and saving stand in entity_write.h.
 *
 *     struct place { int64_t id, version; str name; ref class; bool active; };
 *     #define ENTITY struct place
 *     static const struct field fields[] = {
 *         TEXT(name, .label = N_("Name"), .max = 80, .flags = REQUIRED | LISTED | SEARCHED),
 *         REF(class, .label = N_("Class"), .to = &place_class_entity, .flags = REQUIRED | LISTED),
 *         YESNO(active, .label = N_("In use"), .initial = 1),
 *     };
 *     const struct entity place_entity = { .name = "place", …, ENTITY_FIELDS(fields) };                               */
#ifndef ENTITY_ENTITY_H
#define ENTITY_ENTITY_H
#include "base/lang.h"
#include "base/out.h"
#include "db/db.h"
#include "entity/field.h"

enum role { ROLE_ANYONE = -1, ROLE_NONE, ROLE_APPRENTICE, ROLE_STYLIST, ROLE_RECEPTION, ROLE_MANAGEMENT, ROLE_OWNER };

struct entity {
	const char *name;            /* the table */
	const char *path;            /* "/place"; /place/# is one of them, /place/0 a new one */
	const char *one, *many;      /* msgids: "Place", "Places" */
	const char *add, *save;      /* msgids of buttons: "New place", "Save place" */
	const char *none;            /* msgid: what is said when there is none yet */
	const char *section;         /* its place in the spine: "service", "settings" */
	const char *note;            /* msgid: one line beside the save button, may be NULL */
	enum role see, change;
	const char *title;           /* SQL expression that names a record to people; NULL: "name" */
	const char *order_by;        /* SQL; NULL: the title */
	const char *const *other;    /* columns that no field describes on purpose, ends in NULL; may be NULL */
	bool lasting;                /* never removed: its form offers no button for that */
	size_t size, nfields;
	const struct field *fields;
};
#define ENTITY_FIELDS(table) .size = sizeof(ENTITY), .fields = (table), .nfields = COUNT(table)

struct record { int64_t id, version; };      /* begins every record; id 0 = not saved yet */

const char *entity_path(const struct entity *);
const struct field *entity_field(const struct entity *, const char *name);   /* NULL: none of that name */
/* A fresh record: numbers and days without .initial are NONE, the rest is .initial. */
void entity_blank(const struct entity *, void *record_r);
/* 1 found, 0 there is none, -1 failed. Texts live in the request's arena. */
int entity_load(struct db *, const struct entity *, int64_t id, void *record_r) MUST_USE;
str entity_title(struct db *, const struct entity *, int64_t id);            /* NULL: there is none */

struct entity_filter {
	const char *q;               /* must be in one of the SEARCHED fields, folded; NULL = all */
	bool all;                    /* also what is no longer active */
};
/* records: n structs after one another; labels: of all REFs, row by row (entity_list_label()). */
struct entity_list { char *records; size_t n; const str *labels; const struct entity *entity; };
struct entity_list entity_list(struct db *, const struct entity *, const struct entity_filter *);
str entity_list_label(const struct entity_list *, size_t row, const struct field *);   /* what a REF points to */
#define entity_list_at(list, type, i) ((type *)(void *)((list)->records + sizeof(type) * (i)))

/* What a REF may be set to: id and label, the active ones and `keep` (0 = none). */
struct entity_option { int64_t id; str label; };
size_t entity_options(struct db *, const struct field *, int64_t keep, const struct entity_option **options_r);

/* The standard list of the design: filter, "new", one line per record. For <main class="listform">. `current` is the
 * record whose form stands beside it, -1 = none; `may_change` shows what leads to forms. */
void entity_list_html(struct out *, struct db *, const struct entity *, const struct entity_filter *, int64_t current,
    bool may_change);
/* Its head alone, for lists of a module's own: filter and "new". */
void entity_filter_html(struct out *, const struct entity *, const struct entity_filter *, bool may_change);
/* One value as people read it; a REF's label must be given. */
void entity_put(struct out *, const struct field *, const void *record, str ref_label);

/* Everything for spreadsheets (CSV, ; and CRLF and a byte order mark; no cell begins a formula) and for machines (JSON).
 * `private` gives the PRIVATE fields too. */
void entity_export_csv(struct out *, struct db *, const struct entity *, bool private);
void entity_export_json(struct out *, struct db *, const struct entity *, bool private);

/* The inspector: holds the description against itself and against the live schema, in both directions. One line per
 * complaint; their number is given. */
int entity_inspect(struct db *, const struct entity *, struct out *complaints);
#endif
