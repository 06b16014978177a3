/* split_change.c: one visit becomes two appointments, which can then be moved each by itself. Only the shop's program links this. */
#include "db/db_write.h"
#include "modules/calendar/after_change.h"
#include "modules/calendar/book_change.h"
#include "modules/calendar/move.h"
#include "modules/calendar/party_change.h"

/* Of a chain the rest of it; where several work at once, the rest of the step's own strand. One past the last. */
static size_t end_of(const struct book_appt *a, size_t from)
{
	size_t end = from + 1;
	while (end < a->nsteps && !chain_beside(a, end))
		end++;
	return end;
}

/* From its first phase to its last, of the steps from .. end - 1, or of all others. */
static struct span span_of(const struct book_appt *a, size_t from, size_t end, bool others)
{
	struct span all = { DAY_MINUTES, 0 };
	for (size_t i = 0; i < a->nsteps; i++)
		for (size_t k = 0; (i < from || i >= end) == others && k < a->steps[i].nphases; k++) {
			const struct book_phase *p = &a->steps[i].phases[k];
			all.start = p->start - a->start < all.start ? p->start - a->start : all.start;
			all.end = p->end - a->start > all.end ? p->end - a->start : all.end;
		}
	return all;
}

/* What was agreed and has happened stays with both; the note and the place in a series stay with the first. */
static int64_t insert_part(struct db *db, const struct book_appt *a, struct span part)
{
	db_run(db, SQL("INSERT INTO appointment(kind, customer, label, day, start, end, status, wish_staff, new_customer, booked_by, booked_at, "
	    "parked_at, arrived_at, started_at) SELECT kind, customer, label, day, start + ?2, start + ?3, status, wish_staff, new_customer, "
	    "booked_by, booked_at, parked_at, arrived_at, started_at FROM appointment WHERE id = ?1"), B(a->id), B(part.start), B(part.end));
	return db_failed(db) ? NONE : db_last_id(db);
}

/* These steps with their frozen prices and phases, counted from the new start. Written anew: rows that change their
 * parent could not be taken back, for the parent that goes takes them along. */
static void move_steps(struct db *db, const struct book_appt *a, size_t from, size_t end, int64_t to, int start)
{
	for (size_t i = from; i < end; i++) {
		int64_t old = a->steps[i].id;
		db_run(db, SQL("INSERT INTO appt_step(appointment, seq, service, staff, label, price) SELECT ?1, ?2, service, staff, label, price "
		    "FROM appt_step WHERE id = ?3"), B(to), B((int64_t)(i - from)), B(old));
		db_run(db, SQL("INSERT INTO appt_phase(step, seq, kind, name, offset, minutes, staff, place, device, place_class) SELECT ?1, seq, kind, name, "
		    "offset - ?2, minutes, staff, place, device, place_class FROM appt_phase WHERE step = ?3"), B(db_last_id(db)), B(start), B(old));
		db_run(db, SQL("DELETE FROM appt_step WHERE id = ?"), B(old));
	}
}

static int64_t split(struct db *db, const struct book_appt *a, size_t from)
{
	size_t end = end_of(a, from);
	struct span rest = span_of(a, from, end, true), part = span_of(a, from, end, false);
	int64_t forced = db_one(db, SQL("SELECT max(forced) FROM use WHERE appointment = ?"), B(a->id)), id = insert_part(db, a, part);
	if (id == NONE)
		return NONE;
	move_steps(db, a, from, end, id, part.start);
	db_run(db, SQL("UPDATE appointment SET end = start + ?, version = version + 1 WHERE id = ?"), B(rest.end), B(a->id));
	party_change_join(db, a->id, id);
	book_rewrite_uses(db, a->id, forced == 1);
	book_rewrite_uses(db, id, forced == 1);
	return db_failed(db) ? NONE : id;
}

/* Its place in the chain; 0: none that can be taken out. */
static size_t chosen_step(struct request *r, const struct book_appt *a)
{
	int64_t id = request_int(r, "step");
	for (size_t i = 1; i < a->nsteps; i++)
		if (a->steps[i].id == id)
			return i;
	return 0;
}

void split_change_page(struct request *r, const struct route *route)
{
	(void)route;
	struct book_appt a, part;
	if (!after_seen(r, &a))
		return;
	size_t from = chosen_step(r, &a);
	if (a.status >= STATUS_DONE) {
		move_refuse(r, &a, 409, _("What is done is no longer changed; undo takes it back."));
		return;
	}
	if (from == 0) {
		move_refuse(r, &a, 422, _("Split: please choose the second or a later service of this appointment."));
		return;
	}
	int64_t id = split(r->db, &a, from);
	if (id == NONE || !book_load_one(r->db, id, &part))
		return;
	after_done(r, &part, part.day, arena_printf(r->arena, _("“%s” is an appointment of its own now"), book_services(r->arena, &part, 3)));
	db_command_also(r->db, "appointment", a.id);
}
