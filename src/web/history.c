#include "web/history.h"
#include "db/journal.h"
#include "web/icon.h"
#include "web/web_private.h"
#include <string.h>

enum { AT_ONCE = 100 };

struct history {
	const char *heading, *path;
	struct journal_entry *entries; size_t n;
	int64_t more;                /* where the older ones begin; 0 = there are none */
	bool can_undo_others, can_undo;
	struct arena *arena; const struct request *request;
};

/* Who may do it may take it back; what somebody else did, from the reception upwards. */
static bool may_undo(const struct history *h, const struct journal_entry *e)
{
	const struct request *r = h->request;
	return h->can_undo && e->can_undo && (e->user == r->user || h->can_undo_others) && router_command_role(e->command) <= r->role;
}

static const char *url_more(const struct history *h)
{
	return arena_printf(h->arena, "%s?before=%lld", h->path, (long long)h->more);
}

static void history_html(struct out *, const struct request *, const struct history *);

static void show(struct request *r, const char *kind, int64_t subject, const char *heading)
{
	int64_t before = request_int(r, "before");
	struct history h = { .heading = heading, .path = r->path, .arena = r->arena, .request = r,
	    .can_undo_others = r->role >= ROLE_RECEPTION, .can_undo = router_find(r->arena, "POST", "/undo").route != NULL };
	h.entries = arena_array(r->arena, struct journal_entry, AT_ONCE);
	h.n = journal_list(r->db, kind, subject, before == NONE ? 0 : before, AT_ONCE, h.entries);
	h.more = h.n == AT_ONCE ? h.entries[h.n - 1].seq : 0;
	page_begin(r, &(struct page){ .title = _("Change log"), .section = "settings", .main_class = "sheet", .body_class = "p-journal" });
	history_html(&r->page, r, &h);
	page_end(r);
}

void history_page(struct request *r, const struct route *route)
{
	(void)route;
	show(r, NULL, 0, _("All changes"));
}

/* Named by its own kind's title, where a module describes it. */
void history_of(struct request *r, const struct route *route)
{
	(void)route;
	const char *heading = r->word;
	for (size_t m = 0; m < nmodules; m++)
		for (size_t i = 0; i < modules[m]->nentities; i++) {
			const struct entity *e = modules[m]->entities[i];
			if (strcmp(e->name, r->word) == 0)
				heading = arena_printf(r->arena, "%s: %s", lang_text(e->one), entity_title(r->db, e, r->id[0]));
		}
	show(r, r->word, r->id[0], heading);
}

#include "gen/web/history.html.h"
