#define _GNU_SOURCE                          /* strcasestr */
#include "modules/import/ical_zone.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "modules/import/ical_library.h"
#include "modules/import/zone_name.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

struct ical_zone {
	const char *name;            /* as the file calls it; NULL = the shop's */
	enum { SHOP, FIXED, LIBRARY } kind;
	int offset;                  /* of FIXED: seconds east */
	icaltimezone *zone;
};

/* A VTIMEZONE of the file, until somebody needs it. */
struct own { const char *name, *location; int line, parts; bool refused; struct out text; icaltimezone *zone; };

struct ical_zones {
	struct found *found;
	const char *file;
	day today;
	struct { struct ical_zone **at; size_t n, cap; } known;
	struct { struct own **at; size_t n, cap; } own;
	struct own *open;
	struct ical_zone shop, utc;
};

enum { MAX_PARTS = 400 };            /* STANDARD and DAYLIGHT in one VTIMEZONE; real ones have up to 85 */

struct ical_zones *ical_zone_start(struct found *f, const char *file, day today)
{
	ical()->icalerror_set_errors_are_fatal(false);
	struct ical_zones *z = arena_new_of(f->arena, struct ical_zones);
	*z = (struct ical_zones){ .found = f, .file = file, .today = today, .utc = { .name = "UTC", .kind = FIXED } };
	return z;
}

static const char *after_colon(const char *raw)
{
	const char *colon = strchr(raw, ':');
	return colon == NULL ? "" : colon + 1;
}

/* Only what repeats yearly is handed on: the library expands every rule from its beginning, and would not come to an
 * end with one by the second. */
void ical_zone_line(struct ical_zones *z, int line, const char *name, const char *raw)
{
	if (z->open == NULL) {
		z->open = arena_new_of(z->found->arena, struct own);
		*z->open = (struct own){ .line = line, .text = { .arena = z->found->arena } };
		*arena_push(z->found->arena, &z->own) = z->open;
	}
	struct own *own = z->open;
	const char *value = after_colon(raw);
	if (strcmp(name, "TZID") == 0)
		own->name = value;
	if (strcmp(name, "X-LIC-LOCATION") == 0)
		own->location = value;
	if (strcmp(name, "BEGIN") == 0 && ++own->parts > MAX_PARTS)
		own->refused = true;
	if (strcmp(name, "RRULE") == 0 && strcasestr(value, "FREQ=YEARLY") == NULL)
		own->refused = true;
	if (own->text.len < 200000)
		out_bytes(&own->text, raw, strlen(raw));
	out_bytes(&own->text, "\r\n", 2);
	if (strcmp(name, "END") == 0 && strcasecmp(value, "VTIMEZONE") == 0)
		z->open = NULL;
}

static icaltimezone *own_zone(struct own *own)
{
	if (own->zone != NULL || own->refused)
		return own->zone;
	own->refused = true;
	icalcomponent *all = ical()->icalparser_parse_string(own->text.s);
	if (all == NULL)
		return NULL;
	own->zone = ical()->icaltimezone_new();
	if (ical()->icalcomponent_isa(all) != ICAL_VTIMEZONE_COMPONENT || ical()->icaltimezone_set_component(own->zone, all) == 0) {
		ical()->icaltimezone_free(own->zone, 1);
		ical()->icalcomponent_free(all);
		own->zone = NULL;
	}
	return own->zone;
}

static struct own *find_own(struct ical_zones *z, const char *name)
{
	for (size_t i = 0; i < z->own.n; i++)
		if (z->own.at[i]->name != NULL && strcmp(z->own.at[i]->name, name) == 0)
			return z->own.at[i];
	return NULL;
}

static struct icaltimetype broken_down(int64_t seconds)
{
	int64_t d = seconds / 86400, s = seconds % 86400;
	if (s < 0) {
		s += 86400;
		d--;
	}
	struct civil c = date_civil((day){ d });
	return (struct icaltimetype){ .year = c.year, .month = c.month, .day = c.day, .hour = (int)(s / 3600),
		.minute = (int)(s / 60 % 60), .second = (int)(s % 60) };
}

static int offset_at(icaltimezone *zone, int64_t utc)
{
	struct icaltimetype at = broken_down(utc);
	int summer;
	at.zone = ical()->icaltimezone_get_utc_timezone();
	return ical()->icaltimezone_get_utc_offset_of_utc_time(zone, &at, &summer);
}

static bool conflict(const struct ical_zones *z, icaltimezone *known, icaltimezone *own)
{
	for (int i = 0; i < 8; i++) {
		int64_t at = (z->today.n - 730 + i * 91) * 86400 + 43200;
		if (offset_at(known, at) != offset_at(own, at))
			return true;
	}
	return false;
}

static bool is_shop(const char *iana)
{
	const char *zone = getenv("TZ");
	return zone != NULL && strcmp(zone, iana) == 0;
}

/* By its IANA name, perhaps through a table or the VTIMEZONE's X-LIC-LOCATION. */
static bool by_name(struct ical_zones *z, struct ical_zone *zone, struct own *own, int line)
{
	struct found *f = z->found;
	const char *iana = zone_name_iana(f->arena, zone->name);
	if (iana == NULL && own != NULL && own->location != NULL)
		iana = zone_name_iana(f->arena, own->location);
	icaltimezone *known = iana == NULL ? NULL : ical()->icaltimezone_get_builtin_timezone(iana);
	if (known == NULL)
		return false;
	icaltimezone *beside = own == NULL ? NULL : own_zone(own);
	if (beside != NULL && conflict(z, known, beside))
		found_odd(f, z->file, own->line, zone->name, arena_printf(f->arena,
		    _("The file's own description of this time zone contradicts %s. The times were read as %s."), iana, iana));
	if (strcmp(iana, zone->name) != 0)
		found_note(f, _("%s: time zone “%s” read as %s (from line %d)."), z->file, text_cut(f->arena, zone->name, 80), iana, line);
	zone->kind = is_shop(iana) ? SHOP : LIBRARY;
	zone->zone = known;
	return true;
}

static int shop_offset(day d)
{
	instant at;
	if (zone_instant(d, (daytime){ 720 }, &at) < 0)
		return 0;
	return (int)(d.n * 86400 + 43200 - at.s);
}

/* The offset in winter: of a January of this year. */
static bool by_offset(struct ical_zones *z, struct ical_zone *zone, int line)
{
	int offset;
	if (!zone_name_offset(zone->name, &offset))
		return false;
	day january = date_day(date_civil(z->today).year, 1, 15);
	bool shop = shop_offset(january) == offset;
	zone->kind = shop ? SHOP : FIXED;
	zone->offset = offset;
	found_odd(z->found, z->file, line, zone->name, shop ?
	    _("The name of this time zone is incomplete. It was read as the shop's own, with summer time.") :
	    _("The name of this time zone only tells an offset. It was read without summer time."));
	return true;
}

static void resolve(struct ical_zones *z, struct ical_zone *zone, int line)
{
	struct own *own = find_own(z, zone->name);
	if (by_name(z, zone, own, line))
		return;
	zone->zone = own == NULL ? NULL : own_zone(own);
	zone->kind = LIBRARY;
	if (zone->zone != NULL || by_offset(z, zone, line))
		return;
	zone->kind = SHOP;
	found_odd(z->found, z->file, line, zone->name,
	    _("This time zone is not known. Its times were read as the shop's time: please check them."));
}

const struct ical_zone *ical_zone_find(struct ical_zones *z, const char *name, int line)
{
	if (name == NULL || *name == '\0')
		return &z->shop;
	if (strcasecmp(name, "UTC") == 0 || strcasecmp(name, "Etc/UTC") == 0)
		return &z->utc;
	for (size_t i = 0; i < z->known.n; i++)
		if (strcmp(z->known.at[i]->name, name) == 0)
			return z->known.at[i];
	struct ical_zone *zone = arena_new_of(z->found->arena, struct ical_zone);
	zone->name = name;
	resolve(z, zone, line);
	if (z->known.n < 2000)
		*arena_push(z->found->arena, &z->known) = zone;
	return zone;
}

const struct ical_zone *ical_zone_utc(struct ical_zones *z)
{
	return &z->utc;
}

static int64_t shop_wall(int64_t utc)
{
	day d;
	daytime t;
	zone_local((instant){ utc }, &d, &t);
	return d.n * 86400 + t.min * 60 + zone_second((instant){ utc });
}

/* A time that the spring's change leaves out is read with the offset from before it, as RFC 5545 (3.3.5) says. */
static int64_t shop_utc(int64_t wall)
{
	int64_t d = wall / 86400, s = wall % 86400;
	if (s < 0) {
		s += 86400;
		d--;
	}
	instant at;
	if (zone_instant((day){ d }, (daytime){ s / 60 }, &at) < 0)
		return wall - shop_offset((day){ d - 1 });
	return at.s + s % 60;
}

int64_t ical_zone_utc_of(const struct ical_zone *zone, int64_t wall)
{
	if (zone->kind == SHOP)
		return shop_utc(wall);
	if (zone->kind == FIXED)
		return wall - zone->offset;
	struct icaltimetype at = broken_down(wall);
	int summer;
	return wall - ical()->icaltimezone_get_utc_offset(zone->zone, &at, &summer);
}

int64_t ical_zone_wall_of(const struct ical_zone *zone, int64_t utc)
{
	if (zone->kind == SHOP)
		return shop_wall(utc);
	return utc + (zone->kind == FIXED ? zone->offset : offset_at(zone->zone, utc));
}

int64_t ical_zone_shop_wall(const struct ical_zone *zone, int64_t wall)
{
	return zone->kind == SHOP ? wall : shop_wall(ical_zone_utc_of(zone, wall));
}

void ical_zone_end(struct ical_zones *z)
{
	for (size_t i = 0; i < z->own.n; i++)
		if (z->own.at[i]->zone != NULL)
			ical()->icaltimezone_free(z->own.at[i]->zone, 1);
}
