/* series_test.c: the days of a series against a calendar walked day by day, and what is typed for a rhythm. */
#include "base/date.h"
#include "base/lang.h"
#include "check.h"
#include "rules/series.h"
#include <stdlib.h>

static struct arena *arena;

/* Whether a day belongs to the rule, said as a person would: right weekday, right week or month, right place in the month. */
static bool belongs(const struct series_rule *r, day d)
{
	if (d.n < r->first.n || d.n > r->last.n || date_weekday(d) != r->weekday)
		return false;
	struct civil c = date_civil(d), a = date_civil(r->anchor);
	if (r->unit == SERIES_WEEKS) {
		int64_t weeks = (date_monday(d).n - date_monday(r->anchor).n) / 7;
		return weeks >= 0 && weeks % r->every == 0;
	}
	int months = (c.year - a.year) * 12 + c.month - a.month;
	if (months < 0 || months % r->every != 0)
		return false;
	return r->nth == SERIES_LAST ? c.day + 7 > date_days_in_month(c.year, c.month) : (c.day - 1) / 7 + 1 == r->nth;
}

static void days_like_the_calendar(void)
{
	srand(4);
	for (int i = 0; i < 3000; i++) {
		struct series_rule r = { .unit = (enum series_unit)(rand() % 2), .weekday = 1 + rand() % 7, .anchor = { 20000 + rand() % 2000 } };
		r.every = 1 + rand() % (r.unit == SERIES_WEEKS ? 52 : 12);
		r.nth = r.unit == SERIES_MONTHS ? 1 + rand() % 5 : 0;
		r.first = (day){ r.anchor.n + rand() % 90 - 30 };
		r.last = (day){ r.first.n + rand() % 700 };
		day *days;
		size_t n = series_days(arena, &r, &days), wanted = 0;
		bool same = true;
		for (day d = r.first; d.n <= r.last.n && wanted < SERIES_MOST; d.n++)
			if (belongs(&r, d)) {
				same = same && wanted < n && days[wanted].n == d.n;
				wanted++;
			}
		CHECK(same && n == wanted);
		arena_reset(arena);
	}
}

static const struct series_rule usual = { SERIES_WEEKS, 4, 4, 0, 600, { 20783 }, { 20784 }, { 21148 } };   /* Thursday 26 November 2026 */

static const struct { const char *text; enum series_unit unit; int every, weekday, nth, start; } typed[] = {
	{ "", SERIES_WEEKS, 4, 4, 0, 600 }, { "6", SERIES_WEEKS, 6, 4, 0, 600 }, { "4 do 10", SERIES_WEEKS, 4, 4, 0, 600 },
	{ "4w fr 9:30", SERIES_WEEKS, 4, 5, 0, 570 }, { "alle 6 Wochen", SERIES_WEEKS, 6, 4, 0, 600 }, { "fr 14", SERIES_WEEKS, 4, 5, 0, 840 },
	{ "alle 2 wochen Di. um 17 Uhr", SERIES_WEEKS, 2, 2, 0, 1020 }, { "wöchentlich sa 8", SERIES_WEEKS, 1, 6, 0, 480 },
	{ "jede Woche mi", SERIES_WEEKS, 1, 3, 0, 600 }, { "14-tägig fr", SERIES_WEEKS, 2, 5, 0, 600 }, { "14:30", SERIES_WEEKS, 4, 4, 0, 870 },
	{ "3. di 9:30", SERIES_MONTHS, 1, 2, 3, 570 }, { "jeden dritten Dienstag im Monat", SERIES_MONTHS, 1, 2, 3, 600 },
	{ "letzter freitag", SERIES_MONTHS, 1, 5, 5, 600 }, { "alle 2 Monate 1. mo", SERIES_MONTHS, 2, 1, 1, 600 }, { "2 monate mi", SERIES_MONTHS, 2, 3, 4, 600 },
	{ "monatlich", SERIES_MONTHS, 1, 4, 4, 600 }, { "every 3 weeks on thursday at 15:00", SERIES_WEEKS, 3, 4, 0, 900 }, { "third tuesday", SERIES_MONTHS, 1, 2, 3, 600 },
	{ "3rd tue 11", SERIES_MONTHS, 1, 2, 3, 660 }, { "52", SERIES_WEEKS, 52, 4, 0, 600 }, { "4 11", SERIES_WEEKS, 4, 4, 0, 660 },
};
static const char *const refused[] = { "0", "53", "0w", "do fr", "25:00", "do 10:03", "-4", "4 do 10 11", "13 monate", "3. woche di", "5. di", "x", "4w 6w",
	"99999999999999999999", "do 24:00", "<b>" };

static void reads_what_is_typed(void)
{
	for (size_t i = 0; i < COUNT(typed); i++) {
		struct series_rule r = usual;
		bool good = series_read(arena, typed[i].text, &r) && r.unit == typed[i].unit && r.every == typed[i].every && r.weekday == typed[i].weekday
		    && r.nth == typed[i].nth && r.start == typed[i].start;
		CHECK(good);
		if (!good)
			printf("\t“%s”: %d every %d weekday %d nth %d at %d\n", typed[i].text, (int)r.unit, r.every, r.weekday, r.nth, r.start);
	}
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct series_rule r = usual;
		bool good = !series_read(arena, refused[i], &r) && memcmp(&r, &usual, sizeof r) == 0;
		CHECK(good);
		if (!good)
			printf("\t“%s” was understood\n", refused[i]);
	}
}

/* What is said about a rule is understood as the same rule. */
static void said_and_read_again(void)
{
	lang_use(LANG_EN);
	srand(5);
	for (int i = 0; i < 500; i++) {
		struct series_rule r = usual, again = usual;
		r.unit = (enum series_unit)(rand() % 2);
		r.every = 1 + rand() % (r.unit == SERIES_WEEKS ? 52 : 12);
		r.weekday = 1 + rand() % 7;
		r.nth = r.unit == SERIES_MONTHS ? 1 + rand() % 5 : 0;
		r.start = rand() % 288 * RASTER;
		CHECK(series_read(arena, series_text(arena, &r), &again));
		CHECK(memcmp(&r, &again, sizeof r) == 0);
		arena_reset(arena);
	}
}

int main(void)
{
	arena = arena_new();
	days_like_the_calendar();
	reads_what_is_typed();
	said_and_read_again();
	arena_free(arena);
	return check_end();
}
