/* What the three pages share: typed values that stay, sentences at their fields, the cover with the steps. */
#include "modules/setup/setup_private.h"
#include "base/text.h"
#include "web/icon.h"
#include <string.h>

const char *setup_form_value(const struct setup_form *f, const char *key, const char *stored)
{
	if (!f->posted) return stored;
	const char *typed = request_get(f->r, key);
	return typed == NULL ? "" : typed;
}

bool setup_form_ticked(const struct setup_form *f, const char *key, const char *value, bool stored)
{
	const char *sent;
	if (!f->posted) return stored;
	for (size_t i = 0; (sent = request_all(f->r, key, i)) != NULL; i++)
		if (strcmp(sent, value) == 0) return true;
	return false;
}

const char *setup_form_sentence(const struct setup_form *f, const char *key)
{
	for (size_t i = 0; i < f->faults.n; i++)
		if (strcmp(f->faults.at[i].key, key) == 0) return f->faults.at[i].sentence;
	return NULL;
}

void setup_form_fault(struct setup_form *f, const char *key, const char *fmt, ...)
{
	va_list ap;
	if (setup_form_sentence(f, key) != NULL) return;
	va_start(ap, fmt);
	const char *sentence = arena_vprintf(f->r->arena, fmt, ap);
	va_end(ap);
	*arena_push(f->r->arena, &f->faults) = (struct setup_fault){ key, sentence };
}

const char *setup_form_key(const struct setup_form *f, const char *stem, size_t row)
{
	return arena_printf(f->r->arena, "%s%zu", stem, row);
}

struct summary { const char *shop, *team; };

static struct summary summary(struct request *r)
{
	struct summary s = { NULL, NULL };
	struct query q = db_query(r->db, SQL("SELECT name, town FROM shop WHERE id = 1"));
	while (db_step(&q)) s.shop = db_text(&q, 1) == NULL ? db_text(&q, 0) : arena_printf(r->arena, "%s, %s", db_text(&q, 0), db_text(&q, 1));
	db_done(&q);
	int64_t people = db_one(r->db, SQL("SELECT count(*) FROM staff")), services = db_one(r->db, SQL("SELECT count(*) FROM service"));
	if (people > 0)
		s.team = arena_printf(r->arena, "%lld %s, %lld %s", (long long)people, P_("person", "people", people), (long long)services,
		    P_("service", "services", services));
	return s;
}

static void begin_html(struct out *, struct setup_form *, const char *title, int step);
static void cover_html(struct out *, const struct summary *, int step);
static void error_html(struct out *, const char *key, const char *sentence);

void setup_form_begin(struct setup_form *f, const char *title, int step)
{
	page_begin(f->r, &(struct page){ .title = title, .body_class = "setup", .bare = true });
	if (f->faults.n > 0) f->r->status = 422;
	begin_html(&f->r->page, f, title, step);
}

void setup_form_error(const struct setup_form *f, struct out *o, const char *key)
{
	const char *sentence = setup_form_sentence(f, key);
	if (sentence != NULL) error_html(o, key, sentence);
}

void setup_form_end(struct setup_form *f, int step)
{
	struct summary s = summary(f->r);
	out_raw(&f->r->page, "</form>");
	page_aside(f->r);
	cover_html(&f->r->page, &s, step);
	page_end(f->r);
}

#include "gen/modules/setup/setup_form.html.h"
