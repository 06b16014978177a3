#include "rules/when.h"
#include "base/date.h"
#include "base/text.h"
#include <string.h>

static const struct { const char *word; int weekday; } weekdays[] = {
	{ "mo", 1 }, { "mon", 1 }, { "montag", 1 }, { "monday", 1 }, { "di", 2 }, { "die", 2 }, { "tue", 2 }, { "dienstag", 2 }, { "tuesday", 2 },
	{ "mi", 3 }, { "wed", 3 }, { "mittwoch", 3 }, { "wednesday", 3 }, { "do", 4 }, { "thu", 4 }, { "donnerstag", 4 }, { "thursday", 4 },
	{ "fr", 5 }, { "fri", 5 }, { "freitag", 5 }, { "friday", 5 }, { "sa", 6 }, { "sat", 6 }, { "samstag", 6 }, { "sonnabend", 6 },
	{ "saturday", 6 }, { "so", 7 }, { "sun", 7 }, { "sonntag", 7 }, { "sunday", 7 },
};
static const struct { const char *word; int days; } near[] = {
	{ "h", 0 }, { "heute", 0 }, { "today", 0 }, { "jetzt", 0 }, { "m", 1 }, { "morgen", 1 }, { "tomorrow", 1 },
	{ "ubermorgen", 2 }, { "uebermorgen", 2 },
};
static const struct { const char *word; int earliest, latest; } parts[] = {
	{ "fruh", -1, 10 * 60 }, { "frueh", -1, 10 * 60 }, { "morgens", -1, 10 * 60 }, { "morning", -1, 12 * 60 },
	{ "afternoon", 12 * 60, -1 }, { "vorm", -1, 12 * 60 }, { "vormittag", -1, 12 * 60 }, { "vormittags", -1, 12 * 60 },
	{ "mittag", 11 * 60, 14 * 60 }, { "mittags", 11 * 60, 14 * 60 }, { "nachm", 12 * 60, -1 }, { "nachmittag", 12 * 60, -1 },
	{ "nachmittags", 12 * 60, -1 }, { "pm", 12 * 60, -1 }, { "abend", 17 * 60, -1 }, { "abends", 17 * 60, -1 }, { "evening", 17 * 60, -1 },
};
static const char *const fillers[] = { "um", "ab", "uhr", "am", "at", "from", "on", "den", "der", "in", "gegen", "o'clock" };

/* What was said so far; the words may come in any order and are put together at the end. */
struct said {
	struct when when;
	day today, shown;
	int weekday;                                  /* 0 = none */
	bool weeks;                                   /* the day is so many weeks on: a weekday means that week's */
	bool until;                                   /* "bis", "vor": the next time is the latest one */
	int number;                                   /* "in 6 …": waits for its unit; -1 = none */
};

int when_weekday(const char *word)
{
	for (size_t i = 0; i < COUNT(weekdays); i++)
		if (strcmp(word, weekdays[i].word) == 0)
			return weekdays[i].weekday;
	return 0;
}

static bool read_word(const char *w, struct said *s)
{
	if (when_weekday(w) != 0) {
		s->weekday = when_weekday(w);
		return true;
	}
	for (size_t i = 0; i < COUNT(near); i++)
		if (strcmp(w, near[i].word) == 0) {
			s->when.day = (day){ s->today.n + near[i].days };
			return true;
		}
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(w, parts[i].word) == 0) {
			s->when.earliest = parts[i].earliest;
			s->when.latest = parts[i].latest;
			return true;
		}
	for (size_t i = 0; i < COUNT(fillers); i++)
		if (strcmp(w, fillers[i]) == 0)
			return true;
	s->until = strcmp(w, "bis") == 0 || strcmp(w, "vor") == 0 || strcmp(w, "until") == 0 || strcmp(w, "before") == 0;
	return s->until;
}

/* So many days, weeks, months or years from the day in view. At most ten years. */
static bool go(struct said *s, int n, char unit)
{
	if (n > 3660 || n < -3660)
		return false;
	int months = n > 120 ? 120 : n < -120 ? -120 : n;
	if (unit == 'm')
		s->when.day = date_add_months(s->shown, months);
	else if (unit == 'j')
		s->when.day = date_add_months(s->shown, (months > 10 ? 10 : months < -10 ? -10 : months) * 12);
	else
		s->when.day = (day){ s->shown.n + n * (unit == 'w' ? 7 : 1) };
	s->weeks = unit == 'w';
	return true;
}

/* +6w, -1w, +3t (Tage), +3d, +2m, +1j; a number alone counts days. */
static bool read_step(const char *w, struct said *s)
{
	if (*w != '+' && *w != '-')
		return false;
	size_t digits = strspn(w + 1, "0123456789");
	if (digits == 0 || digits > 4)
		return false;
	int n = 0;
	for (size_t i = 1; i <= digits; i++)
		n = n * 10 + (w[i] - '0');
	const char *unit = w + 1 + digits;
	return (*unit == '\0' || (strchr("wtdmj", *unit) != NULL && unit[1] == '\0')) && go(s, *w == '-' ? -n : n, *unit);
}

/* "in 6 wochen": the number came before. */
static bool read_unit(const char *w, struct said *s)
{
	static const struct { const char *word; char unit; } units[] = {
		{ "tag", 't' }, { "tage", 't' }, { "tagen", 't' }, { "day", 't' }, { "days", 't' }, { "woche", 'w' }, { "wochen", 'w' }, { "week", 'w' },
		{ "weeks", 'w' }, { "monat", 'm' }, { "monate", 'm' }, { "monaten", 'm' }, { "month", 'm' }, { "months", 'm' }, { "jahr", 'j' }, { "year", 'j' },
	};
	for (size_t i = 0; i < COUNT(units) && s->number >= 0; i++) {
		if (strcmp(w, units[i].word) != 0)
			continue;
		int n = s->number;
		s->number = -1;
		s->when.earliest = -1;                /* the number was not an hour after all */
		return go(s, n, units[i].unit);
	}
	return false;
}

/* A date without a year is the next one, 29.2. the next one that exists. */
static bool read_date(const char *w, struct said *s)
{
	size_t dots = 0;
	for (const char *p = w; *p; p++)
		dots += *p == '.' && p[1] != '\0';
	if (strchr(w, '.') == NULL && strchr(w, '-') == NULL)
		return false;
	if (dots >= 2 || strchr(w, '-') != NULL)
		return read_day(w, s->today, &s->when.day);
	day d, in_year = s->today;
	for (int i = 0; i < 9; i++) {
		if (read_day(w, in_year, &d) && d.n >= s->today.n) {
			s->when.day = d;
			return true;
		}
		in_year = date_add_months(in_year, 12);
	}
	return false;
}

static bool read_time(const char *w, struct said *s)
{
	daytime t;
	if (!read_daytime(w, &t) || t.min >= DAY_MINUTES)
		return false;
	if (s->until)
		s->when.latest = (int)t.min;
	else
		s->when.earliest = (int)t.min;
	s->number = strlen(w) <= 2 ? (int)(t.min / 60) : -1;
	s->until = false;
	return true;
}

/* "14-16" */
static bool read_times(struct arena *a, const char *w, struct said *s)
{
	const char *dash = strchr(w, '-');
	if (dash == NULL || dash == w)
		return false;
	struct said both = *s;
	both.until = false;
	if (!read_time(arena_copy(a, w, (size_t)(dash - w)), &both))
		return false;
	both.until = true;
	if (!read_time(dash + 1, &both) || both.when.latest < both.when.earliest)
		return false;
	*s = both;
	return true;
}

static struct when together(const struct said *s)
{
	struct when w = s->when;
	if (s->weekday != 0 && w.day.n == NONE)
		w.day = (day){ s->today.n + (s->weekday - date_weekday(s->today) + 7) % 7 };
	else if (s->weekday != 0 && s->weeks)
		w.day = (day){ date_monday(w.day).n + s->weekday - 1 };
	return w;
}

bool when_read(struct arena *a, const char *text, day today, day shown, struct when *when_r)
{
	struct said s = { .when = { { NONE }, -1, -1 }, .today = today, .shown = shown, .number = -1 };
	char *words = text_fold(a, text == NULL ? "" : text);
	for (char *w = words; *w != '\0';) {
		w += strspn(w, " ,\t\n");
		size_t n = strcspn(w, " ,\t\n");
		if (n == 0)
			break;
		const char *word = arena_copy(a, w, n);
		bool understood = read_unit(word, &s) || read_step(word, &s) || read_date(word, &s) || read_time(word, &s) || read_times(a, word, &s);
		if (!understood && !read_word(w[n - 1] == '.' ? arena_copy(a, w, n - 1) : word, &s))      /* Do. */
			return false;
		w += n;
	}
	*when_r = together(&s);
	return true;
}
