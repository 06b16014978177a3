#include "post/form.h"
#include "base/date.h"
#include "base/params.h"
#include "base/text.h"
#include <string.h>

static const char *field(const struct param_list *list, const char *key)
{
	for (size_t i = 0; i < list->n; i++)
		if (strcmp(list->at[i].key, key) == 0 && !text_empty(list->at[i].value))
			return list->at[i].value;
	return NULL;
}

static uint64_t number(const char *text)
{
	int64_t n;
	return read_int(text, &n) && n > 0 ? (uint64_t)n : 0;
}

static void wish(struct arena *arena, const struct param_list *list, int which, struct letter *l)
{
	static const char *const parts[] = { "any", "morning", "noon", "evening" };
	day d;
	const char *on = field(list, arena_printf(arena, "day%d", which)), *part = field(list, arena_printf(arena, "part%d", which));
	if (on == NULL || !date_from_iso(on, &d))
		return;
	struct civil c = date_civil(d);
	struct letter_wish w = { (uint64_t)c.year, (uint64_t)c.month, (uint64_t)c.day, PART_ANY };
	for (size_t i = 0; part && i < COUNT(parts); i++)
		if (strcmp(part, parts[i]) == 0)
			w.part = (int)i;
	*arena_push(arena, &l->wishes) = w;
}

bool form_letter(struct arena *arena, const char *body, size_t n, struct letter *l)
{
	struct param_list list = { .at = NULL };
	memset(l, 0, sizeof *l);
	if (params_parse(arena, body, n, &list) < 0)
		return false;
	for (size_t i = 0; i < list.n; i++)
		if (strcmp(list.at[i].key, "service") == 0 && number(list.at[i].value) > 0)
			*arena_push(arena, &l->services) = (struct letter_service){ number(list.at[i].value) };
	for (int which = 1; which <= 3; which++)
		wish(arena, &list, which, l);
	const char *lang = field(&list, "lang"), *known = field(&list, "known");
	l->kind = LETTER_REQUEST;
	l->staff = number(field(&list, "staff"));
	l->name = field(&list, "name");
	l->phone = field(&list, "phone");
	l->mail = field(&list, "mail");
	l->note = field(&list, "note");
	l->lang = lang && strcmp(lang, "en") == 0;
	l->known = known && strcmp(known, "1") == 0;
	l->consent = number(field(&list, "consent"));
	return true;
}
