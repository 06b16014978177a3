/* form_stale_write.c: the second of two stale edits gets its form back beside what the first one kept. */
#include "entity/form_stale.h"
#include "db/journal.h"

void form_stale(struct form *form)
{
	const struct entity *e = form->from.entity;
	struct record *mine = form->record;
	struct journal_entry entry;
	void *theirs = arena_alloc(form->from.arena, e->size);
	if (entity_load(form->from.db, e, mine->id, theirs) != 1) {
		form_error(form, e->fields[0].name, _("%s: this one was deleted meanwhile."), lang_text(e->one));
		return;
	}
	form->theirs = theirs;
	mine->version = ((const struct record *)theirs)->version;
	if (journal_list(form->from.db, e->name, mine->id, 0, 1, &entry) == 1)
		form->theirs_by = entry.user_name;
}
