#include "modules/calendar/book_change.h"
#include "base/lang.h"
#include "db/db_write.h"

static ref ref_of(int64_t id) { return (ref){ id }; }

/* From the frozen phases. Each kind of resource by itself, so that nothing is put aside and sorted in between. */
void book_rewrite_uses(struct db *db, int64_t id, bool forced)
{
	db_run(db, SQL("DELETE FROM use WHERE appointment = ?"), B(id));
	for (enum resource_kind kind = RESOURCE_PERSON; kind <= RESOURCE_DEVICE; kind++)
		db_run(db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase, forced) "
		    "SELECT a.day, CASE ?2 WHEN 1 THEN p.staff WHEN 2 THEN p.place ELSE p.device END * 4 + ?2, a.start + p.offset, "
		    "a.start + p.offset + p.minutes, a.id, p.id, ?3 FROM appointment a JOIN appt_step s ON s.appointment = a.id "
		    "JOIN appt_phase p ON p.step = s.id WHERE a.id = ?1 AND a.day IS NOT NULL AND a.status < 7 "
		    "AND CASE ?2 WHEN 1 THEN p.staff WHEN 2 THEN p.place ELSE p.device END IS NOT NULL"), B(id), B((int)kind), B(forced));
}

static int64_t staff_of_step(const struct slot *slot, int step)
{
	for (size_t i = 0; i < slot->nclaims; i++)
		if (slot->claims[i].step == step && slot->claims[i].staff != 0)
			return slot->claims[i].staff;
	return 0;
}

/* Gives its id. */
static int64_t insert_phase(struct db *db, int64_t step, const struct chain_link *link, const struct slot_step *want,
    const struct slot *slot, const struct slot_claim *c)
{
	size_t p = (size_t)c->phase;
	db_run(db, SQL("INSERT INTO appt_phase(step, seq, kind, name, offset, minutes, staff, place, device, place_class) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), B(step), B(c->phase), B((int)want->phases[p].kind),
	    B(p < COUNT(link->phase_names) ? link->phase_names[p] : (str)NULL), B(c->start - slot->start), B(c->end - c->start),
	    B(ref_of(c->staff)), B(ref_of(c->place)), B(ref_of(c->device)), B(ref_of(want->phases[p].place_class)));
	return db_last_id(db);
}

/* The same rows that book_rewrite_uses() would make of this phase. */
static void insert_uses(struct db *db, int64_t id, int64_t phase, const struct slot *slot, const struct slot_claim *c, bool forced)
{
	const struct { enum resource_kind kind; int64_t id; } claimed[] = {
		{ RESOURCE_PERSON, c->staff }, { RESOURCE_PLACE, c->place }, { RESOURCE_DEVICE, c->device },
	};
	for (size_t i = 0; i < COUNT(claimed); i++)
		if (claimed[i].id != 0)
			db_run(db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase, forced) VALUES (?, ?, ?, ?, ?, ?, ?)"),
			    B(slot->day), B(resource_of(claimed[i].kind, claimed[i].id)), B(c->start), B(c->end), B(id), B(phase), B(forced));
}

static int64_t insert_head(struct db *db, const struct book_new *n, enum appt_kind kind, day d, int start, int end)
{
	db_run(db, SQL("INSERT INTO appointment(kind, customer, label, day, start, end, status, note, wish_staff, new_customer, booked_by, booked_at) "
	    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"), B((int)kind), B(ref_of(n->customer)), B(n->label), B(d), B(start), B(end),
	    B((int)n->status), B(n->note), B(ref_of(n->wish_staff)), B(n->is_new), B(ref_of(n->booked_by)), B(n->now));
	return db_failed(db) ? NONE : db_last_id(db);
}

static void insert_steps(struct db *db, int64_t id, const struct chain *chain, const struct slot *slot, bool forced)
{
	for (size_t i = 0; i < chain->n; i++) {
		int64_t staff = staff_of_step(slot, (int)i);
		db_run(db, SQL("INSERT INTO appt_step(appointment, seq, service, staff, price) VALUES (?, ?, ?, ?, ?)"), B(id), B((int64_t)i),
		    B(chain->links[i].service), B(ref_of(staff)), B(chain_price_of(&chain->links[i], staff)));
		int64_t step = db_last_id(db);
		for (size_t k = 0; k < slot->nclaims; k++)
			if (slot->claims[k].step == (int)i) {
				int64_t phase = insert_phase(db, step, &chain->links[i], &chain->steps[i], slot, &slot->claims[k]);
				insert_uses(db, id, phase, slot, &slot->claims[k], forced);
			}
	}
}

int64_t book_insert(struct db *db, const struct book_new *n, const struct chain *chain, const struct slot *slot)
{
	int64_t id = insert_head(db, n, APPT_VISIT, slot->day, slot->start, slot->end);
	if (id == NONE)
		return NONE;
	insert_steps(db, id, chain, slot, n->forced);
	return db_failed(db) ? NONE : id;
}

void book_replace(struct db *db, int64_t id, const struct chain *chain, const struct slot *slot, bool forced)
{
	db_run(db, SQL("DELETE FROM appt_step WHERE appointment = ?"), B(id));
	db_run(db, SQL("DELETE FROM use WHERE appointment = ?"), B(id));
	db_run(db, SQL("UPDATE appointment SET day = ?, start = ?, end = ?, version = version + 1 WHERE id = ?"), B(slot->day),
	    B(slot->start), B(slot->end), B(id));
	insert_steps(db, id, chain, slot, forced);
}

int64_t book_insert_block(struct db *db, const struct book_new *n, int64_t staff, day d, int start, int end)
{
	int64_t id = insert_head(db, n, APPT_BLOCK, d, start, end);
	if (id == NONE)
		return NONE;
	db_run(db, SQL("INSERT INTO appt_step(appointment, seq, staff, label) VALUES (?, 0, ?, ?)"), B(id), B(staff), B(n->label));
	db_run(db, SQL("INSERT INTO appt_phase(step, seq, kind, offset, minutes, staff) VALUES (?, 0, 0, 0, ?, ?)"), B(db_last_id(db)),
	    B(end - start), B(staff));
	book_rewrite_uses(db, id, n->forced);
	return db_failed(db) ? NONE : id;
}

/* Where a step goes on during the tail of the one before it, when it begins depends on the places. */
static bool has_tails(const struct book_appt *a)
{
	for (size_t i = 0; i + 1 < a->nsteps; i++)
		if (a->steps[i].nphases > 1 && a->steps[i].phases[a->steps[i].nphases - 1].kind == PHASE_BUFFER)
			return true;
	return false;
}

void book_move(struct db *db, const struct book_appt *a, const struct slot *slot, bool forced)
{
	db_run(db, SQL("UPDATE appointment SET day = ?, start = ?, end = ?, version = version + 1 WHERE id = ?"), B(slot->day),
	    B(slot->start), B(slot->end), B(a->id));
	for (size_t i = 0; i < a->nsteps; i++) {
		int64_t staff = staff_of_step(slot, (int)i);
		if (staff != 0)
			db_run(db, SQL("UPDATE appt_step SET staff = ? WHERE id = ?"), B(staff), B(a->steps[i].id));
	}
	for (size_t k = 0; k < slot->nclaims; k++) {
		const struct slot_claim *c = &slot->claims[k];
		db_run(db, SQL("UPDATE appt_phase SET staff = ?, place = ?, device = ? WHERE step = ? AND seq = ?"), B(ref_of(c->staff)),
		    B(ref_of(c->place)), B(ref_of(c->device)), B(a->steps[c->step].id), B(c->phase));
		if (has_tails(a))
			db_run(db, SQL("UPDATE appt_phase SET offset = ? WHERE step = ? AND seq = ?"), B(c->start - slot->start),
			    B(a->steps[c->step].id), B(c->phase));
	}
	book_rewrite_uses(db, a->id, forced);
}

void book_park(struct db *db, int64_t id, instant now)
{
	db_run(db, SQL("UPDATE appointment SET day = NULL, start = NULL, end = NULL, parked_at = ?, version = version + 1 WHERE id = ?"),
	    B(now), B(id));
	book_rewrite_uses(db, id, false);
}

static bool is_forced(struct db *db, int64_t id)
{
	return db_one(db, SQL("SELECT max(forced) FROM use WHERE appointment = ?"), B(id)) == 1;
}

void book_settle(struct db *db, int64_t id) { book_rewrite_uses(db, id, is_forced(db, id)); }

void book_set_status(struct db *db, int64_t id, enum status status, int reason, instant now)
{
	bool forced = is_forced(db, id);
	db_run(db, SQL("UPDATE appointment SET status = ?1, reason = nullif(?2, 0), version = version + 1, "
	    "arrived_at = iif(?1 BETWEEN 3 AND 6, ifnull(arrived_at, ?3), NULL), "
	    "started_at = iif(?1 BETWEEN 4 AND 6, ifnull(started_at, ?3), NULL), "
	    "done_at = iif(?1 BETWEEN 5 AND 6, ifnull(done_at, ?3), NULL) WHERE id = ?4"), B((int)status), B(reason), B(now), B(id));
	book_rewrite_uses(db, id, forced);
}

/* The active phase that is over last; the same one that chain_stretch() takes. */
static bool last_work(const struct book_appt *a, size_t *step_r, size_t *phase_r)
{
	int latest = 0;
	for (size_t s = 0; s < a->nsteps; s++)
		for (size_t p = 0; p < a->steps[s].nphases; p++)
			if (a->steps[s].phases[p].kind == PHASE_ACTIVE && a->steps[s].phases[p].end >= latest) {
				latest = a->steps[s].phases[p].end;
				*step_r = s;
				*phase_r = p;
			}
	return latest > 0;
}

/* What comes after it in its strand begins later too. */
void book_resize(struct db *db, const struct book_appt *a, int by, bool forced)
{
	size_t step, phase;
	if (!last_work(a, &step, &phase))
		return;
	int offset = a->steps[step].phases[phase].start - a->start;
	db_run(db, SQL("UPDATE appt_phase SET minutes = minutes + ? WHERE step = ? AND seq = ?"), B(by), B(a->steps[step].id), B((int64_t)phase));
	for (size_t i = step; i == step || (i < a->nsteps && !chain_beside(a, i)); i++)
		db_run(db, SQL("UPDATE appt_phase SET offset = offset + ?1 WHERE offset > ?2 AND step = ?3"), B(by), B(offset), B(a->steps[i].id));
	book_rewrite_uses(db, a->id, forced);
}

#define CONFLICT_NAME "CASE x.resource % 4 WHEN 1 THEN (SELECT name FROM staff WHERE id = x.resource / 4) " \
	"WHEN 2 THEN (SELECT name FROM place WHERE id = x.resource / 4) ELSE (SELECT name FROM device WHERE id = x.resource / 4) END, " \
	"coalesce((SELECT c.last FROM customer c WHERE c.id = o.customer), o.label), y.start, y.end, y.appointment "

static struct book_conflict first_conflict(struct query *q)
{
	struct book_conflict c = { .found = false };
	if (db_step(q)) {
		c = (struct book_conflict){ true, db_text(q, 0), db_text(q, 1), (int)db_int(q, 2), (int)db_int(q, 3), db_int(q, 4) };
		db_done(q);
	}
	return c;
}

/* A pool is over its quantity where, at the start of some use, more uses run than there are pieces. forced: also with those
 * that lie there because somebody said "trotzdem". */
static struct book_conflict find_conflict(struct db *db, int64_t id, bool forced)
{
	struct query q = db_query(db, SQL("SELECT " CONFLICT_NAME "FROM use x JOIN use y ON y.day = x.day AND y.resource = x.resource "
	    "AND y.start < x.end AND x.start < y.end AND y.appointment <> x.appointment JOIN appointment o ON o.id = y.appointment "
	    "WHERE x.appointment = ?1 AND (x.resource % 4 <> 3 OR (SELECT count(*) FROM use z WHERE z.day = x.day AND z.resource = x.resource "
	    "AND z.start <= max(x.start, y.start) AND z.end > max(x.start, y.start)) > (SELECT quantity FROM device WHERE id = x.resource / 4)) "
	    "AND (?2 OR NOT EXISTS (SELECT 1 FROM use f WHERE f.appointment = y.appointment AND f.forced = 1)) "
	    "ORDER BY x.resource % 4, y.start LIMIT 1"), B(id), B(forced));
	return first_conflict(&q);
}

struct book_conflict book_find_conflict(struct db *db, int64_t id)
{
	return find_conflict(db, id, true);
}

struct book_conflict book_find_overlap(struct db *db, int64_t appointment)
{
	return is_forced(db, appointment) ? (struct book_conflict){ .found = false } : find_conflict(db, appointment, false);
}
