#define _GNU_SOURCE                          /* strcasestr */
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/ical_event.h"
#include "modules/import/ical_library.h"
#include <stdlib.h>
#include <string.h>

enum { MAX_STEPS = 20000, MAX_INSTANCES = 6000, MAX_PIECES = 62, MAX_ALL = 400000 };
enum { EMPTY_EVENT = 15 * 60 };                              /* seconds that an event without an end is given */

struct keys { int64_t *at; size_t n, cap; };
/* One UID: its series and what was changed in it. */
struct group { struct ical_event *master; struct { struct ical_event **at; size_t n, cap; } changes; };

static int64_t floor_day(int64_t wall)
{
	int64_t d = wall / 86400;
	return wall % 86400 < 0 ? d - 1 : d;
}

static struct icaltimetype floating(int64_t wall, bool date)
{
	struct civil c = date_civil((day){ floor_day(wall) });
	int s = (int)(wall - floor_day(wall) * 86400);
	return (struct icaltimetype){ .year = c.year, .month = c.month, .day = c.day, .hour = s / 3600, .minute = s / 60 % 60,
		.second = s % 60, .is_date = date };
}

static int64_t wall_of(struct icaltimetype t)
{
	return date_day(t.year, t.month, t.day).n * 86400 + t.hour * 3600 + t.minute * 60 + t.second;
}

/* A moment on the master's clock. All-day series are compared by their local date: Exchange writes their exceptions
 * as a midnight with a zone. */
static int64_t key_of(const struct ical_moment *m, const struct ical_event *master)
{
	if (master->start.date) {
		bool far = !m->date && ical_zone_utc_of(m->zone, m->wall) == m->wall;
		return floor_day(far ? ical_zone_shop_wall(m->zone, m->wall) : m->wall) * 86400;
	}
	if (m->date || m->zone == master->start.zone)
		return m->wall;
	return ical_zone_wall_of(master->start.zone, ical_zone_utc_of(m->zone, m->wall));
}

static int64_t length_of(const struct ical_event *e)
{
	if (e->end.given && e->start.date)
		return (floor_day(e->end.wall) - floor_day(e->start.wall)) * 86400;
	if (e->end.given)
		return ical_zone_utc_of(e->end.zone, e->end.wall) - ical_zone_utc_of(e->start.zone, e->start.wall);
	return e->duration >= 0 ? e->duration : e->start.date ? 86400 : 0;
}

static struct found_event described(const struct ical_reader *r, const struct ical_event *e)
{
	return (struct found_event){ .file = r->file, .line = e->line, .summary = e->summary, .description = e->description,
		.location = e->location, .people = e->people, .calendar = r->calendar, .cancelled = e->cancelled,
		.transparent = e->transparent, .tentative = e->tentative, .first_year = date_civil((day){ floor_day(e->start.wall) }).year };
}

static const char *source_of(struct arena *a, const struct ical_event *e, const int64_t *key)
{
	const char *uid = e->uid;
	if (uid == NULL) {                                   /* FNV-1a, so that a second import finds it again */
		uint64_t h = 14695981039346656037u;
		for (const char *s = e->summary; s != NULL && *s != '\0'; s++)
			h = (h ^ (unsigned char)*s) * 1099511628211u;
		uid = arena_printf(a, "without-%llx-%lld", (unsigned long long)h, (long long)e->start.wall);
	}
	if (key == NULL)
		return arena_printf(a, "ical:%s", uid);
	struct icaltimetype t = floating(*key, false);
	return arena_printf(a, "ical:%s#%04d%02d%02dT%02d%02d%02d", uid, t.year, t.month, t.day, t.hour, t.minute, t.second);
}

static void add(struct ical_reader *r, struct found_event e)
{
	if (e.day.n * 86400 < r->window_from || e.day.n * 86400 > r->window_to)
		r->found->outside++;
	else if (r->found->events.n < MAX_ALL)
		*arena_push(r->found->arena, &r->found->events) = e;
	else
		found_lost(r->found, r->file, e.line, e.summary, _("Too many dates. This one was left out."));
}

/* One line in the book cannot cross midnight: what does becomes several. from, to: on the shop's clock. */
static void add_timed(struct ical_reader *r, struct found_event e, int64_t from, int64_t to)
{
	struct arena *a = r->found->arena;
	int64_t first = floor_day(from), last = floor_day(to - 1);
	if (last - first >= MAX_PIECES) {
		found_lost(r->found, r->file, e.line, e.summary, _("This event lasts longer than two months. It was left out."));
		return;
	}
	for (int64_t d = first; d <= last; d++) {
		struct found_event piece = e;
		int64_t end = to - d * 86400 < 86400 ? to - d * 86400 : 86400;
		piece.day = piece.last_day = (day){ d };
		piece.start.min = d == first ? (from - d * 86400) / 60 : 0;
		piece.end.min = (end + 59) / 60;
		if (piece.end.min <= piece.start.min)
			piece.end.min = piece.start.min + 1;
		if (d > first)
			piece.source = arena_printf(a, "%s+%d", e.source, (int)(d - first));
		add(r, piece);
	}
	if (last > first)
		found_odd(r->found, r->file, e.line, e.summary, _("This event goes over midnight. It was split into one for each day."));
}

/* An instance of e that begins at `wall` on e's own clock. */
static void emit(struct ical_reader *r, const struct ical_event *e, int64_t wall, const char *source)
{
	struct found_event found = described(r, e);
	int64_t length = length_of(e);
	found.source = source;
	if (e->start.date) {
		found.all_day = true;
		found.day = (day){ floor_day(wall) };
		found.last_day = (day){ floor_day(wall) + (length >= 86400 ? length / 86400 - 1 : 0) };
		found.end.min = 1440;
		found.yearly = e->rule != NULL && strcasestr(e->rule, "FREQ=YEARLY") != NULL;
		add(r, found);
		return;
	}
	int64_t from = ical_zone_shop_wall(e->start.zone, wall);
	if (length <= 0)
		found_odd(r->found, r->file, e->line, e->summary, length < 0 ? _("This event ends before it begins. It was taken with 15 minutes.") :
		    _("This event has no length. It was taken with 15 minutes."));
	if (length > 0 && length < 40000)
		add_timed(r, found, from, from + length);
	else if (length > 0)
		add_timed(r, found, from, ical_zone_shop_wall(ical_zone_utc(r->zones), ical_zone_utc_of(e->start.zone, wall) + length));
	else
		add_timed(r, found, from, from + EMPTY_EVENT);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

static void sort_once(struct keys *keys)
{
	size_t n = 0;
	if (keys->n > 1)
		qsort(keys->at, keys->n, sizeof *keys->at, by_number);
	for (size_t i = 0; i < keys->n; i++)
		if (n == 0 || keys->at[i] != keys->at[n - 1])
			keys->at[n++] = keys->at[i];
	keys->n = n;
}

/* UNTIL on the master's clock; never later than the window, so that the library comes to an end. */
static void bound(const struct ical_reader *r, const struct ical_event *e, struct icalrecurrencetype *rule)
{
	int64_t until = r->window_to + 86400;
	if (!ical()->icaltime_is_null_time(rule->until) && date_exists(rule->until.year, rule->until.month, rule->until.day)) {
		int64_t given = wall_of(rule->until);
		if (rule->until.is_date)
			given += 86399;
		else if (ical()->icaltime_is_utc(rule->until))
			given = ical_zone_wall_of(e->start.zone, given);
		if (given < until)
			until = given;
	}
	if (rule->count == 0)
		rule->until = floating(e->start.date ? floor_day(until) * 86400 : until, e->start.date);
}

/* DTSTART counts even where its own rule would not produce it, and then as one of COUNT. */
static void repeat(struct ical_reader *r, const struct ical_event *e, struct keys *keys)
{
	struct arena *a = r->found->arena;
	*arena_push(a, keys) = e->start.wall;
	if (e->rule == NULL)
		return;
	struct icalrecurrencetype rule = ical()->icalrecurrencetype_from_string(e->rule);
	if (rule.freq == ICAL_NO_RECURRENCE || rule.freq < ICAL_DAILY_RECURRENCE) {
		found_lost(r->found, r->file, e->line, e->summary, rule.freq == ICAL_NO_RECURRENCE ?
		    _("The repetition was not understood. Only the first date was taken.") :
		    _("It repeats several times a day. Only the first date was taken."));
		return;
	}
	bound(r, e, &rule);
	icalrecur_iterator *walk = ical()->icalrecur_iterator_new(rule, floating(e->start.wall, e->start.date));
	if (walk == NULL)
		return;
	if (rule.count == 0 && e->start.wall < r->window_from)
		(void)ical()->icalrecur_iterator_set_start(walk, floating(r->window_from, e->start.date));
	bool own = false;
	int steps = 0;
	for (struct icaltimetype t = ical()->icalrecur_iterator_next(walk); !ical()->icaltime_is_null_time(t) && ++steps < MAX_STEPS && keys->n < MAX_INSTANCES;
	    t = ical()->icalrecur_iterator_next(walk)) {
		int64_t at = wall_of(t);
		own = own || at == e->start.wall;
		if (rule.count > 0 && !own && steps >= rule.count)
			break;
		if (at > r->window_to)
			break;
		if (at >= r->window_from)
			*arena_push(a, keys) = at;
		else
			r->found->outside += at != e->start.wall;
	}
	ical()->icalrecur_iterator_free(walk);
	if (keys->n >= MAX_INSTANCES)
		found_lost(r->found, r->file, e->line, e->summary, _("The series is too long. Its later dates were left out."));
}

static bool excepted(const struct ical_event *e, const struct keys *except, int64_t key)
{
	for (size_t i = 0; i < e->except.n; i++)
		if (e->except.at[i].date && !e->start.date && floor_day(e->except.at[i].wall) == floor_day(key))
			return true;
	return except->n > 0 && bsearch(&key, except->at, except->n, sizeof key, by_number) != NULL;
}

static const struct ical_event *change_for(const struct group *g, int64_t key, int64_t *wall_r)
{
	const struct ical_event *future = NULL;
	int64_t since = INT64_MIN;
	*wall_r = key;
	for (size_t i = 0; i < g->changes.n; i++) {
		const struct ical_event *c = g->changes.at[i];
		int64_t at = key_of(&c->recurrence, g->master);
		if (at == key && !c->and_future) {
			*wall_r = c->start.wall;
			return c;
		}
		if (c->and_future && at <= key && at >= since) {
			since = at;
			future = c;
		}
	}
	if (future == NULL)
		return g->master;
	*wall_r = future->start.wall + (key - since);
	return future;
}

static void expand(struct ical_reader *r, struct group *g)
{
	struct arena *a = r->found->arena;
	struct ical_event *m = g->master;
	struct keys keys = { 0 }, except = { 0 };
	bool yearly = m->start.date && m->rule != NULL && strcasestr(m->rule, "FREQ=YEARLY") != NULL;
	if (yearly) {                                        /* a birthday or the like: once, whatever the window */
		struct found_event once = described(r, m);
		once.source = source_of(a, m, NULL);
		once.day = once.last_day = (day){ floor_day(m->start.wall) };
		once.end.min = 1440;
		once.all_day = once.yearly = true;
		*arena_push(a, &r->found->events) = once;
		return;
	}
	repeat(r, m, &keys);
	for (size_t i = 0; i < m->more.n; i++)
		*arena_push(a, &keys) = key_of(&m->more.at[i], m);
	for (size_t i = 0; i < m->except.n; i++)
		if (!m->except.at[i].date || m->start.date)
			*arena_push(a, &except) = key_of(&m->except.at[i], m);
	for (size_t i = 0; i < g->changes.n; i++)            /* also one whose day the rule does not give */
		*arena_push(a, &keys) = key_of(&g->changes.at[i]->recurrence, m);
	sort_once(&keys);
	sort_once(&except);
	bool series = m->rule != NULL || m->more.n > 0 || g->changes.n > 0;
	for (size_t i = 0; i < keys.n; i++) {
		int64_t wall;
		const struct ical_event *e = change_for(g, keys.at[i], &wall);
		if (e != m || !excepted(m, &except, keys.at[i]))
			emit(r, e, wall, source_of(a, m, series ? &keys.at[i] : NULL));
	}
}

static bool newer(const struct ical_event *a, const struct ical_event *b)
{
	if (a->sequence != b->sequence)
		return a->sequence > b->sequence;
	return a->modified != b->modified ? a->modified > b->modified : a->line > b->line;
}

static int by_uid(const void *a, const void *b)
{
	const struct ical_event *x = *(struct ical_event *const *)a, *y = *(struct ical_event *const *)b;
	int c = strcmp(x->uid == NULL ? "" : x->uid, y->uid == NULL ? "" : y->uid);
	return c != 0 ? c : (x->line > y->line) - (x->line < y->line);
}

static void add_change(struct arena *a, struct group *g, struct ical_event *e)
{
	for (size_t i = 0; i < g->changes.n; i++) {
		struct ical_event *other = g->changes.at[i];
		if (other->recurrence.wall == e->recurrence.wall && other->recurrence.zone == e->recurrence.zone) {
			if (newer(e, other))
				g->changes.at[i] = e;
			return;
		}
	}
	if (g->changes.n < 2000)
		*arena_push(a, &g->changes) = e;
}

static void one_group(struct ical_reader *r, struct ical_event **events, size_t n)
{
	struct arena *a = r->found->arena;
	struct group g = { 0 };
	for (size_t i = 0; i < n; i++) {
		if (events[i]->recurrence.given)
			add_change(a, &g, events[i]);
		else if (g.master == NULL || newer(events[i], g.master))
			g.master = events[i];
	}
	if (g.master != NULL) {
		expand(r, &g);
		return;
	}
	for (size_t i = 0; i < g.changes.n; i++)             /* without their series they are appointments */
		emit(r, g.changes.at[i], g.changes.at[i]->start.wall, source_of(a, g.changes.at[i], &g.changes.at[i]->recurrence.wall));
}

void ical_series_expand(struct ical_reader *r)
{
	if (r->events.n > 1)
		qsort(r->events.at, r->events.n, sizeof *r->events.at, by_uid);
	for (size_t i = 0, n; i < r->events.n; i += n) {
		const char *uid = r->events.at[i]->uid;
		for (n = 1; uid != NULL && i + n < r->events.n && text_equal(uid, r->events.at[i + n]->uid); n++)
			;
		one_group(r, r->events.at + i, n);
	}
}
