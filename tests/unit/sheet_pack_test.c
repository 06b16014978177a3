/* sheet_pack_test: which block stands where on the day sheet. Random blocks are held against what a page must be: nothing is lost or
 * doubled or out of order, no column runs over, no line stands alone that could have company. */
#include "modules/calendar/sheet_page.h"
#include <stdio.h>
#include <string.h>

static int failed, checks;

static void expect(bool is, const char *what, unsigned seed)
{
	checks++;
	if (!is && ++failed < 10)
		printf("sheet_pack_test: %s (seed %u)\n", what, seed);
}

static unsigned state;
static int roll(int n)
{
	state = state * 1664525u + 1013904223u;
	return (int)((state >> 8) % (unsigned)n);
}

enum { ROOM = 600 };

static void check_block(const struct sheet_block *b, const struct sheet_block *all, size_t nblocks, size_t *drawn, unsigned seed)
{
	size_t whose = 0;
	while (whose < nblocks && all[whose].of != b->of)
		whose++;
	expect(whose < nblocks, "a block of nobody", seed);
	expect(b->goes_on == (drawn[whose] > 0), "a block goes on without a beginning", seed);
	expect(b->lines.at == all[whose].lines.at + drawn[whose] || b->lines.n == 0, "lines out of order", seed);
	size_t left = all[whose].lines.n - drawn[whose] - b->lines.n;
	bool cut = left > 0 || b->goes_on;
	expect(!cut || b->lines.n >= 2 || all[whose].lines.n <= 3, "a lonely line", seed);
	drawn[whose] += b->lines.n;
}

static void check_pages(const struct sheet_pages *pages, const struct sheet_block *all, size_t nblocks, unsigned seed)
{
	size_t drawn[16] = { 0 };
	for (size_t p = 0; p < pages->n; p++)
		for (int c = 0; c < 2; c++) {
			int used = 0;
			for (size_t k = 0; k < pages->at[p].columns[c].n; k++) {
				const struct sheet_block *b = &pages->at[p].columns[c].at[k];
				used += SHEET_HEADING + (b->lines.n == 0 ? SHEET_EMPTY : 0);
				for (size_t i = 0; i < b->lines.n; i++)
					used += b->lines.at[i].height;
				check_block(b, all, nblocks, drawn, seed);
			}
			expect(used <= ROOM, "a column runs over", seed);
		}
	for (size_t i = 0; i < nblocks; i++)
		expect(drawn[i] == all[i].lines.n, "a line is lost", seed);
}

static void random_sheet(unsigned seed)
{
	static const struct sheet_column people[16];
	struct arena *a = arena_new();
	struct sheet_blocks blocks = { 0 };
	state = seed;
	for (int i = 0, n = roll(13); i < n; i++) {
		struct sheet_block b = { .of = &people[i] };
		for (int k = 0, lines = roll(40); k < lines; k++)
			*arena_push(a, &b.lines) = (struct sheet_line){ .height = 28 + roll(5) * 12 };
		*arena_push(a, &blocks) = b;
	}
	struct sheet_pages pages = sheet_pack(a, &blocks, ROOM);
	expect(pages.n > 0, "no page", seed);
	check_pages(&pages, blocks.at, blocks.n, seed);
	arena_free(a);
}

/* Four people of a quiet day stand on one page, two in each column. */
static void quiet_day(void)
{
	struct arena *a = arena_new();
	struct sheet_line lines[4];
	for (int i = 0; i < 4; i++)
		lines[i] = (struct sheet_line){ .height = 30 };
	struct sheet_block four[4];
	for (int i = 0; i < 4; i++)
		four[i] = (struct sheet_block){ .lines = { lines, 4, 4 } };
	struct sheet_blocks blocks = { four, 4, 4 };
	struct sheet_pages pages = sheet_pack(a, &blocks, ROOM);
	expect(pages.n == 1 && pages.at[0].columns[0].n == 2 && pages.at[0].columns[1].n == 2, "a quiet day is one page", 0);
	arena_free(a);
}

int main(void)
{
	quiet_day();
	for (unsigned seed = 1; seed <= 2000; seed++)
		random_sheet(seed);
	printf("%d passed, %d failed\n", checks > 0, failed);
	return failed > 0;
}
