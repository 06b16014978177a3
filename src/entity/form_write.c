/* form_write.c: from what a person typed to a record, with a sentence for each slip. */
#include "base/text.h"
#include "entity/entity_sql.h"
#include "entity/entity_write.h"
#include "entity/form_stale.h"
#include <stdio.h>
#include <string.h>

enum { QUOTED = 40 };                /* characters of a typed text that a sentence repeats */

const char *form_get(struct form *form, const char *key)
{
	return form->from.get(form->from.arg, key);
}

int64_t form_id(const struct form *form)
{
	return ((const struct record *)form->record)->id;
}

const char *form_sentence(const struct form *form, const char *key)
{
	for (size_t i = 0; i < form->faults.n; i++)
		if (strcmp(form->faults.at[i].key, key) == 0)
			return form->faults.at[i].sentence;
	return NULL;
}

void form_error(struct form *form, const char *key, const char *fmt, ...)
{
	va_list ap;
	if (form_sentence(form, key) != NULL)
		return;
	va_start(ap, fmt);
	*arena_push(form->from.arena, &form->faults) = (struct form_fault){
		.key = arena_text(form->from.arena, key), .sentence = arena_vprintf(form->from.arena, fmt, ap),
	};
	va_end(ap);
}

bool form_open(struct form *form, const struct form_source *from, int64_t id)
{
	*form = (struct form){ .from = *from, .record = arena_alloc(from->arena, from->entity->size) };
	if (id == 0) {
		entity_blank(from->entity, form->record);
		return true;
	}
	return entity_load(from->db, from->entity, id, form->record) == 1;
}

static const char *quoted(struct form *form, const char *typed)
{
	return text_cut(form->from.arena, typed, QUOTED);
}

static bool parse(struct form *form, const struct field *f, const char *typed, int64_t *value_r)
{
	money m; day d; daytime t;
	const char *label = lang_text(f->label), *said = quoted(form, typed);
	switch (f->kind) {
	case FIELD_MONEY:
		if (read_money(typed, &m))
			return *value_r = m.cents, true;
		form_error(form, f->name, _("%s: an amount like 24.50, please, not “%s”."), label, said);
		return false;
	case FIELD_DAY:
		if (read_day(typed, form->from.today, &d))
			return *value_r = d.n, true;
		form_error(form, f->name, _("%s: a day like 23/11/2026, please, not “%s”."), label, said);
		return false;
	case FIELD_DAYTIME:
		if (read_daytime(typed, &t))
			return *value_r = t.min, true;
		form_error(form, f->name, _("%s: a time like 9:30, please, not “%s”."), label, said);
		return false;
	default:
		if (read_int(typed, value_r))
			return true;
		form_error(form, f->name, _("%s: a whole number, please, not “%s”."), label, said);
		return false;
	}
}

static const char *limit_text(struct form *form, const struct field *f, int64_t value)
{
	struct out o = { .arena = form->from.arena };
	struct arena *a = form->from.arena;
	switch (f->kind) {
	case FIELD_MONEY: return money_text(a, (money){ value });
	case FIELD_DAYTIME: return daytime_text(a, (daytime){ value });
	case FIELD_DAY: out_day(&o, (day){ value }); return o.s;
	default: return arena_printf(a, "%lld", (long long)value);
	}
}

static void read_number(struct form *form, const struct field *f, const char *typed)
{
	int64_t value = NONE;
	if (!parse(form, f, typed, &value))
		return;
	entity_set(f, form->record, value, NULL);
	if ((f->min != 0 || f->max != 0) && (value < f->min || value > f->max))
		form_error(form, f->name, _("%s: only from %s to %s%s%s, not “%s”."), lang_text(f->label), limit_text(form, f, f->min),
		    limit_text(form, f, f->max), f->unit ? " " : "", f->unit ? lang_text(f->unit) : "", quoted(form, typed));
}

static void read_text(struct form *form, const struct field *f, const char *typed)
{
	char *clean = text_clean(form->from.arena, typed, f->kind == FIELD_LONGTEXT);
	int64_t length = (int64_t)text_length(clean), max = f->max ? f->max : 200;
	entity_set(f, form->record, NONE, clean);
	if (length > max)
		form_error(form, f->name, _("%s: at most %lld characters, these are %lld."), lang_text(f->label), (long long)max,
		    (long long)length);
	else if (length < f->min)
		form_error(form, f->name, _("%s: at least %lld characters, please."), lang_text(f->label), (long long)f->min);
}

static bool offered(struct form *form, const struct field *f, const char *typed, int64_t *value_r, str *text_r)
{
	const struct entity_option *options;
	if (f->kind == FIELD_CHOICE_TEXT || f->kind == FIELD_CHOICE) {
		bool number = f->kind == FIELD_CHOICE && read_int(typed, value_r);
		for (size_t i = 0; i < f->nchoices; i++)
			if (f->kind == FIELD_CHOICE ? number && f->choices[i].value == *value_r : text_equal(f->choices[i].text, typed))
				return *text_r = f->choices[i].text, true;
		return false;
	}
	int64_t now = entity_int(f, form->record);
	if (!read_int(typed, value_r))
		return false;
	size_t n = entity_options(form->from.db, f, now == NONE ? 0 : now, &options);
	for (size_t i = 0; i < n; i++)
		if (options[i].id == *value_r)
			return true;
	return false;
}

static void read_choice(struct form *form, const struct field *f, const char *typed)
{
	int64_t value = NONE;
	str text = NULL;
	if (offered(form, f, typed, &value, &text))
		entity_set(f, form->record, value, text);
	else
		form_error(form, f->name, _("%s: please choose from the list."), lang_text(f->label));
}

/* An empty check box is not sent. Whether the whole form was, its hidden version tells; without it (a short form of a
 * module's own) what was not sent keeps its value. */
static void read_field(struct form *form, const struct field *f, const char *typed)
{
	if (f->kind == FIELD_YESNO) {
		if (typed == NULL && form_get(form, "version") == NULL)
			return;
		entity_set(f, form->record, typed != NULL && strcmp(typed, "0") != 0, NULL);
		return;
	}
	if (typed == NULL && form_id(form) != 0)
		return;
	if (text_empty(typed)) {
		entity_set(f, form->record, f->flags & ZERO ? 0 : NONE, NULL);
		if (f->flags & REQUIRED)
			form_error(form, f->name, _("%s is still missing."), lang_text(f->label));
	} else if (f->kind == FIELD_TEXT || f->kind == FIELD_LONGTEXT)
		read_text(form, f, typed);
	else if (f->kind == FIELD_REF || f->kind == FIELD_CHOICE || f->kind == FIELD_CHOICE_TEXT)
		read_choice(form, f, typed);
	else
		read_number(form, f, typed);
}

/* Fills the record from what was sent. true: no sentence was needed. */
static bool form_read(struct form *form)
{
	const struct entity *e = form->from.entity;
	const struct form_rules *rules = form->from.rules;
	form->typed = arena_array(form->from.arena, const char *, e->nfields);
	form->submitted = true;
	for (size_t i = 0; i < e->nfields; i++) {
		if (e->fields[i].flags & (READONLY | HIDDEN))
			continue;
		form->typed[i] = form_get(form, e->fields[i].name);
		read_field(form, &e->fields[i], form->typed[i]);
	}
	if (rules && rules->read)
		rules->read(form);
	if (form->faults.n == 0 && rules && rules->check)
		rules->check(form, form->record);
	return form->faults.n == 0;
}

/* The text under which the change stands in the log: Leistung „Bart“ geändert */
static void tell(struct form *form, const char *deed)
{
	const struct entity *e = form->from.entity;
	int64_t id = form_id(form);
	str title = entity_title(form->from.db, e, id);
	db_command_subject(form->from.db, e->name, id);
	db_command_text(form->from.db, arena_printf(form->from.arena, _("%s “%s”: %s"), lang_text(e->one), title ? title : "", deed));
}

/* "service.short" of a broken rule, as a sentence at the field. */
static void say_refused(struct form *form, const char *what)
{
	const struct entity *e = form->from.entity;
	for (size_t i = 0; what != NULL && i < e->nfields; i++) {
		const struct field *f = &e->fields[i];
		if (strstr(what, arena_printf(form->from.arena, "%s.%s", e->name, f->name)) == NULL)
			continue;
		form_error(form, f->name, _("%s: “%s” is taken already."), lang_text(f->label),
		    form->typed[i] ? quoted(form, form->typed[i]) : "");
		return;
	}
	form_error(form, e->fields[0].name, _("%s: this does not fit to what is kept already."), lang_text(e->one));
}

static enum form_result save(struct form *form, bool is_new)
{
	const struct form_rules *rules = form->from.rules;
	const char *what = NULL;
	if (!is_new && form_stale_parts(form) && form_stale(form))
		return FORM_BAD;
	int result = entity_save(form->from.db, form->from.entity, form->record);
	if (result == 1 && form_stale(form))
		return FORM_BAD;
	if (result == 1)
		result = entity_save(form->from.db, form->from.entity, form->record);
	if (result == 0 && rules && rules->save)
		rules->save(form);
	if (db_refused(form->from.db, &what)) {
		if (is_new)
			((struct record *)form->record)->id = 0;
		say_refused(form, what);
		return FORM_BAD;
	}
	if (result < 0 || db_failed(form->from.db))
		return FORM_FAILED;
	if (form->faults.n > 0)
		return FORM_BAD;
	tell(form, is_new ? _("created") : _("changed"));
	return FORM_SAVED;
}

enum form_result form_submit(struct form *form)
{
	struct record *record = form->record;
	int64_t version = NONE, id = record->id;
	bool sent = form_get(form, "version") != NULL;
	if (!read_int(form_get(form, "version"), &version))
		version = 0;                         /* of no record: what is no number is stale */
	if (!form_read(form))
		return db_failed(form->from.db) ? FORM_FAILED : FORM_BAD;
	if (id != 0 && sent)
		record->version = version;
	return save(form, id == 0);
}

enum form_result form_remove(struct form *form, enum form_removed *how_r)
{
	struct db *db = form->from.db;
	const struct entity *e = form->from.entity;
	const char *what = NULL;
	*how_r = FORM_DELETED;
	tell(form, _("deleted"));
	db_run(db, entity_sql(e, ENTITY_SQL_DELETE), B(form_id(form)));
	if (!db_refused(db, &what))
		return db_failed(db) ? FORM_FAILED : FORM_SAVED;
	if (entity_field(e, "active") == NULL) {
		*how_r = FORM_KEPT;
		form_error(form, e->fields[0].name, _("%s is in use and can't be deleted."), entity_title(db, e, form_id(form)));
		return FORM_BAD;
	}
	*how_r = FORM_RETIRED;
	tell(form, _("retired"));
	db_run(db, entity_sql(e, ENTITY_SQL_RETIRE), B(form_id(form)));
	return db_failed(db) ? FORM_FAILED : FORM_SAVED;
}
