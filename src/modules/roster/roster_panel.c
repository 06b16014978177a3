/* roster_panel.c: beside the roster: one cell's hours, one absence with what it meets. */
#include "base/date.h"
#include "base/text.h"
#include "modules/roster/roster_private.h"
#include "web/icon.h"

struct cell_view {
	const struct roster *roster;
	const struct roster_person *person;
	size_t at;
	day day;
	struct span pattern[DUTY_SPANS]; int npattern;      /* without the exception and absences */
	bool exception;
	str week; int weeks;
	str planned;                                        /* as they are typed; "" = free */
	struct roster_hits outside;
	const struct roster_refused *refused;
	bool may;
};

struct absence_view {
	const struct roster *roster;
	const struct roster_absence *absence;
	str name;
	bool may_enter, may_withdraw, declining, sees;
	struct roster_hits hits;
	struct roster_effect effect;
	const struct roster_refused *refused;
};

static char *spans_on(struct arena *a, const struct worktime_rows *rows, int64_t staff, day on, struct span *spans_r, int *n_r)
{
	struct worktime_spans all = worktime_spans(a, rows, on, 1);
	*n_r = 0;
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].staff == staff && all.at[i].kind == WORKTIME_WORK && *n_r < DUTY_SPANS)
			spans_r[(*n_r)++] = (struct span){ all.at[i].start, all.at[i].end };
	return roster_spans(a, spans_r, *n_r);
}

static void law_lines(struct out *o, const struct cell_view *c);

#include "gen/modules/roster/roster_panel.html.h"

static void law_lines(struct out *o, const struct cell_view *c)
{
	for (size_t i = 0; i < c->roster->warnings.n; i++) {
		const struct worklaw_warning *w = &c->roster->warnings.at[i];
		if (w->staff == c->person->id && w->day.n == c->day.n && w->code != WORKLAW_SATURDAYS)
			law_html(o, worklaw_text(o->arena, w));
	}
}

void roster_panel_cell(struct request *r, const struct roster *v, const struct roster_refused *refused)
{
	struct cell_view c = { .roster = v, .day = v->wish.on, .refused = refused, .may = roster_may_enter(r) };
	struct span now[DUTY_SPANS];
	int n;
	c.at = (size_t)roster_person_of(&v->team, v->wish.staff);
	c.person = &v->team.people[c.at];
	struct worktime_rows rows = hours_rows(r->db, c.day, c.day);
	rows.people = &v->team.rows.people[c.at];
	rows.npeople = 1;
	rows.nabsences = 0;
	c.planned = spans_on(r->arena, &rows, c.person->id, c.day, now, &n);
	for (size_t i = 0; i < rows.nexceptions; i++)
		c.exception |= rows.exceptions[i].staff == c.person->id;
	rows.nexceptions = 0;
	(void)spans_on(r->arena, &rows, c.person->id, c.day, c.pattern, &c.npattern);
	c.week = roster_week_of(r->arena, &rows, c.person->id, c.day, &c.weeks);
	c.outside = roster_hits_outside(r->db, c.person->id, c.day, r->today);
	cell_html(&r->page, r, &c);
}

void roster_panel_absence(struct request *r, const struct roster *v, const struct roster_absence *x, const struct roster_refused *refused)
{
	struct absence_view view = { .roster = v, .absence = x, .refused = refused, .may_enter = roster_may_enter(r), .sees = roster_sees_account(r, x->is.staff) };
	view.name = db_one_text(r->db, SQL("SELECT name FROM staff WHERE id = ?"), B(x->is.staff));
	view.may_withdraw = !x->is.granted && roster_may_ask(r, x->is.staff);
	view.declining = view.may_enter && !x->is.granted && (request_yes(r, "decline") || refused != NULL);
	view.hits = roster_hits(r->db, &x->is, r->today);
	if (view.sees)
		view.effect = roster_effect(r->db, &x->is, r->today);
	absence_html(&r->page, r, &view);
}
