/* entity_sql.h: statements made from descriptions; for this floor only. */
#ifndef ENTITY_ENTITY_SQL_H
#define ENTITY_ENTITY_SQL_H
#include "entity/entity.h"

enum entity_sql_kind {
	ENTITY_SQL_LOAD,             /* id, version, the fields; ?1 id */
	ENTITY_SQL_TITLE,            /* ?1 id */
	ENTITY_SQL_LIST,             /* as LOAD, then a label per REF; ?1 folded text or NULL, ?2 1 = also inactive */
	ENTITY_SQL_OPTIONS,          /* id, label; ?1 id to keep */
	ENTITY_SQL_INSERT,           /* ?1 id or NULL, ?2 version, ?3… the fields */
	ENTITY_SQL_UPDATE,           /* ?1 id, ?2 version, ?3… the fields */
	ENTITY_SQL_DELETE,           /* ?1 id */
	ENTITY_SQL_RETIRE,           /* ?1 id */
	ENTITY_SQL_COUNT
};
struct sql entity_sql(const struct entity *, enum entity_sql_kind);
struct sql entity_sql_options(const struct field *);

/* A field's member inside of its record. */
static inline void *entity_member(void *record, const struct field *f) { return (char *)record + f->at; }
static inline const void *entity_value(const void *record, const struct field *f) { return (const char *)record + f->at; }
/* Any number, day, reference … as its integer; NONE for texts. */
int64_t entity_int(const struct field *, const void *record);
struct bind entity_bind(const struct field *, const void *record);
void entity_set(const struct field *, void *record, int64_t number, str text);
bool entity_is_text(const struct field *);
bool entity_is_figure(const struct field *);                 /* stands at the right in tables */
const char *entity_choice_label(const struct field *, const void *record);
#endif
