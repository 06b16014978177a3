/* What of the catalogue a shop's data holds. Services are known by their code. */
#include "modules/setup/starter.h"
#include "db/db.h"

unsigned starter_present(struct db *db)
{
	unsigned mask = 0;
	for (unsigned c = 0; c < STARTER_COUNT; c++) {
		const struct starter *s = starter_get(c);
		for (size_t i = 0; i < s->nservices && !(mask & 1u << c); i++)
			if (db_one(db, SQL("SELECT 1 FROM service WHERE short = ?"), B(s->services[i].code)) == 1) mask |= 1u << c;
	}
	return mask;
}

unsigned starter_done_by(struct db *db, int64_t staff)
{
	unsigned mask = 0;
	for (unsigned c = 0; c < STARTER_COUNT; c++) {
		const struct starter *s = starter_get(c);
		for (size_t i = 0; i < s->nservices && !(mask & 1u << c); i++)
			if (db_one(db, SQL("SELECT 1 FROM staff_service JOIN service ON service.id = service WHERE short = ? AND staff = ?"),
			    B(s->services[i].code), B(staff)) == 1) mask |= 1u << c;
	}
	return mask;
}
