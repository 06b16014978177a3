/* hours_kept.c: hours_world() for connections that only look: rows and their maps stay with the connection until the
 * database changes, so that a second question costs no reading. Nothing of it is ever stored. */
#include "modules/calendar/hours.h"
#include "rules/slots_map.h"
#include <string.h>

enum { KEPT_DAYS = 100, KEPT_WORLDS = 4 };       /* longer questions are rare; a year would be a megabyte */

struct worlds { struct slot_world at[KEPT_WORLDS]; size_t n; };

#define COPY(a, rows, n) memcpy(arena_buffer((a), sizeof *(rows) * (n) + 1), (rows), sizeof *(rows) * (n))

/* Nothing to copy is no reason to pass NULL on. */
#define KEEP(a, rows, n) ((rows) = (n) > 0 ? COPY(a, rows, n) : NULL)

static void keep(struct arena *a, struct worlds *list, struct slot_world w)
{
	KEEP(a, w.work, w.nwork);
	KEEP(a, w.uses, w.nuses);
	KEEP(a, w.places, w.nplaces);
	KEEP(a, w.devices, w.ndevices);
	KEEP(a, w.missing, w.nmissing);
	struct slots_map *map = arena_new_of(a, struct slots_map);
	*map = slots_map_all(a, &w);
	w.map = map;
	list->at[list->n++] = w;
}

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

struct slot_world hours_world(struct db *db, day from, int ndays)
{
	struct db_kept *kept = ndays <= KEPT_DAYS ? db_kept(db) : NULL;
	if (kept == NULL)
		return hours_read_world(db, from, ndays);
	struct worlds *list = kept->what;
	if (list == NULL)
		kept->what = list = arena_new_of(kept->arena, struct worlds);
	for (size_t i = 0; i < list->n; i++)
		if (list->at[i].from.n <= from.n && from.n + ndays <= list->at[i].from.n + list->at[i].ndays)
			return part_of(&list->at[i], from, ndays);
	struct slot_world world = hours_read_world(db, from, ndays);
	if (list->n == KEPT_WORLDS)
		kept->full = true;
	else if (!db_failed(db)) {
		keep(kept->arena, list, world);
		return list->at[list->n - 1];
	}
	return world;
}
