/* plan_claim.c: what the appointments claim. The person, always. For those to come also a place and a device, if the title
 * named a service that needs one, and one is free: a place that nobody had said before is proposed, never fought for. */
#include "modules/import/plan.h"
#include "rules/rules.h"
#include <stdlib.h>

struct claim { int64_t resource, start, end; };
struct claims { struct plan *p; day day; struct { struct claim *at; size_t n, cap; } list; };    /* of one day, not yet in the book */

static int64_t length_of(const struct plan_appointment *a) { return a->event->end.min - a->event->start.min; }
static bool takes_time(const struct plan_appointment *a) { return a->status < 7 && !a->event->transparent; }

/* The service's phases, if they last as long as the calendar says; the calendar knows nothing of airing a room at the end. */
static size_t fitting(const struct plan_service *s, int64_t length)
{
	size_t n = s->nphases;
	int64_t left = s->minutes;
	for (; n > 0 && left > length && s->phases[n - 1].kind == PHASE_BUFFER; n--)
		left -= s->phases[n - 1].minutes;
	return left == length ? n : 0;
}

/* The class of place that all of it happens on; 0 = none, or several. */
static int64_t only_class(const struct plan_service *s)
{
	for (size_t i = 1; i < s->nphases; i++)
		if (s->phases[i].class != s->phases[0].class)
			return 0;
	return s->nphases == 0 ? 0 : s->phases[0].class;
}

static void lay(struct plan *p, struct plan_appointment *a)
{
	const struct plan_service *s = a->service >= 0 ? &p->services.at[a->service] : NULL;
	size_t n = s == NULL ? 0 : fitting(s, length_of(a));
	bool busy = !a->event->transparent;                  /* what takes no time of anybody is a waiting phase */
	a->nphases = n == 0 ? 1 : n;
	a->phases = arena_array(p->arena, struct plan_laid, a->nphases);
	if (n == 0)
		a->phases[0] = (struct plan_laid){ .kind = busy ? PHASE_ACTIVE : PHASE_WAIT, .minutes = length_of(a), .staff = busy ? a->staff : 0,
			.class = s == NULL ? 0 : only_class(s) };
	for (size_t i = 0, at = 0; i < n; at += (size_t)s->phases[i].minutes, i++)
		a->phases[i] = (struct plan_laid){ .kind = s->phases[i].kind, .offset = (int64_t)at, .minutes = s->phases[i].minutes,
			.staff = s->phases[i].kind == PHASE_ACTIVE ? a->staff : 0, .class = s->phases[i].class, .device = s->phases[i].device, .name = s->phases[i].name };
}

/* How many claims of this day lie over it. */
static int64_t over(const struct claims *c, struct claim x)
{
	int64_t n = db_one(c->p->db, SQL("SELECT count(*) FROM use WHERE day = ? AND resource = ? AND start < ? AND end > ?"), B(c->day), B(x.resource),
	    B(x.end), B(x.start));
	for (size_t i = 0; i < c->list.n; i++)
		n += c->list.at[i].resource == x.resource && c->list.at[i].start < x.end && x.start < c->list.at[i].end;
	return n;
}

static struct claim claim_of(const struct plan_appointment *a, size_t first, size_t end, int64_t resource)
{
	int64_t start = a->event->start.min;
	const struct plan_laid *last = &a->phases[end - 1];
	return (struct claim){ resource, start + a->phases[first].offset, start + last->offset + last->minutes };
}

static int64_t free_place(const struct claims *c, const struct plan_appointment *a, size_t first, size_t end)
{
	int64_t found = 0;
	struct query q = db_query(c->p->db, SQL("SELECT id FROM place WHERE class = ? AND active = 1 ORDER BY sort, id"), B(a->phases[first].class));
	while (found == 0 && db_step(&q)) {
		int64_t id = db_int(&q, 0);
		if (over(c, claim_of(a, first, end, resource_of(RESOURCE_PLACE, id))) == 0)
			found = id;
	}
	db_done(&q);
	return found;
}

/* One place for all phases of a class that follow each other. false: none was free. */
static bool find_places(const struct claims *c, struct plan_appointment *a)
{
	bool all = true;
	for (size_t i = 0, end; i < a->nphases; i = end) {
		for (end = i + 1; end < a->nphases && a->phases[end].class == a->phases[i].class; end++) { }
		int64_t place = a->phases[i].class == 0 ? 0 : free_place(c, a, i, end);
		all = all && (place != 0 || a->phases[i].class == 0);
		for (size_t k = i; k < end; k++)
			a->phases[k].place = place;
	}
	return all;
}

static bool find_devices(const struct claims *c, struct plan_appointment *a)
{
	bool all = true;
	for (size_t i = 0; i < a->nphases; i++) {
		int64_t id = a->phases[i].device;
		if (id == 0 || over(c, claim_of(a, i, i + 1, resource_of(RESOURCE_DEVICE, id))) <
		    db_one(c->p->db, SQL("SELECT quantity FROM device WHERE id = ? AND active = 1"), B(id)))
			continue;
		a->phases[i].device = 0;
		all = false;
	}
	return all;
}

static void remember(struct claims *c, const struct plan_appointment *a)
{
	for (size_t i = 0; i < a->nphases; i++) {
		const int64_t resources[] = { resource_of(RESOURCE_PERSON, a->phases[i].staff), resource_of(RESOURCE_PLACE, a->phases[i].place),
			resource_of(RESOURCE_DEVICE, a->phases[i].device) };
		const int64_t ids[] = { a->phases[i].staff, a->phases[i].place, a->phases[i].device };
		for (size_t k = 0; k < COUNT(ids); k++)
			if (ids[k] != 0)
				*arena_push(c->p->arena, &c->list) = claim_of(a, i, i + 1, resources[k]);
	}
}

static void claim(struct claims *c, struct plan_appointment *a)
{
	struct plan *p = c->p;
	for (size_t i = 0; i < a->nphases; i++)
		a->forced = a->forced || (a->phases[i].staff != 0 && over(c, claim_of(a, i, i + 1, resource_of(RESOURCE_PERSON, a->phases[i].staff))) > 0);
	p->overlaps += a->forced;
	if (a->event->day.n >= p->today.n) {
		bool places = find_places(c, a), devices = find_devices(c, a);
		p->without_place += !places || !devices;
	} else
		for (size_t i = 0; i < a->nphases; i++)
			a->phases[i].device = 0;             /* what is over needs nothing any more */
	remember(c, a);
}

static int by_time(const void *a, const void *b)
{
	const struct plan_appointment *x = *(struct plan_appointment *const *)a, *y = *(struct plan_appointment *const *)b;
	int64_t xs = x->event->day.n * 1440 + x->event->start.min, ys = y->event->day.n * 1440 + y->event->start.min;
	return xs != ys ? (xs > ys) - (xs < ys) : (x > y) - (x < y);
}

void plan_claim_all(struct plan *p)
{
	struct plan_appointment **sorted = arena_array(p->arena, struct plan_appointment *, p->appointments.n);
	struct claims c = { .p = p, .day = { NONE } };
	size_t n = 0;
	for (size_t i = 0; i < p->appointments.n; i++) {
		lay(p, &p->appointments.at[i]);
		if (takes_time(&p->appointments.at[i]))
			sorted[n++] = &p->appointments.at[i];
	}
	if (n > 1)
		qsort(sorted, n, sizeof *sorted, by_time);
	for (size_t i = 0; i < n; i++) {
		if (sorted[i]->event->day.n != c.day.n)
			c.list.n = 0;
		c.day = sorted[i]->event->day;
		claim(&c, sorted[i]);
	}
}
