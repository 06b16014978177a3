#include "rules/waiting.h"

/* What makes up the 100. */
enum { BESIDE = 5,                            /* taken off: it needs free time beside the window too */
	FILLS = 55, WAITED = 25, WAITED_MOST = 50, PERSON = 20 };   /* WAITED_MOST: days after which waiting longer adds nothing */

bool waiting_wants_day(const struct waiting_wish *w, day d)
{
	unsigned weekday = 1u << (unsigned)((d.n + 3) % 7 + 1);
	return (w->weekdays == 0 || (w->weekdays & weekday)) && (w->from.n == NONE || w->from.n <= d.n) && (w->to.n == NONE || d.n <= w->to.n);
}

struct slot_request waiting_request(const struct waiting_wish *w, const struct waiting_window *window, int length)
{
	int before = window->start - length + RASTER, last = window->end - RASTER;
	return (struct slot_request){ .first = window->day, .last = window->day, .wish_day = { NONE }, .done_by = w->done_by,
		.earliest = w->earliest > before ? w->earliest : before < 0 ? 0 : before, .latest = last > 0 ? last : RASTER };
}

static int shared(const struct slot *s, const struct waiting_window *w)
{
	int from = s->start > w->start ? s->start : w->start, to = s->end < w->end ? s->end : w->end;
	return to > from ? to - from : 0;
}

static bool by_another(const struct waiting_wish *w, const struct slot *s)
{
	for (size_t i = 0; w->staff != 0 && i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && s->claims[i].staff != w->staff)
			return true;
	return false;
}

bool waiting_best(const struct waiting_wish *w, const struct waiting_window *window, const struct slots *found, day today, struct waiting_fit *fit)
{
	*fit = (struct waiting_fit){ .slot = NULL };
	for (size_t i = 0; i < found->n; i++) {
		const struct slot *s = &found->at[i];
		int used = shared(s, window);
		if (used > fit->used || (fit->slot != NULL && used == fit->used && used > 0 && s->score > fit->slot->score))
			*fit = (struct waiting_fit){ .slot = s, .used = used };
	}
	if (fit->slot == NULL)
		return false;
	fit->waited = today.n > w->since.n ? (int)(today.n - w->since.n) : 0;
	fit->other_person = by_another(w, fit->slot);
	int beside = fit->slot->end - fit->slot->start > fit->used ? BESIDE : 0;
	fit->score = FILLS * fit->used / (window->end - window->start) + (fit->other_person ? 0 : PERSON) +
	    WAITED * (fit->waited < WAITED_MOST ? fit->waited : WAITED_MOST) / WAITED_MOST - beside;
	return true;
}

int waiting_compare(const struct waiting_fit *a, const struct waiting_fit *b)
{
	if (a->score != b->score)
		return b->score - a->score;
	if (a->waited != b->waited)
		return b->waited - a->waited;
	return a->slot->start - b->slot->start;
}
