/* when_test.c: what a receptionist types for a day and time, on Monday, 23 November 2026, with 1 December in view. */
#include "base/date.h"
#include "check.h"
#include "rules/when.h"

static const struct { const char *text, *day; int earliest, latest; } table[] = {
	{ "", NULL, -1, -1 },
	{ "do 15", "2026-11-26", 900, -1 },
	{ "Do. 15 Uhr", "2026-11-26", 900, -1 },
	{ "DONNERSTAG ab 15:30", "2026-11-26", 930, -1 },
	{ "15 do", "2026-11-26", 900, -1 },
	{ "mo", "2026-11-23", -1, -1 },
	{ "so", "2026-11-29", -1, -1 },
	{ "thursday", "2026-11-26", -1, -1 },
	{ "thu afternoon", "2026-11-26", 720, -1 },
	{ "m", "2026-11-24", -1, -1 },
	{ "morgen 9", "2026-11-24", 540, -1 },
	{ "übermorgen", "2026-11-25", -1, -1 },
	{ "heute", "2026-11-23", -1, -1 },
	{ "h 17:15", "2026-11-23", 1035, -1 },
	{ "+6w", "2027-01-12", -1, -1 },
	{ "+6w do", "2027-01-14", -1, -1 },
	{ "do +6w 10", "2027-01-14", 600, -1 },
	{ "in 6 wochen", "2027-01-12", -1, -1 },
	{ "in 6 Wochen do 10", "2027-01-14", 600, -1 },
	{ "in 1 woche", "2026-12-08", -1, -1 },
	{ "in 3 tagen", "2026-12-04", -1, -1 },
	{ "+3t", "2026-12-04", -1, -1 },
	{ "+3", "2026-12-04", -1, -1 },
	{ "-1w", "2026-11-24", -1, -1 },
	{ "+1m", "2027-01-01", -1, -1 },
	{ "24.12.", "2026-12-24", -1, -1 },
	{ "24.12", "2026-12-24", -1, -1 },
	{ "24.12. 9", "2026-12-24", 540, -1 },
	{ "24.12. do 9", "2026-12-24", 540, -1 },
	{ "do 24.12.", "2026-12-24", -1, -1 },
	{ "23.11.", "2026-11-23", -1, -1 },
	{ "22.11.", "2027-11-22", -1, -1 },
	{ "29.2.", "2028-02-29", -1, -1 },
	{ "1.1.", "2027-01-01", -1, -1 },
	{ "3.2.2027", "2027-02-03", -1, -1 },
	{ "3.2.27", "2027-02-03", -1, -1 },
	{ "2027-02-03 14:30", "2027-02-03", 870, -1 },
	{ "14:30", NULL, 870, -1 },
	{ "9.30", NULL, 570, -1 },
	{ "930", NULL, 570, -1 },
	{ "14", NULL, 840, -1 },
	{ "fr nachmittag", "2026-11-27", 720, -1 },
	{ "fr nachm", "2026-11-27", 720, -1 },
	{ "fr vorm", "2026-11-27", -1, 720 },
	{ "fr früh", "2026-11-27", -1, 600 },
	{ "abends", NULL, 1020, -1 },
	{ "do 14-16", "2026-11-26", 840, 960 },
	{ "9:30-11", NULL, 570, 660 },
	{ "fr bis 12", "2026-11-27", -1, 720 },
	{ "sa vor 10", "2026-11-28", -1, 600 },
	{ "am 24.12. um 9 Uhr", "2026-12-24", 540, -1 },
};
static const char *const refused[] = { "xyz", "25:00", "31.2.", "32.1.", "do 99", "+99999w", "16-14", "+", "-", ".", "1.13.", "24:00", "do; drop", "9 9 9 99" };

int main(void)
{
	struct arena *a = arena_new();
	day today = date_day(2026, 11, 23), shown = date_day(2026, 12, 1);
	for (size_t i = 0; i < COUNT(table); i++) {
		struct when w = { { 0 }, 0, 0 };
		day wanted = { NONE };
		if (table[i].day != NULL && !date_from_iso(table[i].day, &wanted))
			return 1;
		bool good = when_read(a, table[i].text, today, shown, &w) && w.day.n == wanted.n && w.earliest == table[i].earliest && w.latest == table[i].latest;
		if (!good)
			printf("\"%s\": day %+d of today, %d, %d\n", table[i].text, (int)(w.day.n - today.n), w.earliest, w.latest);
		CHECK(good);
	}
	for (size_t i = 0; i < COUNT(refused); i++) {
		struct when w = { { 0 }, 1, 2 };
		if (when_read(a, refused[i], today, shown, &w))
			printf("\"%s\" was understood\n", refused[i]);
		CHECK(w.day.n == 0 && w.earliest == 1);
	}
	arena_free(a);
	return check_end();
}
