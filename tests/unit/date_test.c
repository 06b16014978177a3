/* date_test.c: the calendar against glibc's for 1900 to 2200, and the nights on which clocks change. */
#include "base/date.h"
#include "check.h"
#include <time.h>

/* Every day: number, date, weekday, ISO week and days of the month as glibc has them. */
static void oracle(void)
{
	day first = date_day(1900, 1, 1), last = date_day(2200, 12, 31);
	int wrong = 0;
	for (day d = first; d.n <= last.n && wrong < 5; d.n++) {
		struct civil c = date_civil(d);
		struct tm tm = { .tm_year = c.year - 1900, .tm_mon = c.month - 1, .tm_mday = c.day };
		time_t seconds = timegm(&tm);
		char week[16];
		int iso_year, iso_week;
		date_iso_week(d, &iso_year, &iso_week);
		strftime(week, sizeof week, "%G-%V-%u", &tm);
		char ours[16];
		snprintf(ours, sizeof ours, "%04d-%02d-%d", iso_year, iso_week, date_weekday(d));
		bool good = (int64_t)seconds == d.n * 86400 && tm.tm_mday == c.day && tm.tm_mon == c.month - 1 &&
		    date_day(c.year, c.month, c.day).n == d.n && strcmp(week, ours) == 0 && date_exists(c.year, c.month, c.day) &&
		    c.day <= date_days_in_month(c.year, c.month);
		if (!good) {
			wrong++;
			printf("day %" PRId64 " (%d-%d-%d): %s, glibc says %s\n", d.n, c.year, c.month, c.day, ours, week);
		}
	}
	CHECK_INT(wrong, 0);
}

static void months(void)
{
	CHECK_INT(date_days_in_month(2024, 2), 29);
	CHECK_INT(date_days_in_month(2100, 2), 28);
	CHECK_INT(date_days_in_month(2000, 2), 29);
	CHECK_INT(date_add_months(date_day(2026, 1, 31), 1).n, date_day(2026, 2, 28).n);
	CHECK_INT(date_add_months(date_day(2024, 1, 31), 1).n, date_day(2024, 2, 29).n);
	CHECK_INT(date_add_months(date_day(2026, 1, 15), -1).n, date_day(2025, 12, 15).n);
	CHECK_INT(date_add_months(date_day(2026, 12, 31), 14).n, date_day(2028, 2, 29).n);
	CHECK_INT(date_monday(date_day(2026, 11, 29)).n, date_day(2026, 11, 23).n);
	CHECK_INT(date_monday(date_day(2026, 11, 23)).n, date_day(2026, 11, 23).n);
	CHECK(!date_exists(2026, 2, 29) && !date_exists(2026, 13, 1) && !date_exists(2026, 0, 1) && !date_exists(0, 1, 1));
}

static void iso(void)
{
	day d = { 4711 };
	CHECK(date_from_iso("2026-11-23", &d));
	CHECK_INT(d.n, 20780);
	static const char *const bad[] = {
		NULL, "", "2026-11-2", "2026-11-233", "2026-02-30", "2026/11/23", "2026-1a-01", "-026-11-23", " 2026-11-2", "0000-01-01"
	};
	for (size_t i = 0; i < COUNT(bad); i++)
		CHECK(!date_from_iso(bad[i], &d) && d.n == 20780);
}

static instant utc(int year, int month, int mday, int hour, int min)
{
	return (instant){ date_day(year, month, mday).n * 86400 + hour * 3600 + min * 60 };
}

static void check_local(int result, day d, int hour, int min, instant wanted)
{
	instant got = { 4711 };
	CHECK_INT(zone_instant(d, (daytime){ hour * 60 + min }, &got), result);
	CHECK_INT(got.s, wanted.s);
}

/* Germany 2026: forward on 29 March at 2:00, back on 25 October at 3:00. */
static void berlin(void)
{
	zone_set("Europe/Berlin");
	day spring = date_day(2026, 3, 29), autumn = date_day(2026, 10, 25);
	check_local(0, spring, 1, 59, utc(2026, 3, 29, 0, 59));
	check_local(-1, spring, 2, 0, (instant){ 4711 });
	check_local(-1, spring, 2, 30, (instant){ 4711 });
	check_local(-1, spring, 2, 59, (instant){ 4711 });
	check_local(0, spring, 3, 0, utc(2026, 3, 29, 1, 0));
	check_local(0, spring, 24, 0, utc(2026, 3, 29, 22, 0));
	check_local(0, autumn, 1, 59, utc(2026, 10, 24, 23, 59));
	check_local(1, autumn, 2, 0, utc(2026, 10, 25, 0, 0));
	check_local(1, autumn, 2, 59, utc(2026, 10, 25, 0, 59));
	check_local(0, autumn, 3, 0, utc(2026, 10, 25, 2, 0));
	day d;
	daytime t;
	zone_local(utc(2026, 10, 25, 1, 30), &d, &t);            /* the second 2:30 */
	CHECK(d.n == autumn.n && t.min == 150);
	CHECK_INT(zone_second((instant){ 59 }), 59);
}

/* There and back for every quarter of an hour of a year, in zones with odd rules. */
static void there_and_back(const char *zone)
{
	zone_set(zone);
	int wrong = 0;
	for (instant i = utc(2026, 1, 1, 0, 0); i.s < utc(2027, 1, 1, 0, 0).s; i.s += 900) {
		day d;
		daytime t;
		instant back;
		zone_local(i, &d, &t);
		int result = zone_instant(d, t, &back);
		wrong += result < 0 || (result == 0 && back.s != i.s) || (result == 1 && i.s - back.s != 0 && i.s - back.s > 3600);
	}
	CHECK_INT(wrong, 0);
	for (day d = date_day(2026, 1, 1); d.n <= date_day(2026, 12, 31).n; d.n++) {
		int start = 0, end = 0, n = 0;
		instant at;
		for (int min = 0; min < 1440; min++)
			n += zone_instant(d, (daytime){ min }, &at) < 0;
		bool missing = zone_missing(d, &start, &end);
		wrong += missing != (n > 0) || (missing && (end - start != n || zone_instant(d, (daytime){ start }, &at) >= 0 || zone_instant(d, (daytime){ end }, &at) < 0));
	}
	CHECK_INT(wrong, 0);
}

int main(void)
{
	oracle();
	months();
	iso();
	berlin();
	there_and_back("Europe/Berlin");
	there_and_back("Europe/Zurich");
	there_and_back("Australia/Lord_Howe");                   /* half an hour */
	there_and_back("America/St_Johns");
	there_and_back("UTC");
	return check_end();
}
