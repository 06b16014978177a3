#include "modules/import/ical_event.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static bool figures(const char *s, int n, int *value_r)
{
	*value_r = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		*value_r = *value_r * 10 + (s[i] - '0');
	}
	return true;
}

/* 20240318, 20240318T100000, with Z; also 2024-03-18T10:00:00 as some write it. */
static bool read_wall(const char *text, int64_t *wall_r, bool *date_r, bool *utc_r)
{
	char s[17];
	size_t n = 0;
	for (; *text != '\0' && n < sizeof s - 1; text++)
		if (strchr("-: ", *text) == NULL)
			s[n++] = *text;
	s[n] = '\0';
	int y, m, d, hour = 0, min = 0, sec = 0;
	if (n < 8 || !figures(s, 4, &y) || !figures(s + 4, 2, &m) || !figures(s + 6, 2, &d) || !date_exists(y, m, d))
		return false;
	*date_r = n == 8;
	*utc_r = false;
	if (n > 8 && (n < 13 || s[8] != 'T' || !figures(s + 9, 2, &hour) || !figures(s + 11, 2, &min)))
		return false;
	if (n >= 15 && !figures(s + 13, 2, &sec))
		return false;
	if (n > 8)
		*utc_r = s[n - 1] == 'Z';
	if (hour > 24 || min > 59 || sec > 60)
		return false;
	*wall_r = date_day(y, m, d).n * 86400 + hour * 3600 + min * 60 + (sec == 60 ? 59 : sec);
	return true;
}

static bool read_moment(struct ical_reader *r, const struct content_line *line, const char *text, struct ical_moment *m_r)
{
	struct ical_moment m = { .given = true };
	bool utc;
	if (!read_wall(text, &m.wall, &m.date, &utc))
		return false;
	const char *tzid = content_line_param(line, "TZID");
	m.zone = m.date && tzid == NULL ? ical_zone_find(r->zones, NULL, 0) : utc ? ical_zone_utc(r->zones) :
	    ical_zone_find(r->zones, tzid, line->line);
	*m_r = m;
	return true;
}

static void read_moments(struct ical_reader *r, const struct content_line *line, struct ical_moments *list)
{
	struct arena *a = r->found->arena;
	for (const char *s = line->value; *s != '\0';) {
		size_t n = strcspn(s, ",");
		struct ical_moment m;
		char *one = arena_copy(a, s, strcspn(s, ",/"));
		if (list->n >= 20000 || !read_moment(r, line, one, &m))
			found_lost(r->found, r->file, line->line, line->raw, _("This date was not understood. The rest of the event was read."));
		else
			*arena_push(a, list) = m;
		s += n + (s[n] == ',');
	}
}

/* P1W, P1DT2H30M, PT15M; at most ten years. -1: not understood. */
static int64_t read_duration(const char *s)
{
	int64_t sum = 0;
	bool time = false, any = false;
	if (*s == '+')
		s++;
	if (*s++ != 'P')
		return -1;
	while (*s != '\0') {
		if (*s == 'T') {
			time = true;
			s++;
			continue;
		}
		int64_t v = 0;
		int n = 0;
		for (; *s >= '0' && *s <= '9' && n < 9; n++)
			v = v * 10 + (*s++ - '0');
		int64_t unit = *s == 'W' ? 604800 : *s == 'D' ? 86400 : *s == 'H' && time ? 3600 : *s == 'M' && time ? 60 :
		    *s == 'S' && time ? 1 : 0;
		if (n == 0 || unit == 0)
			return -1;
		sum += v * unit;
		any = true;
		s++;
		if (sum > 315360000)
			return -1;
	}
	return any ? sum : -1;
}

static void set_time(struct ical_reader *r, struct ical_event *e, const struct content_line *line, struct ical_moment *m_r)
{
	if (read_moment(r, line, line->value, m_r))
		return;
	if (m_r == &e->start)
		e->broken = true;
	found_lost(r->found, r->file, line->line, line->raw, m_r == &e->start ?
	    _("The beginning was not understood. The event was left out.") : _("This time was not understood. The rest of the event was read."));
}

static const char *text_of(struct ical_reader *r, const struct content_line *line, bool multiline)
{
	struct arena *a = r->found->arena;
	char *s = text_clean(a, content_line_text(a, line->value), multiline);
	return *s == '\0' ? NULL : text_cut(a, s, multiline ? 4000 : 300);
}

static void add_person(struct ical_reader *r, struct ical_event *e, const struct content_line *line)
{
	const char *name = content_line_param(line, "CN");
	if (name == NULL)
		name = strncasecmp(line->value, "mailto:", 7) == 0 ? line->value + 7 : line->value;
	if (e->people != NULL && strlen(e->people) > 1000)
		return;
	e->people = e->people == NULL ? arena_text(r->found->arena, name) :
	    arena_printf(r->found->arena, "%s; %s", e->people, name);
}

static void read_time_line(struct ical_reader *r, struct ical_event *e, const struct content_line *line)
{
	const char *name = line->name;
	if (strcmp(name, "DTSTART") == 0)
		set_time(r, e, line, &e->start);
	else if (strcmp(name, "DTEND") == 0)
		set_time(r, e, line, &e->end);
	else if (strcmp(name, "RECURRENCE-ID") == 0) {
		set_time(r, e, line, &e->recurrence);
		e->and_future = content_line_is(line, "RANGE", "THISANDFUTURE");
	} else if (strcmp(name, "RDATE") == 0)
		read_moments(r, line, &e->more);
	else if (strcmp(name, "EXDATE") == 0)
		read_moments(r, line, &e->except);
	else if (strcmp(name, "LAST-MODIFIED") == 0 || (strcmp(name, "DTSTAMP") == 0 && e->modified == 0)) {
		bool date, utc;
		(void)read_wall(line->value, &e->modified, &date, &utc);
	} else if (strcmp(name, "DURATION") == 0) {
		e->duration = read_duration(line->value);
		if (e->duration < 0)
			found_lost(r->found, r->file, line->line, line->raw, _("This duration was not understood. The rest of the event was read."));
	}
}

void ical_event_line(struct ical_reader *r, struct ical_event *e, const struct content_line *line)
{
	const char *name = line->name;
	if (strcmp(name, "SUMMARY") == 0)
		e->summary = text_of(r, line, false);
	else if (strcmp(name, "DESCRIPTION") == 0)
		e->description = text_of(r, line, true);
	else if (strcmp(name, "LOCATION") == 0)
		e->location = text_of(r, line, false);
	else if (strcmp(name, "UID") == 0)
		e->uid = text_cut(r->found->arena, text_clean(r->found->arena, line->value, false), 250);
	else if (strcmp(name, "RRULE") == 0)
		e->rule = line->value;
	else if (strcmp(name, "SEQUENCE") == 0)
		e->sequence = strtoll(line->value, NULL, 10);
	else if (strcmp(name, "STATUS") == 0) {
		e->cancelled = strcasecmp(line->value, "CANCELLED") == 0;
		e->tentative = strcasecmp(line->value, "TENTATIVE") == 0;
	} else if (strcmp(name, "TRANSP") == 0)
		e->transparent = strcasecmp(line->value, "TRANSPARENT") == 0;
	else if (strcmp(name, "X-MICROSOFT-CDO-BUSYSTATUS") == 0 && strcasecmp(line->value, "FREE") == 0)
		e->transparent = true;
	else if (strcmp(name, "ATTENDEE") == 0 || strcmp(name, "ORGANIZER") == 0)
		add_person(r, e, line);
	else
		read_time_line(r, e, line);
}
