#include "modules/calendar/book.h"
#include "base/lang.h"
#include "base/out.h"
#include "base/text.h"
#include "modules/calendar/catalogue.h"
#include <string.h>

const struct status_look status_looks[STATUS_KINDS] = {
	[STATUS_REQUESTED]  = { N_("requested"), "requested", "inbox", NULL },
	[STATUS_TENTATIVE]  = { N_("tentative"), "tentative", "circle-dashed", N_("Confirm") },
	[STATUS_CONFIRMED]  = { N_("confirmed"), "confirmed", NULL, N_("Arrived") },
	[STATUS_ARRIVED]    = { N_("arrived"), "arrived", "door-open", N_("Start") },
	[STATUS_IN_SERVICE] = { N_("in service"), "service", "play", N_("Done") },
	[STATUS_DONE]       = { N_("done"), "done", "euro", NULL },
	[STATUS_PAID]       = { N_("paid"), "paid", "check-check", NULL },
	[STATUS_CANCELLED]  = { N_("cancelled"), "cancelled", "calendar-x", NULL },
	[STATUS_NO_SHOW]    = { N_("did not come"), "noshow", "user-x", NULL },
};

const char *style_icon(const char *style)
{
	static const struct { const char *style, *icon; } icons[] = {
		{ "schnitt", "scissors" }, { "farbe", "droplet" }, { "form", "wind" }, { "herren", "user-round" },
		{ "kosmetik", "flower-2" }, { "naegel", "hand" }, { "massage", "hand-heart" }, { "block", "coffee" },
	};
	for (size_t i = 0; style != NULL && i < COUNT(icons); i++)
		if (strcmp(icons[i].style, style) == 0)
			return icons[i].icon;
	return "coffee";
}

/* The columns of every query that ends in book_rows(); the order is that of enum column. What is called how comes from the
 * catalogue: three searches a row less. */
#define BOOK_COLUMNS \
	"a.id, a.kind, a.customer, a.label, a.day, a.start, a.end, a.status, a.note, a.new_customer, " \
	"a.arrived_at, a.started_at, a.version, a.reason_text, c.last, c.first, c.alert, c.note, " \
	"s.id, s.service, s.staff, s.label, s.price, p.kind, p.offset, p.minutes, p.staff, p.place, p.device, p.name "
#define BOOK_JOINS \
	"LEFT JOIN customer c ON c.id = a.customer " \
	"LEFT JOIN appt_step s ON s.appointment = a.id LEFT JOIN appt_phase p ON p.step = s.id "

enum column {
	A_ID, A_KIND, A_CUSTOMER, A_LABEL, A_DAY, A_START, A_END, A_STATUS, A_NOTE, A_NEW,
	A_ARRIVED, A_STARTED, A_VERSION, A_REASON, C_LAST, C_FIRST, C_ALERT, C_NOTE,
	S_ID, S_SERVICE, S_STAFF, S_LABEL, S_PRICE, P_KIND, P_OFFSET, P_MINUTES, P_STAFF, P_PLACE, P_DEVICE, P_NAME,
};

struct reading {
	struct arena *arena;
	const struct catalogue *names;
	struct book_appts appts;
	struct { struct book_step *at; size_t n, cap; } steps;
	struct { struct book_phase *at; size_t n, cap; } phases;
};

static int64_t id_of(const struct query *q, int column)
{
	return db_ref(q, column).id;
}

static str person_name(struct arena *a, str last, str first)
{
	return text_empty(first) ? last : arena_printf(a, "%s, %s", last, first);
}

static void add_appt(struct reading *r, const struct query *q)
{
	str label = db_text(q, A_LABEL), last = db_text(q, C_LAST);
	int64_t start = db_int(q, A_START), end = db_int(q, A_END);
	*arena_push(r->arena, &r->appts) = (struct book_appt){
		.id = db_int(q, A_ID), .kind = (enum appt_kind)db_int(q, A_KIND), .customer = id_of(q, A_CUSTOMER),
		.status = (enum status)db_int(q, A_STATUS), .day = db_day(q, A_DAY),
		.start = start == NONE ? 0 : (int)start, .end = end == NONE ? 0 : (int)end,
		.name = last != NULL ? person_name(r->arena, last, db_text(q, C_FIRST)) : label != NULL ? label : _("Walk-in"),
		.alert = db_text(q, C_ALERT), .customer_note = db_text(q, C_NOTE), .note = db_text(q, A_NOTE),
		.reason_text = db_text(q, A_REASON), .is_new = db_bool(q, A_NEW), .version = db_int(q, A_VERSION),
		.arrived_at = db_instant(q, A_ARRIVED), .started_at = db_instant(q, A_STARTED),
	};
}

static void add_step(struct reading *r, const struct query *q)
{
	struct book_appt *a = &r->appts.at[r->appts.n - 1];
	str label = db_text(q, S_LABEL);
	struct book_step step = { .id = db_int(q, S_ID), .service = id_of(q, S_SERVICE), .staff = id_of(q, S_STAFF), .price = db_money(q, S_PRICE) };
	const struct service_name *service = catalogue_service(r->names, step.service);
	const struct staff_name *staff = catalogue_staff(r->names, step.staff);
	step.label = label != NULL ? label : service != NULL ? service->name : a->name;
	step.style = service != NULL && service->style != NULL ? service->style : "block";
	step.staff_code = staff != NULL ? staff->code : NULL;
	step.staff_name = staff != NULL ? staff->name : NULL;
	*arena_push(r->arena, &r->steps) = step;
	a->nsteps++;
}

static void add_phase(struct reading *r, const struct query *q)
{
	const struct book_appt *a = &r->appts.at[r->appts.n - 1];
	int start = a->start + (int)db_int(q, P_OFFSET);
	*arena_push(r->arena, &r->phases) = (struct book_phase){
		.kind = (enum phase_kind)db_int(q, P_KIND), .start = start, .end = start + (int)db_int(q, P_MINUTES),
		.staff = id_of(q, P_STAFF), .place = id_of(q, P_PLACE), .device = id_of(q, P_DEVICE), .name = db_text(q, P_NAME),
	};
	r->steps.at[r->steps.n - 1].nphases++;
}

/* Rows come ordered by appointment, step, phase; the lists are cut up among their owners when all have been read. */
static struct book_appts book_rows(struct db *db, struct query *q)
{
	struct reading r = { .arena = db_arena(db), .names = catalogue_of(db) };
	int64_t step = NONE;
	while (db_step(q)) {
		if (r.appts.n == 0 || r.appts.at[r.appts.n - 1].id != db_int(q, A_ID)) {
			add_appt(&r, q);
			step = NONE;
		}
		if (db_null(q, S_ID))
			continue;
		if (step != db_int(q, S_ID))
			add_step(&r, q);
		step = db_int(q, S_ID);
		if (!db_null(q, P_KIND))
			add_phase(&r, q);
	}
	struct book_step *s = r.steps.at;
	struct book_phase *p = r.phases.at;
	for (size_t i = 0; i < r.appts.n; i++) {
		r.appts.at[i].steps = s;
		for (size_t k = 0; k < r.appts.at[i].nsteps; k++, s++) {
			s->phases = p;
			p += s->nphases;
		}
	}
	return r.appts;
}

struct book_appts book_load_day(struct db *db, day d)
{
	struct query q = db_query(db, SQL("SELECT " BOOK_COLUMNS "FROM appointment a " BOOK_JOINS
	    "WHERE a.day = ? ORDER BY a.start, a.id, s.seq, p.seq"), B(d));
	return book_rows(db, &q);
}

struct book_appts book_load_days(struct db *db, day from, day to)
{
	struct query q = db_query(db, SQL("SELECT " BOOK_COLUMNS "FROM appointment a " BOOK_JOINS
	    "WHERE a.day BETWEEN ? AND ? ORDER BY a.day, a.start, a.id, s.seq, p.seq"), B(from), B(to));
	return book_rows(db, &q);
}

struct book_appts book_of_day(const struct book_appts *all, day d)
{
	size_t first = 0;
	while (first < all->n && all->at[first].day.n < d.n)
		first++;
	size_t end = first;
	while (end < all->n && all->at[end].day.n == d.n)
		end++;
	return (struct book_appts){ all->at + first, end - first, end - first };
}

bool book_load_one(struct db *db, int64_t id, struct book_appt *appt_r)
{
	struct query q = db_query(db, SQL("SELECT " BOOK_COLUMNS "FROM appointment a " BOOK_JOINS
	    "WHERE a.id = ? ORDER BY s.seq, p.seq"), B(id));
	struct book_appts found = book_rows(db, &q);
	if (found.n == 1)
		*appt_r = found.at[0];
	return found.n == 1;
}

struct book_appts book_load_parked(struct db *db)
{
	struct query q = db_query(db, SQL("SELECT " BOOK_COLUMNS "FROM appointment a " BOOK_JOINS
	    "WHERE a.day IS NULL AND a.status < 7 ORDER BY a.parked_at, a.id, s.seq, p.seq"));
	return book_rows(db, &q);
}

static bool clash(const struct book_phase *x, const struct book_phase *y)
{
	return x->start < y->end && y->start < x->end &&
	    ((x->staff != 0 && x->staff == y->staff) || (x->place != 0 && x->place == y->place));
}

static bool overlap(const struct book_appt *x, const struct book_appt *y)
{
	for (size_t i = 0; i < x->nsteps; i++)
		for (size_t k = 0; k < x->steps[i].nphases; k++)
			for (size_t j = 0; j < y->nsteps; j++)
				for (size_t l = 0; l < y->steps[j].nphases; l++)
					if (clash(&x->steps[i].phases[k], &y->steps[j].phases[l]))
						return true;
	return false;
}

/* What two claim at once; a device's pool may have several. */
void book_mark_conflicts(struct book_appts *appts)
{
	for (size_t i = 0; i < appts->n; i++)
		for (size_t k = i + 1; k < appts->n && appts->at[k].start < appts->at[i].end; k++) {
			struct book_appt *x = &appts->at[i], *y = &appts->at[k];
			if (book_takes_time(x) && book_takes_time(y) && overlap(x, y))
				x->conflict = y->conflict = true;
		}
}

char *book_services(struct arena *a, const struct book_appt *appt, size_t limit)
{
	char *text = arena_text(a, "");
	for (size_t i = 0; i < appt->nsteps && i < limit; i++)
		text = arena_printf(a, "%s%s%s", text, i > 0 ? ", " : "", appt->steps[i].label);
	return text;
}

money book_price(const struct book_appt *appt)
{
	int64_t cents = 0;
	for (size_t i = 0; i < appt->nsteps; i++)
		cents += appt->steps[i].price.cents;
	return (money){ cents };
}

int book_length(const struct book_appt *appt)
{
	int end = appt->start;
	for (size_t i = 0; i < appt->nsteps; i++)
		for (size_t k = 0; k < appt->steps[i].nphases; k++)
			if (appt->steps[i].phases[k].end > end)
				end = appt->steps[i].phases[k].end;
	return end - appt->start;
}
