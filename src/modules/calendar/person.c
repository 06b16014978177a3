#include "modules/calendar/person.h"
#include "base/date.h"
#include "entity/entity.h"
#include "modules/calendar/day_private.h"
#include "web/icon.h"

struct person { const struct column *column; int visits, booked; };

static struct person look_at(const struct day_view *v, int64_t id)
{
	struct person p = { .column = NULL };
	for (size_t i = 0; i < v->ncolumns; i++)
		if (v->columns[i].id == id && v->columns[i].axis == AXIS_STAFF)
			p.column = &v->columns[i];
	for (size_t i = 0; p.column != NULL && i < p.column->nitems; i++) {
		const struct item *item = &p.column->items[i];
		if (item->kind != ITEM_VISIT || !book_takes_time(item->appt) || item->appt->kind != APPT_VISIT)
			continue;
		p.visits += item->part == 1;
		for (size_t k = 0; k < item->nsegments; k++)
			p.booked += item->segments[k].phase->kind == PHASE_ACTIVE ? item->segments[k].phase->end - item->segments[k].phase->start : 0;
	}
	return p;
}

#include "gen/modules/calendar/person.html.h"

void person_panel(struct request *r, const struct day_view *view, void *about)
{
	const int64_t *id = about;
	struct person p = look_at(view, *id);
	if (p.column != NULL)
		person_html(&r->page, r, view, &p);
}
