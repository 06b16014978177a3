#include "rules/worklaw.h"
#include "base/date.h"
#include "base/lang.h"
#include "rules/duty.h"
#include "rules/holidays.h"
#include <string.h>

/* ArbZG §§ 3, 4, 5, 9; JArbSchG §§ 8, 9, 11, 13, 14, 15, 16. Minutes. For adults a day of up to 10 hours and a week of up to
 * 48 is lawful if the average is kept, so only what lies above is told. */
struct limits {
	int day, week, week_days, without_break, rest, earliest, latest, saturdays;
	struct { int over, needed; } breaks[2];        /* the longer one first */
};
static const struct limits adult = {
	.day = 600, .week = 2880, .week_days = 7, .without_break = 360, .rest = 660, .earliest = 0, .latest = DAY_MINUTES, .saturdays = 0,
	.breaks = { { 540, 45 }, { 360, 30 } },
};
static const struct limits minor = {
	.day = 510, .week = 2400, .week_days = 5, .without_break = 270, .rest = 720, .earliest = 360, .latest = 1200, .saturdays = 2,
	.breaks = { { 360, 60 }, { 270, 30 } },
};
enum { BREAK_LEAST = 15 };                         /* shorter ones are no break */

/* A person's day, summed up. */
struct worked { int start, end, work, breaks, longest; };   /* longest stretch without a break; start -1 = does not work */

struct check {
	struct arena *arena;
	const struct worktime_rows *rows;
	const struct worktime_person *person;
	day from; int ndays;
	struct worked *days;
	struct worklaw_warnings *out;
};

static void warn(struct check *c, day d, enum worklaw_code code, int64_t a, int64_t b)
{
	*arena_push(c->arena, c->out) = (struct worklaw_warning){ c->person->id, d, code, a, b };
}

/* From the 18th birthday on a person is an adult; so is one whose birthday is not known. */
static const struct limits *limits_on(const struct check *c, day d)
{
	if (c->person->birthday.n == NONE || date_add_months(c->person->birthday, 18 * 12).n <= d.n)
		return &adult;
	return &minor;
}

/* Whatever lies between two spans of work and is long enough is a break, planned as one or not. */
static void add_work(struct worked *w, int *stretch, int start, int end)
{
	int gap = w->start < 0 ? 0 : start - w->end;
	if (w->start < 0) {
		w->start = start;
		*stretch = 0;
	}
	if (gap >= BREAK_LEAST) {
		w->breaks += gap;
		*stretch = 0;
	}
	*stretch += end - start;
	w->longest = *stretch > w->longest ? *stretch : w->longest;
	w->work += end - start;
	w->end = end;
}

static struct worked *sum_up(struct arena *a, const struct worktime_spans *spans, int64_t staff, day from, int ndays)
{
	struct worked *days = arena_array(a, struct worked, (size_t)ndays + 1);
	int stretch = 0;
	for (int i = 0; i < ndays; i++)
		days[i].start = -1;
	for (size_t i = 0; i < spans->n; i++) {
		const struct worktime_span *s = &spans->at[i];
		if (s->staff == staff && s->kind == WORKTIME_WORK && s->day.n >= from.n && s->day.n < from.n + ndays)
			add_work(&days[s->day.n - from.n], &stretch, s->start, s->end);
	}
	return days;
}

static void check_breaks(struct check *c, day d, const struct worked *w, const struct limits *l)
{
	size_t i = 0;
	while (i < COUNT(l->breaks) && w->work <= l->breaks[i].over)
		i++;
	if (i < COUNT(l->breaks) && w->breaks < l->breaks[i].needed)
		warn(c, d, WORKLAW_BREAK_SHORT, w->breaks, l->breaks[i].needed);
	else if (w->longest > l->without_break)
		warn(c, d, WORKLAW_NO_BREAK, w->longest, l->without_break);
}

static void check_day(struct check *c, int dayno)
{
	const struct worked *w = &c->days[dayno];
	day d = { c->from.n + dayno };
	const struct limits *l = limits_on(c, d);
	if (w->start < 0)
		return;
	if (date_weekday(d) == 7)
		warn(c, d, WORKLAW_SUNDAY, 0, 0);
	else if (holidays_name(c->rows->country, c->rows->state, d) != NULL)
		warn(c, d, WORKLAW_HOLIDAY, 0, 0);
	if (w->work > l->day)
		warn(c, d, WORKLAW_DAY_LONG, w->work, l->day);
	check_breaks(c, d, w, l);
	if (w->start < l->earliest)
		warn(c, d, WORKLAW_EARLY, w->start, l->earliest);
	if (w->end > l->latest)
		warn(c, d, WORKLAW_LATE, w->end, l->latest);
	if (dayno > 0 && c->days[dayno - 1].start >= 0 && DAY_MINUTES - c->days[dayno - 1].end + w->start < l->rest)
		warn(c, d, WORKLAW_REST_SHORT, DAY_MINUTES - c->days[dayno - 1].end + w->start, l->rest);
}

/* A whole day of school is one of the five (JArbSchG §§ 9, 15), also on a day on which the shop is shut. A block of school weeks is
 * entered over its weekends and holidays; there is no school then. */
static bool at_school(const struct check *c, day d)
{
	return date_weekday(d) <= 5 && holidays_name(c->rows->country, c->rows->state, d) == NULL && duty_whole_school(c->rows, c->person->id, d);
}

static void check_week(struct check *c, int dayno)
{
	day monday = { c->from.n + dayno };
	const struct limits *l = limits_on(c, monday);
	int work = 0, days = 0;
	for (int i = 0; i < 7; i++) {
		work += c->days[dayno + i].work;
		days += c->days[dayno + i].start >= 0 || at_school(c, (day){ monday.n + i });
	}
	if (work > l->week)
		warn(c, monday, WORKLAW_WEEK_LONG, work, l->week);
	if (days > l->week_days)
		warn(c, monday, WORKLAW_WEEK_DAYS, days, l->week_days);
}

static void check_month(struct check *c, int dayno, int length)
{
	day first = { c->from.n + dayno };
	const struct limits *l = limits_on(c, first);
	int off = 0;
	for (int i = 0; i < length; i++)
		off += date_weekday((day){ first.n + i }) == 6 && c->days[dayno + i].start < 0;
	if (off < l->saturdays)
		warn(c, first, WORKLAW_SATURDAYS, off, l->saturdays);
}

static void check_person(struct check *c)
{
	for (int i = 0; i < c->ndays; i++) {
		struct civil date = date_civil((day){ c->from.n + i });
		int length = date_days_in_month(date.year, date.month);
		if (date.day == 1 && i + length <= c->ndays)
			check_month(c, i, length);
		if (date_weekday((day){ c->from.n + i }) == 1 && i + 7 <= c->ndays)
			check_week(c, i);
		check_day(c, i);
	}
}

struct worklaw_warnings worklaw_check(struct arena *a, const struct worktime_rows *rows, const struct worktime_spans *spans, day from, int ndays)
{
	struct worklaw_warnings out = {0};
	if (rows->country == NULL || strcmp(rows->country, "DE") != 0)
		return out;
	for (size_t i = 0; i < rows->npeople; i++) {
		struct check c = { .arena = a, .rows = rows, .person = &rows->people[i], .from = from, .ndays = ndays, .out = &out };
		c.days = sum_up(a, spans, c.person->id, from, ndays);
		check_person(&c);
	}
	return out;
}

enum shown { NOTHING, HOURS, NUMBERS };

static const struct { enum shown as; const char *text; } sentences[] = {
	[WORKLAW_DAY_LONG] = { HOURS, N_("works %s hours, %s are allowed") },
	[WORKLAW_BREAK_SHORT] = { NUMBERS, N_("%d minutes of break, %d are needed") },
	[WORKLAW_NO_BREAK] = { HOURS, N_("%s hours without a break, %s are allowed") },
	[WORKLAW_REST_SHORT] = { HOURS, N_("%s hours of rest since the day before, %s are needed") },
	[WORKLAW_SUNDAY] = { NOTHING, N_("works on a Sunday") },
	[WORKLAW_HOLIDAY] = { NOTHING, N_("works on a public holiday") },
	[WORKLAW_WEEK_LONG] = { HOURS, N_("works %s hours in the week, %s are allowed") },
	[WORKLAW_WEEK_DAYS] = { NUMBERS, N_("works on %d days of the week, school days counted, %d are allowed") },
	[WORKLAW_EARLY] = { HOURS, N_("begins at %s, allowed from %s on") },
	[WORKLAW_LATE] = { HOURS, N_("ends at %s, allowed until %s") },
	[WORKLAW_SATURDAYS] = { NUMBERS, N_("%d free Saturdays in the month, %d are wanted") },
};

static char *clock_text(struct arena *a, int64_t min)
{
	return arena_printf(a, "%d:%02d", (int)(min / 60), (int)(min % 60));
}

char *worklaw_text(struct arena *a, const struct worklaw_warning *w)
{
	const char *text = _(sentences[w->code].text);
	switch (sentences[w->code].as) {
	case HOURS:
		return arena_printf(a, text, clock_text(a, w->a), clock_text(a, w->b));
	case NUMBERS:
		return arena_printf(a, text, (int)w->a, (int)w->b);
	case NOTHING:
		break;
	}
	return arena_text(a, text);
}
