#include "modules/calendar/loss.h"
#include "base/lang.h"
#include "rules/gap.h"
#include "rules/slots_map.h"

enum { MOST_PHASES = 16 };

struct own_usuals { int64_t staff; struct gap_usuals usuals; str names[GAP_USUALS]; };
struct usuals { struct own_usuals *at; size_t n, cap; };

/* One service of one person, its phases row by row. */
struct reading { int64_t staff, service; int booked, extra; str name; struct slot_phase phases[MOST_PHASES]; size_t nphases; };

static void take(struct arena *a, struct usuals *all, const struct reading *r)
{
	if (r->nphases == 0)
		return;
	if (all->n == 0 || all->at[all->n - 1].staff != r->staff)
		*arena_push(a, all) = (struct own_usuals){ .staff = r->staff };
	struct own_usuals *own = &all->at[all->n - 1];
	struct slot_step step = { .phases = r->phases, .nphases = r->nphases };
	if (own->usuals.n == GAP_USUALS)
		return;
	struct gap_usual u = gap_usual_of(&step, r->service, r->extra, 1);
	u.weight = r->booked * u.units;
	own->names[own->usuals.n] = r->name;
	own->usuals.at[own->usuals.n++] = u;
}

static struct usuals read_usuals(struct db *db)
{
	struct usuals all = { 0 };
	struct reading now = { .staff = 0 };
	struct query q = db_query(db, SQL("WITH last AS (SELECT staff, service, count(*) AS booked FROM (SELECT staff, service FROM appt_step ORDER BY id DESC LIMIT 600) "
	    "WHERE staff IS NOT NULL AND service IS NOT NULL GROUP BY staff, service HAVING count(*) > 1) "
	    "SELECT l.staff, l.service, l.booked, x.extra_minutes, v.name, p.kind, p.minutes FROM last l JOIN service v ON v.id = l.service AND v.active = 1 "
	    "JOIN staff_service x ON x.staff = l.staff AND x.service = l.service JOIN service_phase p ON p.service = l.service "
	    "ORDER BY l.staff, l.booked * (SELECT sum(minutes) FROM service_phase WHERE service = l.service) DESC, l.service, p.seq"));
	while (db_step(&q)) {
		if (db_int(&q, 0) != now.staff || db_int(&q, 1) != now.service) {
			take(db_arena(db), &all, &now);
			now = (struct reading){ .staff = db_int(&q, 0), .service = db_int(&q, 1), .booked = (int)db_int(&q, 2), .extra = (int)db_int(&q, 3), .name = db_text(&q, 4) };
		}
		if (now.nphases < MOST_PHASES)
			now.phases[now.nphases++] = (struct slot_phase){ .kind = (enum phase_kind)db_int(&q, 5), .minutes = (int)db_int(&q, 6) };
	}
	take(db_arena(db), &all, &now);
	return all;
}

static struct bits free_of(struct arena *a, const struct slot_world *w, int64_t staff, day d)
{
	int64_t *person = arena_new_of(a, int64_t);
	struct slots_map m;
	*person = resource_of(RESOURCE_PERSON, staff);
	if (w->map == NULL || w->except != 0 || !slots_map_view(w->map, person, 1, d, 1, &m))
		m = slots_map_make(a, w, person, 1, d, 1);
	return *slots_map_free(&m, slots_map_row(&m, *person), 0);
}

/* The dearest of all people's losses. */
static char *loss_text(struct arena *a, const struct slot_world *w, const struct slot *slot, const struct usuals *all)
{
	struct gap_price dearest = { .usual = NULL };
	str name = NULL;
	for (size_t i = 0; i < all->n; i++) {
		const struct own_usuals *own = &all->at[i];
		struct bits taken = { { 0 } };
		for (size_t k = 0; k < slot->nclaims; k++)
			if (slot->claims[k].staff == own->staff)
				bits_set(&taken, slot->claims[k].start / RASTER, slot->claims[k].end / RASTER);
		if (bits_none(&taken))
			continue;
		struct bits free = free_of(a, w, own->staff, slot->day);
		struct gap_price p = gap_price(&free, &taken, &own->usuals, NULL);
		if (p.usual == NULL || (dearest.usual != NULL && dearest.lost * dearest.usual->weight >= p.lost * p.usual->weight))
			continue;
		dearest = p;
		name = own->names[p.usual - own->usuals.at];
	}
	return dearest.usual == NULL ? NULL : arena_printf(a, P_("%d × %s does not fit any more then", "%d × %s do not fit any more then", dearest.lost), dearest.lost, name);
}

void loss_slots(struct db *db, const struct slot_world *w, const struct slot *slots, size_t n, str *texts_r)
{
	struct usuals all = n > 0 ? read_usuals(db) : (struct usuals){ 0 };
	for (size_t i = 0; i < n; i++)
		texts_r[i] = loss_text(db_arena(db), w, &slots[i], &all);
}
