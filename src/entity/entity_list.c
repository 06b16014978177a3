/* entity_list.c: the standard list of the design. */
#include "base/text.h"
#include "entity/entity.h"
#include "entity/entity_sql.h"

bool entity_is_figure(const struct field *f)
{
	return f->kind == FIELD_MINUTES || f->kind == FIELD_MONEY || f->kind == FIELD_NUMBER;
}

/* The column that leads to the record. */
static const struct field *first_text(const struct entity *e)
{
	for (size_t i = 0; i < e->nfields; i++)
		if (e->fields[i].flags & LISTED && e->fields[i].kind == FIELD_TEXT)
			return &e->fields[i];
	return NULL;
}

#include "gen/entity/entity_list.html.h"
