#include "modules/paper/paper.h"
#include "base/date.h"
#include "web/icon.h"
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

static atomic_int last_result;
static atomic_llong last_at;
static atomic_bool wanted;

void paper_report(enum paper_result result, instant at)
{
	atomic_store(&last_at, at.s);
	atomic_store(&last_result, (int)result);
}

enum paper_result paper_last(instant *at_r)
{
	*at_r = (instant){ atomic_load(&last_at) };
	return (enum paper_result)atomic_load(&last_result);
}

void paper_want(void) { atomic_store(&wanted, true); }
bool paper_wanted(void) { return atomic_exchange(&wanted, false); }

char *paper_folder(struct arena *a, struct db *db)
{
	const char *file = sqlite3_db_filename(db_handle(db), "main"), *slash = strrchr(file, '/');
	return arena_printf(a, "%.*s/notblatt", (int)(slash != NULL ? slash - file : 1), slash != NULL ? file : ".");
}

#define ENTITY struct paper
static const struct field fields[] = {
	TEXT  (folder, .label = N_("Also into this folder"), .max = 300, .section = N_("Emergency sheet"),
	    .hint = N_("For example a stick that stays plugged in. Empty: only into the data folder.")),
	NUMBER(days, .label = N_("How many days"), .unit = N_("days"), .min = 1, .max = 14, .flags = REQUIRED, .initial = 3),
};
const struct entity paper_entity = {
	.name = "paper", .path = "/settings/paper", .one = N_("Emergency sheet"), .many = N_("Emergency sheet"), .add = N_("Emergency sheet"),
	.save = N_("Save"), .none = N_("Not set up yet."), .section = "settings", .see = ROLE_MANAGEMENT, .change = ROLE_MANAGEMENT,
	.title = "'Notblatt'", .lasting = true, ENTITY_FIELDS(fields),
};

static const char *problem(enum paper_result result)
{
	switch (result) {
	case PAPER_NO_PROGRAM: return _("The program notblatt is missing beside kontor.");
	case PAPER_NO_FOLDER:  return _("The folder for the emergency sheet is not there. Is the stick plugged in?");
	case PAPER_FAILED:     return _("The emergency sheet could not be written. Is the disk or the stick full?");
	case PAPER_UNKNOWN: case PAPER_PRINTED: break;
	}
	return NULL;
}

#include "gen/modules/paper/paper.html.h"

/* Only what needs a look: a sheet that is there needs none. */
static void lamp(struct request *r, struct out *o)
{
	instant at;
	enum paper_result result = paper_last(&at);
	if (r->role >= ROLE_RECEPTION && problem(result) != NULL)
		lamp_html(o, problem(result), at);
}

static void page_paper(struct request *r, const struct route *route)
{
	(void)route;
	struct page page = { .title = _("Emergency sheet"), .section = "settings", .main_class = "sheet" };
	page_begin(r, &page);
	state_html(&r->page, r, paper_folder(r->arena, r->db));
	page_end(r);
}

static void page_pdf(struct request *r, const struct route *route)
{
	(void)route;
	FILE *file = fopen(arena_printf(r->arena, "%s/Notblatt.pdf", paper_folder(r->arena, r->db)), "rbe");
	if (file == NULL) {
		page_error(r, 404, _("There is no emergency sheet yet. It is printed at closing time, or when you ask for it."));
		return;
	}
	char piece[8192];
	for (size_t n; (n = fread(piece, 1, sizeof piece, file)) > 0;)
		out_bytes(&r->page, piece, n);
	(void)fclose(file);
	r->content_type = "application/pdf";
	r->filename = "Notblatt.pdf";
}

static const struct route routes[] = {
	{ "GET", "/paper", page_paper, .role = ROLE_APPRENTICE },
	{ "GET", "/paper/pdf", page_pdf, .role = ROLE_APPRENTICE },
};
static const struct entity *const entities[] = { &paper_entity };
const struct module paper_module = { .name = "paper", ROUTES(routes), .entities = entities, .nentities = COUNT(entities), .lamp = lamp };
