#include "modules/calendar/move.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/booking_parts.h"
#include "modules/calendar/booking_rules.h"
#include "modules/calendar/hours.h"
#include "modules/calendar/page.h"
#include "modules/calendar/panel.h"
#include "modules/calendar/party.h"
#include "modules/calendar/loss.h"
#include "web/icon.h"
#include <string.h>

enum { PLACE_DAYS = 28, PLACE_SLOTS = 5 };

struct place_view { const struct book_appt *appt; struct booking names; struct slots slots; struct move_target *asked; bool possible; str why, losses[PLACE_SLOTS]; day shown; bool shown_axis; struct party_together all; };
struct move_choices { struct { int64_t id; str name; } *at; size_t n, cap; };

struct said { const struct book_appt *a; const char *sentence; };

static void read_names(struct db *db, struct booking *b)
{
	b->at_start = -1;
	booking_all_names(db, b);
}

/* Nobody is handed to another employee without being asked: moving keeps the people, or takes the one of the column. */
static void plan_day(struct request *r, const struct book_appt *a, struct move_target *t, int ndays)
{
	chain_of_appointment(r->db, a, t->staff.from, t->staff.id, &t->chain);
	for (size_t i = 0; i < t->chain.n; i++)
		t->chain.steps[i].only_wished = t->chain.steps[i].wished != 0;
	t->world = hours_world(r->db, t->day, ndays);
	t->world.except = a->id;
	t->world.today = (day){ NONE };
	for (size_t i = 0; t->place.id != 0 && i < t->world.nplaces; i++)
		if (t->world.places[i].id == t->place.id && !chain_to_place(r->arena, &t->chain, &t->world.places[i], t->place.from, true))
			t->why = arena_printf(r->arena, _("This appointment needs no place like %s."), t->place.name);
	if (t->device.id != 0 && !chain_to_device(r->arena, &t->chain, t->device.id, t->device.from))
		t->why = arena_printf(r->arena, _("This appointment does not use %s."), t->device.name);
	t->unfit = t->why != NULL;
}

/* Put into a person's column from the strip: of one person's visit all goes there; of a chain of several, the first person's
 * part, and nothing changes hands where the column belongs to one of them already. A resized block stays where it is. */
static void settle_people(const struct book_appt *a, struct move_target *t)
{
	for (size_t i = 0; i < a->nsteps; i++)
		if (a->steps[i].staff == t->staff.id) {
			t->staff.id = 0;
			return;
		}
	t->staff.from = a->nsteps > 0 ? a->steps[0].staff : 0;
}

static bool read_to(struct request *r, const char *key, struct sql name, struct move_to *to)
{
	int64_t id = request_int(r, key), from = request_int(r, "from");
	*to = (struct move_to){ .id = id == NONE ? 0 : id, .from = id == NONE || from == NONE ? 0 : from };
	if (to->id != 0)
		to->name = db_one_text(r->db, name, B(to->id));
	return to->id == 0 ? id != NONE || text_empty(request_get(r, key)) : to->name != NULL;
}

static bool read_targets(struct request *r, const struct book_appt *a, struct move_target *t)
{
	if (!read_to(r, "staff", SQL("SELECT name FROM staff WHERE id = ? AND in_book = 1"), &t->staff)) {
		move_refuse(r, a, 422, _("Who: please choose one of the staff."));
		return false;
	}
	if (!read_to(r, "place", SQL("SELECT name FROM place WHERE id = ? AND active = 1"), &t->place) ||
	    !read_to(r, "device", SQL("SELECT name FROM device WHERE id = ? AND active = 1"), &t->device)) {
		move_refuse(r, a, 422, _("Where: please choose one of the places or devices."));
		return false;
	}
	if (request_get(r, "from") == NULL && t->staff.id != 0)
		settle_people(a, t);
	return true;
}

static bool read_times(struct request *r, const struct book_appt *a, struct move_target *t)
{
	const char *at = request_get(r, "at");
	daytime start = request_daytime(r, "start"), end = request_daytime(r, "end");
	bool slip = (start.min == NONE && !text_empty(request_get(r, "start"))) || (end.min == NONE && !text_empty(request_get(r, "end")));
	if (start.min == NONE && end.min != NONE)
		start = (daytime){ a->start };
	*t = (struct move_target){ .day = request_day(r, "day"), .start = start.min == NONE ? -1 : (int)start.min,
		.resize_end = end.min == NONE ? 0 : (int)end.min };
	if (at != NULL && strlen(at) > 11 && date_from_iso(arena_copy(r->arena, at, 10), &t->day) && read_daytime(at + 11, &start))
		t->start = (int)start.min;
	return !slip && t->day.n != NONE && t->start >= 0 && t->start % RASTER == 0 && t->resize_end % RASTER == 0;
}

/* The end that was asked for, as minutes more or less. false: it would end before it begins. */
static bool stretch(struct request *r, const struct book_appt *a, struct move_target *t)
{
	int length = t->resize_end - t->start;
	return t->resize_end == 0 || (length > 0 && chain_stretch(r->arena, &t->chain, length - book_length(a)));
}

bool move_read(struct request *r, const struct book_appt *a, struct move_target *t)
{
	if (!read_times(r, a, t)) {
		move_refuse(r, a, 422, _("When: a day and a time in steps of five minutes."));
		return false;
	}
	if (!read_targets(r, a, t))
		return false;
	plan_day(r, a, t, 1);
	if (!stretch(r, a, t) || t->start + t->chain.minutes > DAY_MINUTES) {
		move_refuse(r, a, 422, _("When: an appointment ends before midnight, and after its start."));
		return false;
	}
	return true;
}

/* A block has no services: only its person counts. */
static bool find_block(struct request *r, const struct book_appt *a, struct move_target *t, struct slot *slot)
{
	chain_force(r->arena, &t->chain, &t->world, t->day, t->start, slot);
	for (size_t i = 0; i < t->world.nuses; i++) {
		const struct use *u = &t->world.uses[i];
		if (u->appointment == a->id || u->start >= slot->end || slot->start >= u->end)
			continue;
		for (size_t k = 0; k < slot->nclaims; k++)
			if (u->resource == resource_of(RESOURCE_PERSON, slot->claims[k].staff)) {
				t->why = _("The person is taken at that time.");
				return false;
			}
	}
	return true;
}

/* The chain at any time of these days, from `t->day` on. */
static struct slot_request request_for(const struct move_target *t, int ndays)
{
	return (struct slot_request){ .steps = t->chain.steps, .nsteps = t->chain.n, .first = t->day, .last = { t->day.n + ndays - 1 },
		.wish_day = { NONE } };
}

bool move_find(struct request *r, const struct book_appt *a, struct move_target *t, struct slot *slot)
{
	char *clock = slot_clock_text(r->arena, t->day, t->start, t->start + t->chain.minutes);
	t->never = clock != NULL;
	if (t->never)
		t->why = clock;
	if (t->unfit || t->never)
		return false;
	if (a->kind == APPT_BLOCK)
		return find_block(r, a, t, slot);
	struct slot_request q = request_for(t, 1);
	struct slot_request lifted = booking_rules_lifted(r->arena, q);
	if (slots_at(r->arena, &t->world, &lifted, t->day, t->start, slot)) {
		t->rules = appt_rules_moved(r, a, &t->chain, slot);
		if (t->rules != NULL)
			t->why = arena_printf(r->arena, _("%s is against a rule: %s."), daytime_text(r->arena, (daytime){ t->start }), t->rules);
		return t->rules == NULL;
	}
	struct booking names = { 0 };
	read_names(r->db, &names);
	struct slot_block block = slots_why_not(r->arena, &t->world, &lifted, t->day, t->start);
	char *why = slot_block_text(r->arena, r->db, &names, &block);
	t->why = arena_printf(r->arena, _("%s is not possible: %s."), daytime_text(r->arena, (daytime){ t->start }), why ? why : _("taken"));
	return false;
}

static void json_text(struct out *o, const char *s)
{
	out_raw(o, "\"");
	for (; s != NULL && *s != '\0'; s++) {
		if (*s == '"' || *s == '\\')
			out_raw(o, "\\");
		out_bytes(o, s, (unsigned char)*s >= 0x20 ? 1 : 0);
	}
	out_raw(o, "\"");
}

/* Who could take over something of it, and the places of the classes it takes. */
static void read_choices(struct db *db, const struct book_appt *a, struct move_choices *staff, struct move_choices *places)
{
	*staff = *places = (struct move_choices){ 0 };
	struct query q = db_query(db, SQL("SELECT id, name FROM staff t WHERE active = 1 AND in_book = 1 AND EXISTS (SELECT 1 FROM appt_step s "
	    "LEFT JOIN staff_service x ON x.service = s.service AND x.staff = t.id WHERE s.appointment = ? AND (s.service IS NULL OR x.staff IS NOT NULL)) "
	    "ORDER BY sort, id"), B(a->id));
	while (db_step(&q)) {
		arena_push(db_arena(db), staff)->id = db_int(&q, 0);
		staff->at[staff->n - 1].name = db_text(&q, 1);
	}
	q = db_query(db, SQL("SELECT p.id, p.name FROM place p JOIN place_class c ON c.id = p.class WHERE p.active = 1 AND p.class IN "
	    "(SELECT coalesce(x.place_class, l.class) FROM appt_step s JOIN appt_phase x ON x.step = s.id LEFT JOIN place l ON l.id = x.place "
	    "WHERE s.appointment = ?) ORDER BY c.sort, p.sort, p.id"), B(a->id));
	while (db_step(&q)) {
		arena_push(db_arena(db), places)->id = db_int(&q, 0);
		places->at[places->n - 1].name = db_text(&q, 1);
	}
}

static char *iso_at(struct arena *a, day d, int start)
{
	struct out o = { .arena = a };
	out_iso_day(&o, d);
	out_raw(&o, " ");
	out_iso_daytime(&o, (daytime){ start });
	return o.s;
}

static char *codes_of(struct arena *a, const struct place_view *p, const struct slot *s)
{
	int64_t last = 0;
	char *text = arena_text(a, "");
	for (size_t i = 0; i < s->nclaims; i++)
		if (s->claims[i].staff != 0 && s->claims[i].staff != last) {
			last = s->claims[i].staff;
			text = arena_printf(a, "%s%s%s", text, *text ? " " : "", staff_code_of(&p->names, last));
		}
	return text;
}

/* The booking panel with this appointment's services, person and time filled in. */
static char *services_link(struct arena *a, const struct book_appt *x)
{
	struct civil c = date_civil(x->day);
	return arena_printf(a, "replace=%lld&version=%lld&day=%.10s&when=%d.%d.%d+%s&%s&svc=%s&staff=%lld&at=%s", (long long)x->id, (long long)x->version,
	    iso_at(a, x->day, x->start), c.day, c.month, c.year, daytime_text(a, (daytime){ x->start }), x->customer ? arena_printf(a, "customer=%lld", (long long)x->customer) : "walkin=1",
	    url_encode(a, chain_notation_of(a, x, false)), (long long)(x->nsteps > 0 ? x->steps[0].staff : 0), url_encode(a, iso_at(a, x->day, x->start)));
}

#include "gen/modules/calendar/move.html.h"

static void said_panel(struct request *r, const struct day_view *view, void *about)
{
	struct said *said = about;
	panel_appointment_said(r, view, said->a, said->sentence);
}

static void edit_panel(struct request *r, const struct day_view *view, void *about)
{
	struct said *said = about;
	edit_html(&r->page, r, said->a, view->on.day, said->sentence);
}

/* A form comes back with its typing; what was dragged or pressed gets the appointment's panel. */
void move_refuse(struct request *r, const struct book_appt *a, int status, const char *sentence)
{
	struct said said = { a, sentence };
	struct day_wish wish = page_wish(r);
	wish.day = a->day.n != NONE ? a->day : r->today;
	wish.chosen = a->id;
	page_book(r, &wish, request_yes(r, "form") ? edit_panel : said_panel, &said);
	r->status = status;
}

static void place_panel(struct request *r, const struct day_view *view, void *about)
{
	struct place_view *p = about;
	p->shown = view->on.day;
	p->shown_axis = view->axis != AXIS_STAFF;
	place_html(&r->page, r, p);
}

/* Of the path /book/12/… or of ?appt=12. */
static bool load(struct request *r, struct book_appt *a)
{
	int64_t id = r->id[0] != 0 ? r->id[0] : request_int(r, "appt");
	if (book_load_one(r->db, id, a))
		return true;
	page_error(r, 404, _("This appointment does not exist (any more)."));
	return false;
}

/* The panel of proposals, or of the one that was asked for, beside the book of this day. */
static void show_place(struct request *r, struct place_view *p, day shown)
{
	struct day_wish wish = page_wish(r);
	wish.day = shown;
	wish.chosen = p->appt->id;
	read_names(r->db, &p->names);
	page_book_wide(r, &wish, place_panel, p);
}

/* V: the best places for a parked (or any) appointment from the day shown on. */
void page_place(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	if (!load(r, &a))
		return;
	day shown = request_day(r, "day");
	struct move_target t = { .day = shown.n == NONE || shown.n < r->today.n ? r->today : shown };
	if (!read_targets(r, &a, &t))
		return;
	plan_day(r, &a, &t, PLACE_DAYS);
	t.world.today = r->today;
	t.world.now = (int)r->clock.min;
	struct slot_request q = request_for(&t, PLACE_DAYS);
	q.wish_day = t.day;
	appt_rules_bound(r, &a, &q);
	struct place_view view = { .appt = &a, .why = t.why, .slots = t.unfit ? (struct slots){ 0 } : slots_find(r->arena, &t.world, &q, PLACE_SLOTS) };
	loss_slots(r->db, &t.world, view.slots.at, view.slots.n, view.losses);
	show_place(r, &view, t.day);
}

/* A drop of the mouse: may it stand there? Enter says yes. */
void page_move_ask(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	struct move_target t;
	struct slot slot;
	if (!load(r, &a) || !move_read(r, &a, &t))
		return;
	struct party_together together = party_at(r, &a, &t);
	bool possible = move_find(r, &a, &t, &slot);
	show_place(r, &(struct place_view){ .appt = &a, .asked = &t, .possible = possible, .why = t.why, .all = together }, t.day);
}

/* PageDown, PageUp: the next time later (or earlier) on the same day with the same people. */
void page_next_time(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	if (!load(r, &a))
		return;
	bool later = request_yes(r, "later");
	struct move_target t = { .day = a.day };
	if (a.day.n == NONE) {
		page_error(r, 422, _("This appointment is parked: it has no time yet."));
		return;
	}
	plan_day(r, &a, &t, 1);
	struct slot_request q = request_for(&t, 1);
	q.earliest = later ? a.start + RASTER : 0;
	q.latest = later ? 0 : a.start - RASTER;
	struct slots all = slots_find(r->arena, &t.world, &q, 0);
	struct party_together together = party_next(r, &a, &t, &q, later);
	t.start = all.n == 0 ? a.start : all.at[later ? 0 : all.n - 1].start;
	show_place(r, &(struct place_view){ .appt = &a, .asked = &t, .possible = all.n > 0, .all = together,
		.why = later ? _("Nothing fits later on this day.") : _("Nothing fits earlier on this day.") }, a.day);
}

/* While dragging: {"ok":true,"text":"14:35, Platz 2"}. */
void page_check(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	struct move_target t;
	struct slot slot;
	if (!load(r, &a) || !move_read(r, &a, &t))
		return;
	bool ok = move_find(r, &a, &t, &slot);
	r->content_type = "application/json";
	out_raw(&r->page, ok ? "{\"ok\":true,\"text\":" : "{\"ok\":false,\"text\":");
	str loss = NULL;
	char *text = daytime_text(r->arena, (daytime){ t.start });
	if (ok)
		loss_slots(r->db, &t.world, &slot, 1, &loss);
	json_text(&r->page, !ok ? t.why : loss != NULL ? arena_printf(r->arena, "%s, %s", text, loss) : text);
	out_raw(&r->page, "}");
}

void page_edit(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a;
	if (!load(r, &a))
		return;
	struct day_wish wish = page_wish(r);
	wish.day = a.day.n != NONE ? a.day : r->today;
	wish.chosen = a.id;
	page_book(r, &wish, edit_panel, &(struct said){ &a, NULL });
}

static void go_panel(struct request *r, const struct day_view *view, void *about)
{
	go_html(&r->page, r, view->on.day, about);
}

/* G: +6w, do, 24.12., m. What is not understood comes back with a sentence. */
void page_go(struct request *r, const struct route *route)
{
	(void)route;
	const char *to = request_get(r, "to");
	struct day_wish wish = page_wish(r);
	struct when when;
	if (!text_empty(to) && when_read(r->arena, to, r->today, wish.day, &when) && when.day.n != NONE) {
		struct out d = { .arena = r->arena };
		out_iso_day(&d, when.day);
		page_redirect(r, "/book?day=%s", d.s);
		return;
	}
	page_book(r, &wish, go_panel, (void *)(text_empty(to) ? NULL : to));
	if (!text_empty(to))
		r->status = 422;
}

static void block_panel(struct request *r, const struct day_view *view, void *about)
{
	block_html(&r->page, r, view, about);
}

void move_refuse_block(struct request *r, int status, const char *sentence)
{
	struct day_wish wish = page_wish(r);
	page_book(r, &wish, block_panel, (void *)sentence);
	r->status = status;
}

void page_block_form(struct request *r, const struct route *route)
{
	(void)route;
	struct day_wish wish = page_wish(r);
	page_book(r, &wish, block_panel, NULL);
}
