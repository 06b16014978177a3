#include "modules/calendar/party.h"
#include "base/date.h"
#include "base/text.h"
#include "modules/calendar/booking_parts.h"
#include "modules/calendar/page.h"
#include "web/icon.h"

struct party_members party_of(struct db *db, int64_t appointment)
{
	struct party_members all = { 0 };
	struct query q = db_query(db, SQL("SELECT a.id, a.day, a.start, a.status, c.last, c.first, a.label, "
	    "(SELECT group_concat(t, ', ') FROM (SELECT coalesce(s.label, v.name) AS t FROM appt_step s LEFT JOIN service v ON v.id = s.service "
	    "WHERE s.appointment = a.id ORDER BY s.seq)) FROM appointment o JOIN appointment a ON a.party = o.party AND a.id <> o.id "
	    "LEFT JOIN customer c ON c.id = a.customer WHERE o.id = ? ORDER BY a.day, a.start, a.id LIMIT 24"), B(appointment));
	while (db_step(&q)) {
		str last = db_text(&q, 4), label = db_text(&q, 6);
		*arena_push(db_arena(db), &all) = (struct party_member){ .id = db_int(&q, 0), .day = db_day(&q, 1),
			.start = db_null(&q, 2) ? 0 : (int)db_int(&q, 2), .status = (enum status)db_int(&q, 3), .services = db_text(&q, 7),
			.name = last != NULL ? customer_name(db_arena(db), last, db_text(&q, 5)) : label != NULL ? label : _("Walk-in") };
	}
	return all;
}

static bool may_split(const struct request *r, const struct book_appt *a, size_t step)
{
	return step > 0 && a->status < STATUS_DONE && r->role >= ROLE_STYLIST && page_may_change();
}

bool party_goes_along(const struct book_appt *a, const struct party_member *m)
{
	return a->day.n != NONE && m->day.n == a->day.n && m->status < STATUS_IN_SERVICE;
}

static bool has_companions(struct request *r, const struct book_appt *a)
{
	struct party_members all = party_of(r->db, a->id);
	for (size_t i = 0; i < all.n; i++)
		if (party_goes_along(a, &all.at[i]))
			return true;
	return false;
}

#include "gen/modules/calendar/party.html.h"

void party_section_html(struct out *o, struct request *r, const struct book_appt *a)
{
	struct party_members all = party_of(r->db, a->id);
	if (all.n > 0)
		section_html(o, r, &all);
}

void party_split_html(struct out *o, struct request *r, const struct book_appt *a, size_t step)
{
	if (may_split(r, a, step))
		split_html(o, r, a, step);
}

void party_cancel_html(struct out *o, struct request *r, const struct book_appt *a)
{
	if (has_companions(r, a))
		cancel_html(o, r, a, request_yes(r, "all"));
}

void party_move_html(struct out *o, const struct party_together *t)
{
	if (t->asked)
		move_html(o, t);
}

void party_along_html(struct out *o, struct request *r, const struct book_appt *a)
{
	if (has_companions(r, a))
		along_html(o, request_yes(r, "all"));
}
