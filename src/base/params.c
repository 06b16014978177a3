#include "base/params.h"
#include "base/text.h"
#include <string.h>

int params_parse(struct arena *arena, const char *text, size_t n, struct param_list *list)
{
	const char *end = text + n;
	for (const char *pair = text; pair < end; ) {
		const char *stop = memchr(pair, '&', (size_t)(end - pair));
		if (stop == NULL)
			stop = end;
		const char *equal = memchr(pair, '=', (size_t)(stop - pair));
		const char *key_end = equal ? equal : stop;
		if (stop > pair) {
			size_t key_length, length = 0;
			char *key = url_decode(arena, pair, (size_t)(key_end - pair), &key_length);
			char *value = equal ? url_decode(arena, equal + 1, (size_t)(stop - equal - 1), &length) : arena_text(arena, "");
			if (key == NULL || value == NULL || strlen(key) != key_length || list->n >= PARAMS_MAX)
				return -1;
			const char *shown = text_clean(arena, arena_copy(arena, value, length), true);
			*arena_push(arena, list) = (struct param){ .key = key, .value = shown, .size = strlen(shown) };
		}
		pair = stop + 1;
	}
	return 0;
}
