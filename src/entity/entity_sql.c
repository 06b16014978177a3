/* entity_sql.c: the one place where the text of a statement is put together: from names in static tables only, never
 * from what a person sent. Made once per entity and kept, because statements are cached by their text. */
#include "entity/entity_sql.h"
#include "base/log.h"
#include <pthread.h>
#include <string.h>

/* Program-wide; entities are static tables, so there are a few dozen of these. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct arena *kept;
static struct made { const struct entity *entity; const char *text[ENTITY_SQL_COUNT]; struct made *next; } *all;

static const char *title_of(const struct entity *e)
{
	return e->title ? e->title : "name";
}

/* Several pieces after one another, as they stand; ends in NULL. */
static void add(struct out *o, const char *const *pieces)
{
	for (; *pieces != NULL; pieces++)
		out_raw(o, *pieces);
}
#define ADD(o, ...) add((o), (const char *const[]){ __VA_ARGS__, NULL })

/* , a, b, … in the order of the fields */
static void columns(struct out *o, const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		ADD(o, ", ", e->fields[i].name);
}

static void ref_labels(struct out *o, const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].kind == FIELD_REF) {
			const struct field *f = &e->fields[i];
			ADD(o, ", (SELECT ", title_of(f->to), " FROM ", f->to->name, " WHERE id = t.", f->name, ")");
		}
}

static const char *order_of(const struct entity *e)
{
	return e->order_by ? e->order_by : title_of(e);
}

static void make_list(struct out *o, const struct entity *e)
{
	out_raw(o, "SELECT id, version");
	columns(o, e);
	ref_labels(o, e);
	ADD(o, " FROM ", e->name, " t WHERE (?1 IS NULL");
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & SEARCHED)
			ADD(o, " OR instr(fold(", e->fields[i].name, "), ?1)");
	ADD(o, entity_field(e, "active") ? ") AND (?2 OR active = 1)" : ") AND ?2 IS NOT NULL", " ORDER BY ", order_of(e));
}

static void make_insert(struct out *o, const struct entity *e)
{
	ADD(o, "INSERT INTO ", e->name, "(id, version");
	columns(o, e);
	out_raw(o, ") VALUES (?1, ?2");
	for (size_t i = 0; i < e->nfields; i++)
		out_printf(o, ", ?%zu", i + 3);
	out_raw(o, ")");
}

static void make_update(struct out *o, const struct entity *e)
{
	ADD(o, "UPDATE ", e->name, " SET version = version + 1");
	for (size_t i = 0; i < e->nfields; i++)
		out_printf(o, ", %s = ?%zu", e->fields[i].name, i + 3);
	out_raw(o, " WHERE id = ?1 AND version = ?2");
}

static const char *make(const struct entity *e, enum entity_sql_kind kind)
{
	struct out o = { .arena = kept };
	switch (kind) {
	case ENTITY_SQL_LOAD:
		out_raw(&o, "SELECT id, version");
		columns(&o, e);
		ADD(&o, " FROM ", e->name, " WHERE id = ?1");
		break;
	case ENTITY_SQL_TITLE: ADD(&o, "SELECT ", title_of(e), " FROM ", e->name, " WHERE id = ?1"); break;
	case ENTITY_SQL_LIST: make_list(&o, e); break;
	case ENTITY_SQL_OPTIONS:
		ADD(&o, "SELECT id, ", title_of(e), " FROM ", e->name,
		    entity_field(e, "active") ? " WHERE active = 1 OR id = ?1" : " WHERE ?1 IS NOT NULL", " ORDER BY ", order_of(e));
		break;
	case ENTITY_SQL_INSERT: make_insert(&o, e); break;
	case ENTITY_SQL_UPDATE: make_update(&o, e); break;
	case ENTITY_SQL_DELETE: ADD(&o, "DELETE FROM ", e->name, " WHERE id = ?1"); break;
	case ENTITY_SQL_RETIRE: ADD(&o, "UPDATE ", e->name, " SET active = 0, version = version + 1 WHERE id = ?1"); break;
	case ENTITY_SQL_COUNT: bug("no statement of this kind");
	}
	return o.s;
}

static struct made *of_entity(const struct entity *e)
{
	for (struct made *m = all; m != NULL; m = m->next)
		if (m->entity == e)
			return m;
	if (kept == NULL)
		kept = arena_new();
	struct made *m = arena_new_of(kept, struct made);
	*m = (struct made){ .entity = e, .next = all };
	return all = m;
}

struct sql entity_sql(const struct entity *e, enum entity_sql_kind kind)
{
	pthread_mutex_lock(&lock);
	struct made *m = of_entity(e);
	if (m->text[kind] == NULL)
		m->text[kind] = make(e, kind);
	struct sql sql = { m->text[kind] };
	pthread_mutex_unlock(&lock);
	return sql;
}

struct sql entity_sql_options(const struct field *f)
{
	return f->options ? (struct sql){ f->options } : entity_sql(f->to, ENTITY_SQL_OPTIONS);
}
