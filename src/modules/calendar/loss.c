#include "modules/calendar/loss.h"
#include "base/lang.h"
#include "modules/calendar/catalogue.h"
#include "rules/gap.h"
#include "rules/slots_map.h"
#include <stdlib.h>

enum { LOOKED_AT = 600, MOST_PHASES = 16 };

struct own_usuals { int64_t staff; struct gap_usuals usuals; str names[GAP_USUALS]; };
struct usuals { struct own_usuals *at; size_t n, cap; };

/* One service of one person: how often it stands among the last steps of the book, and how much of her time they took. */
struct done { int64_t staff, service; int booked, extra; int64_t time; };
struct dones { struct done *at; size_t n, cap; };
struct phase_row { int64_t service; struct slot_phase phase; };
struct phase_rows { struct phase_row *at; size_t n, cap; };

static struct done *find(const struct dones *all, int64_t staff, int64_t service)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->at[i].staff == staff && all->at[i].service == service)
			return &all->at[i];
	return NULL;
}

static struct dones count_last(struct db *db)
{
	struct dones all = { 0 };
	struct query q = db_query(db, SQL("SELECT staff, service FROM appt_step ORDER BY id DESC LIMIT ?"), B(LOOKED_AT));
	while (db_step(&q)) {
		int64_t staff = db_int(&q, 0), service = db_int(&q, 1);
		if (staff == NONE || service == NONE)
			continue;
		struct done *d = find(&all, staff, service);
		if (d != NULL)
			d->booked++;
		else
			*arena_push(db_arena(db), &all) = (struct done){ .staff = staff, .service = service, .booked = 1 };
	}
	return all;
}

static struct phase_rows read_phases(struct db *db)
{
	struct phase_rows rows = { 0 };
	struct query q = db_query(db, SQL("SELECT service, kind, minutes FROM service_phase ORDER BY service, seq"));
	while (db_step(&q))
		*arena_push(db_arena(db), &rows) = (struct phase_row){ db_int(&q, 0), { .kind = (enum phase_kind)db_int(&q, 1), .minutes = (int)db_int(&q, 2) } };
	return rows;
}

/* What is still offered by whoever did it, more than once. */
static struct dones read_offers(struct db *db, const struct dones *last, const struct phase_rows *phases)
{
	struct dones kept = { 0 };
	struct query q = db_query(db, SQL("SELECT x.staff, x.service, x.extra_minutes FROM staff_service x JOIN service v ON v.id = x.service AND v.active = 1"));
	while (db_step(&q)) {
		const struct done *d = find(last, db_int(&q, 0), db_int(&q, 1));
		if (d == NULL || d->booked < 2)
			continue;
		struct done own = *d;
		own.extra = (int)db_int(&q, 2);
		for (size_t i = 0; i < phases->n; i++)
			own.time += phases->at[i].service == own.service ? own.booked * phases->at[i].phase.minutes : 0;
		*arena_push(db_arena(db), &kept) = own;
	}
	return kept;
}

/* By person; first what took most of her time. */
static int by_time(const void *a, const void *b)
{
	const struct done *x = a, *y = b;
	if (x->staff != y->staff)
		return x->staff < y->staff ? -1 : 1;
	if (x->time != y->time)
		return x->time > y->time ? -1 : 1;
	return (x->service > y->service) - (x->service < y->service);
}

static void take(struct arena *a, struct usuals *all, const struct done *d, const struct phase_rows *phases, str name)
{
	struct slot_phase own_phases[MOST_PHASES];
	struct slot_step step = { .phases = own_phases };
	for (size_t i = 0; i < phases->n && step.nphases < MOST_PHASES; i++)
		if (phases->at[i].service == d->service)
			own_phases[step.nphases++] = phases->at[i].phase;
	if (step.nphases == 0)
		return;
	if (all->n == 0 || all->at[all->n - 1].staff != d->staff)
		*arena_push(a, all) = (struct own_usuals){ .staff = d->staff };
	struct own_usuals *own = &all->at[all->n - 1];
	if (own->usuals.n == GAP_USUALS)
		return;
	struct gap_usual u = gap_usual_of(&step, d->service, d->extra, 1);
	u.weight = d->booked * u.units;
	own->names[own->usuals.n] = name;
	own->usuals.at[own->usuals.n++] = u;
}

/* Kept until the database changes (db_keep). */
static void *make_usuals(struct db *db)
{
	struct usuals all = { 0 }, *kept = arena_new_of(db_arena(db), struct usuals);
	const struct catalogue *names = catalogue_of(db);
	struct phase_rows phases = read_phases(db);
	struct dones last = count_last(db), offers = read_offers(db, &last, &phases);
	if (offers.n > 0)
		qsort(offers.at, offers.n, sizeof *offers.at, by_time);
	for (size_t i = 0; i < offers.n; i++) {
		const struct service_name *service = catalogue_service(names, offers.at[i].service);
		take(db_arena(db), &all, &offers.at[i], &phases, service != NULL ? service->name : "");
	}
	*kept = all;
	return kept;
}

static struct usuals read_usuals(struct db *db)
{
	return *(const struct usuals *)db_keep(db, make_usuals);
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
