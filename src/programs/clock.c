#include "programs/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>
#include <time.h>

static instant fixed(const char *text)
{
	char date[11] = { 0 };
	day d;
	daytime at;
	instant now;
	if (strlen(text) < 12 || text[10] != 'T')
		bug("KONTOR_NOW is not like 2026-11-23T11:20");
	memcpy(date, text, 10);
	if (!date_from_iso(date, &d) || !read_daytime(text + 11, &at) || zone_instant(d, at, &now) < 0)
		bug("KONTOR_NOW is not like 2026-11-23T11:20");
	return now;
}

instant clock_now(void)
{
	const char *text = getenv("KONTOR_NOW");
	if (text && *text)
		return fixed(text);
	return (instant){ (int64_t)time(NULL) };
}
