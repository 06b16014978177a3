/* What stood on paper has happened: it is entered even where the book says otherwise, then marked as a conflict. */
#include "base/date.h"
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/calendar_change.h"
#include "modules/paper/paper_enter.h"
#include "web/icon.h"
#include <string.h>

enum { LINES = 12, MOST_HITS = 2 };

struct paper_line {
	const char *time, *staff, *who, *phone, *services, *note;   /* as typed */
	bool blank;
	int start;
	int64_t staff_id, customer;         /* customer 0: a new one, or a walk-in without a name */
	struct chain chain;
	str fault;                          /* a sentence, NULL = fine */
};
struct paper_entry { day day; str day_typed; bool day_wrong; struct booking names; struct paper_line lines[LINES]; size_t n; };

/* "afb sf" to "12,15"; NULL: one of them is no short code (*wrong_r). */
static char *service_ids(struct db *db, const char *codes, const char **wrong_r)
{
	struct arena *a = db_arena(db);
	char *ids = arena_text(a, "");
	for (const char *at = codes; *at != '\0';) {
		at += strspn(at, " ,;+");
		size_t n = strcspn(at, " ,;+");
		if (n == 0)
			break;
		char *code = arena_copy(a, at, n);
		int64_t id = db_one(db, SQL("SELECT id FROM service WHERE fold(short) = fold(?) AND active = 1"), B(code));
		if (id == NONE) {
			*wrong_r = code;
			return NULL;
		}
		ids = arena_printf(a, "%s%s%lld", ids, *ids ? "," : "", (long long)id);
		at += n;
	}
	return ids;
}

/* Somebody whom the name (or number) means alone; several are asked about, nobody becomes a new customer. */
static void find_customer(struct db *db, struct paper_line *l)
{
	struct customer_hit hits[MOST_HITS];
	const char *text = text_empty(l->phone) ? l->who : l->phone;
	if (text_empty(text))
		return;
	size_t n = customer_find(db, text, MOST_HITS, hits);
	if (n == 1)
		l->customer = hits[0].id;
	else if (n > 1 && text_empty(l->phone))
		l->fault = arena_printf(db_arena(db), _("Customer: several are called “%s”; the phone number tells which one."), l->who);
}

static void check_line(struct request *r, const struct booking *names, day d, struct paper_line *l)
{
	daytime t;
	const char *wrong = NULL, *clock;
	l->staff_id = 0;
	for (size_t i = 0; i < names->nnames; i++)
		if (text_equal(l->staff, names->names[i].code))
			l->staff_id = names->names[i].id;
	char *ids = text_empty(l->services) ? NULL : service_ids(r->db, l->services, &wrong);
	if (!read_daytime(l->time ? l->time : "", &t) || t.min % RASTER != 0)
		l->fault = arena_printf(r->arena, _("Time: like 9:30, in steps of five minutes, not “%s”."), l->time ? l->time : "");
	else if (l->staff_id == 0)
		l->fault = _("Who: please choose one of the staff.");
	else if (wrong != NULL)
		l->fault = arena_printf(r->arena, _("Service: there is no short code “%s”."), wrong);
	else if (ids == NULL)
		l->fault = _("Service: still missing.");
	else if (text_length(l->who ? l->who : "") > 80 || text_length(l->phone ? l->phone : "") > 40 || text_length(l->note ? l->note : "") > 500)
		l->fault = _("Name: at most 80 characters, phone 40, remark 500.");
	else {
		find_customer(r->db, l);
		l->start = (int)t.min;
		struct chain_wish wish = { l->customer, l->staff_id, true };
		chain_load(r->db, ids, &wish, &l->chain);
		if (l->fault == NULL && l->start + l->chain.minutes > DAY_MINUTES)
			l->fault = _("Time: an appointment ends before midnight.");
		else if (l->fault == NULL && (clock = slot_clock_text(r->arena, d, l->start, l->start + l->chain.minutes)) != NULL)
			l->fault = clock;
	}
}

static void read_entry(struct request *r, struct paper_entry *e)
{
	e->day_typed = request_get(r, "day");
	e->day = text_empty(e->day_typed) ? r->today : request_day(r, "day");
	e->day_wrong = e->day.n == NONE;
	e->names.at_start = -1;
	booking_names(r->db, &e->names);
	for (size_t i = 0; i < LINES; i++) {
		struct paper_line *l = &e->lines[i];
		*l = (struct paper_line){ .time = request_all(r, "time", i), .staff = request_all(r, "staff", i), .who = request_all(r, "who", i),
			.phone = request_all(r, "phone", i), .services = request_all(r, "services", i), .note = request_all(r, "note", i) };
		l->blank = text_empty(l->time) && text_empty(l->who) && text_empty(l->phone) && text_empty(l->services) && text_empty(l->note);
		e->n += !l->blank;
	}
}

#include "gen/modules/paper/paper_enter.html.h"

static void show(struct request *r, const struct paper_entry *e, const char *error)
{
	struct page page = { .title = _("Enter paper notes"), .section = "settings", .main_class = "sheet" };
	page_begin(r, &page);
	entry_html(&r->page, r, e, error);
	page_end(r);
}

void paper_enter_form(struct request *r, const struct route *route)
{
	(void)route;
	struct paper_entry *e = arena_new_of(r->arena, struct paper_entry);
	read_entry(r, e);
	show(r, e, NULL);
}

static int64_t customer_of(struct request *r, const struct paper_line *l, bool *new_r)
{
	*new_r = l->customer == 0 && !text_empty(l->who);
	if (!*new_r)
		return l->customer;
	const char *comma = strchr(l->who, ','), *blank = strrchr(l->who, ' ');
	char *last = comma ? arena_copy(r->arena, l->who, (size_t)(comma - l->who)) : arena_text(r->arena, blank ? blank + 1 : l->who);
	char *first = comma ? text_clean(r->arena, comma + 1, false) : blank ? arena_copy(r->arena, l->who, (size_t)(blank - l->who)) : NULL;
	db_run(r->db, SQL("INSERT INTO customer(last, first, mobile, since) VALUES (?, ?, ?, ?)"), B(last), B(text_empty(first) ? (str)NULL : first),
	    B(text_empty(l->phone) ? (str)NULL : l->phone), B(r->today));
	return db_last_id(r->db);
}

static void enter(struct request *r, const struct paper_entry *e, const struct paper_line *l)
{
	struct slot slot;
	struct slot_world w = hours_world(r->db, e->day, 1);
	struct slot_request q = { .steps = l->chain.steps, .nsteps = l->chain.n, .first = e->day, .last = e->day, .wish_day = { NONE } };
	bool fits = slots_at(r->arena, &w, &q, e->day, l->start, &slot), is_new;
	if (!fits)
		chain_force(r->arena, &l->chain, &w, e->day, l->start, &slot);
	bool over = e->day.n < r->today.n || (e->day.n == r->today.n && slot.end <= r->clock.min);
	int64_t customer = customer_of(r, l, &is_new);
	struct book_new n = { .customer = customer, .label = customer == 0 ? _("Walk-in") : NULL, .note = text_empty(l->note) ? NULL : l->note,
		.booked_by = r->user, .status = over ? STATUS_DONE : STATUS_CONFIRMED, .is_new = is_new, .forced = !fits, .now = r->now };
	(void)book_insert(r->db, &n, &l->chain, &slot);
}

void paper_enter_save(struct request *r, const struct route *route)
{
	(void)route;
	struct paper_entry *e = arena_new_of(r->arena, struct paper_entry);
	bool good = true;
	read_entry(r, e);
	for (size_t i = 0; i < LINES; i++)
		if (!e->lines[i].blank) {
			check_line(r, &e->names, e->day, &e->lines[i]);
			good = good && e->lines[i].fault == NULL;
		}
	if (e->day_wrong || e->n == 0 || !good) {
		show(r, e, e->day_wrong ? _("Day: a date like 24.12., please.") : e->n == 0 ? _("Nothing is entered yet.") : _("Not saved yet: something is missing or does not fit."));
		r->status = 422;
		return;
	}
	for (size_t i = 0; i < LINES; i++)
		if (!e->lines[i].blank)
			enter(r, e, &e->lines[i]);
	struct out d = { .arena = r->arena };
	out_iso_day(&d, e->day);
	db_command_text(r->db, arena_printf(r->arena, P_("%d line of paper entered for %s", "%d lines of paper entered for %s", e->n), (int)e->n, day_short(r->arena, e->day)));
	live_publish(r, "day", e->day.n);
	page_redirect(r, "/book?day=%s", d.s);
}
