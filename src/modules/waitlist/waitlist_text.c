/* waitlist_text.c: a wish and why it fits, in words that one could say on the phone (declared in waitlist.h). */
#include "base/lang.h"
#include "base/out.h"
#include "modules/waitlist/waitlist.h"

enum { NOON = 720, AFTER_LUNCH = 780, MONDAY = 4 /* 5 January 1970 */, WORKDAYS = 0x3e };

static char *joined(struct arena *a, const char *text, const char *between, const char *more)
{
	return *more == '\0' ? arena_text(a, text) : *text == '\0' ? arena_text(a, more) : arena_printf(a, "%s%s%s", text, between, more);
}

static char *days_text(struct arena *a, unsigned weekdays)
{
	char *text = arena_text(a, "");
	if (weekdays == WORKDAYS)
		return arena_printf(a, "%s–%s", weekday_short((day){ MONDAY }), weekday_short((day){ MONDAY + 4 }));
	for (int i = 1; i <= 7; i++)
		if (weekdays & 1u << (unsigned)i)
			text = joined(a, text, ", ", weekday_short((day){ MONDAY + i - 1 }));
	return text;
}

static char *times_text(struct arena *a, int earliest, int done_by)
{
	if (earliest > 0 && done_by > 0)
		return arena_printf(a, "%s–%s", daytime_text(a, (daytime){ earliest }), daytime_text(a, (daytime){ done_by }));
	if (earliest == NOON || earliest == AFTER_LUNCH)
		return arena_text(a, _("in the afternoon"));
	if (done_by == NOON || done_by == AFTER_LUNCH)
		return arena_text(a, _("in the morning"));
	if (earliest > 0)
		return arena_printf(a, _("from %s on"), daytime_text(a, (daytime){ earliest }));
	return done_by > 0 ? arena_printf(a, _("until %s"), daytime_text(a, (daytime){ done_by })) : arena_text(a, "");
}

char *waitlist_wish_text(struct arena *a, const struct waiting_wish *w, day today)
{
	char *text = joined(a, days_text(a, w->weekdays), " ", times_text(a, w->earliest, w->done_by));
	if (w->from.n != NONE && w->from.n > today.n)
		text = joined(a, text, ", ", arena_printf(a, _("from %s on"), day_month_short(a, w->from)));
	if (w->to.n != NONE)
		text = joined(a, text, ", ", arena_printf(a, _("until %s"), day_month_short(a, w->to)));
	return *text == '\0' ? arena_text(a, _("at any time")) : text;
}

char *waitlist_fit_text(struct arena *a, const struct waiting_window *window, const struct waiting_fit *f)
{
	int length = f->slot->end - f->slot->start, free = window->end - window->start;
	if (f->slot->start == window->start && length == free)
		return arena_printf(a, _("%d′ fits exactly"), length);
	if (length > f->used)
		return arena_printf(a, _("%d′, uses %d′ beside it too"), length, length - f->used);
	return arena_printf(a, _("%d′ of %d′"), length, free);
}
