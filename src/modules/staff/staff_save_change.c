/* Writing what staff_parts_read() read. */
#include "modules/staff/staff_parts_change.h"
#include "base/text.h"
#include "modules/staff/staff.h"

static void save_shift(struct db *db, int64_t pattern, int week, int weekday, int kind, int start, int end)
{
	db_run(db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?,?,?,?,?,?)"), B(pattern), B(week), B(weekday), B(kind),
	    B(start), B(end));
}

static void save_pattern(struct form *form, const struct staff_parts *p)
{
	struct db *db = form->from.db;
	db_run(db, SQL("INSERT INTO pattern(staff, from_day, weeks, break_slack) VALUES(?1,?2,?3,?4) "
	    "ON CONFLICT(staff, from_day) DO UPDATE SET weeks = ?3, break_slack = ?4"), B(form_id(form)), B(p->from), B(p->weeks), B(p->slack));
	int64_t pattern = db_one(db, SQL("SELECT id FROM pattern WHERE staff = ? AND from_day = ?"), B(form_id(form)), B(p->from));
	db_run(db, SQL("DELETE FROM shift WHERE pattern = ?"), B(pattern));
	for (int w = 0; w < p->weeks; w++)
		for (int d = 1; d <= 7; d++) {
			const struct settings_hours *h = &p->week[w][d];
			if (h->n == 0) continue;
			save_shift(db, pattern, w, d, 0, h->spans[0].start, h->spans[h->n - 1].end);
			for (int i = 1; i < h->n; i++)
				if (h->spans[i].start > h->spans[i - 1].end) save_shift(db, pattern, w, d, 1, h->spans[i - 1].end, h->spans[i].start);
		}
}

static void save_exceptions(struct form *form, const struct staff_parts *p)
{
	struct db *db = form->from.db;
	db_run(db, SQL("DELETE FROM staff_day WHERE staff = ? AND day >= ?"), B(form_id(form)), B(form->from.today));
	for (size_t i = 0; i < p->nexceptions; i++) {
		const struct staff_exception *e = &p->exceptions[i];
		if (e->hours.n == 0)
			db_run(db, SQL("INSERT INTO staff_day(staff, day, kind) VALUES(?,?,2)"), B(form_id(form)), B(e->on));
		for (int k = 0; k < e->hours.n; k++)
			db_run(db, SQL("INSERT INTO staff_day(staff, day, kind, start, end) VALUES(?,?,0,?,?)"), B(form_id(form)), B(e->on),
			    B(e->hours.spans[k].start), B(e->hours.spans[k].end));
	}
}

static void save_absence(struct form *form, const struct staff_absence *a)
{
	struct db *db = form->from.db;
	if (a->id != 0)
		db_run(db, SQL("UPDATE absence SET kind = ?, granted = ?, from_day = ?, to_day = ?, start = ?, end = ?, note = ?, version = version + 1"
		    " WHERE id = ? AND staff = ?"), B(a->kind), B(a->granted), B(a->from), B(a->to), B(a->start), B(a->end), B(a->note), B(a->id),
		    B(form_id(form)));
	else
		db_run(db, SQL("INSERT INTO absence(staff, kind, granted, from_day, to_day, start, end, note) VALUES(?,?,?,?,?,?,?,?)"), B(form_id(form)),
		    B(a->kind), B(a->granted), B(a->from), B(a->to), B(a->start), B(a->end), B(a->note));
}

/* Rows that the form showed and that came back without a first day are gone. */
static void save_absences(struct form *form, const struct staff_parts *p)
{
	const struct request *r = form->from.arg;
	for (int i = 0; i < STAFF_ABSENCES; i++) {
		int64_t id = request_int(r, staff_parts_key(form, "ab-id", i, -1));
		bool kept = false;
		for (size_t k = 0; k < p->nabsences; k++) kept = kept || p->absences[k].id == id;
		if (id > 0 && !kept) db_run(form->from.db, SQL("DELETE FROM absence WHERE id = ? AND staff = ?"), B(id), B(form_id(form)));
	}
	for (size_t i = 0; i < p->nabsences; i++) save_absence(form, &p->absences[i]);
}

static bool sent(const struct request *r, const char *key, int64_t id)
{
	const char *value;
	for (size_t i = 0; (value = request_all(r, key, i)) != NULL; i++) {
		int64_t n;
		if (read_int(value, &n) && n == id) return true;
	}
	return false;
}

static void save_services(struct form *form)
{
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	struct query q = db_query(form->from.db, SQL("SELECT id FROM service WHERE active = 1 ORDER BY id"));
	while (db_step(&q)) *arena_push(form->from.arena, &ids) = db_int(&q, 0);
	db_done(&q);
	for (size_t i = 0; i < ids.n; i++)
		if (sent(form->from.arg, "does", ids.at[i]))
			db_run(form->from.db, SQL("INSERT OR IGNORE INTO staff_service(staff, service) VALUES(?,?)"), B(form_id(form)), B(ids.at[i]));
		else
			db_run(form->from.db, SQL("DELETE FROM staff_service WHERE staff = ? AND service = ?"), B(form_id(form)), B(ids.at[i]));
}

static void save_skills(struct form *form)
{
	struct { int64_t *at; size_t n, cap; } ids = { 0 };
	struct query q = db_query(form->from.db, SQL("SELECT id FROM skill ORDER BY id"));
	while (db_step(&q)) *arena_push(form->from.arena, &ids) = db_int(&q, 0);
	db_done(&q);
	db_run(form->from.db, SQL("DELETE FROM staff_skill WHERE staff = ?"), B(form_id(form)));
	for (size_t i = 0; i < ids.n; i++)
		if (sent(form->from.arg, "skill", ids.at[i]))
			db_run(form->from.db, SQL("INSERT INTO staff_skill(staff, skill) VALUES(?,?)"), B(form_id(form)), B(ids.at[i]));
}

void staff_parts_save(struct form *form)
{
	const struct staff_parts *p = form->extra;
	staff_access_save(form);
	if (p == NULL || !p->sent) return;
	save_pattern(form, p);
	save_exceptions(form, p);
	save_absences(form, p);
	save_services(form);
	save_skills(form);
	live_publish(form->from.arg, "staff", form_id(form));
}
