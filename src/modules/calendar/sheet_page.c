#include "modules/calendar/sheet_page.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/day_private.h"
#include "web/icon.h"

/* Points, and characters that surely fit into a line of the middle cell. */
enum { LINE_EDGE = 5, NAME = 13, SMALL = 10, NAME_CHARACTERS = 24, SMALL_CHARACTERS = 28, NOTE_CHARACTERS = 90 };

struct print { struct sheet sheet; instant printed; struct sheet_blocks blocks; struct sheet_pages pages; const char *away; };

static char *note_text(struct arena *a, const struct book_appt *appt)
{
	return appt->note ? text_cut(a, appt->note, NOTE_CHARACTERS) : NULL;
}

static int lines_of(const char *text, int characters)
{
	return text_empty(text) ? 0 : ((int)text_length(text) + characters - 1) / characters;
}

static int height_of(struct arena *a, const struct sheet_line *l)
{
	const struct book_appt *x = l->appt;
	const char *note = note_text(a, x), *small = arena_printf(a, "%s%s%s", sheet_services(a, l), note ? " · " : "", note ? note : "");
	char *name = arena_printf(a, "%s%s", x->name, x->status == STATUS_TENTATIVE ? arena_printf(a, " %s", _("tentative")) : "");
	int height = NAME * lines_of(name, NAME_CHARACTERS) + NAME * lines_of(x->alert, NAME_CHARACTERS) + SMALL * lines_of(small, SMALL_CHARACTERS);
	return LINE_EDGE + (height > NAME + SMALL ? height : NAME + SMALL);
}

static char *from_to(struct arena *a, const struct hours *h)
{
	return h->nwork == 0 ? NULL : arena_printf(a, "%s–%s", daytime_text(a, (daytime){ h->work[0].start }),
	    daytime_text(a, (daytime){ h->work[h->nwork - 1].end }));
}

static char *away_text(struct arena *a, const struct print *p, const struct sheet_column *c)
{
	return c->hours.nabsent == 0 ? arena_text(a, c->name) : arena_printf(a, "%s (%s)", c->name, day_why_away(a, p->sheet.day, &c->hours));
}

/* Who works or has an appointment gets a block; who does not is named with the reason, unless the shop is shut anyway. */
static void add_blocks(struct arena *a, struct print *p)
{
	for (size_t i = 0; i < p->sheet.ncolumns; i++) {
		const struct sheet_column *c = &p->sheet.columns[i];
		for (size_t k = 0; k < c->lines.n; k++)
			c->lines.at[k].height = height_of(a, &c->lines.at[k]);
		if (c->lines.n > 0 || layout_present(&c->hours))
			*arena_push(a, &p->blocks) = (struct sheet_block){ .of = c, .lines = c->lines };
		else if (p->sheet.closed == NULL)
			p->away = arena_printf(a, "%s%s%s", p->away ? p->away : "", p->away ? ", " : "", away_text(a, p, c));
	}
	p->pages = sheet_pack(a, &p->blocks, SHEET_COLUMN - SMALL * lines_of(p->away, 4 * SMALL_CHARACTERS));
}

#include "gen/modules/calendar/sheet_page.html.h"

/* Without a day: tomorrow, as it is printed in the evening. */
void page_print(struct request *r, const struct route *route)
{
	(void)route;
	day d = request_day(r, "day");
	struct print print = { .printed = r->now };
	sheet_load(r->db, d.n == NONE ? (day){ r->today.n + 1 } : d, &print.sheet);
	add_blocks(r->arena, &print);
	struct page page = { .title = arena_printf(r->arena, _("Day sheet %s"), day_short(r->arena, print.sheet.day)), .section = "book",
		.body_class = "bare paper", .bare = true };
	page_begin(r, &page);
	print_html(&r->page, &print);
	page_end(r);
}
