/* staff.h: the people of the shop: who they are, what they may and can, when they work. */
#ifndef STAFF_STAFF_H
#define STAFF_STAFF_H
#include "entity/entity.h"
#include "web/web.h"

struct staff {
	int64_t id, version, role, sort;
	str name, code, colour, phone, mail, language, note;
	bool in_book, active;
	day birthday, joined, left;
};
extern const struct entity staff_entity;
extern const struct module staff_module, staff_change;
#endif
