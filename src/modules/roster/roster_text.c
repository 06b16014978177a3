/* roster_text.c: the roster's words. */
#include "base/date.h"
#include "base/text.h"
#include "modules/roster/roster_private.h"
#include <string.h>

char *roster_range(struct arena *a, day from, day to)
{
	struct civil f = date_civil(from), t = date_civil(to);
	if (from.n == to.n)
		return day_month(a, from);
	if (f.month == t.month && f.year == t.year)
		return arena_printf(a, _("%d to %d %s"), f.day, t.day, month_long(t.month));
	return arena_printf(a, _("%s to %s"), day_month(a, from), day_month(a, to));
}

char *roster_when(struct arena *a, const struct staff_absence *x)
{
	char *days = x->from.n == x->to.n ? day_short(a, x->from) : arena_printf(a, _("%s to %s"), day_short(a, x->from), day_short(a, x->to));
	return x->start.min == NONE ? days : arena_printf(a, "%s, %s–%s", days, daytime_text(a, x->start), daytime_text(a, x->end));
}

char *roster_time(struct arena *a, int minute)
{
	return minute % 60 == 0 ? arena_printf(a, "%d", minute / 60) : arena_printf(a, "%d:%02d", minute / 60, minute % 60);
}

char *roster_hours(struct arena *a, int64_t min)
{
	char *text = money_text(a, (money){ (min * 100 + (min < 0 ? -30 : 30)) / 60 });
	size_t n = strlen(text);
	while (text[n - 1] == '0')
		n--;
	if (text[n - 1] == ',' || text[n - 1] == '.')
		n--;
	return arena_copy(a, text, n);
}

char *roster_spans(struct arena *a, const struct span *spans, int n)
{
	char *text = arena_text(a, "");
	for (int i = 0; i < n; i++)
		text = arena_printf(a, "%s%s%s–%s", text, i > 0 ? ", " : "", daytime_text(a, (daytime){ spans[i].start }), daytime_text(a, (daytime){ spans[i].end }));
	return text;
}

char *roster_left(struct arena *a, const struct vacation_account *c, bool *known_r)
{
	int of = c->entitled + c->carried - c->carried_out + c->corrected;
	*known_r = c->posted || c->carried != 0 || c->corrected != 0;
	return arena_printf(a, _("%s of %s"), vacation_text(a, c->left), vacation_text(a, of));
}

static const struct worktime_pattern *pattern_on(const struct worktime_rows *rows, int64_t staff, day on)
{
	const struct worktime_pattern *found = NULL;
	for (size_t i = 0; i < rows->npatterns; i++) {
		const struct worktime_pattern *p = &rows->patterns[i];
		if (p->staff == staff && p->from.n <= on.n && (found == NULL || p->from.n > found->from.n))
			found = p;
	}
	return found;
}

char *roster_week_of(struct arena *a, const struct worktime_rows *rows, int64_t staff, day on, int *weeks_r)
{
	const struct worktime_pattern *p = pattern_on(rows, staff, on);
	*weeks_r = p != NULL ? p->weeks : 0;
	return p == NULL ? NULL : arena_printf(a, "%c", (char)('A' + (on.n - date_monday(p->from).n) / 7 % p->weeks));
}

char *roster_weeks(struct arena *a, const struct roster *v, int64_t staff)
{
	char *text = NULL;
	int weeks = 0, most = 0;
	for (int i = 0; i < v->ndays; i += 7) {
		char *letter = roster_week_of(a, &v->team.rows, staff, (day){ v->from.n + i }, &weeks);
		most = weeks > most ? weeks : most;
		if (letter != NULL && (text == NULL || strstr(text, letter) == NULL))
			text = text == NULL ? letter : arena_printf(a, "%s, %s", text, letter);
	}
	return text == NULL ? NULL : most == 1 ? arena_text(a, _("every week")) : arena_printf(a, _("week %s of %d"), text, most);
}
