/* db_search.c: what customers are found by. Keys and what is typed go through the same folding, so that a prefix search
 * in a sorted index finds them. */
#include "db/db_private.h"
#include "base/text.h"
#include <string.h>

/* Everything that separates words becomes one blank; none at the ends. Changes in place. */
static char *words(char *s)
{
	size_t n = 0;
	for (const char *p = s; *p != '\0'; p++) {
		if (strchr(" \t\r\n-.,;:/()&'\"\\", *p) == NULL)
			s[n++] = *p;
		else if (n > 0 && s[n - 1] != ' ')
			s[n++] = ' ';
	}
	if (n > 0 && s[n - 1] == ' ')
		n--;
	s[n] = '\0';
	return s;
}

static char *reversed(struct arena *a, const char *s)
{
	size_t n = strlen(s);
	char *to = arena_copy(a, s, n);
	for (size_t i = 0; i < n; i++)
		to[i] = s[n - 1 - i];
	return to;
}

/* 0171… for +49 171…, 0049 171… and +49 (0)171…; the same for Austria and Switzerland. */
static const char *national(struct arena *a, const char *typed)
{
	const char *digits = text_digits(a, typed);
	size_t skip = typed[strspn(typed, " (")] == '+' ? 0 : text_starts(digits, "00") ? 2 : 99;
	if (skip == 99)
		return digits;
	const char *rest = digits + skip;
	if (!text_starts(rest, "49") && !text_starts(rest, "43") && !text_starts(rest, "41"))
		return digits;
	return arena_printf(a, "0%s", rest[2] == '0' ? rest + 3 : rest + 2);
}

struct keys { struct arena *arena; char *json; size_t n, cap; };

static void add(struct keys *k, const char *key)
{
	size_t length = key == NULL ? 0 : strlen(key);
	if (length == 0)
		return;
	if (k->n + length + 4 > k->cap) {
		size_t cap = (k->cap + length) * 2 + 256;
		char *wider = arena_buffer(k->arena, cap);
		memcpy(wider, k->json, k->n);
		k->json = wider;
		k->cap = cap;
	}
	k->json[k->n] = k->n > 0 ? ',' : '[';
	k->n++;
	k->json[k->n++] = '"';
	for (const char *p = key; *p != '\0'; p++)      /* quotes and backslashes went with words() */
		k->json[k->n++] = (unsigned char)*p < 0x20 ? ' ' : *p;
	k->json[k->n++] = '"';
}

static void add_words(struct keys *k, char *text)
{
	for (char *word = text; *word != '\0';) {
		size_t n = strcspn(word, " ");
		add(k, arena_copy(k->arena, word, n));
		word += n + (word[n] == ' ');
	}
}

static void add_names(struct keys *k, const char *one, const char *two)
{
	const char *joined = arena_printf(k->arena, "%s %s", one ? one : "", two ? two : "");
	char *folded = text_fold(k->arena, joined), *folded_long = text_fold_long(k->arena, joined);
	add(k, words(folded));
	if (folded_long != NULL)
		add(k, words(folded_long));
}

static void add_name(struct keys *k, const char *name)
{
	if (name == NULL)
		return;
	char *folded = text_fold(k->arena, name), *folded_long = text_fold_long(k->arena, name);
	add_words(k, words(folded));
	if (folded_long != NULL)
		add_words(k, words(folded_long));
}

static void add_phone(struct keys *k, const char *phone)
{
	if (phone == NULL)
		return;
	const char *digits = text_digits(k->arena, phone), *home = national(k->arena, phone);
	add(k, reversed(k->arena, home));
	if (strcmp(digits, home) != 0)
		add(k, reversed(k->arena, digits));
}

static void add_mail(struct keys *k, const char *mail)
{
	if (mail == NULL)
		return;
	char *folded = text_fold(k->arena, mail);
	for (char *p = folded; *p != '\0'; p++)
		if (*p == '"' || *p == '\\')
			*p = ' ';
	add(k, folded);
	add(k, words(arena_copy(k->arena, folded, strcspn(folded, "@"))));      /* as it is typed without the rest */
}

static void call_search_keys(sqlite3_context *context, int n, sqlite3_value **values)
{
	struct db *db = sqlite3_user_data(context);
	const char *v[7] = { 0 };
	arena_reset(db->scratch);
	for (int i = 0; i < n && i < 7; i++)
		v[i] = (const char *)sqlite3_value_text(values[i]);
	struct keys k = { .arena = db->scratch, .json = arena_buffer(db->scratch, 1024), .cap = 1024 };
	for (int i = 0; i < 3; i++)
		add_name(&k, v[i]);
	if (v[0] != NULL && v[1] != NULL) {
		add_names(&k, v[0], v[1]);
		add_names(&k, v[1], v[0]);
	} else {
		add_names(&k, v[0], v[1]);
	}
	add_names(&k, v[2], NULL);
	for (int i = 3; i < 6; i++)
		add_phone(&k, v[i]);
	add_mail(&k, v[6]);
	if (k.n == 0)
		k.json[k.n++] = '[';
	k.json[k.n++] = ']';
	sqlite3_result_text(context, k.json, (int)k.n, SQLITE_TRANSIENT);
}

static void call_fold(sqlite3_context *context, int n, sqlite3_value **values)
{
	struct db *db = sqlite3_user_data(context);
	const char *text = (const char *)sqlite3_value_text(values[0]);
	(void)n;
	arena_reset(db->scratch);
	if (text != NULL)
		sqlite3_result_text(context, text_fold(db->scratch, text), -1, SQLITE_TRANSIENT);
}

char *db_search_term(struct arena *a, const char *typed)
{
	if (text_empty(typed))
		return NULL;
	if (typed[strspn(typed, "0123456789 +-/().")] == '\0') {
		char *digits = reversed(a, national(a, typed));
		return *digits != '\0' ? digits : NULL;
	}
	char *folded = text_fold(a, typed);
	if (strchr(typed, '@') == NULL)
		words(folded);
	return *folded != '\0' ? folded : NULL;
}

static void call_search_term(sqlite3_context *context, int n, sqlite3_value **values)
{
	struct db *db = sqlite3_user_data(context);
	(void)n;
	arena_reset(db->scratch);
	const char *term = db_search_term(db->scratch, (const char *)sqlite3_value_text(values[0]));
	if (term != NULL)
		sqlite3_result_text(context, term, -1, SQLITE_TRANSIENT);
}

int db_search_functions(struct db *db)
{
	static const struct { const char *name; int n; void (*call)(sqlite3_context *, int, sqlite3_value **); } functions[] = {
		{ "fold", 1, call_fold }, { "search_keys", -1, call_search_keys }, { "search_term", 1, call_search_term },
	};
	for (size_t i = 0; i < COUNT(functions); i++)
		if (sqlite3_create_function_v2(db->h, functions[i].name, functions[i].n,
		    SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS, db, functions[i].call, NULL, NULL, NULL) != SQLITE_OK)
			return -1;
	return 0;
}
