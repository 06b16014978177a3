/* date.h: the proleptic Gregorian calendar on day numbers, and the shop's zone.
 * Weekdays are ISO: 1 = Monday .. 7 = Sunday. */
#ifndef BASE_DATE_H
#define BASE_DATE_H
#include "base/values.h"

struct civil { int year, month, day; };     /* month 1..12, day 1..31 */

day date_day(int year, int month, int mday);              /* of a date that exists */
bool date_exists(int year, int month, int mday);
struct civil date_civil(day);
int date_weekday(day);                                    /* 1..7 */
void date_iso_week(day, int *year_r, int *week_r);        /* ISO 8601 */
int date_days_in_month(int year, int month);
day date_add_months(day, int months);                     /* 31 Jan + 1 = 28/29 Feb */
day date_monday(day);                                     /* of the same ISO week */
/* "2026-11-23" and nothing else; false if the date does not exist. */
bool date_from_iso(const char *, day *day_r);

/* The zone is the process's TZ environment variable, set once by programs/ (see zone_set). */
void zone_set(const char *iana_name);                     /* e.g. "Europe/Berlin" */
void zone_local(instant, day *day_r, daytime *daytime_r);
int zone_second(instant);                                 /* 0..59 */
/* The instant of a local time. -1: that time does not exist (the clock jumps over it).
 * 1: it exists twice, the first one is given. 0: plain. */
int zone_instant(day, daytime, instant *instant_r) MUST_USE;
/* The minutes that a local day does not have, since the clock is put forward in them (2:00 to 3:00 of a March Sunday).
 * false: it has them all. A day on which the clock is put back has an hour twice and lacks none. */
bool zone_missing(day, int *start_r, int *end_r);
#endif
