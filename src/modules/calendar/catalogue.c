#include "modules/calendar/catalogue.h"
#include <stdlib.h>

static void read_staff(struct db *db, struct catalogue *c)
{
	struct { struct staff_name *at; size_t n, cap; } staff = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name, code, joined, left, active AND in_book AS book FROM staff ORDER BY book DESC, sort, id"));
	while (db_step(&q)) {
		*arena_push(db_arena(db), &staff) = (struct staff_name){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2), db_day(&q, 3), db_day(&q, 4) };
		c->nbook += db_bool(&q, 5);
	}
	c->staff = staff.at;
	c->nstaff = staff.n;
}

static void read_services(struct db *db, struct catalogue *c)
{
	struct { struct service_name *at; size_t n, cap; } services = { 0 };
	struct query q = db_query(db, SQL("SELECT v.id, v.name, g.style FROM service v LEFT JOIN service_group g ON g.id = v.service_group ORDER BY v.id"));
	while (db_step(&q))
		*arena_push(db_arena(db), &services) = (struct service_name){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2) };
	c->services = services.at;
	c->nservices = services.n;
}

static void *make(struct db *db)
{
	struct catalogue *c = arena_new_of(db_arena(db), struct catalogue);
	read_staff(db, c);
	read_services(db, c);
	return c;
}

const struct catalogue *catalogue_of(struct db *db) { return db_keep(db, make); }

const struct staff_name *catalogue_staff(const struct catalogue *c, int64_t id)
{
	for (size_t i = 0; i < c->nstaff; i++)
		if (c->staff[i].id == id)
			return &c->staff[i];
	return NULL;
}

static int by_id(const void *a, const void *b)
{
	int64_t id = *(const int64_t *)a;
	const struct service_name *s = b;
	return (id > s->id) - (id < s->id);
}

const struct service_name *catalogue_service(const struct catalogue *c, int64_t id)
{
	return bsearch(&id, c->services, c->nservices, sizeof *c->services, by_id);
}
