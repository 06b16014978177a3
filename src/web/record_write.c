/* record_write.c: changing records by the standard form. */
#include "entity/entity_write.h"
#include "web/record.h"

static const char *parameter(void *request, const char *key)
{
	return request_get(request, key);
}

static bool none(struct request *r, const struct record_kind *kind)
{
	page_error(r, 404, arena_printf(r->arena, _("%s: there is none with this number."), lang_text(kind->entity->one)));
	return false;
}

/* false: the page says that there is none. */
static bool opened(struct request *r, const struct record_kind *kind, struct form *form)
{
	struct form_source from = {
		.entity = kind->entity, .rules = kind->rules, .db = r->db, .arena = r->arena, .today = r->today,
		.get = parameter, .arg = r,
	};
	if (form_open(form, &from, r->id[0]))
		return true;
	return db_failed(r->db) ? false : none(r, kind);
}

static void show(struct request *r, const struct record_kind *kind, struct form *form)
{
	struct out hidden = { .arena = r->arena };
	page_hidden(r, &hidden);
	record_begin(r, kind, form_id(form));
	form_html(form, &r->page, (struct html){ hidden.s });
	page_end(r);
}

void record_form_of(struct request *r, const struct record_kind *kind)
{
	struct form form;
	if (opened(r, kind, &form))
		show(r, kind, &form);
}

void record_save_of(struct request *r, const struct record_kind *kind)
{
	struct form form;
	if (!opened(r, kind, &form))
		return;
	switch (form_submit(&form)) {
	case FORM_SAVED:
		live_publish(r, kind->entity->name, form_id(&form));
		page_redirect(r, "%s/%lld", entity_path(kind->entity), (long long)form_id(&form));
		return;
	case FORM_BAD:
		r->status = 422;
		show(r, kind, &form);
		return;
	case FORM_FAILED:            /* the router sees db_failed() and answers */
		return;
	}
}

void record_form(struct request *r, const struct route *route)
{
	record_form_of(r, &(struct record_kind){ .entity = route->entity, .rules = route->rules });
}

void record_save(struct request *r, const struct route *route)
{
	record_save_of(r, &(struct record_kind){ .entity = route->entity, .rules = route->rules });
}

void record_remove(struct request *r, const struct route *route)
{
	struct form form;
	enum form_removed how;
	struct record_kind kind = { .entity = route->entity };
	if (r->id[0] == 0 ? !none(r, &kind) : !opened(r, &kind, &form))
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
