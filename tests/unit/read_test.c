/* read_test.c: what people type, and what it is taken for. NONE: must not be understood. */
#include "base/date.h"
#include "base/text.h"
#include "check.h"

struct typed { const char *text; int64_t wanted; };

static void ints(void)
{
	static const struct typed cases[] = {
		{ "12", 12 }, { " -3 ", -3 }, { "0", 0 }, { "007", 7 }, { "", NONE }, { NULL, NONE }, { "2o", NONE }, { "1.5", NONE },
		{ "--1", NONE }, { "99999999999999999999", NONE }, { "1 2", NONE }, { "-", NONE }, { "١", NONE },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		int64_t v = 4711;
		bool good = read_int(cases[i].text, &v);
		CHECK_INT(good ? v : NONE, cases[i].wanted);
		CHECK(good || v == 4711);
	}
}

static void moneys(void)
{
	static const struct typed cases[] = {
		{ "12", 1200 }, { "12,5", 1250 }, { "12.50", 1250 }, { "12,50 €", 1250 }, { "12€", 1200 }, { "1.234,50", 123450 },
		{ "1.234", 123400 }, { "1234567", 123456700 }, { "0,05", 5 }, { "-3,20", -320 }, { "12,-", 1200 }, { "12,–", 1200 },
		{ "45 CHF", 4500 }, { "12,555", NONE }, { "12,", NONE }, { ",50", NONE }, { "", NONE }, { NULL, NONE }, { "zwölf", NONE },
		{ "1.23.4", NONE }, { "12,5,5", NONE }, { "99999999999", NONE }, { "1e5", NONE }, { "12 $", NONE },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		money v = { 4711 };
		bool good = read_money(cases[i].text, &v);
		CHECK_INT(good ? v.cents : NONE, cases[i].wanted);
		if (good != (cases[i].wanted != NONE))
			printf("\t\"%s\"\n", cases[i].text);
		CHECK(good || v.cents == 4711);
	}
}

static void durations(void)
{
	static const struct typed cases[] = {
		{ "90", 90 }, { "90 min", 90 }, { "1:30", 90 }, { "1 h 30", 90 }, { "1h30", 90 }, { "1,5 h", 90 }, { "1.5h", 90 },
		{ "2 h", 120 }, { "2 Std.", 120 }, { "45 Minuten", 45 }, { "45'", 45 }, { "1:5", NONE }, { "1:75", NONE }, { "1,5", NONE },
		{ "", NONE }, { NULL, NONE }, { "-5", NONE }, { "h", NONE }, { "5 x", NONE }, { "999999999", NONE }, { "0", 0 },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		minutes v = { 4711 };
		bool good = read_minutes(cases[i].text, &v);
		CHECK_INT(good ? v.min : NONE, cases[i].wanted);
		if (good != (cases[i].wanted != NONE))
			printf("\t\"%s\"\n", cases[i].text);
		CHECK(good || v.min == 4711);
	}
}

static void daytimes(void)
{
	static const struct typed cases[] = {
		{ "9", 540 }, { "9:30", 570 }, { "09:30", 570 }, { "930", 570 }, { "0930", 570 }, { "9.30", 570 }, { "9 Uhr", 540 },
		{ "9:30 Uhr", 570 }, { "9h", 540 }, { "9h30", 570 }, { "0", 0 }, { "0:00", 0 }, { "24:00", 1440 }, { "24", 1440 },
		{ "2400", 1440 }, { "24:01", NONE }, { "25", NONE }, { "9:60", NONE }, { "960", NONE }, { "9:5", NONE }, { "", NONE },
		{ NULL, NONE }, { "-1", NONE }, { "12345", NONE }, { "neun", NONE }, { "9:30:00", NONE },
	};
	for (size_t i = 0; i < COUNT(cases); i++) {
		daytime v = { 4711 };
		bool good = read_daytime(cases[i].text, &v);
		CHECK_INT(good ? v.min : NONE, cases[i].wanted);
		if (good != (cases[i].wanted != NONE))
			printf("\t\"%s\"\n", cases[i].text);
		CHECK(good || v.min == 4711);
	}
}

static void days(void)
{
	static const struct { const char *text; int year, month, day; } cases[] = {
		{ "2026-11-23", 2026, 11, 23 }, { "23.11.2026", 2026, 11, 23 }, { "23.11.", 2026, 11, 23 }, { "23.11", 2026, 11, 23 },
		{ "3.2.80", 1980, 2, 3 }, { "3. 2. 1980", 1980, 2, 3 }, { "1.1.46", 2046, 1, 1 }, { "1.1.47", 1947, 1, 1 },
		{ "29.2.2024", 2024, 2, 29 }, { " 01.02.2027 ", 2027, 2, 1 }, { "29.2.2026", 0, 0, 0 }, { "31.4.", 0, 0, 0 },
		{ "0.1.2026", 0, 0, 0 }, { "1.0.2026", 0, 0, 0 }, { "1.13.2026", 0, 0, 0 }, { "2026-02-30", 0, 0, 0 }, { "", 0, 0, 0 },
		{ NULL, 0, 0, 0 }, { "morgen", 0, 0, 0 }, { "23/11/2026", 0, 0, 0 }, { "23.11.226", 0, 0, 0 }, { "2026-11-23T10:00", 0, 0, 0 },
		{ "0000-01-01", 0, 0, 0 }, { "1.1.99999", 0, 0, 0 },
	};
	day today = date_day(2026, 11, 23);
	for (size_t i = 0; i < COUNT(cases); i++) {
		day v = { 4711 };
		bool good = read_day(cases[i].text, today, &v), wanted = cases[i].year > 0;
		CHECK(good == wanted);
		CHECK_INT(v.n, wanted ? date_day(cases[i].year, cases[i].month, cases[i].day).n : 4711);
		if (good != wanted)
			printf("\t\"%s\"\n", cases[i].text);
	}
}

int main(void)
{
	ints();
	moneys();
	durations();
	daytimes();
	days();
	return check_end();
}
