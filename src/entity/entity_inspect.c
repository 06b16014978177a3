/* entity_inspect.c: holds descriptions against themselves and against the live schema. What it says is for programmers. */
#include "entity/entity.h"
#include "entity/entity_sql.h"
#include <string.h>

struct inspection { const struct entity *e; struct out *o; int wrong; };

static __attribute__((format(printf, 3, 4))) void complain(struct inspection *in, const char *field, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	const char *what = arena_vprintf(in->o->arena, fmt, ap);
	va_end(ap);
	out_raw(in->o, arena_printf(in->o->arena, "%s%s%s: %s\n", in->e->name, field ? "." : "", field ? field : "", what));
	in->wrong++;
}

static void inspect_entity(struct inspection *in)
{
	const struct entity *e = in->e;
	if (e->see == ROLE_NONE || e->change == ROLE_NONE)
		complain(in, NULL, "no one was named who may see or change it");
	if (e->change < e->see)
		complain(in, NULL, "who may change it may not see it");
	if (e->one == NULL || e->many == NULL || e->add == NULL || e->save == NULL || e->none == NULL)
		complain(in, NULL, "one, many, add, save and none are needed");
	if (e->path == NULL || *e->path != '/')
		complain(in, NULL, "has no path");
	if (e->size < sizeof(struct record))
		complain(in, NULL, "has no size");
}

static void inspect_field(struct inspection *in, const struct field *f)
{
	bool text = f->kind == FIELD_TEXT || f->kind == FIELD_LONGTEXT;
	if (f->label == NULL)
		complain(in, f->name, "has no label");
	if (f->kind == FIELD_REF && f->to == NULL)
		complain(in, f->name, "points to no entity");
	if ((f->kind == FIELD_CHOICE || f->kind == FIELD_CHOICE_TEXT) && f->nchoices == 0)
		complain(in, f->name, "has no choices");
	if (f->flags & SEARCHED && !text)
		complain(in, f->name, "only texts are searched");
	if (f->max < f->min)
		complain(in, f->name, "max is below min");
	if (f->at < sizeof(struct record))
		complain(in, f->name, "lies over id or version");
	for (size_t i = 0; i < f->nchoices; i++)
		if (f->choices[i].label == NULL || (f->kind == FIELD_CHOICE_TEXT && f->choices[i].text == NULL))
			complain(in, f->name, "a choice has no label or value");
}

/* The column's side of a field. */
static void inspect_column(struct inspection *in, struct db *db, const struct field *f)
{
	bool found = false;
	struct query q = db_query(db, SQL("SELECT type, \"notnull\", dflt_value FROM pragma_table_xinfo(?) WHERE name = ?"),
	    B(in->e->name), B(f->name));
	while (db_step(&q)) {
		const char *type = db_text(&q, 0), *want = entity_is_text(f) ? "TEXT" : "INTEGER";
		bool required = f->flags & (REQUIRED | ZERO) || f->kind == FIELD_YESNO, not_null = db_bool(&q, 1);
		found = true;
		if (strcmp(type, want) != 0)
			complain(in, f->name, "the column is %s, the field needs %s", type, want);
		if (f->flags & REQUIRED && !not_null)
			complain(in, f->name, "required, but the column allows NULL");
		if (not_null && !required && !(f->flags & (HIDDEN | READONLY)))
			complain(in, f->name, "the column needs a value, but the field may be left empty");
	}
	if (!found)
		complain(in, f->name, "the table has no such column");
}

static void inspect_reference(struct inspection *in, struct db *db, const struct field *f)
{
	if (f->to != NULL && db_one(db, SQL("SELECT count(*) FROM pragma_foreign_key_list(?) WHERE \"from\" = ? AND \"table\" = ?"),
	    B(in->e->name), B(f->name), B(f->to->name)) != 1)
		complain(in, f->name, "the schema has no foreign key to %s", f->to->name);
}

static bool described(const struct entity *e, const char *column)
{
	for (const char *const *other = e->other; other != NULL && *other != NULL; other++)
		if (strcmp(*other, column) == 0)
			return true;
	return entity_field(e, column) != NULL;
}

static void inspect_table(struct inspection *in, struct db *db)
{
	bool version = false;
	struct query q = db_query(db, SQL("SELECT name FROM pragma_table_xinfo(?) WHERE name <> 'id'"), B(in->e->name));
	while (db_step(&q)) {
		const char *column = db_text(&q, 0);
		if (strcmp(column, "version") == 0)
			version = true;
		else if (!described(in->e, column))
			complain(in, column, "a column that no field describes");
	}
	if (!version)
		complain(in, NULL, "the table has no version");
}

/* Whatever is made from the description must be SQL that this schema knows. */
static void inspect_statements(struct inspection *in, struct db *db)
{
	for (int kind = 0; kind < ENTITY_SQL_COUNT; kind++) {
		sqlite3_stmt *st = NULL;
		if (kind == ENTITY_SQL_RETIRE && entity_field(in->e, "active") == NULL)
			continue;
		if (sqlite3_prepare_v2(db_handle(db), entity_sql(in->e, (enum entity_sql_kind)kind).text, -1, &st, NULL) != SQLITE_OK)
			complain(in, NULL, "%s", sqlite3_errmsg(db_handle(db)));
		sqlite3_finalize(st);
	}
	for (size_t i = 0; i < in->e->nfields; i++) {
		const struct field *f = &in->e->fields[i];
		sqlite3_stmt *st = NULL;
		if (f->options == NULL)
			continue;
		if (sqlite3_prepare_v2(db_handle(db), f->options, -1, &st, NULL) != SQLITE_OK || sqlite3_column_count(st) != 2 ||
		    sqlite3_bind_parameter_count(st) != 1)
			complain(in, f->name, "options must select id and label, with ?1 the id now set");
		sqlite3_finalize(st);
	}
}

int entity_inspect(struct db *db, const struct entity *e, struct out *complaints)
{
	struct inspection in = { .e = e, .o = complaints };
	inspect_entity(&in);
	for (size_t i = 0; i < e->nfields; i++) {
		inspect_field(&in, &e->fields[i]);
		inspect_column(&in, db, &e->fields[i]);
		if (e->fields[i].kind == FIELD_REF)
			inspect_reference(&in, db, &e->fields[i]);
	}
	inspect_table(&in, db);
	if (in.wrong == 0)
		inspect_statements(&in, db);
	return in.wrong;
}
