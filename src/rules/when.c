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
	{ "h", 0 }, { "heute", 0 }, { "today", 0 }, { "m", 1 }, { "morgen", 1 }, { "tomorrow", 1 }, { "ubermorgen", 2 },
};
static const struct { const char *word; int earliest, latest; } parts[] = {
	{ "fruh", -1, 10 * 60 }, { "vorm", -1, 12 * 60 }, { "vormittag", -1, 12 * 60 }, { "vormittags", -1, 12 * 60 }, { "am", -1, 12 * 60 },
	{ "mittag", 11 * 60, 14 * 60 }, { "mittags", 11 * 60, 14 * 60 }, { "nachm", 12 * 60, -1 }, { "nachmittag", 12 * 60, -1 },
	{ "nachmittags", 12 * 60, -1 }, { "pm", 12 * 60, -1 }, { "abend", 17 * 60, -1 }, { "abends", 17 * 60, -1 }, { "evening", 17 * 60, -1 },
};
static const char *const fillers[] = { "um", "ab", "uhr", "am", "at", "from", "den" };

static bool read_word(const char *w, day today, struct when *out)
{
	for (size_t i = 0; i < COUNT(weekdays); i++)
		if (strcmp(w, weekdays[i].word) == 0) {
			out->day = (day){ today.n + (weekdays[i].weekday - date_weekday(today) + 7) % 7 };
			return true;
		}
	for (size_t i = 0; i < COUNT(near); i++)
		if (strcmp(w, near[i].word) == 0) {
			out->day = (day){ today.n + near[i].days };
			return true;
		}
	for (size_t i = 0; i < COUNT(parts); i++)
		if (strcmp(w, parts[i].word) == 0) {
			out->earliest = parts[i].earliest;
			out->latest = parts[i].latest;
			return true;
		}
	return false;
}

/* +6w, -1w, +3t (Tage), +3d, +2m; a number alone counts days. At most ten years. */
static bool read_step(const char *w, day shown, struct when *out)
{
	int sign = *w == '-' ? -1 : 1;
	if (*w != '+' && *w != '-')
		return false;
	size_t digits = strspn(w + 1, "0123456789");
	if (digits == 0 || digits > 4)
		return false;
	int n = 0;
	for (size_t i = 1; i <= digits; i++)
		n = n * 10 + (w[i] - '0');
	const char *unit = w + 1 + digits;
	if (n > 3660 || (strcmp(unit, "") && strcmp(unit, "w") && strcmp(unit, "t") && strcmp(unit, "d") && strcmp(unit, "m") && strcmp(unit, "j")))
		return false;
	if (*unit == 'm' || *unit == 'j')
		out->day = date_add_months(shown, sign * (n > 120 ? 120 : n) * (*unit == 'j' ? 12 : 1));
	else
		out->day = (day){ shown.n + sign * n * (*unit == 'w' ? 7 : 1) };
	return true;
}

static bool read_date(const char *w, day today, struct when *out)
{
	day d;
	if ((strchr(w, '.') == NULL && strchr(w, '-') == NULL) || !read_day(w, today, &d))
		return false;
	size_t dots = 0;
	for (const char *p = w; *p; p++)
		dots += *p == '.' && p[1] != '\0';
	if (d.n < today.n && dots < 2 && strchr(w, '-') == NULL)
		d = date_add_months(d, 12);
	out->day = d;
	return true;
}

static bool read_part(const char *w, day today, day shown, struct when *out)
{
	daytime t;
	if (read_step(w, shown, out) || read_date(w, today, out))
		return true;
	if (read_daytime(w, &t) && t.min < DAY_MINUTES) {
		out->earliest = (int)t.min;
		return true;
	}
	if (read_word(w, today, out))
		return true;
	for (size_t i = 0; i < COUNT(fillers); i++)
		if (strcmp(w, fillers[i]) == 0)
			return true;
	return false;
}

bool when_read(struct arena *a, const char *text, day today, day shown, struct when *when_r)
{
	struct when found = { { NONE }, -1, -1 };
	char *words = text_fold(a, text == NULL ? "" : text);
	for (char *w = words; *w != '\0';) {
		w += strspn(w, " ,\t\n");
		size_t n = strcspn(w, " ,\t\n");
		if (n == 0)
			break;
		if (!read_part(arena_copy(a, w, n), today, shown, &found))
			return false;
		w += n;
	}
	*when_r = found;
	return true;
}
