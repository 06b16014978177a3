/* roster_team.c: who is there, with what contract, under which rules; and everybody's vacation account. */
#include "base/date.h"
#include "modules/roster/roster_private.h"

#define ROWS(type) struct { struct type *at; size_t n, cap; }

/* Unlike in the book, the reception has a row here too. */
static void load_people(struct db *db, day from, day to, struct roster_team *t)
{
	struct arena *a = db_arena(db);
	ROWS(roster_person) people = { 0 };
	ROWS(worktime_person) rows = { 0 };
	struct query q = db_query(db, SQL("SELECT id, role, name, code, in_book, birthday, joined, left FROM staff WHERE (active = 1 OR left >= ?1)"
	    " AND (left IS NULL OR left >= ?1) AND (joined IS NULL OR joined <= ?2) ORDER BY sort, name, id"), B(from), B(to));
	while (db_step(&q)) {
		*arena_push(a, &people) = (struct roster_person){ db_int(&q, 0), db_int(&q, 1), db_text(&q, 2), db_text(&q, 3), db_bool(&q, 4) };
		*arena_push(a, &rows) = (struct worktime_person){ db_int(&q, 0), db_day(&q, 5), db_day(&q, 6), db_day(&q, 7) };
	}
	t->people = people.at;
	t->rows.people = rows.at;
	t->rows.npeople = rows.n;
}

static void load_rules(struct db *db, struct roster_team *t)
{
	ROWS(duty_contract) contracts = { 0 };
	struct query q = db_query(db, SQL("SELECT kind, work, vacation FROM absence_kind"));
	while (db_step(&q))
		t->kinds[db_int(&q, 0)] = (struct duty_kind){ db_bool(&q, 1), db_bool(&q, 2) };
	q = db_query(db, SQL("SELECT weekday, people FROM roster_least"));
	while (db_step(&q))
		t->least[db_int(&q, 0)] = (int)db_int(&q, 1);
	q = db_query(db, SQL("SELECT expires_month, expires_day FROM roster_rule"));
	while (db_step(&q))
		t->expires = (struct civil){ .month = (int)db_int(&q, 0), .day = (int)db_int(&q, 1) };
	q = db_query(db, SQL("SELECT staff, from_day, minutes_per_week, work_days_per_week, vacation_days FROM staff_contract ORDER BY staff, from_day"));
	while (db_step(&q))
		*arena_push(db_arena(db), &contracts) = (struct duty_contract){ db_int(&q, 0), db_day(&q, 1), (int)db_int(&q, 2), (int)db_int(&q, 3), (int)db_int(&q, 4) };
	t->contracts = contracts.at;
	t->ncontracts = contracts.n;
}

void roster_team_load(struct db *db, day from, day to, day rows_from, day rows_to, struct roster_team *t)
{
	*t = (struct roster_team){ .rows = hours_rows(db, rows_from, rows_to) };
	load_people(db, from, to, t);
	load_rules(db, t);
}

int roster_person_of(const struct roster_team *t, int64_t staff)
{
	for (size_t i = 0; i < t->rows.npeople; i++)
		if (t->people[i].id == staff)
			return (int)i;
	return -1;
}

struct vacation_account *roster_accounts(struct db *db, const struct roster_team *t, int year, day on)
{
	struct arena *a = db_arena(db);
	struct vacation_account *accounts = arena_array(a, struct vacation_account, t->rows.npeople + 1);
	ROWS(vacation_posting) *postings = arena_alloc(a, sizeof *postings * (t->rows.npeople + 1));
	struct query q = db_query(db, SQL("SELECT staff, kind, halves, expires, posted_day FROM vacation_posting WHERE year = ? ORDER BY id"), B(year));
	while (db_step(&q)) {
		int person = roster_person_of(t, db_int(&q, 0));
		if (person >= 0)
			*arena_push(a, &postings[person]) = (struct vacation_posting){ (enum vacation_posting_kind)db_int(&q, 1), (int)db_int(&q, 2), db_day(&q, 3), db_day(&q, 4) };
	}
	for (size_t i = 0; i < t->rows.npeople; i++) {
		struct vacation_days days = vacation_count(a, &t->rows, t->kinds, t->people[i].id, date_day(year, 1, 1), date_day(year, 12, 31));
		accounts[i] = vacation_account(postings[i].at, postings[i].n, &days, on);
	}
	return accounts;
}
