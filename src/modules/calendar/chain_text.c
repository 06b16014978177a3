/* chain_text.c: a chain in the notation that chain_load() reads (declared in chain.h). */
#include "modules/calendar/chain.h"
#include <string.h>

static char *add(struct arena *a, const char *text, bool beside, int64_t service, int64_t staff)
{
	const char *between = *text == '\0' ? "" : beside ? "+" : ",";
	return staff != 0 ? arena_printf(a, "%s%s%lld@%lld", text, between, (long long)service, (long long)staff)
	                  : arena_printf(a, "%s%s%lld", text, between, (long long)service);
}

char *chain_notation(struct arena *a, const struct chain *c)
{
	char *text = arena_text(a, "");
	for (size_t i = 0; i < c->n; i++)
		text = add(a, text, c->steps[i].beside, c->links[i].said ? c->links[i].said : c->links[i].service, c->links[i].only);
	return text;
}

/* What follows a strand's first step goes on in that strand. */
char *chain_without(struct arena *a, const struct chain *c, size_t leave)
{
	struct chain rest = *c;
	if (leave + 1 < c->n)
		rest.steps[leave + 1].beside = c->steps[leave].beside || c->steps[leave + 1].beside;
	memmove(rest.links + leave, rest.links + leave + 1, (c->n - leave - 1) * sizeof *rest.links);
	memmove(rest.steps + leave, rest.steps + leave + 1, (c->n - leave - 1) * sizeof *rest.steps);
	rest.n--;
	return chain_notation(a, &rest);
}

char *chain_turned(struct arena *a, const struct chain *c, size_t step)
{
	struct chain other = *c;
	other.steps[step].beside = !other.steps[step].beside;
	return chain_notation(a, &other);
}

bool chain_beside(const struct book_appt *x, size_t step)
{
	const struct book_step *s = &x->steps[step];
	return step > 0 && s->nphases > 0 && s->phases[0].start == x->start;
}

char *chain_notation_of(struct arena *a, const struct book_appt *x, bool people)
{
	char *text = arena_text(a, "");
	for (size_t i = 0; i < x->nsteps; i++)
		if (x->steps[i].service != 0)
			text = add(a, text, chain_beside(x, i), x->steps[i].service, people ? x->steps[i].staff : 0);
	return text;
}
