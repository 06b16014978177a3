/* record_write.c: changing records by the standard form. */
#include "entity/entity_write.h"
#include "web/record.h"

static const char *parameter(void *request, const char *key)
{
	return request_get(request, key);
}

static bool none(struct request *r, const struct route *route)
{
	page_error(r, 404, arena_printf(r->arena, _("%s: there is none with this number."), lang_text(route->entity->one)));
	return false;
}

/* false: the page says that there is none. */
static bool opened(struct request *r, const struct route *route, struct form *form)
{
	struct form_source from = {
		.entity = route->entity, .rules = route->rules, .db = r->db, .arena = r->arena, .today = r->today,
		.get = parameter, .arg = r,
	};
	if (form_open(form, &from, r->id[0]))
		return true;
	return db_failed(r->db) ? false : none(r, route);
}

static void show(struct request *r, const struct route *route, struct form *form)
{
	struct out hidden = { .arena = r->arena };
	page_hidden(r, &hidden);
	record_begin(r, route, form_id(form));
	form_html(form, &r->page, (struct html){ hidden.s });
	page_end(r);
}

void record_form(struct request *r, const struct route *route)
{
	struct form form;
	if (opened(r, route, &form))
		show(r, route, &form);
}

void record_save(struct request *r, const struct route *route)
{
	struct form form;
	if (!opened(r, route, &form))
		return;
	switch (form_submit(&form)) {
	case FORM_SAVED:
		live_publish(r, route->entity->name, form_id(&form));
		page_redirect(r, "%s/%lld", entity_path(route->entity), (long long)form_id(&form));
		return;
	case FORM_BAD:
		r->status = 422;
		show(r, route, &form);
		return;
	case FORM_FAILED:            /* the router sees db_failed() and answers */
		return;
	}
}

void record_remove(struct request *r, const struct route *route)
{
	struct form form;
	enum form_removed how;
	if (r->id[0] == 0 ? !none(r, route) : !opened(r, route, &form))
		return;
	switch (form_remove(&form, &how)) {
	case FORM_SAVED:
		live_publish(r, route->entity->name, r->id[0]);
		page_redirect(r, "%s", entity_path(route->entity));
		return;
	case FORM_BAD:
		page_error(r, 409, form.faults.at[0].sentence);
		return;
	case FORM_FAILED:
		return;
	}
}
