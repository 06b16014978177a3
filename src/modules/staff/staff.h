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

/* A row of the table absence. start.min NONE = whole days. */
enum { STAFF_ABSENCE_KINDS = 7 };
struct staff_absence { int64_t id, kind, granted; day from, to; daytime start, end; str note; int64_t staff; };
const char *staff_absence_label(int64_t kind);
const char *staff_absence_short(int64_t kind);               /* within a line: "krank", with soft hyphens */
const char *staff_absence_icon(int64_t kind);
/* Two of one person share a day and a time, which only an illness may with something else: it takes the place of it. */
bool staff_absences_clash(const struct staff_absence *, const struct staff_absence *);

extern const struct entity staff_entity;
extern const struct module staff_module, staff_change;
#endif
