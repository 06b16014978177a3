#include "modules/import/import_save_change.h"
#include "base/date.h"
#include "base/lang.h"
#include "db/db_write.h"
#include "rules/rules.h"
#include "rules/status.h"

static ref ref_of(int64_t id) { return (ref){ id }; }

static void save_customer(struct plan *p, struct plan_customer *c)
{
	const struct found_person *w = &c->is;
	if (c->id == 0) {
		db_run(p->db, SQL("INSERT INTO customer(last, first, title, company, mobile, phone, phone_other, mail, birthday, birthday_year,"
		    " street, postcode, town, country, note, source, since) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), B(w->last), B(w->first), B(w->title),
		    B(w->company), B(w->mobile), B(w->phone), B(w->phone_other), B(w->mail), B(w->birthday), B(w->birthday.n == NONE || w->birthday_year),
		    B(w->street), B(w->postcode), B(w->town), B(w->country), B(w->note), B(w->file), B(p->today));
		c->id = db_last_id(p->db);
	} else if (c->changed) {
		db_run(p->db, SQL("UPDATE customer SET first=?2, title=?3, company=?4, mobile=?5, phone=?6, phone_other=?7, mail=?8, birthday=?9,"
		    " birthday_year=?10, street=?11, postcode=?12, town=?13, country=?14, note=?15, version=version+1 WHERE id=?1"), B(c->id), B(w->first),
		    B(w->title), B(w->company), B(w->mobile), B(w->phone), B(w->phone_other), B(w->mail), B(w->birthday),
		    B(w->birthday.n == NONE || w->birthday_year), B(w->street), B(w->postcode), B(w->town), B(w->country), B(w->note));
	}
}

static void save_use(struct plan *p, const struct plan_appointment *a, int64_t appointment, int64_t phase, const struct plan_laid *f, enum resource_kind kind)
{
	int64_t id = kind == RESOURCE_PERSON ? f->staff : kind == RESOURCE_PLACE ? f->place : f->device, start = a->event->start.min + f->offset;
	if (id != 0 && status_takes_time((enum status)a->status))
		db_run(p->db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase, forced) VALUES(?,?,?,?,?,?,?)"), B(a->event->day),
		    B(resource_of(kind, id)), B(start), B(start + f->minutes), B(appointment), B(phase), B(a->forced));
}

static void save_phases(struct plan *p, const struct plan_appointment *a, int64_t appointment, int64_t step)
{
	for (size_t i = 0; i < a->nphases; i++) {
		const struct plan_laid *f = &a->phases[i];
		db_run(p->db, SQL("INSERT INTO appt_phase(step, seq, kind, name, offset, minutes, staff, place, device, place_class) VALUES(?,?,?,?,?,?,?,?,?,?)"),
		    B(step), B((int64_t)i), B(f->kind), B(f->name), B(f->offset), B(f->minutes), B(ref_of(f->staff)), B(ref_of(f->place)), B(ref_of(f->device)),
		    B(ref_of(f->class)));
		int64_t phase = db_last_id(p->db);
		for (enum resource_kind kind = RESOURCE_PERSON; kind <= RESOURCE_DEVICE; kind++)
			save_use(p, a, appointment, phase, f, kind);
	}
}

static void save_appointment(struct plan *p, const struct plan_appointment *a, int64_t user)
{
	const struct found_event *e = a->event;
	const struct plan_service *s = a->service >= 0 ? &p->services.at[a->service] : NULL;
	int64_t customer = a->customer >= 0 ? p->customers.at[a->customer].id : 0;
	const char *note = !a->forced ? a->note : a->note == NULL ? _("Overlapped with another when it was imported.") :
	    arena_printf(p->arena, "%s\n%s", a->note, _("Overlapped with another when it was imported."));
	instant done = { NONE };
	if (a->status == STATUS_PAID && zone_instant(e->day, e->end, &done) < 0)
		done = p->now;
	db_run(p->db, SQL("INSERT INTO appointment(kind, customer, label, day, start, end, status, reason, reason_text, note, booked_by, booked_at, done_at, source)"
	    " VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?)"), B(a->kind), B(ref_of(customer)), B(a->label), B(e->day), B(e->start), B(e->end), B(a->status),
	    B(a->status == 7 ? (int64_t)1 : NONE), B(a->status == 7 ? _("cancelled in the calendar") : (const char *)NULL), B(note), B(ref_of(user)),
	    B(p->now), B(done), B(e->source));
	int64_t id = db_last_id(p->db);
	const char *label = s == NULL && a->label == NULL ? e->summary : a->kind == 1 ? a->label : NULL;
	db_run(p->db, SQL("INSERT INTO appt_step(appointment, seq, service, staff, label, price) VALUES(?,0,?,?,?,?)"), B(id),
	    B(ref_of(s == NULL ? 0 : s->id)), B(ref_of(a->staff)), B(label), B(s == NULL ? (int64_t)0 : s->price));
	save_phases(p, a, id, db_last_id(p->db));
}

void import_save_change(struct plan *p, int64_t user)
{
	for (size_t i = 0; i < p->customers.n; i++)
		save_customer(p, &p->customers.at[i]);
	for (size_t i = 0; i < p->appointments.n && !db_failed(p->db); i++)
		save_appointment(p, &p->appointments.at[i], user);
	for (size_t i = 0; i < p->absences.n; i++) {
		const struct plan_absence *a = &p->absences.at[i];
		db_run(p->db, SQL("INSERT INTO absence(staff, kind, from_day, to_day, note) VALUES(?,?,?,?,?)"), B(a->staff), B(a->kind),
		    B(a->event->day), B(a->event->last_day), B(a->event->summary));
	}
}

char *import_save_change_text(const struct plan *p)
{
	return arena_printf(p->arena, _("Imported: %zu appointments, %zu absences, %zu new customers, %zu completed"), p->appointments.n,
	    p->absences.n, p->new_customers, p->changed_customers);
}
