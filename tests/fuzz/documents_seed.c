/* documents_seed.c: one good document of each type into FOLDER, where the fuzzer begins. */
#include "base/log.h"
#include "seal/letter.h"
#include "seal/publication.h"
#include "seal/status.h"
#include <stdio.h>
#include <string.h>

static void save(struct arena *arena, const char *folder, char type, const struct out *o)
{
	FILE *file = fopen(arena_printf(arena, "%s/%c", folder, 'a' + type), "w");
	require(file != NULL && fputc(type, file) != EOF && fwrite(o->s, 1, o->len, file) == o->len && fclose(file) == 0);
}

int main(int argc, char **argv)
{
	static const uint8_t seed[SIGN_KEY] = { 7 };
	struct arena *arena = arena_new();
	struct out texts[3] = { { .arena = arena }, { .arena = arena }, { .arena = arena } };
	struct publication m = { .shop = { 1 }, .generation = 1, .lineage = { 2 }, .epoch = 3, .made = 4, .next_by = 5, .keyepoch = 6, .app = { 7 }, .reqkey = { 8 } };
	struct letter l = { .msgid = { 1 }, .made = 2, .name = "Eva \\ Maus", .phone = "0171 39200 11", .note = "gern\nspät", .consent = 1 };
	struct status s = { .shop = { 1 }, .id = { 2 }, .seq = 3, .state = STATUS_PROPOSED, .made = 4 };
	*arena_push(arena, &m.wraps) = (struct publication_wrap){ "owner", "d1", { memset(arena_alloc(arena, 80), 1, 80), 80 } };
	*arena_push(arena, &m.chunks) = (struct publication_chunk){ .audience = "public", .name = "day:1", .bytes = 9, .hash = { 1 } };
	*arena_push(arena, &l.services) = (struct letter_service){ 4 };
	*arena_push(arena, &l.wishes) = (struct letter_wish){ 2026, 11, 30, PART_EVENING };
	if (argc != 2 || document_write_signed(&publication_type, &texts[0], &m, seed) || document_write(&letter_type, &texts[1], &l) ||
	    status_write(&texts[2], &s, seed))
		return 1;
	for (char i = 0; i < 3; i++)
		save(arena, argv[1], i, &texts[(int)i]);
	arena_free(arena);
	return 0;
}
