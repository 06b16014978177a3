/* entity_export.c: all records of a kind as CSV for people's spreadsheets and as JSON for machines. */
#include "entity/entity.h"
#include "entity/entity_sql.h"
#include <stdio.h>
#include <string.h>

static bool exported(const struct field *f, bool private)
{
	return !(f->flags & HIDDEN) && (private || !(f->flags & PRIVATE));
}

/* As on the screen, but not escaped for HTML. */
static const char *plain_text(struct arena *a, const struct field *f, const void *record, str ref_label)
{
	struct out o = { .arena = a };
	int64_t value = entity_int(f, record);
	if (f->kind == FIELD_TEXT || f->kind == FIELD_LONGTEXT)
		return *(const str *)entity_value(record, f);
	if (f->kind == FIELD_REF)
		return ref_label;
	if (f->kind == FIELD_CHOICE || f->kind == FIELD_CHOICE_TEXT)
		return entity_choice_label(f, record);
	if (value == NONE)
		return NULL;
	if (f->kind == FIELD_DAYTIME)
		return daytime_text(a, (daytime){ value });
	entity_put(&o, f, record, NULL);
	return o.s;
}

void entity_export_csv(struct out *o, struct db *db, const struct entity *e, bool private)
{
	struct entity_list l = entity_list(db, e, &(struct entity_filter){ .all = true });
	out_raw(o, "\xEF\xBB\xBF\"Nr.\"");
	for (size_t i = 0; i < e->nfields; i++)
		if (exported(&e->fields[i], private)) {
			out_raw(o, ";");
			out_csv(o, lang_text(e->fields[i].label), false);
		}
	out_raw(o, "\r\n");
	for (size_t row = 0; row < l.n; row++) {
		const void *record = l.records + row * e->size;
		out_int(o, ((const struct record *)record)->id);
		for (size_t i = 0; i < e->nfields; i++) {
			const struct field *f = &e->fields[i];
			if (!exported(f, private))
				continue;
			out_raw(o, ";");
			out_csv(o, plain_text(o->arena, f, record, entity_list_label(&l, row, f)), entity_is_figure(f));
		}
		out_raw(o, "\r\n");
	}
}

static void json_text(struct out *o, const char *text)
{
	if (text == NULL) {
		out_raw(o, "null");
		return;
	}
	out_raw(o, "\"");
	for (const char *s = text; *s != '\0'; s++) {
		char code[8];
		snprintf(code, sizeof code, "\\u%04x", (unsigned char)*s);
		if (*s == '"' || *s == '\\')
			out_raw(o, *s == '"' ? "\\\"" : "\\\\");
		else if ((unsigned char)*s < 0x20)
			out_raw(o, code);
		else
			out_bytes(o, s, 1);
	}
	out_raw(o, "\"");
}

static void json_value(struct out *o, const struct field *f, const void *record)
{
	int64_t value = entity_int(f, record);
	if (entity_is_text(f))
		json_text(o, *(const str *)entity_value(record, f));
	else if (value == NONE)
		out_raw(o, "null");
	else if (f->kind == FIELD_YESNO)
		out_raw(o, value ? "true" : "false");
	else if (f->kind == FIELD_DAY) {
		out_raw(o, "\"");
		out_iso_day(o, (day){ value });
		out_raw(o, "\"");
	} else
		out_int(o, value);
}

void entity_export_json(struct out *o, struct db *db, const struct entity *e, bool private)
{
	struct entity_list l = entity_list(db, e, &(struct entity_filter){ .all = true });
	out_raw(o, "[");
	for (size_t row = 0; row < l.n; row++) {
		const void *record = l.records + row * e->size;
		out_raw(o, row ? ",\n{\"id\":" : "\n{\"id\":");
		out_int(o, ((const struct record *)record)->id);
		for (size_t i = 0; i < e->nfields; i++)
			if (exported(&e->fields[i], private)) {
				out_raw(o, ",");
				json_text(o, e->fields[i].name);
				out_raw(o, ":");
				json_value(o, &e->fields[i], record);
			}
		out_raw(o, "}");
	}
	out_raw(o, "\n]\n");
}
