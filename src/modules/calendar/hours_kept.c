/* hours_kept.c: hours_world() for connections that only look: rows and their maps stay with the connection until the
 * database changes, so that a second question costs no reading. Nothing of it is ever stored. */
#include "modules/calendar/hours.h"
#include "rules/slots_map.h"

enum { KEPT_DAYS = 100 };                        /* longer questions are rare; a year would be a megabyte */

/* The first of the rows on this day or later. */
#define FIRST(rows, count, wanted) ({ size_t low_ = 0, high_ = (count); while (low_ < high_) { size_t middle_ = low_ + (high_ - low_) / 2; \
	if ((rows)[middle_].day.n < (wanted)) low_ = middle_ + 1; else high_ = middle_; } low_; })

/* Some days of a world: its rows are in order of days. */
static struct slot_world part_of(const struct slot_world *w, day from, int ndays)
{
	struct slot_world part = *w;
	size_t use = FIRST(w->uses, w->nuses, from.n), span = FIRST(w->work, w->nwork, from.n);
	part.from = from;
	part.ndays = ndays;
	part.uses += use;
	part.nuses = FIRST(w->uses, w->nuses, from.n + ndays) - use;
	part.work += span;
	part.nwork = FIRST(w->work, w->nwork, from.n + ndays) - span;
	return part;
}

static struct slot_world *keep(struct db *db, struct db_kept *kept, day from, int ndays)
{
	arena_reset(kept->arena);
	struct arena *request = db_arena_in(db, kept->arena);
	struct slot_world *world = arena_new_of(kept->arena, struct slot_world);
	struct slots_map *map = arena_new_of(kept->arena, struct slots_map);
	*world = hours_read_world(db, from, ndays);
	*map = slots_map_all(kept->arena, world);
	world->map = map;
	kept->what = db_failed(db) ? NULL : world;
	db_arena_in(db, request);
	return world;
}

/* One is kept, the last. */
struct slot_world hours_world(struct db *db, day from, int ndays)
{
	struct db_kept *kept = ndays <= KEPT_DAYS ? db_kept(db) : NULL;
	if (kept == NULL)
		return hours_read_world(db, from, ndays);
	const struct slot_world *world = kept->what;
	bool there = world != NULL && world->from.n <= from.n && from.n + ndays <= world->from.n + world->ndays;
	if (!there && kept->given)
		return hours_read_world(db, from, ndays);
	kept->given = true;
	return there ? part_of(world, from, ndays) : *keep(db, kept, from, ndays);
}
