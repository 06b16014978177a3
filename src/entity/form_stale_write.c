/* form_stale_write.c: the second of two stale edits gets its form back beside what the first one kept. */
#include "entity/form_stale.h"
#include "base/text.h"
#include "db/journal.h"
#include "entity/entity_sql.h"
#include <stdlib.h>
#include <string.h>

void form_line(struct form *form, struct form_lines *lines, str label, str value)
{
	if (!text_empty(value))
		*arena_push(form->from.arena, lines) = (struct form_line){ label, value };
}

static struct form_lines lines_of(struct form *form, bool typed)
{
	struct form_lines lines = { 0 };
	if (form->from.rules && form->from.rules->lines)
		form->from.rules->lines(form, typed, &lines);
	return lines;
}

static uint64_t add(uint64_t hash, const char *text)         /* FNV-1a, the closing zero too */
{
	for (const unsigned char *c = (const unsigned char *)text;; c++) {
		hash = (hash ^ *c) * UINT64_C(0x100000001b3);
		if (*c == 0)
			return hash;
	}
}

static const char *mark_of(struct form *form, const struct form_lines *lines)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);
	for (size_t i = 0; i < lines->n; i++)
		hash = add(add(hash, lines->at[i].label), lines->at[i].value);
	return arena_printf(form->from.arena, "%016llx", (unsigned long long)hash);
}

const char *form_stale_seen(struct form *form)
{
	struct form_lines lines = lines_of(form, false);
	return arena_printf(form->from.arena, "%lld-%s", (long long)journal_head(form->from.db), mark_of(form, &lines));
}

bool form_stale_parts(struct form *form)
{
	const char *seen = form_get(form, "seen"), *mark = seen ? strchr(seen, '-') : NULL;
	if (mark == NULL || form_id(form) == 0 || form->from.rules == NULL || form->from.rules->lines == NULL)
		return false;
	struct form_lines now = lines_of(form, false);
	return strcmp(mark + 1, mark_of(form, &now)) != 0;
}

bool form_stale_same(const struct field *f, const void *a, const void *b)
{
	if (entity_is_text(f)) {
		const char *s = *(const str *)entity_value(a, f), *t = *(const str *)entity_value(b, f);
		return text_equal(s ? s : "", t ? t : "");
	}
	return entity_int(f, a) == entity_int(f, b);
}

str form_stale_line(const struct form_lines *lines, str label)
{
	for (size_t i = 0; i < lines->n; i++)
		if (text_equal(lines->at[i].label, label))
			return lines->at[i].value;
	return "";
}

static bool differs(struct form *form)
{
	const struct entity *e = form->from.entity;
	for (size_t i = 0; i < e->nfields; i++)
		if (!(e->fields[i].flags & HIDDEN) && !form_stale_same(&e->fields[i], form->record, form->theirs))
			return true;
	struct form_lines mine = lines_of(form, true);
	for (size_t i = 0; i < mine.n; i++)
		if (!text_equal(mine.at[i].value, form_stale_line(&form->their_lines, mine.at[i].label)))
			return true;
	for (size_t i = 0; i < form->their_lines.n; i++)
		if (text_empty(form_stale_line(&mine, form->their_lines.at[i].label)))
			return true;
	return false;
}

bool form_stale(struct form *form)
{
	const struct entity *e = form->from.entity;
	struct record *mine = form->record;
	struct journal_entry entry;
	void *theirs = arena_alloc(form->from.arena, e->size);
	if (entity_load(form->from.db, e, mine->id, theirs) != 1) {
		form_error(form, e->fields[0].name, _("%s: this one was deleted meanwhile."), lang_text(e->one));
		return true;
	}
	form->theirs = theirs;
	form->their_lines = lines_of(form, false);
	mine->version = ((const struct record *)theirs)->version;
	const char *seen = form_get(form, "seen");
	if (journal_list(form->from.db, e->name, mine->id, 0, 1, &entry) == 1 && (seen == NULL || entry.seq > strtoll(seen, NULL, 10)))
		form->theirs_by = entry.user_name;
	return differs(form);
}
