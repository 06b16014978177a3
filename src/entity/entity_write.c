/* entity_write.c: saving a record as its description says. */
#include "entity/entity_write.h"
#include "entity/entity_sql.h"

static int64_t run(struct db *db, struct sql sql, const struct entity *e, const void *record, bool is_new)
{
	const struct record *r = record;
	struct bind *values = arena_array(db_arena(db), struct bind, e->nfields + 2);
	values[0] = bind_int(r->id == 0 ? NONE : r->id);
	values[1] = bind_int(is_new ? 1 : r->version);
	for (size_t i = 0; i < e->nfields; i++)
		values[i + 2] = entity_bind(&e->fields[i], record);
	return db_run_(db, sql, values, e->nfields + 2);
}

int entity_save(struct db *db, const struct entity *e, void *record)
{
	struct record *r = record;
	if (r->id == 0) {
		if (run(db, entity_sql(e, ENTITY_SQL_INSERT), e, record, true) != 1)
			return -1;
		*r = (struct record){ .id = db_last_id(db), .version = 1 };
		return 0;
	}
	int64_t changed = run(db, entity_sql(e, ENTITY_SQL_UPDATE), e, record, false);
	if (changed == 1) {
		r->version++;
		return 0;
	}
	return changed == 0 && !db_failed(db) ? 1 : -1;
}
