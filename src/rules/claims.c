#include "rules/claims.h"

static void add(struct arena *a, struct claims *list, const struct use *like, enum resource_kind kind, int64_t id)
{
	if (id == 0)
		return;
	struct use u = *like;
	u.resource = resource_of(kind, id);
	*arena_push(a, list) = u;
}

struct claims claims_of_slot(struct arena *a, const struct slot *slot, int64_t appointment, bool forced)
{
	struct claims list = {0};
	for (size_t i = 0; i < slot->nclaims; i++) {
		const struct slot_claim *c = &slot->claims[i];
		struct use u = { .day = slot->day, .start = c->start, .end = c->end, .appointment = appointment, .phase = (int64_t)i, .forced = forced };
		add(a, &list, &u, RESOURCE_PERSON, c->staff);
		add(a, &list, &u, RESOURCE_PLACE, c->place);
		add(a, &list, &u, RESOURCE_DEVICE, c->device);
	}
	return list;
}

struct claims claims_moved(struct arena *a, const struct claims *from, day to, int minutes_later)
{
	struct claims list = {0};
	for (size_t i = 0; i < from->n; i++) {
		struct use u = from->at[i];
		u.day = to;
		u.start += minutes_later;
		u.end += minutes_later;
		*arena_push(a, &list) = u;
	}
	return list;
}

static int pool_size(const struct device *devices, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (devices[i].id == id)
			return devices[i].quantity;
	return 0;
}

/* Does it run at this minute, and is it not one of the wanted appointment's own old rows? */
static bool runs(const struct use *u, const struct use *wanted, int minute)
{
	bool own = wanted->appointment != 0 && u->appointment == wanted->appointment;
	return !own && u->day.n == wanted->day.n && u->resource == wanted->resource && u->start <= minute && u->end > minute;
}

/* What runs at a minute besides w: the last begun goes to *last_r, the count is returned. The visit's own other claims count
 * in a pool; a person and a place it may hold twice. */
static int others(const struct claims *wanted, size_t w, const struct use *taken, size_t ntaken, int minute, const struct use **last_r)
{
	const struct use *mine = &wanted->at[w];
	bool pool = resource_kind(mine->resource) == RESOURCE_DEVICE;
	int n = 0;
	for (size_t i = 0; i < ntaken; i++) {
		if (!runs(&taken[i], mine, minute))
			continue;
		n++;
		if (*last_r == NULL || taken[i].start > (*last_r)->start)
			*last_r = &taken[i];
	}
	for (size_t i = 0; i < wanted->n && pool; i++) {
		const struct use *u = &wanted->at[i];
		n += i != w && u->resource == mine->resource && u->day.n == mine->day.n && u->start <= minute && u->end > minute;
	}
	return n;
}

/* Full can only begin where something begins: at its own start, or at another's start within it. */
static bool check_at(const struct claims *wanted, size_t w, const struct use *taken, size_t ntaken, int minute, int pieces, const struct use **by_r)
{
	const struct use *last = NULL;
	if (minute < wanted->at[w].start || minute >= wanted->at[w].end || others(wanted, w, taken, ntaken, minute, &last) < pieces)
		return false;
	*by_r = last != NULL ? last : &wanted->at[w];
	return true;
}

struct claims_conflicts claims_check(struct arena *a, const struct claims *wanted, const struct use *taken, size_t ntaken,
    const struct device *devices, size_t ndevices)
{
	struct claims_conflicts found = {0};
	for (size_t w = 0; w < wanted->n; w++) {
		const struct use *mine = &wanted->at[w], *by = NULL;
		bool pool = resource_kind(mine->resource) == RESOURCE_DEVICE;
		int pieces = pool ? pool_size(devices, ndevices, resource_id(mine->resource)) : 1;
		bool over = check_at(wanted, w, taken, ntaken, mine->start, pieces, &by);
		for (size_t i = 0; i < ntaken && !over; i++)
			over = runs(&taken[i], mine, taken[i].start) && check_at(wanted, w, taken, ntaken, taken[i].start, pieces, &by);
		for (size_t i = 0; i < wanted->n && !over && pool; i++)
			over = wanted->at[i].resource == mine->resource && check_at(wanted, w, taken, ntaken, wanted->at[i].start, pieces, &by);
		if (over)
			*arena_push(a, &found) = (struct claims_conflict){ *mine, *by };
	}
	return found;
}
