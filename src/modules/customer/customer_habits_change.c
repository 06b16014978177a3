/* customer_habits_change.c: what a customer always has and how long it takes with her: the form's own section. */
#include "base/text.h"
#include "entity/entity_write.h"
#include "modules/customer/customer_habits.h"
#include <string.h>

enum { ROWS = 24, LEAST = 4, MOST_USUAL = 8 };

struct habit_row { const char *key, *minutes_key; str code, minutes_typed; int64_t service, minutes; };
struct habits { str usual; int64_t usual_ids[MOST_USUAL]; size_t nusual; struct habit_row rows[ROWS]; bool sent; };

static int64_t service_of(struct db *db, const char *code)
{
	return db_one(db, SQL("SELECT id FROM service WHERE fold(short) = fold(?) AND active = 1"), B(code));
}

static struct habits *blank(struct arena *a)
{
	struct habits *h = arena_new_of(a, struct habits);
	for (int i = 0; i < ROWS; i++) {
		h->rows[i].key = arena_printf(a, "own%d", i);
		h->rows[i].minutes_key = arena_printf(a, "own%d_minutes", i);
	}
	return h;
}

static struct habits *stored(struct form *form)
{
	struct db *db = form->from.db;
	struct habits *h = blank(form->from.arena);
	size_t n = 0;
	struct query q = db_query(db, SQL("SELECT v.short, v.id FROM customer_usual u JOIN service v ON v.id = u.service "
	    "WHERE u.customer = ? AND v.active = 1 AND v.short IS NOT NULL ORDER BY u.seq LIMIT 8"), B(form_id(form)));
	while (db_step(&q)) {
		h->usual = arena_printf(form->from.arena, "%s%s%s", h->usual ? h->usual : "", h->usual ? " " : "", db_text(&q, 0));
		h->usual_ids[h->nusual++] = db_int(&q, 1);
	}
	q = db_query(db, SQL("SELECT v.short, d.extra_minutes, v.id FROM customer_duration d JOIN service v ON v.id = d.service "
	    "WHERE d.customer = ? AND d.staff IS NULL AND v.active = 1 AND v.short IS NOT NULL ORDER BY v.short LIMIT 24"), B(form_id(form)));
	while (db_step(&q)) {
		h->rows[n].code = db_text(&q, 0);
		h->rows[n].minutes = db_int(&q, 1);
		h->rows[n].service = db_int(&q, 2);
		h->rows[n++].minutes_typed = arena_printf(form->from.arena, "%+lld", (long long)db_int(&q, 1));
	}
	return h;
}

static void read_usual(struct form *form, struct habits *h)
{
	struct arena *a = form->from.arena;
	for (const char *at = h->usual; at != NULL && *at != '\0';) {
		at += strspn(at, " ,;");
		size_t n = strcspn(at, " ,;");
		if (n == 0)
			break;
		char *code = arena_copy(a, at, n);
		int64_t id = service_of(form->from.db, code);
		at += n;
		if (id == NONE)
			form_error(form, "usual", _("Usual services: there is no short code “%s”."), code);
		else if (h->nusual == MOST_USUAL)
			form_error(form, "usual", _("Usual services: at most %d."), MOST_USUAL);
		else
			h->usual_ids[h->nusual++] = id;
	}
}

static void read_row(struct form *form, struct habit_row *row)
{
	if (text_empty(row->code) && text_empty(row->minutes_typed))
		return;
	const char *typed = row->minutes_typed != NULL && *row->minutes_typed == '+' ? row->minutes_typed + 1 : row->minutes_typed;
	row->service = text_empty(row->code) ? NONE : service_of(form->from.db, row->code);
	if (row->service == NONE)
		form_error(form, row->key, _("Own duration: there is no short code “%s”."), row->code ? row->code : "");
	else if (typed == NULL || !read_int(typed, &row->minutes) || row->minutes % 5 != 0 || row->minutes < -600 || row->minutes > 600 || row->minutes == 0)
		form_error(form, row->key, _("Own duration: minutes in steps of five, like +20 or -10, not “%s”."), row->minutes_typed ? row->minutes_typed : "");
}

void customer_habits_read(struct form *form)
{
	struct habits *h = blank(form->from.arena);
	form->extra = h;
	h->usual = form_get(form, "usual");
	h->sent = h->usual != NULL;
	if (!h->sent)
		return;
	read_usual(form, h);
	for (int i = 0; i < ROWS; i++) {
		h->rows[i].code = form_get(form, h->rows[i].key);
		h->rows[i].minutes_typed = form_get(form, h->rows[i].minutes_key);
		read_row(form, &h->rows[i]);
		for (int k = 0; k < i; k++)
			if (h->rows[i].service > 0 && h->rows[k].service == h->rows[i].service)
				form_error(form, h->rows[i].key, _("Own duration: “%s” stands there twice."), h->rows[i].code);
	}
}

/* What is kept of services that have no short code (any more) is not shown and stays. Only what changed is written, so that
 * the change log does not name what stayed. */
void customer_habits_save(struct form *form)
{
	struct habits *h = form->extra;
	struct db *db = form->from.db;
	int64_t id = form_id(form);
	if (!h->sent)
		return;
	db_run(db, SQL("DELETE FROM customer_usual WHERE customer = ? AND seq >= ?"), B(id), B((int64_t)h->nusual));
	for (size_t i = 0; i < h->nusual; i++)
		db_run(db, SQL("INSERT INTO customer_usual(customer, seq, service) VALUES (?, ?, ?) ON CONFLICT(customer, seq) DO UPDATE SET "
		    "service = excluded.service WHERE service <> excluded.service"), B(id), B((int64_t)i), B(h->usual_ids[i]));
	db_run(db, SQL("DELETE FROM customer_duration WHERE customer = ? AND staff IS NULL AND service IN "
	    "(SELECT id FROM service WHERE active = 1 AND short IS NOT NULL)"), B(id));
	for (int i = 0; i < ROWS; i++)
		if (h->rows[i].service > 0)
			db_run(db, SQL("INSERT INTO customer_duration(customer, service, extra_minutes) VALUES (?, ?, ?)"), B(id),
			    B(h->rows[i].service), B(h->rows[i].minutes));
}

static str code_of(struct form *form, int64_t service)
{
	return db_one_text(form->from.db, SQL("SELECT short FROM service WHERE id = ?"), B(service));
}

void customer_habits_lines(struct form *form, bool typed, struct form_lines *lines)
{
	const struct habits *h = typed ? form->extra : stored(form);
	struct arena *a = form->from.arena;
	if (!h->sent && typed)
		h = stored(form);
	char *usual = arena_text(a, "");
	for (size_t i = 0; i < h->nusual; i++)
		usual = arena_printf(a, "%s%s%s", usual, *usual ? " " : "", code_of(form, h->usual_ids[i]));
	form_line(form, lines, _("Usual services"), usual);
	for (int i = 0; i < ROWS; i++)
		if (h->rows[i].service > 0)
			form_line(form, lines, arena_printf(a, "%s %s", _("Own duration"), code_of(form, h->rows[i].service)),
			    arena_printf(a, "%+lld", (long long)h->rows[i].minutes));
}

/* As many rows as are used and two, so that one more is always there. */
static size_t rows_shown(const struct habits *h)
{
	size_t n = LEAST;
	for (size_t i = LEAST - 2; i < ROWS; i++)
		if (h->rows[i].code != NULL && i + 2 > n)
			n = i + 2 < ROWS ? i + 2 : ROWS;
	return n;
}

#include "gen/modules/customer/customer_habits.html.h"

void customer_habits_html(struct form *form, struct out *o)
{
	habits_html(o, form, form->extra != NULL ? form->extra : stored(form));
}
