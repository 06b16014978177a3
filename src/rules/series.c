#include "rules/series.h"
#include "base/date.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "rules/when.h"
#include <string.h>

struct days { day *at; size_t n, cap; };

static void add(struct arena *a, const struct series_rule *r, struct days *days, day d)
{
	if (d.n >= r->first.n && d.n <= r->last.n)
		*arena_push(a, days) = d;
}

/* The nth weekday of a month; n = NONE: this month has no fifth one. */
static day nth_of_month(int year, int month, int weekday, int nth)
{
	if (nth == SERIES_LAST) {
		day last = date_day(year, month, date_days_in_month(year, month));
		return (day){ last.n - (date_weekday(last) - weekday + 7) % 7 };
	}
	day first = date_day(year, month, 1);
	return (day){ first.n + (weekday - date_weekday(first) + 7) % 7 + (nth - 1) * 7 };
}

static void month_days(struct arena *a, const struct series_rule *r, struct days *days)
{
	struct civil c = date_civil(r->anchor);
	for (day at = date_day(c.year, c.month, 1); at.n <= r->last.n && days->n < SERIES_MOST; at = date_add_months(at, r->every)) {
		c = date_civil(at);
		add(a, r, days, nth_of_month(c.year, c.month, r->weekday, r->nth));
	}
}

static void week_days(struct arena *a, const struct series_rule *r, struct days *days)
{
	int64_t step = 7 * (int64_t)r->every, at = date_monday(r->anchor).n + r->weekday - 1;
	if (at < r->first.n)
		at += (r->first.n - at + step - 1) / step * step;
	for (; at <= r->last.n && days->n < SERIES_MOST; at += step)
		add(a, r, days, (day){ at });
}

size_t series_days(struct arena *a, const struct series_rule *r, day **days_r)
{
	struct days days = { 0 };
	if (r->unit == SERIES_MONTHS)
		month_days(a, r, &days);
	else
		week_days(a, r, &days);
	*days_r = days.at;
	return days.n;
}

/* ---- reading what is typed ---- */

struct reading {
	struct series_rule rule;
	int number;                         /* a number whose meaning the next word tells; -1 = none */
	bool every, weekday, nth, start;    /* already said */
};

static const struct { const char *word; int nth; } ordinals[] = {
	{ "erster", 1 }, { "ersten", 1 }, { "erste", 1 }, { "first", 1 }, { "1st", 1 }, { "zweiter", 2 }, { "zweiten", 2 }, { "second", 2 }, { "2nd", 2 },
	{ "dritter", 3 }, { "dritten", 3 }, { "third", 3 }, { "3rd", 3 }, { "vierter", 4 }, { "vierten", 4 }, { "fourth", 4 }, { "4th", 4 },
	{ "letzter", SERIES_LAST }, { "letzten", SERIES_LAST }, { "letzte", SERIES_LAST }, { "last", SERIES_LAST },
};
static const struct { const char *word; enum series_unit unit; int every; } rhythms[] = {
	{ "wochentlich", SERIES_WEEKS, 1 }, { "weekly", SERIES_WEEKS, 1 }, { "14-tagig", SERIES_WEEKS, 2 }, { "14tagig", SERIES_WEEKS, 2 },
	{ "vierzehntagig", SERIES_WEEKS, 2 }, { "zweiwochentlich", SERIES_WEEKS, 2 }, { "monatlich", SERIES_MONTHS, 1 }, { "monthly", SERIES_MONTHS, 1 },
};
static const struct { const char *word; enum series_unit unit; } units[] = {
	{ "w", SERIES_WEEKS }, { "wo", SERIES_WEEKS }, { "woche", SERIES_WEEKS }, { "wochen", SERIES_WEEKS }, { "week", SERIES_WEEKS }, { "weeks", SERIES_WEEKS },
	{ "monat", SERIES_MONTHS }, { "monate", SERIES_MONTHS }, { "month", SERIES_MONTHS }, { "months", SERIES_MONTHS },
};
static const char *const fillers[] = { "alle", "jede", "jeden", "jeder", "every", "each", "am", "um", "uhr", "im", "des", "of", "the", "on", "at", "den", "der", "and", "und" };

static bool set_every(struct reading *r, enum series_unit unit, int every)
{
	if (r->every || every < 1 || every > (unit == SERIES_WEEKS ? 52 : 12))
		return false;
	r->every = true;
	r->rule.unit = unit;
	r->rule.every = every;
	return true;
}

static bool set_nth(struct reading *r, int nth)
{
	if (r->nth || nth < 1 || nth > SERIES_LAST)
		return false;
	r->nth = true;
	r->rule.nth = nth;
	return true;
}

static bool set_time(struct reading *r, const char *word)
{
	daytime t;
	if (r->start || !read_daytime(word, &t) || t.min >= DAY_MINUTES || t.min % RASTER != 0)
		return false;
	r->start = true;
	r->rule.start = (int)t.min;
	return true;
}

/* A number that waited turns out to be the rhythm in weeks. */
static bool settle(struct reading *r)
{
	int n = r->number;
	r->number = -1;
	return n < 0 || set_every(r, SERIES_WEEKS, n);
}

static int small_number(const char *w, const char **rest)
{
	size_t digits = strspn(w, "0123456789");
	*rest = w + digits;
	return digits == 0 || digits > 2 ? -1 : digits == 1 ? w[0] - '0' : (w[0] - '0') * 10 + (w[1] - '0');
}

static bool read_number(struct reading *r, const char *w)
{
	const char *rest;
	int n = small_number(w, &rest);
	if (n < 0)
		return set_time(r, w);
	if (strcmp(rest, ".") == 0)
		return !r->weekday && settle(r) && set_nth(r, n <= 4 ? n : 0);
	if (*rest == '\0' && !r->weekday && !r->every && r->number < 0) {
		r->number = n;
		return true;
	}
	for (size_t i = 0; i < COUNT(units); i++)
		if (strcmp(rest, units[i].word) == 0)
			return settle(r) && set_every(r, units[i].unit, n);
	return settle(r) && set_time(r, w);
}

static bool read_weekday(struct reading *r, const char *w)
{
	int weekday = when_weekday(w);
	if (weekday == 0 || r->weekday || !settle(r))
		return false;
	r->weekday = true;
	r->rule.weekday = weekday;
	return true;
}

static bool read_word(struct reading *r, const char *w)
{
	if (read_weekday(r, w))
		return true;
	for (size_t i = 0; i < COUNT(ordinals); i++)
		if (strcmp(w, ordinals[i].word) == 0)
			return settle(r) && set_nth(r, ordinals[i].nth);
	for (size_t i = 0; i < COUNT(rhythms); i++)
		if (strcmp(w, rhythms[i].word) == 0)
			return settle(r) && set_every(r, rhythms[i].unit, rhythms[i].every);
	for (size_t i = 0; i < COUNT(units); i++)
		if (strcmp(w, units[i].word) == 0) {
			if (r->every)
				return r->rule.unit == units[i].unit;
			int n = r->number < 0 ? 1 : r->number;
			r->number = -1;
			return set_every(r, units[i].unit, n);
		}
	for (size_t i = 0; i < COUNT(fillers); i++)
		if (strcmp(w, fillers[i]) == 0)
			return true;
	return false;
}

/* "3. di" is meant of months, "monatlich" alone means the anchor's place in its month. */
static bool complete(struct reading *r)
{
	if (!settle(r))
		return false;
	struct series_rule *rule = &r->rule;
	if (r->nth && !r->every) {
		rule->unit = SERIES_MONTHS;
		rule->every = 1;
	}
	if (rule->unit == SERIES_WEEKS) {
		if (r->nth)
			return false;
		rule->nth = 0;
	} else if (rule->nth == 0) {
		int week = (date_civil(rule->anchor).day + 6) / 7;
		rule->nth = week > 4 ? SERIES_LAST : week;
	}
	return true;
}

bool series_read(struct arena *a, const char *text, struct series_rule *rule)
{
	struct reading r = { .rule = *rule, .number = -1 };
	for (const char *w = text_fold(a, text == NULL ? "" : text); *w != '\0';) {
		w += strspn(w, " ,\t\n");
		size_t n = strcspn(w, " ,\t\n");
		if (n == 0)
			break;
		const char *word = arena_copy(a, w, n);
		bool number = *word >= '0' && *word <= '9' && !read_word(&(struct reading){ .rule = r.rule, .number = -1 }, word);
		if (!number && word[n - 1] == '.')
			word = arena_copy(a, w, n - 1);              /* Do. */
		if (!(number ? read_number(&r, word) : read_word(&r, word)))
			return false;
		w += n;
	}
	if (!complete(&r))
		return false;
	*rule = r.rule;
	return true;
}

char *series_text(struct arena *a, const struct series_rule *r)
{
	static const char *const which[] = { NULL, N_("first|of a month"), N_("second|of a month"), N_("third|of a month"), N_("fourth|of a month"), N_("last|of a month") };
	const char *weekday = weekday_long((day){ date_monday(r->anchor).n + r->weekday - 1 });
	const char *time = daytime_text(a, (daytime){ r->start });
	if (r->unit == SERIES_WEEKS)
		return r->every == 1 ? arena_printf(a, _("every week, %s %s"), weekday, time)
		    : arena_printf(a, _("every %d weeks, %s %s"), r->every, weekday, time);
	if (r->every == 1)
		return arena_printf(a, _("every %s %s of the month, %s"), _(which[r->nth]), weekday, time);
	return arena_printf(a, _("every %d months, %s %s, %s"), r->every, _(which[r->nth]), weekday, time);
}
