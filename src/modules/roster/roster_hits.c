/* roster_hits.c: what an absence meets: appointments, and how many are left. */
#include "base/date.h"
#include "modules/roster/roster_private.h"

enum { MOST_DAYS = 62, MOST_TOLD = 8 };               /* looked at; told one by one */

/* ---- appointments ---- */

struct roster_hits roster_hits(struct db *db, const struct staff_absence *x, day today)
{
	struct arena *a = db_arena(db);
	struct roster_hits hits = { 0 };
	day from = x->from.n > today.n ? x->from : today;
	struct query q = db_query(db, SQL("SELECT a.id, a.day, min(u.start), max(u.end), c.last, c.first, a.label, coalesce(c.mobile, c.phone, c.phone_other),"
	    " (SELECT group_concat(coalesce(s.label, v.name), ', ') FROM appt_step s LEFT JOIN service v ON v.id = s.service WHERE s.appointment = a.id)"
	    " FROM use u CROSS JOIN appointment a ON a.id = u.appointment LEFT JOIN customer c ON c.id = a.customer"
	    " WHERE u.day BETWEEN ?1 AND ?2 AND u.resource = ?3 AND u.start < ?5 AND u.end > ?4 AND a.kind = 0 AND a.status < 5"
	    " GROUP BY a.id ORDER BY a.day, min(u.start), a.id LIMIT 200"), B(from), B(x->to), B(resource_of(RESOURCE_PERSON, x->staff)),
	    B(x->start.min == NONE ? 0 : x->start.min), B(x->end.min == NONE ? DAY_MINUTES : x->end.min));
	while (db_step(&q)) {
		str last = db_text(&q, 4);
		*arena_push(a, &hits) = (struct roster_hit){ .appointment = db_int(&q, 0), .day = db_day(&q, 1), .start = (int)db_int(&q, 2), .end = (int)db_int(&q, 3),
			.name = last ? customer_name(a, last, db_text(&q, 5)) : db_text(&q, 6), .phone = db_text(&q, 7), .services = db_text(&q, 8) };
	}
	return hits;
}

struct roster_hits roster_hits_outside(struct db *db, int64_t staff, day on, day today)
{
	struct roster_hits outside = { 0 }, all = roster_hits(db, &(struct staff_absence){ .staff = staff, .from = on, .to = on, .start = { NONE }, .end = { NONE } }, today);
	struct worktime_rows rows = hours_rows(db, on, on);
	struct worktime_spans spans = worktime_spans(db_arena(db), &rows, on, 1);
	for (size_t i = 0; i < all.n; i++) {
		bool inside = false;
		for (size_t k = 0; k < spans.n; k++)
			inside |= spans.at[k].staff == staff && spans.at[k].kind == WORKTIME_WORK && spans.at[k].start <= all.at[i].start && all.at[i].end <= spans.at[k].end;
		if (!inside)
			*arena_push(db_arena(db), &outside) = all.at[i];
	}
	return outside;
}

char *roster_replan_path(struct arena *a, const struct staff_absence *x)
{
	struct out o = { .arena = a };
	out_raw(&o, "/replan?staff=");
	out_int(&o, x->staff);
	out_raw(&o, "&from=");
	out_iso_day(&o, x->from);
	out_raw(&o, "&to=");
	out_iso_day(&o, x->to);
	if (x->start.min != NONE) {
		out_raw(&o, "&start=");
		out_iso_daytime(&o, x->start);
		out_raw(&o, "&end=");
		out_iso_daytime(&o, x->end);
	}
	return o.s;
}

/* ---- who is left ---- */

struct looking {
	struct db *db;
	struct roster_team team;
	struct duty duty;
	const struct staff_absence *absence;
	struct { struct roster_group *at; size_t n, cap; } groups;
};

static void load_groups(struct looking *l)
{
	struct query q = db_query(l->db, SQL("SELECT DISTINCT x.staff, g.id, g.name FROM staff_service x JOIN service v ON v.id = x.service AND v.active = 1"
	    " JOIN service_group g ON g.id = v.service_group ORDER BY g.sort, g.name, x.staff"));
	while (db_step(&q))
		*arena_push(db_arena(l->db), &l->groups) = (struct roster_group){ db_int(&q, 0), db_int(&q, 1), db_text(&q, 2) };
}

static bool works(const struct looking *l, size_t person, day on) { return duty_at(&l->duty, person, on)->worked > 0; }

/* "Farbe: nur Susanne, Herren: niemand" of what this person does too. */
static str lacking(const struct looking *l, day on)
{
	struct arena *a = db_arena(l->db);
	char *text = NULL;
	for (size_t i = 0; i < l->groups.n; i++) {
		const struct roster_group *own = &l->groups.at[i];
		const char *only = NULL;
		int n = 0;
		for (size_t k = 0; own->staff == l->absence->staff && k < l->groups.n; k++) {
			int p = l->groups.at[k].group == own->group && l->groups.at[k].staff != own->staff ? roster_person_of(&l->team, l->groups.at[k].staff) : -1;
			if (p >= 0 && works(l, (size_t)p, on)) {
				only = l->team.people[p].name;
				n++;
			}
		}
		if (own->staff != l->absence->staff || n > 1)
			continue;
		text = arena_printf(a, "%s%s%s", text ? text : "", text ? ", " : "", n == 0 ? arena_printf(a, _("%s: nobody"), own->name)
		    : arena_printf(a, _("%s: only %s"), own->name, only));
	}
	return text;
}

/* Whoever else has an absence on this day, asked for ones too. */
static str others_away(const struct looking *l, day on)
{
	char *text = NULL;
	for (size_t i = 0; i < l->team.rows.nabsences; i++) {
		const struct worktime_absence *x = &l->team.rows.absences[i];
		int p = x->staff != l->absence->staff && x->from.n <= on.n && x->to.n >= on.n ? roster_person_of(&l->team, x->staff) : -1;
		if (p < 0 || duty_at(&l->duty, (size_t)p, on)->planned == 0)
			continue;
		text = arena_printf(db_arena(l->db), x->granted ? "%s%s%s" : _("%s%s%s (asked for)"), text ? text : "", text ? ", " : "", l->team.people[p].name);
	}
	return text;
}

static void look_at(struct looking *l, day on, struct roster_effect *e)
{
	struct roster_effect_day d = { .day = on, .least = l->team.least[date_weekday(on)] };
	int self = roster_person_of(&l->team, l->absence->staff);
	if (self < 0 || duty_at(&l->duty, (size_t)self, on)->planned == 0)
		return;
	for (size_t p = 0; p < l->team.rows.npeople; p++)
		d.present += (int)p != self && works(l, p, on);
	d.away = others_away(l, on);
	d.lacking = lacking(l, on);
	if (d.away == NULL && d.lacking == NULL && d.present >= d.least)
		return;
	if (e->days.n < MOST_TOLD)
		*arena_push(db_arena(l->db), &e->days) = d;
	else
		e->more++;
}

/* The vacation account as it would be, granted. */
static void count_years(struct looking *l, struct roster_effect *e, day today)
{
	struct arena *a = db_arena(l->db);
	const struct staff_absence *x = l->absence;
	int person = roster_person_of(&l->team, x->staff);
	for (int year = date_civil(x->from).year; person >= 0 && l->team.kinds[x->kind].vacation && year <= date_civil(x->to).year && e->years.n < 2; year++) {
		day first = date_day(year, 1, 1), last = date_day(year, 12, 31);
		struct roster_team t = l->team;
		t.rows = hours_rows(l->db, first, last);
		t.rows.people = l->team.rows.people;
		t.rows.npeople = l->team.rows.npeople;
		struct worktime_absence *all = arena_array(a, struct worktime_absence, t.rows.nabsences + 1);
		size_t n = 0;
		for (size_t i = 0; i < t.rows.nabsences; i++)
			if (t.rows.absences[i].id != x->id)
				all[n++] = t.rows.absences[i];
		all[n++] = (struct worktime_absence){ INT64_MAX, x->staff, (int)x->kind, true, x->from, x->to, x->start.min == NONE ? -1 : (int)x->start.min, (int)x->end.min };
		t.rows.absences = all;
		t.rows.nabsences = n;
		struct vacation_account c = roster_accounts(l->db, &t, year, today)[person];
		struct vacation_days days = vacation_count(a, &t.rows, t.kinds, x->staff, x->from.n > first.n ? x->from : first, x->to.n < last.n ? x->to : last);
		struct roster_effect_year y = { .year = year, .left = c.left, .of = c.entitled + c.carried + c.corrected - c.carried_out };
		for (size_t i = 0; i < days.n; i++)
			y.halves += days.at[i].absence == INT64_MAX ? days.at[i].halves : 0;
		*arena_push(a, &e->years) = y;
	}
}

struct roster_effect roster_effect(struct db *db, const struct staff_absence *x, day today)
{
	struct roster_effect e = { 0 };
	struct looking l = { .db = db, .absence = x };
	day from = x->from.n > today.n ? x->from : today, to = x->to.n < from.n + MOST_DAYS ? x->to : (day){ from.n + MOST_DAYS - 1 };
	roster_team_load(db, x->from, x->to, from, to.n < from.n ? from : to, &l.team);
	count_years(&l, &e, today);
	if (to.n < from.n)
		return e;
	load_groups(&l);
	l.duty = duty_days(db_arena(db), &l.team.rows, l.team.kinds, l.team.contracts, l.team.ncontracts, from, (int)(to.n - from.n + 1));
	for (day on = from; on.n <= to.n; on.n++)
		look_at(&l, on, &e);
	return e;
}
