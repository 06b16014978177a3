#include "rules/slots_map.h"
#include <stdlib.h>
#include <string.h>

/* Rows come by the ten thousand, resources by the dozen: a small open table from number to row. */
struct table { struct { int64_t resource; int row; } *at; size_t mask; };

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static size_t slot_of(int64_t resource, size_t mask)
{
	return (size_t)(((uint64_t)resource * UINT64_C(0x9E3779B97F4A7C15)) >> 32) & mask;
}

static struct table table_make(struct arena *a, const int64_t *resources, size_t n)
{
	size_t size = 16;
	while (size < n * 4)
		size *= 2;
	struct table t = { .at = arena_alloc(a, sizeof *t.at * size), .mask = size - 1 };
	for (size_t i = 0; i < n; i++) {
		size_t at = slot_of(resources[i], t.mask);
		while (t.at[at].resource != 0)
			at = (at + 1) & t.mask;
		t.at[at].resource = resources[i];
		t.at[at].row = (int)i;
	}
	return t;
}

static int table_row(const struct table *t, int64_t resource)
{
	size_t at = slot_of(resource, t->mask);
	while (t->at[at].resource != 0) {
		if (t->at[at].resource == resource)
			return t->at[at].row;
		at = (at + 1) & t->mask;
	}
	return -1;
}

static int by_day(const void *a, const void *b)
{
	const struct use *x = a, *y = b;
	if (x->day.n != y->day.n)
		return x->day.n < y->day.n ? -1 : 1;
	if (x->resource != y->resource)
		return x->resource < y->resource ? -1 : 1;
	if (x->start != y->start)
		return x->start - y->start;
	return (x->appointment > y->appointment) - (x->appointment < y->appointment);
}

/* The database gives them by day already; only others are copied and sorted. */
const struct use *slots_map_sorted(struct arena *a, const struct use *uses, size_t n)
{
	size_t i = 1;
	while (i < n && uses[i - 1].day.n <= uses[i].day.n)
		i++;
	if (i >= n)
		return uses;
	struct use *copy = arena_buffer(a, n * sizeof *copy);
	memcpy(copy, uses, n * sizeof *copy);
	qsort(copy, n, sizeof *copy, by_day);
	return copy;
}

static void open_people(struct slots_map *m, const struct table *t, const struct slot_world *w)
{
	for (size_t i = 0; i < w->nwork; i++) {
		const struct worktime_span *s = &w->work[i];
		int64_t dayno = s->day.n - m->from.n;
		if (s->kind != WORKTIME_WORK || dayno < 0 || dayno >= m->ndays)
			continue;
		int row = table_row(t, resource_of(RESOURCE_PERSON, s->staff)), from = (s->start + RASTER - 1) / RASTER, to = s->end / RASTER;
		bits_set(&m->staffed[dayno], from, to);
		if (row >= 0)
			bits_set(&m->free[(size_t)row * (size_t)m->ndays + (size_t)dayno], from, to);
	}
}

static int by_bounds(const void *a, const void *b)
{
	const struct slots_moving *x = a, *y = b;
	if (x->day != y->day)
		return x->day < y->day ? -1 : 1;
	if (x->row != y->row)
		return x->row - y->row;
	if (x->is.from != y->is.from)
		return x->is.from - y->is.from;
	if (x->is.to != y->is.to)
		return x->is.to - y->is.to;
	return x->is.length != y->is.length ? x->is.length - y->is.length : x->is.reach_to - y->is.reach_to;
}

static int by_asked(const void *a, const void *b)
{
	const struct worktime_span *x = a, *y = b;
	if (x->day.n != y->day.n)
		return x->day.n < y->day.n ? -1 : 1;
	if (x->staff != y->staff)
		return x->staff < y->staff ? -1 : 1;
	return x->start != y->start ? x->start - y->start : (x->absence > y->absence) - (x->absence < y->absence);
}

struct aside { const struct worktime_span **at; size_t n, cap; };

static void open_moving(struct arena *a, struct slots_map *m, const struct table *t, const struct slot_world *w, const struct aside *moving, const struct aside *absent)
{
	struct slots_moving *list = arena_array(a, struct slots_moving, moving->n + 1);
	for (size_t i = 0; i < moving->n; i++) {
		const struct worktime_span *s = moving->at[i];
		struct bits own = {0};
		int row = table_row(t, resource_of(RESOURCE_PERSON, s->staff));
		int64_t dayno = s->day.n - m->from.n;
		breaks_open(&own, s, w->work, w->nwork);
		for (size_t k = 0; k < absent->n; k++)
			if (absent->at[k]->staff == s->staff && absent->at[k]->day.n == s->day.n)
				breaks_shut(&own, s, absent->at[k]);
		bits_or(&m->staffed[dayno], &own);
		if (row < 0)
			continue;
		bits_or(&m->free[(size_t)row * (size_t)m->ndays + (size_t)dayno], &own);
		list[m->nmoving++] = (struct slots_moving){ s->day.n, row, breaks_moving_of(s) };
	}
	qsort(list, m->nmoving, sizeof *list, by_bounds);
	m->moving = list;
}

/* Breaks that may move, and what was asked for. */
static void set_aside(struct arena *a, struct slots_map *m, const struct table *t, const struct slot_world *w)
{
	struct aside moving = {0}, absent = {0};
	struct { struct worktime_span *at; size_t n, cap; } asked = {0};
	for (size_t i = 0; i < w->nwork; i++) {
		const struct worktime_span *s = &w->work[i];
		if (s->kind == WORKTIME_WORK || s->day.n < m->from.n || s->day.n >= m->from.n + m->ndays)
			continue;
		if (s->kind == WORKTIME_ASKED && table_row(t, resource_of(RESOURCE_PERSON, s->staff)) >= 0)
			*arena_push(a, &asked) = *s;
		else if (s->kind == WORKTIME_ABSENT)
			*arena_push(a, &absent) = s;
		else if (breaks_moves(s))
			*arena_push(a, &moving) = s;
	}
	if (asked.n > 1)
		qsort(asked.at, asked.n, sizeof *asked.at, by_asked);
	m->asked = asked.at;
	m->nasked = asked.n;
	if (moving.n > 0)
		open_moving(a, m, t, w, &moving, &absent);
}

/* Fills the holes: whoever comes for a thing that needs nobody may come during the lunch break. */
static void fill_staffed(struct slots_map *m)
{
	for (int d = 0; d < m->ndays; d++) {
		struct bits *b = &m->staffed[d];
		int first = bits_next(b, 0, true), last = BITS_DAY;
		while (last > first && !bits_get(b, last - 1))
			last--;
		if (first < last)
			bits_set(b, first, last);
	}
}

static void open_places(struct slots_map *m, const struct table *t, const struct slot_world *w)
{
	for (size_t i = 0; i < w->nplaces; i++) {
		int row = table_row(t, resource_of(RESOURCE_PLACE, w->places[i].id));
		for (int d = 0; row >= 0 && d < m->ndays; d++)
			bits_set(&m->free[(size_t)row * (size_t)m->ndays + (size_t)d], 0, BITS_DAY);
	}
}

/* A pool is free where fewer than its quantity are in use: counted, then made bits. */
static void open_pool(struct slots_map *m, int row, int quantity, const uint8_t *count)
{
	for (int d = 0; d < m->ndays; d++) {
		struct bits *b = &m->free[(size_t)row * (size_t)m->ndays + (size_t)d];
		for (int t = 0; t < BITS_DAY; t++)
			b->w[t >> 6] |= (uint64_t)(count[d * BITS_DAY + t] < quantity) << (t & 63);
	}
}

static void count_use(uint8_t *count, int from, int to)
{
	for (int t = from; t < to; t++)
		count[t] = (uint8_t)(count[t] + (count[t] < UINT8_MAX));
}

/* Takes the uses out of the people's and places' maps and counts the pools' in counts[row]. */
static void take_uses(struct slots_map *m, const struct table *t, uint8_t **counts)
{
	int64_t known = 0;
	int row = -1;
	size_t end = m->nuses;
	for (size_t i = slots_map_day(m, m->from, NULL); i < end; i++) {
		const struct use *u = &m->uses[i];
		int64_t dayno = u->day.n - m->from.n;
		if (dayno >= m->ndays)
			break;
		if (u->resource != known) {
			known = u->resource;
			row = table_row(t, known);
		}
		if (row < 0 || (m->except != 0 && u->appointment == m->except))
			continue;
		int from = u->start / RASTER, to = (u->end + RASTER - 1) / RASTER;
		if (counts[row] != NULL)
			count_use(counts[row] + dayno * BITS_DAY, from, to);
		else
			bits_clear(&m->free[(size_t)row * (size_t)m->ndays + (size_t)dayno], from, to);
	}
}

static void leave_out_missing(struct arena *a, struct slots_map *m, const struct slot_world *w)
{
	for (size_t i = 0; i < w->nmissing; i++) {
		int64_t dayno = w->missing[i].day.n - m->from.n;
		if (dayno < 0 || dayno >= m->ndays)
			continue;
		if (m->exists == NULL) {
			m->exists = arena_array(a, struct bits, (size_t)m->ndays);
			for (int d = 0; d < m->ndays; d++)
				bits_set(&m->exists[d], 0, BITS_DAY);
		}
		bits_clear(&m->exists[dayno], w->missing[i].start / RASTER, (w->missing[i].end + RASTER - 1) / RASTER);
	}
}

struct slots_map slots_map_make(struct arena *a, const struct slot_world *w, int64_t *resources, size_t n, day from, int ndays)
{
	qsort(resources, n, sizeof *resources, by_number);
	size_t kept = 0;
	for (size_t i = 0; i < n; i++)
		if (kept == 0 || resources[kept - 1] != resources[i])
			resources[kept++] = resources[i];
	struct slots_map m = { .from = from, .ndays = ndays, .stride = ndays, .uses = slots_map_sorted(a, w->uses, w->nuses), .nuses = w->nuses,
		.except = w->except, .resources = resources, .n = kept };
	m.free = arena_alloc(a, sizeof *m.free * (kept * (size_t)ndays + 1));
	m.staffed = arena_array(a, struct bits, (size_t)ndays);
	struct table t = table_make(a, resources, kept);
	uint8_t **counts = arena_array(a, uint8_t *, kept + 1);
	for (size_t i = 0; i < kept; i++)
		if (resource_kind(resources[i]) == RESOURCE_DEVICE)
			counts[i] = arena_alloc(a, (size_t)ndays * BITS_DAY);
	open_people(&m, &t, w);
	set_aside(a, &m, &t, w);
	fill_staffed(&m);
	open_places(&m, &t, w);
	take_uses(&m, &t, counts);
	leave_out_missing(a, &m, w);
	for (size_t i = 0; i < w->ndevices; i++) {
		int row = table_row(&t, resource_of(RESOURCE_DEVICE, w->devices[i].id));
		if (row >= 0)
			open_pool(&m, row, w->devices[i].quantity, counts[row]);
	}
	return m;
}

struct slots_map slots_map_all(struct arena *a, const struct slot_world *w)
{
	int64_t *resources = arena_array(a, int64_t, w->nwork + w->nplaces + w->ndevices + 1);
	size_t n = 0;
	for (size_t i = 0; i < w->nwork; i++)
		resources[n++] = resource_of(RESOURCE_PERSON, w->work[i].staff);
	for (size_t i = 0; i < w->nplaces; i++)
		resources[n++] = resource_of(RESOURCE_PLACE, w->places[i].id);
	for (size_t i = 0; i < w->ndevices; i++)
		resources[n++] = resource_of(RESOURCE_DEVICE, w->devices[i].id);
	struct slot_world all = *w;
	all.except = 0;
	return slots_map_make(a, &all, resources, n, w->from, w->ndays);
}

bool slots_map_view(const struct slots_map *m, const int64_t *resources, size_t n, day from, int ndays, struct slots_map *view_r)
{
	int64_t first = from.n - m->from.n;
	if (first < 0 || first + ndays > m->ndays)
		return false;
	for (size_t i = 0; i < n; i++)
		if (slots_map_row(m, resources[i]) < 0)
			return false;
	*view_r = *m;
	view_r->from = from;
	view_r->ndays = ndays;
	view_r->free += first;
	view_r->staffed += first;
	view_r->exists = m->exists != NULL ? m->exists + first : NULL;
	return true;
}

int slots_map_row(const struct slots_map *m, int64_t resource)
{
	const int64_t *at = bsearch(&resource, m->resources, m->n, sizeof resource, by_number);
	return at == NULL ? -1 : (int)(at - m->resources);
}

/* The first use on this day or later. */
static size_t first_from(const struct slots_map *m, int64_t dayno)
{
	size_t lo = 0, hi = m->nuses;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->uses[mid].day.n < dayno)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t slots_map_day(const struct slots_map *m, day d, size_t *end_r)
{
	if (end_r != NULL)
		*end_r = first_from(m, d.n + 1);
	return first_from(m, d.n);
}

/* The first break that does not come before this day and person. */
static size_t first_moving(const struct slots_map *m, int64_t dayno, int row)
{
	size_t lo = 0, hi = m->nmoving;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->moving[mid].day < dayno || (m->moving[mid].day == dayno && m->moving[mid].row < row))
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo;
}

size_t slots_map_moving(const struct slots_map *m, int row, int dayno, size_t *end_r)
{
	*end_r = first_moving(m, m->from.n + dayno, row + 1);
	return first_moving(m, m->from.n + dayno, row);
}

size_t slots_map_all_moving(const struct slots_map *m, int dayno, size_t *end_r)
{
	*end_r = first_moving(m, m->from.n + dayno + 1, 0);
	return first_moving(m, m->from.n + dayno, 0);
}

const struct worktime_span *slots_map_asked(const struct slots_map *m, int64_t staff, day d, int start, int end)
{
	size_t lo = 0, hi = m->nasked;
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (m->asked[mid].day.n < d.n)
			lo = mid + 1;
		else
			hi = mid;
	}
	for (; lo < m->nasked && m->asked[lo].day.n == d.n; lo++)
		if (m->asked[lo].staff == staff && m->asked[lo].start < end && m->asked[lo].end > start)
			return &m->asked[lo];
	return NULL;
}
