#include "rules/holidays.h"
#include "base/date.h"
#include "base/lang.h"
#include <string.h>

enum kind { DATE, EASTER, REPENTANCE, SUNDAY_SEPTEMBER, NAEFELS };
enum only { ALWAYS, IF_SUNDAY_BEFORE, UNLESS_BRIDGE };

/* A day that falls on month/mday (DATE), n days from Easter Sunday (EASTER), or n days from the mday-th Sunday of
 * September (SUNDAY_SEPTEMBER). states: blank before and after each; NULL = all; "-FR-R" = not this variant, although the
 * canton stands there. A year of 0 means no limit.
 * Sources: the Länder's holiday laws; Arbeitsruhegesetz § 7 (AT); the cantons' laws on days of rest, first of all those
 * that tests/rules/holidays.test.mjs names, and SECO's list of the days that they put on a par with Sundays (CH). */
struct rule {
	const char *country, *states, *name;
	enum kind kind;
	int month, mday, n;
	int since, until;
	enum only only;
};

#define CATHOLIC_CH " AI FR -FR-R JU LU NW OW SO -SO-B SZ TI UR VS ZG "
#define EASTER_MONDAY_CH " AI AR BE BL BS FR-R GE GL GR JU SG SH SZ TG TI UR VD ZH AG-1 AG-2 AG-5 "
#define STEPHEN_CH " BE BL BS FR-R GL GR LU SG SH SZ TG TI UR ZH "
#define NOT_GENEVA " AG AI AR BE BL BS FR GL GR JU LU NE NW OW SG SH SO SZ TG TI UR VD VS ZG ZH "

static const struct rule rules[] = {
	{ "DE", NULL, N_("New Year's Day"), .month = 1, .mday = 1 },
	{ "DE", " BW BY ST ", N_("Epiphany"), .month = 1, .mday = 6 },
	{ "DE", " BE ", N_("International Women's Day"), .month = 3, .mday = 8, .since = 2019 },
	{ "DE", " MV ", N_("International Women's Day"), .month = 3, .mday = 8, .since = 2023 },
	{ "DE", NULL, N_("Good Friday"), EASTER, .n = -2 },
	{ "DE", " BB ", N_("Easter Sunday"), EASTER, .n = 0 },
	{ "DE", NULL, N_("Easter Monday"), EASTER, .n = 1 },
	{ "DE", NULL, N_("Labour Day"), .month = 5, .mday = 1 },
	{ "DE", " BE ", N_("Day of Liberation"), .month = 5, .mday = 8, .since = 2020, .until = 2020 },
	{ "DE", " BE ", N_("Day of Liberation"), .month = 5, .mday = 8, .since = 2025, .until = 2025 },
	{ "DE", NULL, N_("Ascension Day"), EASTER, .n = 39 },
	{ "DE", " BB ", N_("Whit Sunday"), EASTER, .n = 49 },
	{ "DE", NULL, N_("Whit Monday"), EASTER, .n = 50 },
	{ "DE", " BW BY HE NW RP SL SN-K TH-K ", N_("Corpus Christi"), EASTER, .n = 60 },
	{ "DE", " BE ", N_("75 years of the uprising of 17 June"), .month = 6, .mday = 17, .since = 2028, .until = 2028 },
	{ "DE", " BY-A ", N_("Peace Festival of Augsburg"), .month = 8, .mday = 8 },
	{ "DE", " SL BY-K BY-A ", N_("Assumption Day"), .month = 8, .mday = 15 },
	{ "DE", " TH ", N_("World Children's Day"), .month = 9, .mday = 20, .since = 2019 },
	{ "DE", NULL, N_("Day of German Unity"), .month = 10, .mday = 3, .since = 1990 },
	{ "DE", " BB MV SN ST TH ", N_("Reformation Day"), .month = 10, .mday = 31 },
	{ "DE", " BE BW BY HB HE HH NI NW RP SH SL ", N_("Reformation Day"), .month = 10, .mday = 31, .since = 2017, .until = 2017 },
	{ "DE", " HB HH NI SH ", N_("Reformation Day"), .month = 10, .mday = 31, .since = 2018 },
	{ "DE", " BW BY NW RP SL ", N_("All Saints' Day"), .month = 11, .mday = 1 },
	{ "DE", " SN ", N_("Day of Repentance and Prayer"), REPENTANCE, .n = 0 },
	{ "DE", NULL, N_("Christmas Day"), .month = 12, .mday = 25 },
	{ "DE", NULL, N_("Boxing Day"), .month = 12, .mday = 26 },

	{ "AT", NULL, N_("New Year's Day"), .month = 1, .mday = 1 },
	{ "AT", NULL, N_("Epiphany"), .month = 1, .mday = 6 },
	{ "AT", NULL, N_("Easter Monday"), EASTER, .n = 1 },
	{ "AT", NULL, N_("National Holiday of 1 May"), .month = 5, .mday = 1 },
	{ "AT", NULL, N_("Ascension Day"), EASTER, .n = 39 },
	{ "AT", NULL, N_("Whit Monday"), EASTER, .n = 50 },
	{ "AT", NULL, N_("Corpus Christi"), EASTER, .n = 60 },
	{ "AT", NULL, N_("Assumption Day"), .month = 8, .mday = 15 },
	{ "AT", NULL, N_("National Day of Austria"), .month = 10, .mday = 26 },
	{ "AT", NULL, N_("All Saints' Day"), .month = 11, .mday = 1 },
	{ "AT", NULL, N_("Immaculate Conception"), .month = 12, .mday = 8 },
	{ "AT", NULL, N_("Christmas Day"), .month = 12, .mday = 25 },
	{ "AT", NULL, N_("St Stephen's Day"), .month = 12, .mday = 26 },

	{ "CH", NULL, N_("New Year's Day"), .month = 1, .mday = 1 },
	{ "CH", " BE FR-R JU TG VD ", N_("Berchtold's Day"), .month = 1, .mday = 2 },
	{ "CH", " AG-1 AG-6 ", N_("Berchtold's Day"), .month = 1, .mday = 2, .only = UNLESS_BRIDGE },
	{ "CH", " NE ", N_("Berchtold's Day"), .month = 1, .mday = 2, .only = IF_SUNDAY_BEFORE },
	{ "CH", " SZ TI UR ", N_("Epiphany"), .month = 1, .mday = 6 },
	{ "CH", " NE ", N_("Day of the Republic of Neuchâtel"), .month = 3, .mday = 1 },
	{ "CH", " NW SZ TI UR VS ", N_("St Joseph's Day"), .month = 3, .mday = 19 },
	{ "CH", " AG AI AR BE BL BS FR GE GL GR JU LU NE NW OW SG SH SO SZ TG UR VD ZG ZH ", N_("Good Friday"), EASTER, .n = -2 },
	{ "CH", NULL, N_("Easter Sunday"), EASTER, .n = 0 },
	{ "CH", EASTER_MONDAY_CH, N_("Easter Monday"), EASTER, .n = 1 },
	{ "CH", " GL ", N_("Procession of Näfels"), NAEFELS, .n = 0 },
	{ "CH", " BL BS JU NE SH TG TI ZH ", N_("Labour Day"), .month = 5, .mday = 1 },
	{ "CH", NULL, N_("Ascension Day|CH"), EASTER, .n = 39 },
	{ "CH", NULL, N_("Whit Sunday"), EASTER, .n = 49 },
	{ "CH", EASTER_MONDAY_CH, N_("Whit Monday"), EASTER, .n = 50 },
	{ "CH", CATHOLIC_CH, N_("Corpus Christi"), EASTER, .n = 60 },
	{ "CH", " AG-2 AG-3 AG-4 AG-6 ", N_("Corpus Christi"), EASTER, .n = 60 },
	{ "CH", " JU ", N_("Independence Day of Jura"), .month = 6, .mday = 23 },
	{ "CH", " TI ", N_("St Peter and St Paul"), .month = 6, .mday = 29 },
	{ "CH", NULL, N_("National Day of Switzerland"), .month = 8, .mday = 1 },
	{ "CH", CATHOLIC_CH, N_("Assumption Day"), .month = 8, .mday = 15 },
	{ "CH", " AG-3 AG-4 ", N_("Assumption Day"), .month = 8, .mday = 15 },
	{ "CH", " GE ", N_("Fast of Geneva"), SUNDAY_SEPTEMBER, .mday = 1, .n = 4 },
	{ "CH", NOT_GENEVA, N_("Federal Day of Thanksgiving and Prayer"), SUNDAY_SEPTEMBER, .mday = 3 },
	{ "CH", " VD ", N_("Monday of the Fast"), SUNDAY_SEPTEMBER, .mday = 3, .n = 1 },
	{ "CH", " AI -AI-O ", N_("St Maurice's Day"), .month = 9, .mday = 22 },
	{ "CH", " OW ", N_("St Nicholas of Flüe"), .month = 9, .mday = 25 },
	{ "CH", CATHOLIC_CH, N_("All Saints' Day"), .month = 11, .mday = 1 },
	{ "CH", " GL SG AG-3 AG-4 AG-5 AG-6 ", N_("All Saints' Day"), .month = 11, .mday = 1 },
	{ "CH", " AG-4 AI FR -FR-R LU NW OW SZ TI UR VS ZG ", N_("Immaculate Conception"), .month = 12, .mday = 8 },
	{ "CH", NULL, N_("Christmas Day"), .month = 12, .mday = 25 },
	{ "CH", STEPHEN_CH, N_("St Stephen's Day"), .month = 12, .mday = 26 },
	{ "CH", " AI AR AG-1 AG-2 AG-3 AG-5 AG-6 ", N_("St Stephen's Day"), .month = 12, .mday = 26, .only = UNLESS_BRIDGE },
	{ "CH", " NE ", N_("St Stephen's Day"), .month = 12, .mday = 26, .only = IF_SUNDAY_BEFORE },
	{ "CH", " GE ", N_("Restoration of the Republic of Geneva"), .month = 12, .mday = 31 },
};

static const struct holiday_state states[] = {
	{ "DE", "BW", "Baden-Württemberg" }, { "DE", "BY", "Bayern" }, { "DE", "BY-K", "Bayern mit 15. August" }, { "DE", "BY-A", "Bayern, Augsburg" },
	{ "DE", "BE", "Berlin" }, { "DE", "BB", "Brandenburg" }, { "DE", "HB", "Bremen" }, { "DE", "HH", "Hamburg" },
	{ "DE", "HE", "Hessen" }, { "DE", "MV", "Mecklenburg-Vorpommern" }, { "DE", "NI", "Niedersachsen" }, { "DE", "NW", "Nordrhein-Westfalen" },
	{ "DE", "RP", "Rheinland-Pfalz" }, { "DE", "SL", "Saarland" }, { "DE", "SN", "Sachsen" }, { "DE", "SN-K", "Sachsen mit Fronleichnam" },
	{ "DE", "ST", "Sachsen-Anhalt" }, { "DE", "SH", "Schleswig-Holstein" }, { "DE", "TH", "Thüringen" }, { "DE", "TH-K", "Thüringen mit Fronleichnam" },
	{ "AT", "1", "Burgenland" }, { "AT", "2", "Kärnten" }, { "AT", "3", "Niederösterreich" }, { "AT", "4", "Oberösterreich" },
	{ "AT", "5", "Salzburg" }, { "AT", "6", "Steiermark" }, { "AT", "7", "Tirol" }, { "AT", "8", "Vorarlberg" }, { "AT", "9", "Wien" },
	{ "CH", "AG-1", "Aargau: Aarau, Brugg, Kulm, Lenzburg, Zofingen, Bergdietikon" }, { "CH", "AG-2", "Aargau: Baden" },
	{ "CH", "AG-3", "Aargau: Bremgarten" }, { "CH", "AG-4", "Aargau: Laufenburg, Muri, Hellikon, Mumpf, Obermumpf, Schupfart, Stein, Wegenstetten" },
	{ "CH", "AG-5", "Aargau: Rheinfelden" }, { "CH", "AG-6", "Aargau: Zurzach" },
	{ "CH", "AR", "Appenzell Ausserrhoden" }, { "CH", "AI", "Appenzell Innerrhoden" }, { "CH", "AI-O", "Appenzell Innerrhoden: Oberegg" },
	{ "CH", "BL", "Basel-Landschaft" }, { "CH", "BS", "Basel-Stadt" }, { "CH", "BE", "Bern" }, { "CH", "FR", "Freiburg" },
	{ "CH", "FR-R", "Freiburg: reformierte Gemeinden im Seebezirk" }, { "CH", "GE", "Genf" }, { "CH", "GL", "Glarus" },
	{ "CH", "GR", "Graubünden" }, { "CH", "JU", "Jura" }, { "CH", "LU", "Luzern" }, { "CH", "NE", "Neuenburg" }, { "CH", "NW", "Nidwalden" },
	{ "CH", "OW", "Obwalden" }, { "CH", "SH", "Schaffhausen" }, { "CH", "SZ", "Schwyz" }, { "CH", "SO", "Solothurn" },
	{ "CH", "SO-B", "Solothurn: Bucheggberg" }, { "CH", "SG", "St. Gallen" },
	{ "CH", "TI", "Tessin" }, { "CH", "TG", "Thurgau" }, { "CH", "UR", "Uri" }, { "CH", "VD", "Waadt" }, { "CH", "VS", "Wallis" },
	{ "CH", "ZG", "Zug" }, { "CH", "ZH", "Zürich" },
};

/* Meeus/Jones/Butcher, for the Gregorian calendar. */
static day easter(int year)
{
	int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
	int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7;
	int m = (a + 11 * h + 22 * l) / 451, at = h + l - 7 * m + 114;
	return date_day(year, at / 31, at % 31 + 1);
}

/* The first day with this weekday on or after a date. */
static day weekday_from(day d, int weekday)
{
	return (day){ d.n + (weekday - date_weekday(d) + 7) % 7 };
}

/* First Thursday of April, a week later if that is in Holy Week. */
static day naefels(int year)
{
	day d = weekday_from(date_day(year, 4, 1), 4);
	int64_t before_easter = easter(year).n - d.n;
	return before_easter > 0 && before_easter < 7 ? (day){ d.n + 7 } : d;
}

static day day_of(const struct rule *r, int year)
{
	switch (r->kind) {
	case EASTER:
		return (day){ easter(year).n + r->n };
	case REPENTANCE:
		return (day){ weekday_from(date_day(year, 11, 16), 3).n };   /* the Wednesday before 23 November */
	case SUNDAY_SEPTEMBER:
		return (day){ weekday_from(date_day(year, 9, 1), 7).n + 7 * (r->mday - 1) + r->n };
	case NAEFELS:
		return naefels(year);
	case DATE:
		break;
	}
	return date_day(year, r->month, r->mday);
}

/* "BY" has its rules, "BY-K" those of BY and its own. */
static bool listed(const char *list, str state)
{
	char own[8] = " ", base[8] = " ", without[8] = " -";
	size_t n = strlen(state), dash = strcspn(state, "-");
	if (n == 0 || n > 4)
		return false;
	memcpy(own + 1, state, n);
	memcpy(own + 1 + n, " ", 2);
	memcpy(base + 1, state, dash);
	memcpy(base + 1 + dash, " ", 2);
	memcpy(without + 2, own + 1, n + 2);
	return strstr(list, without) == NULL && (strstr(list, own) != NULL || strstr(list, base) != NULL);
}

static bool holds(const struct rule *r, str country, str state, int year)
{
	if (strcmp(r->country, country) != 0 || (r->since != 0 && year < r->since) || (r->until != 0 && year > r->until))
		return false;
	if (r->states != NULL && (state == NULL || !listed(r->states, state)))
		return false;
	int weekday = r->only == ALWAYS ? 0 : date_weekday(day_of(r, year));
	switch (r->only) {
	case IF_SUNDAY_BEFORE:
		return weekday == 1;
	case UNLESS_BRIDGE:                           /* not if it makes three free days of Sunday and the feast before it */
		return weekday != 2 && weekday != 6;
	case ALWAYS:
		break;
	}
	return true;
}

size_t holidays_of_year(str country, str state, int year, struct holiday out_r[HOLIDAYS_MAX])
{
	size_t n = 0;
	for (size_t i = 0; country != NULL && i < COUNT(rules) && n < HOLIDAYS_MAX; i++) {
		if (!holds(&rules[i], country, state, year))
			continue;
		struct holiday h = { day_of(&rules[i], year), rules[i].name };
		size_t at = n++;
		for (; at > 0 && out_r[at - 1].day.n > h.day.n; at--)
			out_r[at] = out_r[at - 1];
		out_r[at] = h;
	}
	return n;
}

str holidays_name(str country, str state, day d)
{
	int year = date_civil(d).year;
	for (size_t i = 0; country != NULL && i < COUNT(rules); i++)
		if (strcmp(rules[i].country, country) == 0 && day_of(&rules[i], year).n == d.n && holds(&rules[i], country, state, year))
			return rules[i].name;
	return NULL;
}

const struct holiday_state *holidays_states(str country, size_t *n_r)
{
	size_t first = 0, end = COUNT(states);
	while (country != NULL && first < end && strcmp(states[first].country, country) != 0)
		first++;
	while (country != NULL && end > first && strcmp(states[end - 1].country, country) != 0)
		end--;
	*n_r = end - first;
	return &states[first];
}
