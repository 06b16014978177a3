#include "modules/import/lookup.h"
#include <string.h>

struct lookup_entry { const char *key; int64_t number; bool several; };

static size_t place(const struct lookup *l, const char *key)
{
	uint64_t h = 14695981039346656037u;                  /* FNV-1a */
	for (const char *s = key; *s != '\0'; s++)
		h = (h ^ (unsigned char)*s) * 1099511628211u;
	size_t at = (size_t)(h % l->cap);
	while (l->at[at].key != NULL && strcmp(l->at[at].key, key) != 0)
		at = at + 1 == l->cap ? 0 : at + 1;
	return at;
}

static void widen(struct lookup *l)
{
	struct lookup old = *l;
	l->cap = old.cap == 0 ? 1024 : old.cap * 2;
	l->at = arena_array(l->arena, struct lookup_entry, l->cap);
	for (size_t i = 0; i < old.cap; i++)
		if (old.at[i].key != NULL)
			l->at[place(l, old.at[i].key)] = old.at[i];
}

void lookup_put(struct lookup *l, const char *key, int64_t number)
{
	if (l->n * 2 >= l->cap)
		widen(l);
	struct lookup_entry *e = &l->at[place(l, key)];
	if (e->key == NULL) {
		*e = (struct lookup_entry){ .key = key, .number = number };
		l->n++;
	} else if (e->number != number) {
		e->several = true;
	}
}

int64_t lookup_first(const struct lookup *l, const char *key)
{
	if (l->cap == 0)
		return LOOKUP_NONE;
	const struct lookup_entry *e = &l->at[place(l, key)];
	return e->key == NULL ? LOOKUP_NONE : e->number;
}

int64_t lookup_get(const struct lookup *l, const char *key)
{
	if (l->cap == 0)
		return LOOKUP_NONE;
	const struct lookup_entry *e = &l->at[place(l, key)];
	return e->key == NULL ? LOOKUP_NONE : e->several ? LOOKUP_SEVERAL : e->number;
}
