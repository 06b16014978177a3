#include "modules/calendar/sheet.h"
#include "base/lang.h"
#include "base/out.h"
#include "modules/calendar/hours.h"

char *sheet_services(struct arena *a, const struct sheet_line *l)
{
	char *text = arena_text(a, "");
	for (size_t k = l->first; k <= l->last; k++) {
		const struct book_step *s = &l->appt->steps[k];
		text = arena_printf(a, "%s%s%s", text, k > l->first ? ", " : "", s->label);
		for (size_t i = 0; i < s->nphases; i++)
			if (s->phases[i].kind == PHASE_WAIT)
				text = arena_printf(a, _("%s, processing until %s"), text, daytime_text(a, (daytime){ s->phases[i].end }));
	}
	return text;
}

/* When the person is done; cleaning up afterwards is not part of it. */
static int end_of(const struct book_step *step)
{
	size_t n = step->nphases;
	while (n > 1 && step->phases[n - 1].kind == PHASE_BUFFER)
		n--;
	return step->phases[n - 1].end;
}

/* In order of time, also where one person is at two hands' work of one visit. */
static void settle_last(struct sheet_lines *lines)
{
	for (size_t i = lines->n - 1; i > 0 && lines->at[i - 1].appt == lines->at[i].appt && lines->at[i - 1].start > lines->at[i].start; i--) {
		struct sheet_line later = lines->at[i - 1];
		lines->at[i - 1] = lines->at[i];
		lines->at[i] = later;
	}
}

static void add_lines(struct db *db, struct sheet_column *c, int64_t staff, const struct book_appts *appts)
{
	for (size_t i = 0; i < appts->n; i++) {
		const struct book_appt *a = &appts->at[i];
		for (size_t s = 0; book_takes_time(a) && s < a->nsteps; s++) {
			const struct book_step *step = &a->steps[s];
			if (step->staff != staff || step->nphases == 0)
				continue;
			int start = step->phases[0].start, end = end_of(step);
			struct sheet_line *before = c->lines.n > 0 ? &c->lines.at[c->lines.n - 1] : NULL;
			if (before != NULL && before->appt == a && before->last + 1 == s && start >= before->end) {
				before->last = s;
				before->end = end;
				continue;
			}
			*arena_push(db_arena(db), &c->lines) = (struct sheet_line){ a, s, s, start, end, NULL, before != NULL && before->end > start && before->start <= start, 0 };
			settle_last(&c->lines);
		}
	}
}

/* One query for all phone numbers of the day. */
static void add_phones(struct db *db, struct sheet *sheet)
{
	struct query q = db_query(db, SQL("SELECT a.id, coalesce(c.mobile, c.phone, c.phone_other) FROM appointment a "
	    "JOIN customer c ON c.id = a.customer WHERE a.day = ?"), B(sheet->day));
	while (db_step(&q)) {
		int64_t id = db_int(&q, 0);
		str phone = db_text(&q, 1);
		for (size_t i = 0; i < sheet->ncolumns; i++)
			for (size_t k = 0; k < sheet->columns[i].lines.n; k++)
				if (sheet->columns[i].lines.at[k].appt->id == id)
					sheet->columns[i].lines.at[k].phone = phone;
	}
}

static void read_columns(struct db *db, struct sheet *sheet, int64_t **ids_r)
{
	struct { struct sheet_column *at; size_t n, cap; } columns = { 0 };
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	struct query q = db_query(db, SQL("SELECT id, name, code FROM staff WHERE active = 1 AND in_book = 1 ORDER BY sort, id"));
	while (db_step(&q)) {
		*arena_push(db_arena(db), &ids) = db_int(&q, 0);
		*arena_push(db_arena(db), &columns) = (struct sheet_column){ .name = db_text(&q, 1), .code = db_text(&q, 2) };
	}
	sheet->columns = columns.at;
	sheet->ncolumns = columns.n;
	*ids_r = ids.at;
}

void sheet_load(struct db *db, day d, struct sheet *sheet)
{
	int64_t *ids;
	*sheet = (struct sheet){ .day = d, .shop = db_one_text(db, SQL("SELECT name FROM shop")) };
	struct book_appts *appts = arena_new_of(db_arena(db), struct book_appts);
	*appts = book_load_day(db, d);
	struct worktime_rows rows = hours_rows(db, d, d);
	struct worktime_spans spans = worktime_spans(db_arena(db), &rows, d, 1);
	read_columns(db, sheet, &ids);
	bool work = false;
	for (size_t i = 0; i < sheet->ncolumns; i++) {
		struct sheet_column *c = &sheet->columns[i];
		c->hours = hours_of(db_arena(db), &rows, &spans, appts, ids[i], d);
		add_lines(db, c, ids[i], appts);
		work = work || c->hours.nwork > 0;
		sheet->nlines += c->lines.n;
	}
	if (!work)
		sheet->closed = hours_closed_reason(db_arena(db), &rows, db, d);
	add_phones(db, sheet);
}
