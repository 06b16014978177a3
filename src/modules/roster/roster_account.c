/* roster_account.c: the vacation account of one person with its postings, and the accounts of all. */
#include "base/date.h"
#include "base/text.h"
#include "modules/roster/roster_private.h"
#include "web/icon.h"

#define ROWS(type) struct { struct type *at; size_t n, cap; }

struct posting { int64_t kind; int halves; day expires, posted; str note, by; };
struct taken { int64_t absence, kind; day from, to; daytime start, end; int halves; bool granted; };
struct declined { int64_t kind; day from, to; str answer, by; };
struct contract { int64_t id; day from; int minutes, days, vacation, least; };
struct account_view {
	int64_t staff; str name;
	int year; bool may, known;                   /* may: posts */
	struct vacation_account account;
	ROWS(posting) postings;
	ROWS(taken) taken;
	ROWS(declined) declined;
	ROWS(contract) contracts;
	int proposed;                                /* an entitlement that follows from the contract; -1 = none, or posted already */
	const struct roster_refused *refused;
};
struct accounts_view { int year; struct roster_team team; struct vacation_account *accounts; int *proposed; bool may; int to_post, to_carry; };

static const char *posting_label(int64_t kind, int halves)
{
	static const char *const labels[] = { N_("Entitlement"), N_("Carried over from the year before"), N_("Correction"), N_("Told what lapses") };
	return kind == VACATION_CARRIED && halves < 0 ? _("Carried over into the next year") : lang_text(labels[kind >= 0 && kind < 4 ? kind : 2]);
}

int roster_proposed(const struct roster_team *t, const struct vacation_account *account, size_t person, int year)
{
	const struct worktime_person *p = &t->rows.people[person];
	day first = date_day(year, 1, 1), last = date_day(year, 12, 31);
	const struct duty_contract *c = duty_contract_on(t->contracts, t->ncontracts, p->id, first);
	for (size_t i = 0; c == NULL && i < t->ncontracts; i++)
		if (t->contracts[i].staff == p->id && t->contracts[i].from.n <= last.n)
			c = &t->contracts[i];
	return c == NULL || account->posted ? -1 : vacation_entitlement(c->vacation_days, year, p->joined, p->left);
}

day roster_expires(const struct roster_team *t, int year)
{
	int length = date_days_in_month(year, t->expires.month);
	return date_day(year, t->expires.month, t->expires.day < length ? t->expires.day : length);
}

int roster_account_year(const struct request *r)
{
	int64_t year = request_int(r, "year");
	return year >= 2000 && year <= 2200 ? (int)year : date_civil(r->today).year;
}

/* ---- one person ---- */

static void load_postings(struct db *db, struct account_view *v)
{
	struct query q = db_query(db, SQL("SELECT p.kind, p.halves, p.expires, p.posted_day, p.note, s.code FROM vacation_posting p LEFT JOIN staff s ON s.id = p.posted_by"
	    " WHERE p.staff = ? AND p.year = ? ORDER BY p.posted_day, p.id"), B(v->staff), B(v->year));
	while (db_step(&q))
		*arena_push(db_arena(db), &v->postings) = (struct posting){ db_int(&q, 0), (int)db_int(&q, 1), db_day(&q, 2), db_day(&q, 3), db_text(&q, 4), db_text(&q, 5) };
	q = db_query(db, SQL("SELECT d.kind, d.from_day, d.to_day, d.answer, s.code FROM absence_declined d LEFT JOIN staff s ON s.id = d.declined_by"
	    " WHERE d.staff = ? AND d.to_day >= ? AND d.from_day <= ? ORDER BY d.from_day"), B(v->staff), B(date_day(v->year, 1, 1)), B(date_day(v->year, 12, 31)));
	while (db_step(&q))
		*arena_push(db_arena(db), &v->declined) = (struct declined){ db_int(&q, 0), db_day(&q, 1), db_day(&q, 2), db_text(&q, 3), db_text(&q, 4) };
}

static void load_contracts(struct db *db, struct account_view *v, const struct roster_team *t, day birthday)
{
	struct query q = db_query(db, SQL("SELECT id, from_day, minutes_per_week, work_days_per_week, vacation_days FROM staff_contract WHERE staff = ? ORDER BY from_day"), B(v->staff));
	while (db_step(&q))
		*arena_push(db_arena(db), &v->contracts) = (struct contract){ db_int(&q, 0), db_day(&q, 1), (int)db_int(&q, 2), (int)db_int(&q, 3), (int)db_int(&q, 4),
			vacation_least(t->rows.country, (int)db_int(&q, 3), v->year, birthday) };
}

/* Each absence once, with what it takes of this year. */
static void load_taken(struct db *db, struct account_view *v, const struct roster_team *t)
{
	day first = date_day(v->year, 1, 1), last = date_day(v->year, 12, 31);
	struct vacation_days days = vacation_count(db_arena(db), &t->rows, t->kinds, v->staff, first, last);
	struct roster_absences all = roster_absences_load(db, first, last, v->staff, last);
	for (size_t i = 0; i < all.n; i++) {
		const struct staff_absence *x = &all.at[i].is;
		int halves = 0;
		for (size_t k = 0; k < days.n; k++)
			halves += days.at[k].absence == x->id ? days.at[k].halves : 0;
		if (halves > 0)
			*arena_push(db_arena(db), &v->taken) = (struct taken){ x->id, x->kind, x->from, x->to, x->start, x->end, halves, x->granted };
	}
}

static bool load_account(struct request *r, int64_t staff, int year, struct account_view *v)
{
	struct roster_team t;
	day first = date_day(year, 1, 1), last = date_day(year, 12, 31);
	*v = (struct account_view){ .staff = staff, .year = year, .may = roster_may_enter(r), .proposed = -1,
		.name = db_one_text(r->db, SQL("SELECT name FROM staff WHERE id = ?"), B(staff)) };
	roster_team_load(r->db, first, last, first, last, &t);
	load_postings(r->db, v);
	load_contracts(r->db, v, &t, (day){ db_one(r->db, SQL("SELECT birthday FROM staff WHERE id = ?"), B(staff)) });
	int person = roster_person_of(&t, staff);
	if (v->name == NULL || person < 0)
		return v->name != NULL;
	v->account = roster_accounts(r->db, &t, year, r->today)[person];
	v->proposed = roster_proposed(&t, &v->account, (size_t)person, year);
	load_taken(r->db, v, &t);
	(void)roster_left(r->arena, &v->account, &v->known);
	return true;
}

static int total(const struct vacation_account *c) { return c->entitled + c->carried - c->carried_out + c->corrected; }

static void top(struct request *r, const void *about)
{
	(void)about;
	out_raw(&r->page, "<h1 class=\"title\">");
	put(&r->page, _("Vacation accounts"));
	out_raw(&r->page, "</h1>");
}

#include "gen/modules/roster/roster_account.html.h"

void roster_account_show(struct request *r, int64_t staff, int year, const struct roster_refused *refused)
{
	struct account_view *v = arena_new_of(r->arena, struct account_view);
	if (!load_account(r, staff, year, v)) {
		page_error(r, 404, _("There is nobody with this number."));
		return;
	}
	v->refused = refused;
	struct page page = { .title = arena_printf(r->arena, _("Vacation account %s"), v->name), .section = "roster", .body_class = "p-roster", .main_class = "sheet", .top = top };
	page_begin(r, &page);
	account_html(&r->page, r, v);
	page_end(r);
}

void roster_page_account(struct request *r, const struct route *route)
{
	(void)route;
	if (!roster_sees_account(r, r->id[0])) {
		page_error(r, 403, _("Everybody sees only their own vacation account."));
		return;
	}
	roster_account_show(r, r->id[0], roster_account_year(r), NULL);
}

/* ---- all of them ---- */

void roster_page_accounts(struct request *r, const struct route *route)
{
	(void)route;
	if (r->role < ROLE_MANAGEMENT) {
		page_redirect(r, "/roster/account/%lld", (long long)r->user);
		return;
	}
	struct accounts_view *v = arena_new_of(r->arena, struct accounts_view);
	v->year = roster_account_year(r);
	v->may = roster_may_enter(r);
	day first = date_day(v->year, 1, 1), last = date_day(v->year, 12, 31);
	roster_team_load(r->db, first, last, first, last, &v->team);
	v->accounts = roster_accounts(r->db, &v->team, v->year, r->today);
	v->proposed = arena_array(r->arena, int, v->team.rows.npeople + 1);
	for (size_t i = 0; i < v->team.rows.npeople; i++) {
		v->proposed[i] = roster_proposed(&v->team, &v->accounts[i], i, v->year);
		v->to_post += v->proposed[i] >= 0;
		v->to_carry += v->accounts[i].left > 0 && v->accounts[i].carried_out == 0;
	}
	struct page page = { .title = arena_printf(r->arena, _("Vacation accounts %d"), v->year), .section = "roster", .body_class = "p-roster", .main_class = "sheet", .top = top };
	page_begin(r, &page);
	accounts_html(&r->page, r, v);
	page_end(r);
}
