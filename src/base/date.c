#include "base/date.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* Day numbers from civil dates and back: the well-known shift of the year's start to March. */
day date_day(int year, int month, int mday)
{
	int64_t y = year - (month <= 2);
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t yoe = y - era * 400;
	int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + mday - 1;
	int64_t doe = yoe * 365 + yoe / 4 - yoe / 100 + doy;
	return (day){ era * 146097 + doe - 719468 };
}

struct civil date_civil(day d)
{
	int64_t z = d.n + 719468;
	int64_t era = (z >= 0 ? z : z - 146096) / 146097;
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	int month = (int)(mp < 10 ? mp + 3 : mp - 9);
	return (struct civil){ (int)(yoe + era * 400) + (month <= 2), month, (int)(doy - (153 * mp + 2) / 5 + 1) };
}

int date_days_in_month(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
	return month == 2 && leap ? 29 : days[month - 1];
}

bool date_exists(int year, int month, int mday)
{
	return year >= 1 && year <= 9999 && month >= 1 && month <= 12 && mday >= 1 && mday <= date_days_in_month(year, month);
}

int date_weekday(day d)
{
	int64_t w = (d.n + 3) % 7;
	return (int)(w < 0 ? w + 7 : w) + 1;
}

day date_monday(day d)
{
	return (day){ d.n - date_weekday(d) + 1 };
}

void date_iso_week(day d, int *year_r, int *week_r)
{
	day thursday = { date_monday(d).n + 3 };
	int year = date_civil(thursday).year;
	*year_r = year;
	*week_r = (int)((thursday.n - date_day(year, 1, 1).n) / 7) + 1;
}

day date_add_months(day d, int months)
{
	struct civil c = date_civil(d);
	int at = c.year * 12 + c.month - 1 + months;
	int year = at / 12, month = at % 12 + 1, last = date_days_in_month(year, month);
	return date_day(year, month, c.day < last ? c.day : last);
}

static bool digits(const char *s, int n, int *value_r)
{
	int v = 0;
	for (int i = 0; i < n; i++) {
		if (s[i] < '0' || s[i] > '9')
			return false;
		v = v * 10 + (s[i] - '0');
	}
	*value_r = v;
	return true;
}

bool date_from_iso(const char *s, day *day_r)
{
	int y, m, d;
	if (s == NULL || strlen(s) != 10 || s[4] != '-' || s[7] != '-')
		return false;
	if (!digits(s, 4, &y) || !digits(s + 5, 2, &m) || !digits(s + 8, 2, &d) || !date_exists(y, m, d))
		return false;
	*day_r = date_day(y, m, d);
	return true;
}

void zone_set(const char *iana_name)
{
	setenv("TZ", iana_name, 1);
	tzset();
}

static struct tm local(instant t)
{
	time_t at = (time_t)t.s;
	struct tm tm;
	localtime_r(&at, &tm);
	return tm;
}

void zone_local(instant t, day *day_r, daytime *daytime_r)
{
	struct tm tm = local(t);
	*day_r = date_day(tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
	*daytime_r = (daytime){ tm.tm_hour * 60 + tm.tm_min };
}

int zone_second(instant t)
{
	return local(t).tm_sec;
}

/* Tries the offsets in force a day before and a day after; a time that neither explains does not exist. */
int zone_instant(day d, daytime t, instant *instant_r)
{
	int64_t wall = d.n * 86400 + t.min * 60;
	int64_t before = wall - local((instant){ wall - 86400 }).tm_gmtoff;
	int64_t after = wall - local((instant){ wall + 86400 }).tm_gmtoff;
	bool b = before + local((instant){ before }).tm_gmtoff == wall;
	bool a = after + local((instant){ after }).tm_gmtoff == wall;
	if (!a && !b)
		return -1;
	*instant_r = (instant){ a && b ? (before < after ? before : after) : b ? before : after };
	return a && b && before != after ? 1 : 0;
}

bool zone_missing(day d, int *start_r, int *end_r)
{
	instant noon_before = { d.n * 86400 - 43200 }, noon_after = { d.n * 86400 + 129600 }, at;
	int n = 0;
	if (local(noon_after).tm_gmtoff <= local(noon_before).tm_gmtoff)
		return false;
	for (int min = 0; min < 1440; min++) {
		if (zone_instant(d, (daytime){ min }, &at) >= 0)
			continue;
		*start_r = n == 0 ? min : *start_r;
		*end_r = min + 1;
		n++;
	}
	return n > 0;
}
