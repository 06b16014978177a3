/* form_html_write.c: the standard form of the design. Changing side: who may only look has no forms. */
#include "base/date.h"
#include "base/text.h"
#include "db/journal.h"
#include "entity/entity_sql.h"
#include "entity/entity_write.h"
#include "entity/form_stale.h"
#include <string.h>

static const char *input_mode(const struct field *f)
{
	switch (f->kind) {
	case FIELD_MINUTES: case FIELD_NUMBER: return "numeric";
	case FIELD_MONEY: return "decimal";
	default: return NULL;
	}
}

static const char *input_class(const struct field *f)
{
	switch (f->kind) {
	case FIELD_MINUTES: case FIELD_NUMBER: case FIELD_MONEY: return "short num";
	case FIELD_DAY: case FIELD_DAYTIME: return "short";
	default: return f->max > 0 && f->max <= 12 ? "short" : "wide";
	}
}

static bool now_empty(const struct form *form, const struct field *f)
{
	return f->kind == FIELD_CHOICE_TEXT ? text_empty(*(const str *)entity_value(form->record, f)) : entity_int(f, form->record) == NONE;
}

static bool is_chosen(const struct field *f, const struct choice *c, const void *record)
{
	return f->kind == FIELD_CHOICE_TEXT ? text_equal(c->text, *(const str *)entity_value(record, f)) : c->value == entity_int(f, record);
}

static const char *choice_value(struct arena *a, const struct field *f, const struct choice *c)
{
	return f->kind == FIELD_CHOICE_TEXT ? c->text : arena_printf(a, "%lld", (long long)c->value);
}

/* Two check boxes of one label stand in one row. */
static bool joins(const struct field *f, const struct field *next)
{
	return next->kind == FIELD_YESNO && f->unit && next->unit && strcmp(f->label, next->label) == 0 && !(next->flags & HIDDEN);
}

/* What stands in the input: as typed, or as kept. */
static struct html form_value(const struct form *form, const struct field *f)
{
	struct out o = { .arena = form->from.arena };
	const char *typed = form->typed ? form->typed[f - form->from.entity->fields] : NULL;
	if (typed != NULL)
		out_text(&o, typed);
	else
		entity_put(&o, f, form->record, NULL);
	return (struct html){ o.s };
}

static void form_described(const struct form *form, struct out *o, const struct field *f)
{
	if (form_sentence(form, f->name))
		form_aria_html(form, o, f->name);
	else if (f->hint) {
		out_raw(o, " aria-describedby=\"");
		out_text(o, f->name);
		out_raw(o, "-h\"");
	}
}

static struct html shown(const struct form *form, const struct field *f, const void *record)
{
	struct out o = { .arena = form->from.arena };
	int64_t id = f->kind == FIELD_REF ? entity_int(f, record) : NONE;
	entity_put(&o, f, record, id == NONE ? NULL : entity_title(form->from.db, f->to, id));
	return (struct html){ o.s };
}

static const char *last_change(const struct form *form)
{
	struct journal_entry entry;
	struct arena *a = form->from.arena;
	day d;
	daytime t;
	if (journal_list(form->from.db, form->from.entity->name, form_id(form), 0, 1, &entry) == 0)
		return NULL;
	zone_local(entry.at, &d, &t);
	const char *when = date_civil(d).year == date_civil(form->from.today).year ? day_month(a, d) :
	    arena_printf(a, "%s %d", day_month(a, d), date_civil(d).year);
	return entry.user_name ? arena_printf(a, _("last changed %s, %s"), when, entry.user_name) : arena_printf(a, _("last changed %s"), when);
}

#include "gen/entity/form.html.h"
