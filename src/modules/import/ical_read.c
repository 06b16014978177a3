#include "modules/import/ical_read.h"
#include "base/lang.h"
#include "base/text.h"
#include "modules/import/content_line.h"
#include "modules/import/ical_event.h"
#include "modules/import/ical_library.h"
#include <string.h>
#include <strings.h>

enum { MAX_EVENTS = 300000 };

/* Where we are: deep = parts inside of the event (alarms) or parts that are skipped. */
struct place { struct ical_event *event; int deep, zone_deep; const char *skipped; int skipped_line; };

static void begin(struct ical_reader *r, struct place *p, const struct content_line *line)
{
	struct found *f = r->found;
	if (strcasecmp(line->value, "VEVENT") == 0) {
		if (p->event != NULL)
			found_lost(f, r->file, p->event->line, p->event->summary, _("This event has no end. It was left out."));
		p->event = arena_new_of(f->arena, struct ical_event);
		*p->event = (struct ical_event){ .line = line->line, .duration = -1 };
		p->deep = 0;
	} else if (p->event != NULL) {
		p->deep++;
	} else if (strcasecmp(line->value, "VCALENDAR") != 0) {
		if (p->deep++ == 0) {
			p->skipped = line->value;
			p->skipped_line = line->line;
		}
	}
}

static void event_done(struct ical_reader *r, struct ical_event *e)
{
	struct found *f = r->found;
	if (!e->start.given && !e->broken)
		found_lost(f, r->file, e->line, e->summary, _("This event has no beginning. It was left out."));
	else if (r->events.n >= MAX_EVENTS)
		found_lost(f, r->file, e->line, e->summary, _("Too many events in one file. This one was left out."));
	else if (e->start.given)
		*arena_push(f->arena, &r->events) = e;
}

static void end(struct ical_reader *r, struct place *p, const struct content_line *line)
{
	if (strcasecmp(line->value, "VEVENT") == 0) {
		if (p->event != NULL)
			event_done(r, p->event);
		p->event = NULL;
		p->deep = 0;
	} else if (strcasecmp(line->value, "VCALENDAR") == 0) {
		if (p->event != NULL)
			found_lost(r->found, r->file, p->event->line, p->event->summary, _("This event has no end. It was left out."));
		*p = (struct place){ 0 };
	} else if (p->deep > 0 && --p->deep == 0 && p->event == NULL) {
		found_lost(r->found, r->file, p->skipped_line, p->skipped, _("Only events are read from calendars. This part was left out."));
	}
}

static bool zone_line(struct ical_reader *r, struct place *p, const struct content_line *line)
{
	bool zone = line->value != NULL && strcasecmp(line->value, "VTIMEZONE") == 0;
	if (zone && p->zone_deep == 0 && p->event == NULL && strcmp(line->name, "BEGIN") == 0)
		p->zone_deep = 1;
	if (p->zone_deep == 0)
		return false;
	if (strcmp(line->name, "BEGIN") == 0 && strcasecmp(line->value, "VEVENT") == 0) {
		p->zone_deep = 0;                            /* its end is missing */
		return false;
	}
	if (!r->zones_read)
		ical_zone_line(r->zones, line->line, line->name, line->raw);
	if (zone && strcmp(line->name, "END") == 0)
		p->zone_deep = 0;
	return true;
}

static void one_line(struct ical_reader *r, struct place *p, const struct content_line *line)
{
	struct found *f = r->found;
	if (line->name == NULL) {
		found_lost(f, r->file, line->line, line->raw, _("This is no line of a calendar. It was skipped."));
		return;
	}
	if (zone_line(r, p, line))
		return;
	if (strcmp(line->name, "BEGIN") == 0)
		begin(r, p, line);
	else if (strcmp(line->name, "END") == 0)
		end(r, p, line);
	else if (p->event != NULL && p->deep == 0)
		ical_event_line(r, p->event, line);
	else if (p->deep == 0 && (strcmp(line->name, "X-WR-CALNAME") == 0 || strcmp(line->name, "NAME") == 0))
		r->calendar = text_clean(f->arena, content_line_text(f->arena, line->value), false);
}

void ical_read(struct found *f, const struct found_file *file, day today)
{
	if (ical() == NULL) {
		found_lost(f, file->name, 0, NULL, _("Calendar files can't be read on this computer: the library libical is missing. Please install it (Debian: libical3)."));
		return;
	}
	struct ical_reader r = { .found = f, .file = file->name, .zones = ical_zone_start(f, file->name, today),
		.window_from = (today.n - ICAL_YEARS_BACK * 366) * 86400, .window_to = (today.n + ICAL_YEARS_AHEAD * 366) * 86400 };
	struct content_walk walk;
	struct content_line line;
	struct place place = { 0 };
	content_line_start(&walk, f->arena, file->bytes, file->n);
	while (content_line_next(&walk, &line))              /* zones may stand behind the events that use them */
		if (line.name != NULL)
			(void)zone_line(&r, &place, &line);
	r.zones_read = true;
	place = (struct place){ 0 };
	content_line_start(&walk, f->arena, file->bytes, file->n);
	while (content_line_next(&walk, &line))
		one_line(&r, &place, &line);
	if (place.event != NULL)
		found_lost(f, r.file, place.event->line, place.event->summary, _("The file breaks off in this event. It was left out."));
	if (walk.guessed_line > 0)
		found_odd(f, r.file, walk.guessed_line, NULL, _("From this line on there are letters that are no UTF-8. They were read as Windows-1252."));
	size_t before = f->events.n;
	ical_series_expand(&r);
	ical_zone_end(r.zones);
	found_note(f, P_("%s: calendar with %zu event, %zu dates in it.", "%s: calendar with %zu events, %zu dates in them.", r.events.n), r.file,
	    r.events.n, f->events.n - before);
}
