#include "rules/slots_breaks.h"

/* One past the last break that has to share its bounds with the first. */
static size_t group_end(const struct slots_map *m, size_t first, size_t end, int *from_r, int *to_r)
{
	size_t i = first;
	int to = m->moving[first].is.to;
	*from_r = m->moving[first].is.reach_from;
	*to_r = 0;
	for (; i < end && (i == first || m->moving[i].is.from < to); i++) {
		const struct breaks_moving *b = &m->moving[i].is;
		to = b->to > to ? b->to : to;
		*from_r = b->reach_from < *from_r ? b->reach_from : *from_r;
		*to_r = b->reach_to > *to_r ? b->reach_to : *to_r;
	}
	return i;
}

static bool group_fits(const struct slots_map *m, size_t first, size_t end, const struct bits *free)
{
	struct breaks_moving list[BREAKS_MOST];
	int n = 0;
	if (end - first > BREAKS_MOST)
		return false;
	for (size_t i = first; i < end; i++)
		list[n++] = m->moving[i].is;
	return breaks_fit(free, list, n);
}

bool slots_breaks_hold(const struct slots_plan *p, int dayno, int row, const struct bits *claims, int *until_r)
{
	struct bits free = *slots_map_free(&p->map, row, dayno);
	size_t end, next, i = slots_map_moving(&p->map, row, dayno, &end);
	for (int k = 0; k < BITS_WORDS; k++)
		free.w[k] &= ~claims->w[k];
	for (; i < end; i = next) {
		int from, to;
		next = group_end(&p->map, i, end, &from, &to);
		if (bits_next(claims, from, true) >= to || group_fits(&p->map, i, next, &free))
			continue;
		*until_r = to * RASTER;
		return false;
	}
	return true;
}

static int last_place(const struct bits *free, const struct breaks_moving *m)
{
	struct bits run = bits_run(free, m->length);
	for (int t = m->to - m->length; t >= m->from; t--)
		if (bits_get(&run, t))
			return t;
	return -1;
}

/* Takes out of the tight starts those before and after which the break surely has a place. */
static void loosen(const struct slots_plan *p, const struct bits *free, const struct slots_moving *one, int from, int to, bool alone, struct bits *safe)
{
	struct bits run = bits_run(free, one->is.length), here = {0};
	int first = bits_next(&run, one->is.from, true), last = alone ? last_place(free, &one->is) : -1;
	if (last >= 0) {
		to = first + one->is.length < to ? first + one->is.length : to;
		from = last > from ? last : from;
	}
	bits_set(&here, to, BITS_DAY);
	if (from >= p->longest)
		bits_set(&here, 0, from - p->longest + 1);
	bits_and(safe, &here);
}

static bool is_named(const struct slots_plan *p, int row)
{
	for (int i = 0; i < p->nsteps; i++)
		for (int o = 0; o < p->steps[i].noptions; o++)
			if (p->steps[i].options[o].row == row)
				return true;
	return false;
}

struct bits slots_breaks_safe(const struct slots_plan *p, int dayno)
{
	struct bits safe = {0};
	size_t end, next, i = slots_map_all_moving(&p->map, dayno, &end);
	bits_set(&safe, 0, BITS_DAY);
	for (; i < end; i = next) {
		size_t own = i;
		int from, to, row = p->map.moving[i].row;
		while (own < end && p->map.moving[own].row == row)
			own++;
		next = group_end(&p->map, i, own, &from, &to);
		if (is_named(p, row))
			loosen(p, slots_map_free(&p->map, row, dayno), &p->map.moving[i], from, to, next == i + 1, &safe);
	}
	return safe;
}
