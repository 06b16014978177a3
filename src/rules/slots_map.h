/* slots_map.h: a part of the slot finder: what is free when, as one map of bits for each resource and day. */
#ifndef RULES_SLOTS_MAP_H
#define RULES_SLOTS_MAP_H
#include "rules/bits.h"
#include "rules/breaks.h"
#include "rules/slots.h"

struct slots_moving { int64_t day; int row; struct breaks_moving is; };   /* a break that may move: its minutes count as free */
struct slots_map {
	day from; int ndays, stride;                      /* stride: days from one resource to the next */
	const struct use *uses; size_t nuses;             /* sorted by day */
	int64_t except;
	int64_t *resources; size_t n;                     /* sorted, each once */
	struct bits *free;                                /* [resource * stride + day] */
	struct bits *exists;                              /* [day]: minutes that the day has; NULL = all of them */
	const struct slots_moving *moving; size_t nmoving;        /* by day, person, bounds */
	const struct worktime_span *asked; size_t nasked;         /* by day: absences asked for, of these people */
	struct bits *staffed;                             /* [day]: from when the first of all people works until when the last does */
};

/* By day: the same array if it is that already, else a copy. */
const struct use *slots_map_sorted(struct arena *, const struct use *, size_t n);
/* Of the resources given (any order, repeats allowed), on the days from .. from + ndays - 1. */
struct slots_map slots_map_make(struct arena *, const struct slot_world *, int64_t *resources, size_t n, day from, int ndays);
/* Of everybody and everything in the world's rows, for slot_world.map; lives as long as the rows do. */
struct slots_map slots_map_all(struct arena *, const struct slot_world *);
/* Some days of a map. false: it has not all of these resources or days. */
bool slots_map_view(const struct slots_map *, const int64_t *resources, size_t n, day from, int ndays, struct slots_map *view_r);
/* Its row; -1 if it is none of the resources. */
int slots_map_row(const struct slots_map *, int64_t resource);
/* A person's breaks on the map's day number dayno that may move: the first one's index, and one past the last. */
size_t slots_map_moving(const struct slots_map *, int row, int dayno, size_t *end_r);
/* The same for everybody's. */
size_t slots_map_all_moving(const struct slots_map *, int dayno, size_t *end_r);
/* The first absence asked for that this person's minutes meet; NULL = none. */
const struct worktime_span *slots_map_asked(const struct slots_map *, int64_t staff, day, int start, int end);
/* The uses of a day: the first one's index, and one past the last. */
size_t slots_map_day(const struct slots_map *, day, size_t *end_r);

static inline const struct bits *slots_map_free(const struct slots_map *m, int row, int dayno)
{
	return &m->free[(size_t)row * (size_t)m->stride + (size_t)dayno];
}
#endif
