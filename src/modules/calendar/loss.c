#include "modules/calendar/loss.h"
#include "base/lang.h"
#include "modules/calendar/catalogue.h"
#include "rules/gap.h"
#include "rules/slots_map.h"
#include <stdlib.h>

enum { LOOKED_AT = 600, MOST_PHASES = 16 };

struct own_usuals { int64_t staff; struct gap_usuals usuals; str names[GAP_USUALS]; };
struct usuals { struct own_usuals *at; size_t n, cap; struct gap_keys keys; };

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
	struct query q = db_query(db, SQL("SELECT service, kind, minutes, place_class, device FROM service_phase ORDER BY service, seq"));
	while (db_step(&q))
		*arena_push(db_arena(db), &rows) = (struct phase_row){ db_int(&q, 0), { .kind = (enum phase_kind)db_int(&q, 1), .minutes = (int)db_int(&q, 2),
		    .place_class = db_ref(&q, 3).id, .device = db_ref(&q, 4).id } };
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
	struct gap_usual u = gap_usual_of(&step, d->service, d->extra, 1, &all->keys);
	u.weight = d->booked * u.units;
	own->names[own->usuals.n] = name;
	own->usuals.at[own->usuals.n++] = u;
}

static void add_key(struct arena *a, struct gap_keys *keys, enum resource_kind kind, int64_t id)
{
	if (id != 0 && gap_key(keys, resource_of(kind, id)) < 0)
		*arena_push(a, keys) = resource_of(kind, id);
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
	for (size_t i = 0; i < phases.n; i++) {
		add_key(db_arena(db), &all.keys, RESOURCE_PLACE, phases.at[i].phase.place_class);
		add_key(db_arena(db), &all.keys, RESOURCE_DEVICE, phases.at[i].phase.device);
	}
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

/* A day before anything is proposed. */
struct day_before { day day; struct gap_day *people; struct gap_pool *pools; int (*fitted)[GAP_USUALS]; };

static struct slots_map map_of(struct arena *a, const struct slot_world *w, const struct usuals *all, day d)
{
	struct slots_map m;
	if (w->map != NULL && w->except == 0 && slots_map_view(w->map, NULL, 0, d, 1, &m))
		return m;
	int64_t *wanted = arena_array(a, int64_t, all->n + w->nplaces + 1);
	size_t n = 0;
	for (size_t i = 0; i < all->n; i++)
		wanted[n++] = resource_of(RESOURCE_PERSON, all->at[i].staff);
	for (size_t i = 0; i < w->nplaces; i++)
		wanted[n++] = resource_of(RESOURCE_PLACE, w->places[i].id);
	return slots_map_make(a, w, wanted, n, d, 1);
}

static struct bits free_of(const struct slots_map *m, int64_t resource)
{
	int row = slots_map_row(m, resource);
	return row < 0 ? (struct bits){ { 0 } } : *slots_map_free(m, row, 0);
}

/* A device is there `quantity` times, less what is in use. */
static void count_device(const struct slot_world *w, const struct slots_map *m, day d, const struct device *device, struct gap_pool *pool)
{
	uint8_t used[BITS_DAY + 1] = { 0 };
	size_t end, i = slots_map_day(m, d, &end);
	for (; i < end; i++) {
		const struct use *u = &m->uses[i];
		if (u->resource != resource_of(RESOURCE_DEVICE, device->id) || (w->except != 0 && u->appointment == w->except))
			continue;
		for (int t = u->start / RASTER; t < (u->end + RASTER - 1) / RASTER && t < BITS_DAY; t++)
			used[t] = (uint8_t)(used[t] + (used[t] < UINT8_MAX));
	}
	for (int k = 0; k < GAP_LEVELS; k++)
		for (int t = 0; t < BITS_DAY; t++)
			pool->level[k].w[t >> 6] |= (uint64_t)(used[t] + k < device->quantity) << (t & 63);
}

static struct gap_pool *pools_of(struct arena *a, const struct slot_world *w, const struct slots_map *m, const struct gap_keys *keys, day d)
{
	struct gap_pool *pools = arena_array(a, struct gap_pool, keys->n + 1);
	for (size_t i = 0; i < w->nplaces; i++) {
		int pool = gap_key(keys, resource_of(RESOURCE_PLACE, w->places[i].class));
		struct bits free = free_of(m, resource_of(RESOURCE_PLACE, w->places[i].id));
		if (pool >= 0)
			gap_pool_add(&pools[pool], &free);
	}
	for (size_t i = 0; i < w->ndevices; i++) {
		int pool = gap_key(keys, resource_of(RESOURCE_DEVICE, w->devices[i].id));
		if (pool >= 0)
			count_device(w, m, d, &w->devices[i], &pools[pool]);
	}
	return pools;
}

static struct day_before before_of(struct arena *a, const struct slot_world *w, const struct usuals *all, day d)
{
	struct slots_map m = map_of(a, w, all, d);
	struct day_before b = { .day = d, .people = arena_array(a, struct gap_day, all->n + 1), .pools = pools_of(a, w, &m, &all->keys, d),
		.fitted = arena_alloc(a, (all->n + 1) * sizeof *b.fitted) };
	for (size_t i = 0; i < all->n; i++) {
		b.people[i] = (struct gap_day){ free_of(&m, resource_of(RESOURCE_PERSON, all->at[i].staff)), b.pools };
		for (size_t k = 0; k < all->at[i].usuals.n; k++)
			b.fitted[i][k] = gap_fits(&b.people[i], &all->at[i].usuals.at[k]);
	}
	return b;
}

static int64_t class_of(const struct slot_world *w, int64_t place)
{
	size_t i = 0;
	while (i < w->nplaces && w->places[i].id != place)
		i++;
	return i < w->nplaces ? w->places[i].class : 0;
}

static void take_pool(struct gap_pool *pools, const struct gap_keys *keys, int64_t key, const struct slot_claim *c)
{
	int pool = gap_key(keys, key);
	if (pool >= 0)
		gap_pool_take(&pools[pool], c->start / RASTER, (c->end + RASTER - 1) / RASTER);
}

/* The same pools with the slot in them. */
static struct gap_pool *pools_after(struct arena *a, const struct slot_world *w, const struct slot *slot, const struct usuals *all, const struct day_before *b)
{
	struct gap_pool *pools = arena_array(a, struct gap_pool, all->keys.n + 1);
	for (size_t i = 0; i < all->keys.n; i++)
		pools[i] = b->pools[i];
	for (size_t k = 0; k < slot->nclaims; k++) {
		const struct slot_claim *c = &slot->claims[k];
		if (c->place != 0)
			take_pool(pools, &all->keys, resource_of(RESOURCE_PLACE, class_of(w, c->place)), c);
		if (c->device != 0)
			take_pool(pools, &all->keys, resource_of(RESOURCE_DEVICE, c->device), c);
	}
	return pools;
}

/* Takes a person's part out of her day and says how much it is; staff 0: everybody's, only counted. */
static int take_work(const struct slot *slot, int64_t staff, struct bits *free)
{
	int units = 0;
	for (size_t k = 0; k < slot->nclaims; k++) {
		const struct slot_claim *c = &slot->claims[k];
		if (c->staff == 0 || (staff != 0 && c->staff != staff))
			continue;
		units += (c->end - c->start) / RASTER;
		if (free != NULL)
			bits_clear(free, c->start / RASTER, c->end / RASTER);
	}
	return units;
}

/* The dearest of all people's losses. */
static char *loss_text(struct arena *a, const struct slot_world *w, const struct slot *slot, const struct usuals *all, const struct day_before *b)
{
	struct gap_price dearest = { .usual = NULL };
	str name = NULL;
	const struct gap_pool *pools = pools_after(a, w, slot, all, b);
	int together = take_work(slot, 0, NULL);
	for (size_t i = 0; i < all->n; i++) {
		const struct own_usuals *own = &all->at[i];
		struct gap_day after = { b->people[i].free, pools };
		int units = take_work(slot, own->staff, &after.free);
		struct gap_price p = gap_price(&b->people[i], &after, units > 0 ? units : together, &own->usuals, b->fitted[i]);
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
	struct day_before b = { .day = { NONE } };
	for (size_t i = 0; i < n; i++) {
		if (b.day.n != slots[i].day.n)
			b = before_of(db_arena(db), w, &all, slots[i].day);
		texts_r[i] = loss_text(db_arena(db), w, &slots[i], &all, &b);
	}
}
