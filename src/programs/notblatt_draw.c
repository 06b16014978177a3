/* Drawn twice: the first time only to know how many sheets there are. Lengths are points, 1/72 inch. */
#include "programs/notblatt_draw.h"
#include "base/lang.h"
#include "base/out.h"
#include "modules/calendar/calendar.h"
#include <cairo-pdf.h>
#include <errno.h>
#include <pango/pangocairo.h>

#define FACE "DejaVu Sans"
static const double WIDTH = 595.28, HEIGHT = 841.89, MARGIN = 31, GUTTER = 16, TOP = 78, TIME = 42, PHONE = 86, BOX = 9;

struct notblatt { struct arena *arena; instant now; struct sheet *days; size_t ndays; };
struct pen {
	cairo_t *cr;
	PangoLayout *layout;
	const struct notblatt *sheet;
	const struct sheet *day;
	const struct sheet_column *person;  /* whose list goes on in the next column; NULL between two */
	double y;
	int column, page, pages;            /* pages: 0 = not yet known */
};

static double column_width(void) { return (WIDTH - 2 * MARGIN - GUTTER) / 2; }
static double column_x(const struct pen *p) { return MARGIN + p->column * (column_width() + GUTTER); }

struct ink { double size; bool bold; };

/* Sets the text into the pen's layout and gives its height. */
static double set(struct pen *p, struct ink ink, double width, const char *text)
{
	PangoFontDescription *font = pango_font_description_from_string(ink.bold ? FACE " Bold" : FACE);
	pango_font_description_set_absolute_size(font, ink.size * PANGO_SCALE);
	pango_layout_set_font_description(p->layout, font);
	pango_font_description_free(font);
	pango_layout_set_width(p->layout, width < 0 ? -1 : (int)(width * PANGO_SCALE));
	pango_layout_set_wrap(p->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_text(p->layout, text == NULL ? "" : text, -1);
	PangoRectangle box;
	pango_layout_get_extents(p->layout, NULL, &box);
	return (double)box.height / PANGO_SCALE;
}

static double write_at(struct pen *p, struct ink ink, double x, double y, double width, const char *text)
{
	double height = set(p, ink, width, text);
	cairo_move_to(p->cr, x, y);
	pango_cairo_show_layout(p->cr, p->layout);
	return height;
}

static void rule(struct pen *p, double x, double y, double width, double weight)
{
	cairo_set_line_width(p->cr, weight);
	cairo_move_to(p->cr, x, y);
	cairo_line_to(p->cr, x + width, y);
	cairo_stroke(p->cr);
}

static void begin_page(struct pen *p)
{
	struct arena *a = p->sheet->arena;
	if (p->page > 0)
		cairo_show_page(p->cr);
	p->page++;
	p->column = 0;
	p->y = TOP;
	write_at(p, (struct ink){ 18, true }, MARGIN, MARGIN, -1, day_long(a, p->day->day));
	struct out now = { .arena = a };
	out_instant(&now, p->sheet->now);
	char *right = arena_printf(a, "%s · %s\n%s %s · %s", p->day->shop ? p->day->shop : "", _("Emergency sheet"), _("as of"), now.s,
	    arena_printf(a, _("sheet %d of %d"), p->page, p->pages));
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_RIGHT);
	write_at(p, (struct ink){ 8.3, false }, WIDTH / 2, MARGIN + 2, WIDTH / 2 - MARGIN, right);
	pango_layout_set_alignment(p->layout, PANGO_ALIGN_LEFT);
	rule(p, MARGIN, TOP - 12, WIDTH - 2 * MARGIN, 1.2);
}

/* Room for this much in the column, else in the next one. */
static void make_room(struct pen *p, double height)
{
	if (p->y + height <= HEIGHT - MARGIN)
		return;
	if (p->column == 0) {
		p->column = 1;
		p->y = TOP;
	} else {
		begin_page(p);
	}
	if (p->person != NULL)
		p->y += write_at(p, (struct ink){ 8.3, false }, column_x(p), p->y, column_width(),
		    arena_printf(p->sheet->arena, _("%s %s, continued"), p->person->code, p->person->name)) + 2;
}

static char *line_text(struct arena *a, const struct sheet_line *l)
{
	char *text = sheet_services(a, l);
	if (l->appt->status == STATUS_TENTATIVE)
		text = arena_printf(a, "%s · %s", text, _("tentative"));
	return l->appt->note ? arena_printf(a, "%s · %s", text, l->appt->note) : text;
}

/* Time, name with the warning in a frame, services and note below, phone number, a box to tick. */
static void draw_line(struct pen *p, const struct sheet_line *l)
{
	struct arena *a = p->sheet->arena;
	static const struct ink name_ink = { 9.6, true }, small = { 8.3, false };
	double indent = l->inside ? 12 : 0, middle = column_width() - TIME - PHONE - BOX - 6 - indent;
	char *services = line_text(a, l), *alert = l->appt->alert ? arena_printf(a, "! %s", l->appt->alert) : NULL;
	double name_high = set(p, name_ink, middle, l->appt->name), alert_high = alert ? set(p, small, middle - 4, alert) + 2 : 0;
	double height = name_high + alert_high + set(p, small, middle, services) + 5;
	make_room(p, height);
	double x = column_x(p) + indent, y = p->y + 2;
	write_at(p, name_ink, x, y, -1, daytime_text(a, (daytime){ l->start }));
	write_at(p, small, x, y + name_high, -1, arena_printf(a, "– %s", daytime_text(a, (daytime){ l->end })));
	x += TIME;
	write_at(p, name_ink, x, y, middle, l->appt->name);
	if (alert != NULL) {
		cairo_set_line_width(p->cr, 0.8);
		cairo_rectangle(p->cr, x - 1, y + name_high, middle, alert_high);
		cairo_stroke(p->cr);
		write_at(p, small, x + 2, y + name_high + 1, middle - 4, alert);
	}
	write_at(p, small, x, y + name_high + alert_high, middle, services);
	write_at(p, (struct ink){ 9.6, false }, column_x(p) + column_width() - PHONE - BOX - 3, y, PHONE, l->phone);
	cairo_set_line_width(p->cr, 0.6);
	cairo_rectangle(p->cr, column_x(p) + column_width() - BOX, y + 1, BOX, BOX);
	cairo_stroke(p->cr);
	p->y += height;
	rule(p, column_x(p), p->y, column_width(), 0.3);
}

static void draw_person(struct pen *p, const struct sheet_column *c)
{
	struct arena *a = p->sheet->arena;
	char *hours = c->hours.nwork == 0 ? arena_text(a, "") : arena_printf(a, "  %s–%s", daytime_text(a, (daytime){ c->hours.work[0].start }),
	    daytime_text(a, (daytime){ c->hours.work[c->hours.nwork - 1].end }));
	make_room(p, 60);
	p->y += write_at(p, (struct ink){ 11, true }, column_x(p), p->y, column_width(), arena_printf(a, "%s  %s%s", c->code, c->name, hours)) + 1;
	rule(p, column_x(p), p->y, column_width(), 0.9);
	p->person = c;
	for (size_t i = 0; i < c->lines.n; i++)
		draw_line(p, &c->lines.at[i]);
	for (int i = 0; i < 2; i++) {                         /* for what is written by hand */
		make_room(p, 20);
		p->y += 18;
		rule(p, column_x(p), p->y, column_width(), 0.3);
	}
	p->person = NULL;
	p->y += 14;
}

static void draw_day(struct pen *p, const struct sheet *of)
{
	p->day = of;
	begin_page(p);
	if (of->nlines == 0)
		p->y += write_at(p, (struct ink){ 11, false }, column_x(p), p->y, column_width(),
		    of->closed ? arena_printf(p->sheet->arena, _("Closed: %s"), of->closed) : _("Nothing booked.")) + 12;
	for (size_t i = 0; i < of->ncolumns; i++)
		if (of->columns[i].lines.n > 0 || (of->columns[i].hours.nwork > 0 && of->closed == NULL))
			draw_person(p, &of->columns[i]);
}

static cairo_status_t to_file(void *file, const unsigned char *bytes, unsigned n)
{
	return file == NULL || fwrite(bytes, 1, n, file) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Gives the number of sheets; -1: not written. */
static int draw(const struct notblatt *sheet, FILE *file, int pages)
{
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(to_file, file, WIDTH, HEIGHT);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, _("Emergency sheet"));
	struct pen p = { .cr = cairo_create(surface), .sheet = sheet, .pages = pages };
	p.layout = pango_cairo_create_layout(p.cr);
	for (size_t i = 0; i < sheet->ndays; i++)
		draw_day(&p, &sheet->days[i]);
	cairo_show_page(p.cr);
	g_object_unref(p.layout);
	cairo_destroy(p.cr);
	cairo_surface_finish(surface);
	cairo_status_t status = cairo_surface_status(surface);
	cairo_surface_destroy(surface);
	return status == CAIRO_STATUS_SUCCESS ? p.page : -1;
}

int notblatt_draw(struct db *db, day from, size_t ndays, instant now, FILE *file)
{
	struct arena *a = db_arena(db);
	struct notblatt sheet = { .arena = a, .now = now, .ndays = ndays, .days = arena_array(a, struct sheet, ndays) };
	for (size_t i = 0; i < ndays; i++)
		sheet_load(db, (day){ from.n + (int64_t)i }, &sheet.days[i]);
	errno = 0;
	if (db_failed(db))
		return -1;
	int pages = draw(&sheet, NULL, 0);
	return pages < 0 || draw(&sheet, file, pages) != pages ? -1 : 0;
}
