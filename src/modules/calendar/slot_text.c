/* slot_text.c: the slot finder's reasons in words that a receptionist could say on the phone (declared in booking.h). */
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "modules/calendar/booking.h"
#include "modules/calendar/day.h"

str staff_code_of(const struct booking *b, int64_t staff)
{
	for (size_t i = 0; i < b->nnames; i++)
		if (b->names[i].id == staff)
			return b->names[i].code;
	return "";
}

str staff_name_of(const struct booking *b, int64_t staff)
{
	for (size_t i = 0; i < b->nnames; i++)
		if (b->names[i].id == staff)
			return b->names[i].name;
	return _("Nobody");
}

bool slot_reason_good(const struct slot_reason *r)
{
	return r->code != SLOT_OTHER_PERSON && r->code != SLOT_DAYS_LATER && r->code != SLOT_LEAVES_REST && r->code != SLOT_ASKED_FOR;
}

static char *time_of(struct arena *a, int64_t min)
{
	return daytime_text(a, (daytime){ min });
}

static char *days_later(struct arena *a, int64_t days)
{
	if (days < 0)
		return arena_printf(a, P_("%d day earlier than wished", "%d days earlier than wished", -days), (int)-days);
	return arena_printf(a, P_("%d day later than wished", "%d days later than wished", days), (int)days);
}

char *slot_reason_text(struct arena *a, const struct booking *b, const struct slot_reason *r)
{
	switch (r->code) {
	case SLOT_CLOSES_GAP:    return arena_text(a, _("closes a gap, no rest"));
	case SLOT_JOINS_BEFORE:  return arena_printf(a, _("follows directly at %s"), time_of(a, r->a));
	case SLOT_JOINS_AFTER:   return arena_printf(a, _("ends directly before %s"), time_of(a, r->a));
	case SLOT_LEAVES_REST:   return arena_printf(a, _("leaves a rest of %d minutes at %s"), (int)r->a, time_of(a, r->b));
	case SLOT_USES_WAIT:     return arena_printf(a, _("uses the processing time from %s"), time_of(a, r->a));
	case SLOT_WISHED_PERSON: return arena_printf(a, _("%s as wished"), staff_name_of(b, r->a));
	case SLOT_LAST_PERSON:   return arena_printf(a, _("%s as last time"), staff_name_of(b, r->a));
	case SLOT_OTHER_PERSON:  return arena_printf(a, _("%s instead of %s"), staff_name_of(b, r->a), staff_name_of(b, r->b));
	case SLOT_DAYS_LATER:    return days_later(a, r->a);
	case SLOT_SOONEST:       return arena_text(a, _("the soonest of all"));
	case SLOT_ASKED_FOR:     return arena_printf(a, _("%s has asked to be away then, not granted yet"), staff_name_of(b, r->a));
	}
	return arena_text(a, "");
}

static char *until_text(struct arena *a, int until)
{
	return until >= DAY_MINUTES ? arena_text(a, _("all day")) : arena_printf(a, _("until %s"), time_of(a, until));
}

static char *taken_by(struct arena *a, struct db *db, int64_t appointment)
{
	str name = db_one_text(db, SQL("SELECT coalesce(c.last, a.label) FROM appointment a LEFT JOIN customer c ON c.id = a.customer "
	    "WHERE a.id = ?"), B(appointment));
	return name != NULL ? arena_printf(a, " (%s)", name) : arena_text(a, "");
}

static char *outside_text(struct arena *a, const struct span *window)
{
	bool from = window->start > 0, until = window->end < DAY_MINUTES;
	if (window->start >= window->end)
		return arena_text(a, _("this service is not done on that weekday"));
	if (from && until)
		return arena_printf(a, _("this service is done from %s to %s only"), time_of(a, window->start), time_of(a, window->end));
	return from ? arena_printf(a, _("this service begins at %s at the earliest"), time_of(a, window->start))
	            : arena_printf(a, _("this service has to be over by %s"), time_of(a, window->end));
}

static str class_name(struct db *db, int64_t class)
{
	return db_one_text(db, SQL("SELECT name FROM place_class WHERE id = ?"), B(class));
}

static str device_name(struct db *db, int64_t device)
{
	return db_one_text(db, SQL("SELECT name FROM device WHERE id = ?"), B(device));
}

static char *at_once_text(struct arena *a, struct db *db, const struct booking *b, const struct slot_block *k)
{
	if (k->staff != 0)
		return arena_printf(a, _("%s cannot do both at once"), staff_name_of(b, k->staff));
	return arena_printf(a, _("%s: not enough of them free at once"), k->place_class != 0 ? class_name(db, k->place_class) : device_name(db, k->device));
}

static char *bound_text(struct arena *a, const struct slot_block *k)
{
	return arena_printf(a, k->code == SLOT_TOO_SOON ? _("possible from %s, %s on") : _("possible until %s, %s only"),
	    day_short(a, k->bound.day), time_of(a, k->bound.minute));
}

static char *block_text(struct arena *a, struct db *db, const struct booking *b, const struct slot_block *k)
{
	switch (k->code) {
	case SLOT_POSSIBLE:      return NULL;
	case SLOT_PAST:          return arena_text(a, _("this time is over"));
	case SLOT_SHUT:          return arena_text(a, _("the shop is closed then"));
	case SLOT_NOBODY:        return arena_text(a, _("nobody does this service"));
	case SLOT_ABSENT:        return arena_printf(a, _("%s: %s %s"), staff_name_of(b, k->staff), absence_kind_label(k->absence_kind),
	                             until_text(a, k->until));
	case SLOT_BREAK:         return arena_printf(a, _("%s has a break %s"), staff_name_of(b, k->staff), until_text(a, k->until));
	case SLOT_NOT_WORKING:   return arena_printf(a, _("%s does not work then"), staff_name_of(b, k->staff));
	case SLOT_PERSON_TAKEN:  return arena_printf(a, _("%s is taken %s%s"), staff_name_of(b, k->staff), until_text(a, k->until),
	                             taken_by(a, db, k->appointment));
	case SLOT_PLACES_TAKEN:  return k->place != 0 ? arena_printf(a, _("%s is taken %s%s"), db_one_text(db, SQL("SELECT name FROM place WHERE id = ?"),
	                             B(k->place)), until_text(a, k->until), taken_by(a, db, k->appointment)) : arena_printf(a, _("%s: all taken %s"), class_name(db, k->place_class), until_text(a, k->until));
	case SLOT_NO_SUCH_TIME:  return arena_printf(a, _("the clock is put forward that night: there is no such time %s"), until_text(a, k->until));
	case SLOT_DEVICE_TAKEN:  return arena_printf(a, _("%s: all taken %s"), device_name(db, k->device), until_text(a, k->until));
	case SLOT_OUTSIDE:       return outside_text(a, &k->window);
	case SLOT_TOO_SOON:
	case SLOT_TOO_LATE:      return bound_text(a, k);
	case SLOT_NO_BREAK:      return arena_printf(a, _("no room is left for the break of %s"), staff_name_of(b, k->staff));
	case SLOT_AT_ONCE:       return at_once_text(a, db, b, k);
	}
	return NULL;
}

char *slot_clock_text(struct arena *a, day d, int start, int end)
{
	int from, to;
	if (d.n == NONE || !zone_missing(d, &from, &to) || end <= from || start >= to)
		return NULL;
	return arena_printf(a, _("%s is not possible: the clock is put forward that night, there is no time between %s and %s."), time_of(a, start),
	    time_of(a, from), time_of(a, to));
}

char *slot_block_text(struct arena *a, struct db *db, const struct booking *b, const struct slot_block *k)
{
	char *text = block_text(a, db, b, k);
	return text == NULL || k->asked == 0 ? text : arena_printf(a, _("%s; %s asked for, not granted yet"), text, absence_kind_label(k->asked_kind));
}
