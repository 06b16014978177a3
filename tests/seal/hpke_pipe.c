/* hpke_pipe.c: seals and opens for hpke.test.mjs. Lines on standard input, hex: seal PUBLIC INFO ABOUT PLAIN, or open SECRET INFO
 * ABOUT SEALED; each is answered by a line: hex, or refused. An empty value is written -. */
#include "base/log.h"
#include "seal/hex.h"
#include "seal/hpke.h"
#include <stdio.h>
#include <string.h>

static struct bytes value(struct arena *arena, const char *text)
{
	size_t n = strcmp(text, "-") == 0 ? 0 : strlen(text) / 2;
	uint8_t *at = arena_alloc(arena, n + 1);
	require(hex_read(text, at, n));
	return (struct bytes){ at, n };
}

static void answer(struct arena *arena, char *line)
{
	struct bytes v[4];
	char *rest = line, *what = strsep(&rest, " \n");
	for (int i = 0; i < 4; i++)
		v[i] = value(arena, strsep(&rest, " \n"));
	uint8_t *to = arena_alloc(arena, v[3].n + HPKE_MORE);
	bool seal = strcmp(what, "seal") == 0;
	struct hpke_pair own = { .secret = { 0 } };
	if (!seal)
		own = hpke_pair_of(v[0].at);
	bool good = seal ? hpke_seal(v[0].at, v[1], v[2], v[3], to) : hpke_open(&own, v[1], v[2], v[3], to);
	puts(good ? hex_text(arena, (struct bytes){ to, seal ? v[3].n + HPKE_MORE : v[3].n - HPKE_MORE }) : "refused");
}

int main(void)
{
	struct arena *arena = arena_new();
	char *line = NULL;
	size_t cap = 0;
	while (getline(&line, &cap, stdin) > 0) {
		answer(arena, line);
		(void)fflush(stdout);
		arena_reset(arena);
	}
	return 0;
}
