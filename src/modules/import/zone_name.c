#include "modules/import/zone_name.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>
#include <strings.h>

struct known { const char *name, *iana; };

/* Windows' names: Unicode CLDR, supplemental/windowsZones.xml, territory 001. Below: what German Windows and old
 * Outlooks write, and everyday abbreviations. */
static const struct known names[] = {
	{ "W. Europe Standard Time", "Europe/Berlin" }, { "Central Europe Standard Time", "Europe/Budapest" },
	{ "Central European Standard Time", "Europe/Warsaw" }, { "Romance Standard Time", "Europe/Paris" },
	{ "GMT Standard Time", "Europe/London" }, { "Greenwich Standard Time", "Atlantic/Reykjavik" },
	{ "E. Europe Standard Time", "Europe/Chisinau" }, { "FLE Standard Time", "Europe/Kiev" },
	{ "GTB Standard Time", "Europe/Bucharest" }, { "Turkey Standard Time", "Europe/Istanbul" },
	{ "Kaliningrad Standard Time", "Europe/Kaliningrad" }, { "Russian Standard Time", "Europe/Moscow" },
	{ "Belarus Standard Time", "Europe/Minsk" }, { "Volgograd Standard Time", "Europe/Volgograd" },
	{ "Saratov Standard Time", "Europe/Saratov" }, { "Astrakhan Standard Time", "Europe/Astrakhan" },
	{ "Morocco Standard Time", "Africa/Casablanca" }, { "W. Central Africa Standard Time", "Africa/Lagos" },
	{ "South Africa Standard Time", "Africa/Johannesburg" }, { "Egypt Standard Time", "Africa/Cairo" },
	{ "E. Africa Standard Time", "Africa/Nairobi" }, { "Namibia Standard Time", "Africa/Windhoek" },
	{ "Libya Standard Time", "Africa/Tripoli" }, { "Sudan Standard Time", "Africa/Khartoum" },
	{ "Israel Standard Time", "Asia/Jerusalem" }, { "Jordan Standard Time", "Asia/Amman" },
	{ "Middle East Standard Time", "Asia/Beirut" }, { "Syria Standard Time", "Asia/Damascus" },
	{ "Arabic Standard Time", "Asia/Baghdad" }, { "Arab Standard Time", "Asia/Riyadh" },
	{ "Arabian Standard Time", "Asia/Dubai" }, { "Iran Standard Time", "Asia/Tehran" },
	{ "Azerbaijan Standard Time", "Asia/Baku" }, { "Georgian Standard Time", "Asia/Tbilisi" },
	{ "Caucasus Standard Time", "Asia/Yerevan" }, { "Afghanistan Standard Time", "Asia/Kabul" },
	{ "West Asia Standard Time", "Asia/Tashkent" }, { "Ekaterinburg Standard Time", "Asia/Yekaterinburg" },
	{ "Pakistan Standard Time", "Asia/Karachi" }, { "India Standard Time", "Asia/Kolkata" },
	{ "Sri Lanka Standard Time", "Asia/Colombo" }, { "Nepal Standard Time", "Asia/Kathmandu" },
	{ "Central Asia Standard Time", "Asia/Almaty" }, { "Bangladesh Standard Time", "Asia/Dhaka" },
	{ "Omsk Standard Time", "Asia/Omsk" }, { "Myanmar Standard Time", "Asia/Yangon" },
	{ "SE Asia Standard Time", "Asia/Bangkok" }, { "N. Central Asia Standard Time", "Asia/Novosibirsk" },
	{ "China Standard Time", "Asia/Shanghai" }, { "North Asia Standard Time", "Asia/Krasnoyarsk" },
	{ "Singapore Standard Time", "Asia/Singapore" }, { "Taipei Standard Time", "Asia/Taipei" },
	{ "Tokyo Standard Time", "Asia/Tokyo" }, { "Korea Standard Time", "Asia/Seoul" },
	{ "W. Australia Standard Time", "Australia/Perth" }, { "Cen. Australia Standard Time", "Australia/Adelaide" },
	{ "AUS Central Standard Time", "Australia/Darwin" }, { "E. Australia Standard Time", "Australia/Brisbane" },
	{ "AUS Eastern Standard Time", "Australia/Sydney" }, { "Tasmania Standard Time", "Australia/Hobart" },
	{ "New Zealand Standard Time", "Pacific/Auckland" }, { "Fiji Standard Time", "Pacific/Fiji" },
	{ "Azores Standard Time", "Atlantic/Azores" }, { "Cape Verde Standard Time", "Atlantic/Cape_Verde" },
	{ "Greenland Standard Time", "America/Godthab" }, { "E. South America Standard Time", "America/Sao_Paulo" },
	{ "Argentina Standard Time", "America/Buenos_Aires" }, { "SA Eastern Standard Time", "America/Cayenne" },
	{ "Montevideo Standard Time", "America/Montevideo" }, { "Newfoundland Standard Time", "America/St_Johns" },
	{ "Atlantic Standard Time", "America/Halifax" }, { "SA Western Standard Time", "America/La_Paz" },
	{ "Pacific SA Standard Time", "America/Santiago" }, { "Venezuela Standard Time", "America/Caracas" },
	{ "Eastern Standard Time", "America/New_York" }, { "US Eastern Standard Time", "America/Indianapolis" },
	{ "SA Pacific Standard Time", "America/Bogota" }, { "Cuba Standard Time", "America/Havana" },
	{ "Central Standard Time", "America/Chicago" }, { "Central Standard Time (Mexico)", "America/Mexico_City" },
	{ "Central America Standard Time", "America/Guatemala" }, { "Canada Central Standard Time", "America/Regina" },
	{ "Mountain Standard Time", "America/Denver" }, { "US Mountain Standard Time", "America/Phoenix" },
	{ "Pacific Standard Time", "America/Los_Angeles" }, { "Alaskan Standard Time", "America/Anchorage" },
	{ "Hawaiian Standard Time", "Pacific/Honolulu" }, { "UTC", "Etc/UTC" },
	{ "Mitteleuropäische Zeit", "Europe/Berlin" }, { "Mitteleuropäische Normalzeit", "Europe/Berlin" },
	{ "Mitteleuropäische Sommerzeit", "Europe/Berlin" }, { "Westeuropa (Normalzeit)", "Europe/Berlin" },
	{ "W. Europa Standardzeit", "Europe/Berlin" }, { "Westeuropäische Normalzeit", "Europe/Berlin" },
	{ "Central European Time", "Europe/Berlin" }, { "Central European Summer Time", "Europe/Berlin" },
	{ "Customized Time Zone", NULL }, { "MEZ", "Europe/Berlin" }, { "MESZ", "Europe/Berlin" },
	{ "CET", "Europe/Berlin" }, { "CEST", "Europe/Berlin" }, { "Europe/Vienna1", "Europe/Vienna" },
	{ "Z", "Etc/UTC" }, { "GMT", "Etc/UTC" }, { "tzone://Microsoft/Utc", "Etc/UTC" },
};

/* Cities in display names like "(UTC+01:00) Amsterdam, Berlin, Bern, Rom, Stockholm, Wien". */
static const struct known cities[] = {
	{ "Berlin", "Europe/Berlin" }, { "Wien", "Europe/Vienna" }, { "Vienna", "Europe/Vienna" },
	{ "Zürich", "Europe/Zurich" }, { "Bern", "Europe/Zurich" }, { "Paris", "Europe/Paris" },
	{ "Brüssel", "Europe/Brussels" }, { "Brussels", "Europe/Brussels" }, { "Amsterdam", "Europe/Amsterdam" },
	{ "Belgrad", "Europe/Belgrade" }, { "Budapest", "Europe/Budapest" }, { "Sarajevo", "Europe/Sarajevo" },
	{ "Warschau", "Europe/Warsaw" }, { "Warsaw", "Europe/Warsaw" }, { "London", "Europe/London" },
	{ "Athen", "Europe/Athens" }, { "Bukarest", "Europe/Bucharest" }, { "Helsinki", "Europe/Helsinki" },
	{ "Istanbul", "Europe/Istanbul" }, { "Moskau", "Europe/Moscow" }, { "Moscow", "Europe/Moscow" },
	{ "Eastern Time", "America/New_York" }, { "Central Time", "America/Chicago" },
	{ "Mountain Time", "America/Denver" }, { "Pacific Time", "America/Los_Angeles" },
};

/* "Area/Place", perhaps "Area/Region/Place", at the end of a path. */
static const char *path_end(const char *name)
{
	static const char *const areas[] = { "Africa/", "America/", "Antarctica/", "Arctic/", "Asia/", "Atlantic/", "Australia/",
		"Europe/", "Indian/", "Pacific/", "Etc/", "US/", "Canada/" };
	for (size_t i = 0; i < COUNT(areas); i++) {
		const char *at = strstr(name, areas[i]);
		if (at != NULL && (at == name || at[-1] == '/'))
			return at;
	}
	return NULL;
}

const char *zone_name_iana(struct arena *a, const char *name)
{
	if (name == NULL || strlen(name) > 200)
		return NULL;
	while (*name == ' ')
		name++;
	const char *place = path_end(name);
	if (place != NULL) {
		size_t n = strspn(place, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_+-/");
		return place[n] == '\0' ? arena_copy(a, place, n) : NULL;
	}
	for (size_t i = 0; i < COUNT(names); i++)
		if (strcasecmp(names[i].name, name) == 0)
			return names[i].iana;
	for (size_t i = 0; *name == '(' && i < COUNT(cities); i++)
		if (strstr(name, cities[i].name) != NULL)
			return cities[i].iana;
	return NULL;
}

bool zone_name_offset(const char *name, int *seconds_r)
{
	while (*name == ' ' || *name == '(')
		name++;
	if (strncasecmp(name, "UTC", 3) != 0 && strncasecmp(name, "GMT", 3) != 0)
		return false;
	name += 3;
	if (*name != '+' && *name != '-')
		return false;
	int sign = *name++ == '-' ? -1 : 1, hours = 0, min = 0, n = 0;
	for (; isdigit((unsigned char)*name) && n < 2; n++)
		hours = hours * 10 + (*name++ - '0');
	if (*name == ':' || *name == '.')
		name++;
	if (isdigit((unsigned char)name[0]) && isdigit((unsigned char)name[1]))
		min = (name[0] - '0') * 10 + (name[1] - '0');
	if (n == 0 || hours > 14 || min > 59)
		return false;
	*seconds_r = sign * (hours * 3600 + min * 60);
	return true;
}
