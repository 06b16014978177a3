/* sheet_pack.c: which block stands on which page (sheet_page.h). */
#include "modules/calendar/sheet_page.h"

enum { FEWEST_LINES = 2 };

static int height_of(const struct sheet_block *b, size_t n)
{
	int height = SHEET_HEADING + (b->lines.n == 0 ? SHEET_EMPTY : 0);
	for (size_t i = 0; i < n; i++)
		height += b->lines.at[i].height;
	return height;
}

/* How many of its lines fit into so much room: not so few, nor so many, that a lonely one is left. */
static size_t lines_in(const struct sheet_block *b, int room)
{
	size_t n = 0;
	while (n < b->lines.n && height_of(b, n + 1) <= room)
		n++;
	if (n < b->lines.n && n + FEWEST_LINES > b->lines.n)
		n = b->lines.n > FEWEST_LINES ? b->lines.n - FEWEST_LINES : 0;
	return n == b->lines.n || n >= FEWEST_LINES ? n : 0;
}

static void put_block(struct arena *a, struct sheet_page *page, int column, const struct sheet_block *b)
{
	*arena_push(a, &page->columns[column]) = *b;
	page->used[column] += height_of(b, b->lines.n);
}

/* Where all of it fits, or -1. */
static int whole(const struct sheet_page *page, const struct sheet_block *b, int column_height)
{
	int first = page->used[1] < page->used[0];
	for (int i = 0; i < 2; i++) {
		int column = i == 0 ? first : !first;
		if (page->used[column] + height_of(b, b->lines.n) <= column_height)
			return column;
	}
	return -1;
}

static void pack(struct arena *a, struct sheet_pages *pages, struct sheet_block rest, int column_height)
{
	for (;;) {
		struct sheet_page *page = &pages->at[pages->n - 1];
		int column = whole(page, &rest, column_height);
		if (column >= 0) {
			put_block(a, page, column, &rest);
			return;
		}
		column = page->used[0] >= column_height;  /* cut: left first, so that it goes on at the right */
		size_t n = lines_in(&rest, column_height - page->used[column]);
		if (n == 0 && page->used[column] == 0)    /* a line as high as a column has to stand somewhere */
			n = 1;
		if (n > 0) {
			struct sheet_block part = rest;
			part.lines.n = part.lines.cap = n;
			put_block(a, page, column, &part);
			rest.lines.at += n;
			rest.lines.n -= n;
			rest.goes_on = true;
		}
		if (rest.lines.n == 0)
			return;
		page->used[column] = column_height;       /* closed, so that the rest does not stand above it */
		if (column == 1)
			*arena_push(a, pages) = (struct sheet_page){ 0 };
	}
}

struct sheet_pages sheet_pack(struct arena *a, const struct sheet_blocks *blocks, int column_height)
{
	struct sheet_pages pages = { 0 };
	*arena_push(a, &pages) = (struct sheet_page){ 0 };
	for (size_t i = 0; i < blocks->n; i++)
		pack(a, &pages, blocks->at[i], column_height);
	return pages;
}
