#include "modules/import/plan.h"
#include "base/text.h"
#include <string.h>

static void load_staff(struct plan *p)
{
	struct query q = db_query(p->db, SQL("SELECT id, role, name, code FROM staff WHERE active = 1 AND in_book = 1 ORDER BY sort, id"));
	while (db_step(&q))
		*arena_push(p->arena, &p->staff) = (struct plan_staff){ .id = db_int(&q, 0), .role = (int)db_int(&q, 1), .name = db_text(&q, 2),
			.code = db_text(&q, 3), .folded = text_fold(p->arena, db_text(&q, 2)) };
}

static size_t words(const char *s)
{
	size_t n = *s != '\0';
	for (; *s != '\0'; s++)
		n += *s == ' ';
	return n;
}

static void load_services(struct plan *p)
{
	struct query q = db_query(p->db, SQL("SELECT s.id, s.price, s.name, s.short, f.kind, f.minutes, ifnull(f.place_class, 0), ifnull(f.device, 0), f.name FROM service s"
	    " LEFT JOIN service_phase f ON f.service = s.id WHERE s.active = 1 ORDER BY s.id, f.seq"));
	while (db_step(&q)) {
		int64_t id = db_int(&q, 0);
		if (p->services.n == 0 || p->services.at[p->services.n - 1].id != id) {
			const char *folded = text_fold(p->arena, db_text(&q, 2)), *code = db_text(&q, 3);
			*arena_push(p->arena, &p->services) = (struct plan_service){ .id = id, .price = db_int(&q, 1), .name = db_text(&q, 2),
				.short_name = code == NULL ? NULL : text_fold(p->arena, code), .folded = folded, .words = words(folded) };
		}
		struct plan_service *s = &p->services.at[p->services.n - 1];
		if (db_int(&q, 4) != NONE && s->nphases < COUNT(s->phases)) {
			s->phases[s->nphases++] = (struct plan_phase){ (int)db_int(&q, 4), db_int(&q, 5), db_int(&q, 6), db_int(&q, 7), db_text(&q, 8) };
			s->minutes += db_int(&q, 5);
		}
	}
}

static void load_sources(struct plan *p)
{
	struct query q = db_query(p->db, SQL("SELECT source, id FROM appointment WHERE source IS NOT NULL"));
	while (db_step(&q))
		lookup_put(&p->by_source, db_text(&q, 0), db_int(&q, 1));
}

struct plan *plan_make(struct db *db, struct arena *arena, struct found *found, instant now, day today)
{
	struct plan *p = arena_new_of(arena, struct plan);
	struct lookup empty = { .arena = arena };
	*p = (struct plan){ .db = db, .arena = arena, .found = found, .now = now, .today = today, .by_contact = empty, .by_name = empty,
		.by_full = empty, .by_source = empty, .by_word = empty };
	load_staff(p);
	load_services(p);
	load_sources(p);
	plan_customer_load(p);
	p->known = p->customers.n;
	plan_customer_all(p);
	plan_event_all(p);
	return p;
}

bool plan_empty(const struct plan *p)
{
	for (size_t i = 0; i < p->customers.n; i++)
		if (p->customers.at[i].id == 0 || p->customers.at[i].changed)
			return false;
	return p->appointments.n == 0 && p->absences.n == 0;
}
