/* record.c: looking at records: the standard list, exports. */
#include "web/record.h"
#include <string.h>

bool record_may_change(const struct request *r, const struct entity *e)
{
	if (r->role < e->change)
		return false;
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nroutes; i++) {
			const struct route *route = &modules[m]->routes[i];
			if (route->entity == e && strcmp(route->method, "POST") == 0)
				return true;
		}
	return false;
}

void record_begin(struct request *r, const struct route *route, int64_t current)
{
	const struct entity *e = route->entity;
	struct entity_filter filter = { .q = request_get(r, "q"), .all = request_yes(r, "all") };
	bool may_change = record_may_change(r, e);
	page_begin(r, &(struct page){ .title = lang_text(e->many), .section = e->section, .body_class = "p-set",
	    .main_class = "listform" });
	if (route->list != NULL)
		route->list(r, &filter, current, may_change);
	else
		entity_list_html(&r->page, r->db, e, &filter, current, may_change);
}

void record_list(struct request *r, const struct route *route)
{
	record_begin(r, route, -1);
	out_raw(&r->page, "<div class=\"frm\"><p class=\"hint\">");
	out_text(&r->page, record_may_change(r, route->entity) ? _("Choose one in the list, or make a new one.") :
	    _("Only to look at: changing is for others' roles."));
	out_raw(&r->page, "</p></div>");
	page_end(r);
}

void record_csv(struct request *r, const struct route *route)
{
	r->content_type = "text/csv; charset=utf-8";
	r->filename = arena_printf(r->arena, "%s.csv", route->entity->name);
	entity_export_csv(&r->page, r->db, route->entity, r->role >= ROLE_OWNER);
}

void record_json(struct request *r, const struct route *route)
{
	r->content_type = "application/json";
	entity_export_json(&r->page, r->db, route->entity, r->role >= ROLE_OWNER);
}
