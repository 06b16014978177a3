/* Writing the catalogue into a shop's records. */
#include "modules/setup/starter.h"
#include "base/out.h"
#include "db/db_write.h"

static int64_t place_class(struct db *db, const char *name, int people)
{
	int64_t id = db_one(db, SQL("SELECT id FROM place_class WHERE name = ?"), B(name));
	if (id != NONE) return id;
	db_run(db, SQL("INSERT INTO place_class(name, sort) SELECT ?, count(*) FROM place_class"), B(name));
	id = db_last_id(db);
	const struct starter_place *place = starter_place(name);
	int n = place == NULL ? 1 : place->usual;
	if (place != NULL && place->per_person && people * 3 / 2 > n) n = people * 3 / 2;
	for (int i = 1; i <= n; i++)
		db_run(db, SQL("INSERT OR IGNORE INTO place(name, class, sort) SELECT ?, ?, count(*) FROM place"),
		    B(n == 1 ? name : arena_printf(db_arena(db), "%s %d", name, i)), B(id));
	return id;
}

static int64_t device(struct db *db, const char *name)
{
	int64_t id = db_one(db, SQL("SELECT id FROM device WHERE name = ?"), B(name));
	if (id != NONE) return id;
	const struct starter_device *device = starter_device(name);
	db_run(db, SQL("INSERT INTO device(name, quantity, sort) SELECT ?, ?, count(*) FROM device"),
	    B(name), B(device == NULL ? 1 : device->quantity));
	return db_last_id(db);
}

static int64_t group(struct db *db, const struct starter_group *g)
{
	int64_t id = db_one(db, SQL("SELECT id FROM service_group WHERE name = ?"), B(g->name));
	if (id != NONE) return id;
	db_run(db, SQL("INSERT INTO service_group(name, style, sort) SELECT ?, ?, count(*) FROM service_group"), B(g->name), B(g->style));
	return db_last_id(db);
}

static void phase(struct db *db, int64_t service, int seq, const struct starter_phase *p, int people)
{
	int64_t where = p->place == NULL ? NONE : place_class(db, p->place, people);
	int64_t what = p->device == NULL ? NONE : device(db, p->device);
	db_run(db, SQL("INSERT INTO service_phase(service, seq, kind, name, minutes, place_class, device) VALUES(?,?,?,?,?,?,?)"),
	    B(service), B(seq), B((int)p->kind), B(p->name), B(p->minutes), B(where), B(what));
}

static void service(struct db *db, int64_t group_id, const struct starter_service *s, int people)
{
	if (db_one(db, SQL("SELECT 1 FROM service WHERE short = ?"), B(s->code)) == 1) return;
	db_run(db, SQL("INSERT INTO service(name, short, service_group, price, sort) SELECT ?, ?, ?, ?, count(*) FROM service"),
	    B(s->name), B(s->code), B(group_id), B(s->cents));
	int64_t id = db_last_id(db);
	for (int i = 0; i < STARTER_PHASES && s->phases[i].minutes > 0; i++) phase(db, id, i, &s->phases[i], people);
}

int starter_write(struct db *db, unsigned mask, int people)
{
	for (unsigned c = 0; c < STARTER_COUNT; c++) {
		if (!(mask & 1u << c)) continue;
		const struct starter *s = starter_get(c);
		for (size_t g = 0; g < s->ngroups; g++) {
			int64_t id = group(db, &s->groups[g]);
			for (size_t i = 0; i < s->nservices; i++)
				if (s->services[i].group == s->groups[g].name) service(db, id, &s->services[i], people);
		}
	}
	return db_failed(db) ? -1 : 0;
}

static void remove_service(struct db *db, const char *code)
{
	int64_t id = db_one(db, SQL("SELECT id FROM service WHERE short = ?"
	    " AND NOT EXISTS (SELECT 1 FROM appt_step WHERE appt_step.service = service.id)"
	    " AND NOT EXISTS (SELECT 1 FROM customer_usual WHERE customer_usual.service = service.id)"
	    " AND NOT EXISTS (SELECT 1 FROM customer_duration WHERE customer_duration.service = service.id)"), B(code));
	if (id == NONE) return;
	db_run(db, SQL("DELETE FROM staff_service WHERE service = ?"), B(id));
	db_run(db, SQL("DELETE FROM service_phase WHERE service = ?"), B(id));
	db_run(db, SQL("DELETE FROM service WHERE id = ?"), B(id));
}

int starter_remove(struct db *db, unsigned mask)
{
	for (unsigned c = 0; c < STARTER_COUNT; c++) {
		if (!(mask & 1u << c)) continue;
		const struct starter *s = starter_get(c);
		for (size_t i = 0; i < s->nservices; i++) remove_service(db, s->services[i].code);
		for (size_t g = 0; g < s->ngroups; g++)
			db_run(db, SQL("DELETE FROM service_group WHERE name = ? AND NOT EXISTS"
			    " (SELECT 1 FROM service WHERE service_group = service_group.id)"), B(s->groups[g].name));
	}
	return db_failed(db) ? -1 : 0;
}

int starter_assign(struct db *db, int64_t staff, unsigned mask)
{
	for (unsigned c = 0; c < STARTER_COUNT; c++) {
		const struct starter *s = starter_get(c);
		for (size_t i = 0; i < s->nservices; i++) {
			if (mask & 1u << c)
				db_run(db, SQL("INSERT OR IGNORE INTO staff_service(staff, service) SELECT ?, id FROM service WHERE short = ?"),
				    B(staff), B(s->services[i].code));
			else
				db_run(db, SQL("DELETE FROM staff_service WHERE staff = ? AND service = (SELECT id FROM service WHERE short = ?)"),
				    B(staff), B(s->services[i].code));
		}
	}
	return db_failed(db) ? -1 : 0;
}
