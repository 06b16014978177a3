/* entity.c: records as their descriptions say: load, list, labels. */
#include "entity/entity.h"
#include "base/log.h"
#include "base/text.h"
#include "entity/entity_sql.h"
#include <string.h>

const char *entity_path(const struct entity *e)
{
	return e->path;
}

const struct field *entity_field(const struct entity *e, const char *name)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (strcmp(e->fields[i].name, name) == 0)
			return &e->fields[i];
	return NULL;
}

bool entity_is_text(const struct field *f)
{
	return f->kind == FIELD_TEXT || f->kind == FIELD_LONGTEXT || f->kind == FIELD_CHOICE_TEXT;
}

static void set_int(const struct field *f, void *record, int64_t value)
{
	void *at = entity_member(record, f);
	switch (f->kind) {
	case FIELD_MINUTES: ((minutes *)at)->min = value; return;
	case FIELD_MONEY: ((money *)at)->cents = value; return;
	case FIELD_NUMBER: case FIELD_CHOICE: *(int64_t *)at = value; return;
	case FIELD_YESNO: *(bool *)at = value > 0; return;
	case FIELD_DAY: ((day *)at)->n = value; return;
	case FIELD_DAYTIME: ((daytime *)at)->min = value; return;
	case FIELD_REF: ((ref *)at)->id = value == NONE ? 0 : value; return;
	case FIELD_TEXT: case FIELD_LONGTEXT: case FIELD_CHOICE_TEXT: case FIELD_KINDS: break;
	}
	bug("a text is not a number");
}

int64_t entity_int(const struct field *f, const void *record)
{
	const void *at = entity_value(record, f);
	switch (f->kind) {
	case FIELD_MINUTES: return ((const minutes *)at)->min;
	case FIELD_MONEY: return ((const money *)at)->cents;
	case FIELD_NUMBER: case FIELD_CHOICE: return *(const int64_t *)at;
	case FIELD_YESNO: return *(const bool *)at;
	case FIELD_DAY: return ((const day *)at)->n;
	case FIELD_DAYTIME: return ((const daytime *)at)->min;
	case FIELD_REF: return ((const ref *)at)->id == 0 ? NONE : ((const ref *)at)->id;
	case FIELD_TEXT: case FIELD_LONGTEXT: case FIELD_CHOICE_TEXT: case FIELD_KINDS: break;
	}
	return NONE;
}

struct bind entity_bind(const struct field *f, const void *record)
{
	return entity_is_text(f) ? bind_text(*(const str *)entity_value(record, f)) : bind_int(entity_int(f, record));
}

void entity_set(const struct field *f, void *record, int64_t number, str text)
{
	if (entity_is_text(f))
		*(str *)entity_member(record, f) = text;
	else
		set_int(f, record, number);
}

void entity_blank(const struct entity *e, void *record_r)
{
	memset(record_r, 0, e->size);
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		bool given = f->initial != 0 || f->flags & ZERO || f->kind == FIELD_YESNO;
		entity_set(f, record_r, given ? f->initial : NONE, f->initial_text);
	}
}

/* Columns: id, version, the fields. */
static void from_row(const struct entity *e, const struct query *q, void *record)
{
	*(struct record *)record = (struct record){ .id = db_int(q, 0), .version = db_int(q, 1) };
	for (size_t i = 0; i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		int column = (int)i + 2;
		if (entity_is_text(f))
			entity_set(f, record, NONE, db_text(q, column));
		else
			entity_set(f, record, db_int(q, column), NULL);
	}
}

int entity_load(struct db *db, const struct entity *e, int64_t id, void *record_r)
{
	int found = 0;
	struct query q = db_query(db, entity_sql(e, ENTITY_SQL_LOAD), B(id));
	while (db_step(&q)) {
		from_row(e, &q, record_r);
		found = 1;
	}
	return db_failed(db) ? -1 : found;
}

str entity_title(struct db *db, const struct entity *e, int64_t id)
{
	return db_one_text(db, entity_sql(e, ENTITY_SQL_TITLE), B(id));
}

static size_t ref_count(const struct entity *e)
{
	size_t n = 0;
	for (size_t i = 0; i < e->nfields; i++)
		n += e->fields[i].kind == FIELD_REF;
	return n;
}

struct entity_list entity_list(struct db *db, const struct entity *e, const struct entity_filter *filter)
{
	struct arena *a = db_arena(db);
	struct { void **at; size_t n, cap; } rows = { 0 };
	struct { str *at; size_t n, cap; } labels = { 0 };
	size_t refs = ref_count(e);
	str folded = filter && !text_empty(filter->q) ? text_fold(a, filter->q) : NULL;
	struct query q = db_query(db, entity_sql(e, ENTITY_SQL_LIST), B(folded), B(filter != NULL && filter->all));
	while (db_step(&q)) {
		void *record = *arena_push(a, &rows) = arena_alloc(a, e->size);
		from_row(e, &q, record);
		for (size_t i = 0; i < refs; i++)
			*arena_push(a, &labels) = db_text(&q, (int)(e->nfields + 2 + i));
	}
	char *records = arena_alloc(a, e->size * (rows.n + 1));
	for (size_t i = 0; i < rows.n; i++)
		memcpy(records + i * e->size, rows.at[i], e->size);
	return (struct entity_list){ .records = records, .n = rows.n, .labels = labels.at, .entity = e };
}

str entity_list_label(const struct entity_list *list, size_t row, const struct field *f)
{
	size_t column = 0;
	if (f->kind != FIELD_REF)
		return NULL;
	for (const struct field *g = list->entity->fields; g < f; g++)
		column += g->kind == FIELD_REF;
	return list->labels[row * ref_count(list->entity) + column];
}

size_t entity_options(struct db *db, const struct field *f, int64_t keep, const struct entity_option **options_r)
{
	struct { struct entity_option *at; size_t n, cap; } found = { 0 };
	struct query q = db_query(db, entity_sql_options(f), B(keep));
	while (db_step(&q))
		*arena_push(db_arena(db), &found) = (struct entity_option){ .id = db_int(&q, 0), .label = db_text(&q, 1) };
	*options_r = found.at;
	return found.n;
}

const char *entity_choice_label(const struct field *f, const void *record)
{
	for (size_t i = 0; i < f->nchoices; i++) {
		const struct choice *c = &f->choices[i];
		if (f->kind == FIELD_CHOICE_TEXT ? text_equal(c->text, *(const str *)entity_value(record, f))
		    : c->value == entity_int(f, record))
			return lang_text(c->label);
	}
	return NULL;
}

void entity_put(struct out *o, const struct field *f, const void *record, str ref_label)
{
	int64_t value = entity_int(f, record);
	if (entity_is_text(f) && f->kind != FIELD_CHOICE_TEXT)
		out_text(o, *(const str *)entity_value(record, f));
	else if (f->kind == FIELD_CHOICE || f->kind == FIELD_CHOICE_TEXT)
		out_text(o, entity_choice_label(f, record));
	else if (f->kind == FIELD_REF)
		out_text(o, ref_label);
	else if (value == NONE)
		return;
	else if (f->kind == FIELD_MONEY)
		out_money(o, (money){ value });
	else if (f->kind == FIELD_YESNO)
		out_bool(o, value != 0);
	else if (f->kind == FIELD_DAY)
		out_day(o, (day){ value });
	else if (f->kind == FIELD_DAYTIME)
		out_daytime(o, (daytime){ value });
	else
		out_int(o, value);
}
