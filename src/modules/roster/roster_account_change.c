/* roster_account_change.c: posting to vacation accounts, and contracts. */
#include "modules/roster/roster_change_private.h"
#include "base/date.h"
#include "base/text.h"
#include <stdlib.h>

enum { REMARK_MAX = 200, MOST_HALVES = 200, MOST_MINUTES = 3600 };

static void refuse(struct request *r, const char *key, const char *sentence)
{
	struct roster_refused *e = arena_new_of(r->arena, struct roster_refused);
	*e = (struct roster_refused){ key, sentence };
	r->status = 422;
	roster_account_show(r, r->id[0], roster_account_year(r), e);
}

static bool is_person(struct request *r, int64_t staff)
{
	if (db_one(r->db, SQL("SELECT 1 FROM staff WHERE id = ?"), B(staff)) == 1)
		return true;
	page_error(r, 404, _("There is nobody with this number."));
	return false;
}

static void say(struct request *r, int64_t staff, const char *what)
{
	db_command_subject(r->db, "staff", staff);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s", roster_name(r->db, staff), what));
	live_publish(r, "roster", staff);
}

static void post(struct request *r, int64_t staff, int year, enum vacation_posting_kind kind, int halves, day expires, const char *note)
{
	db_run(r->db, SQL("INSERT INTO vacation_posting(staff, year, kind, halves, expires, note, posted_day, posted_by) VALUES(?,?,?,?,?,?,?,?)"), B(staff), B(year),
	    B((int)kind), B(halves), B(expires), B(note), B(r->today), B(r->user));
}

/* ---- by hand ---- */

static const char *wrong_days(struct request *r, int64_t staff, int year, int64_t kind, int halves)
{
	if (halves == 0 || abs(halves) > MOST_HALVES)
		return _("Days: not 0, and at most 100.");
	if (kind == VACATION_ENTITLED && halves < 0)
		return _("Days: an entitlement is not negative; take something away by a correction.");
	if (kind == VACATION_ENTITLED && db_one(r->db, SQL("SELECT 1 FROM vacation_posting WHERE staff = ? AND year = ? AND kind = 0"), B(staff), B(year)) == 1)
		return arena_printf(r->arena, _("Days: the entitlement of %d is posted already; a change is a correction."), year);
	return NULL;
}

void roster_page_posting(struct request *r, const struct route *route)
{
	(void)route;
	int64_t staff = r->id[0], kind = request_int(r, "kind");
	int year = roster_account_year(r), halves = 0;
	const char *typed = request_get(r, "days"), *note = request_get(r, "note");
	bool told = kind == VACATION_TOLD;
	if (!is_person(r, staff))
		return;
	if (kind != VACATION_ENTITLED && kind != VACATION_CORRECTED && !told)
		refuse(r, "kind", _("What: please choose from the list."));
	else if (!told && !vacation_read(typed, &halves))
		refuse(r, "days", arena_printf(r->arena, _("Days: a number like 14 or 14½, please, not “%s”."), text_cut(r->arena, typed ? typed : "", 40)));
	else if (!told && wrong_days(r, staff, year, kind, halves) != NULL)
		refuse(r, "days", wrong_days(r, staff, year, kind, halves));
	else if (note != NULL && text_length(note) > REMARK_MAX)
		refuse(r, "note", _("Remark: at most 200 characters."));
	else {
		post(r, staff, year, (enum vacation_posting_kind)kind, halves, (day){ NONE }, text_empty(note) ? NULL : note);
		say(r, staff, told ? arena_printf(r->arena, _("told what vacation of %d lapses"), year)
		    : arena_printf(r->arena, kind == VACATION_ENTITLED ? _("entitlement of %d: %s days") : _("vacation of %d corrected by %s days"), year, vacation_text(r->arena, halves)));
		page_redirect(r, "/roster/account/%lld?year=%d", (long long)staff, year);
	}
}

/* ---- the year's: entitlements that follow from contracts, what is left into the next year ---- */

static int entitle(struct request *r, const struct roster_team *t, const struct vacation_account *accounts, size_t person, int year)
{
	int halves = roster_proposed(t, &accounts[person], person, year);
	if (halves < 0)
		return 0;
	post(r, t->people[person].id, year, VACATION_ENTITLED, halves, (day){ NONE }, NULL);
	live_publish(r, "roster", t->people[person].id);
	return 1;
}

static int carry(struct request *r, const struct roster_team *t, const struct vacation_account *accounts, size_t person, int year)
{
	const struct vacation_account *c = &accounts[person];
	if (c->left <= 0 || c->carried_out != 0)
		return 0;
	post(r, t->people[person].id, year, VACATION_CARRIED, -c->left, (day){ NONE }, NULL);
	post(r, t->people[person].id, year + 1, VACATION_CARRIED, c->left, roster_expires(t, year + 1), NULL);
	live_publish(r, "roster", t->people[person].id);
	return 1;
}

void roster_page_year(struct request *r, const struct route *route)
{
	(void)route;
	int year = roster_account_year(r), n = 0;
	int64_t only = request_int(r, "staff");
	bool carries = text_equal(request_get(r, "what"), "carry");
	day first = date_day(year, 1, 1), last = date_day(year, 12, 31);
	struct roster_team t;
	roster_team_load(r->db, first, last, first, last, &t);
	struct vacation_account *accounts = roster_accounts(r->db, &t, year, r->today);
	for (size_t i = 0; i < t.rows.npeople; i++)
		if (only == NONE || only == t.people[i].id)
			n += carries ? carry(r, &t, accounts, i, year) : entitle(r, &t, accounts, i, year);
	if (n == 0) {
		page_error(r, 409, carries ? _("Nothing is left to carry over, or it was carried over already.") : _("There is no contract to follow, or the entitlement is posted already."));
		return;
	}
	if (only != NONE)
		say(r, only, carries ? arena_printf(r->arena, _("vacation left in %d carried over"), year) : arena_printf(r->arena, _("entitlement of %d posted"), year));
	else
		db_command_text(r->db, arena_printf(r->arena, carries ? P_("Vacation left in %d carried over for %d person", "Vacation left in %d carried over for %d people", n)
		    : P_("Entitlement of %d posted for %d person", "Entitlement of %d posted for %d people", n), year, n));
	if (only != NONE)
		page_redirect(r, "/roster/account/%lld?year=%d", (long long)only, year);
	else
		page_redirect(r, "/roster/account?year=%d", year);
}

/* ---- contracts ---- */

/* "38,5" hours as minutes; -1: not understood, or more than there are. */
static int read_week(const char *typed)
{
	money hours;
	if (text_empty(typed) || !read_money(typed, &hours) || hours.cents < 0 || hours.cents > MOST_MINUTES / 60 * 100)
		return -1;
	return (int)((hours.cents * 60 + 50) / 100);
}

static int64_t read_within(const char *typed, int64_t low, int64_t high)
{
	int64_t n;
	return !text_empty(typed) && read_int(typed, &n) && n >= low && n <= high ? n : -1;
}

static const char *quoted(struct request *r, const char *key)
{
	const char *typed = request_get(r, key);
	return text_cut(r->arena, typed ? typed : "", 40);
}

static void save_contract(struct request *r, int64_t staff)
{
	day from = request_day(r, "from");
	int week = read_week(request_get(r, "hours"));
	int64_t days = read_within(request_get(r, "workdays"), 1, 7), vacation = read_within(request_get(r, "vacation"), 0, 99);
	if (from.n == NONE)
		refuse(r, "from", arena_printf(r->arena, _("Valid from: a day like 23/11/2026, please, not “%s”."), quoted(r, "from")));
	else if (week < 0)
		refuse(r, "hours", arena_printf(r->arena, _("Hours a week: a number like 38.5, at most 60, not “%s”."), quoted(r, "hours")));
	else if (days < 0)
		refuse(r, "workdays", arena_printf(r->arena, _("Days a week: a whole number from 1 to 7, not “%s”."), quoted(r, "workdays")));
	else if (vacation < 0)
		refuse(r, "vacation", arena_printf(r->arena, _("Vacation days a year: a whole number from 0 to 99, not “%s”."), quoted(r, "vacation")));
	else {
		struct out on = { .arena = r->arena };
		out_day(&on, from);
		db_run(r->db, SQL("INSERT INTO staff_contract(staff, from_day, minutes_per_week, work_days_per_week, vacation_days) VALUES(?1,?2,?3,?4,?5)"
		    " ON CONFLICT(staff, from_day) DO UPDATE SET minutes_per_week = ?3, work_days_per_week = ?4, vacation_days = ?5"), B(staff), B(from), B(week), B(days), B(vacation));
		say(r, staff, arena_printf(r->arena, _("contract from %s: %s hours on %d days, %d days of vacation"), on.s, roster_hours(r->arena, week), (int)days, (int)vacation));
		page_redirect(r, "/roster/account/%lld?year=%d", (long long)staff, roster_account_year(r));
	}
}

void roster_page_contract(struct request *r, const struct route *route)
{
	(void)route;
	int64_t staff = r->id[0], remove = request_int(r, "remove");
	if (!is_person(r, staff))
		return;
	if (remove == NONE) {
		save_contract(r, staff);
		return;
	}
	if (db_run(r->db, SQL("DELETE FROM staff_contract WHERE id = ? AND staff = ?"), B(remove), B(staff)) != 1) {
		page_error(r, 404, _("This contract does not exist (any more)."));
		return;
	}
	say(r, staff, _("contract removed"));
	page_redirect(r, "/roster/account/%lld?year=%d", (long long)staff, roster_account_year(r));
}
