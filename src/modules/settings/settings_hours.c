/* Hours as people write them: "9-12:30, 13-18". */
#include "modules/settings/settings.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include <string.h>

static bool is_word(struct arena *arena, const char *text, const char *german, const char *english)
{
	const char *plain = text_fold(arena, text);
	return strcmp(plain, german) == 0 || strcmp(plain, english) == 0;
}

/* "9-12:30": the hyphen may be a dash. */
static bool read_span(struct arena *arena, const char *part, struct settings_span *span_r)
{
	const char *dash = strchr(part, '-'), *after = dash + 1;
	daytime from, to;
	if (dash == NULL && (dash = strstr(part, "–")) != NULL) after = dash + strlen("–");
	if (dash == NULL) return false;
	if (!read_daytime(arena_copy(arena, part, (size_t)(dash - part)), &from) || !read_daytime(after, &to)) return false;
	if (from.min % 5 != 0 || to.min % 5 != 0 || from.min >= to.min) return false;
	*span_r = (struct settings_span){ (int)from.min, (int)to.min };
	return true;
}

bool settings_hours_read(struct arena *arena, const char *text, struct settings_hours *hours_r)
{
	struct settings_hours hours = { 0 };
	if (text_empty(text) || is_word(arena, text, "frei", "free") || is_word(arena, text, "zu", "closed")) {
		*hours_r = hours;
		return true;
	}
	if (is_word(arena, text, "offen", "open")) {
		*hours_r = (struct settings_hours){ .n = 1, .spans = { { 0, SETTINGS_DAY } } };
		return true;
	}
	char *rest = arena_text(arena, text), *part;
	while ((part = strsep(&rest, ",;/")) != NULL) {
		if (text_empty(part)) continue;
		if (hours.n == SETTINGS_SPANS || !read_span(arena, part, &hours.spans[hours.n])) return false;
		if (hours.n > 0 && hours.spans[hours.n].start < hours.spans[hours.n - 1].end) return false;
		hours.n++;
	}
	*hours_r = hours;
	return true;
}

const char *settings_hours_text(struct arena *arena, const struct settings_hours *h)
{
	const char *text = "";
	if (h->n == 1 && h->spans[0].start == 0 && h->spans[0].end == SETTINGS_DAY) return _("open|hours");
	for (int i = 0; i < h->n; i++)
		text = arena_printf(arena, "%s%s%s–%s", text, i ? ", " : "", daytime_text(arena, (daytime){ h->spans[i].start }),
		    daytime_text(arena, (daytime){ h->spans[i].end }));
	return text;
}
