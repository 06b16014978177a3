/* The demo salon's roster: contracts that fit the patterns, this year's vacation accounts, and who would like to be away. */
#include "modules/demo/demo_private.h"
#include "base/date.h"

enum { ENTITLED, CARRIED, CORRECTED, TOLD };
enum { VACATION = 0, HALF_HOUR = 30 };

static void post(struct db *db, int64_t staff, int year, int kind, int halves, day expires, day on, const char *note)
{
	db_run(db, SQL("INSERT INTO vacation_posting(staff, year, kind, halves, expires, note, posted_day, posted_by) VALUES(?,?,?,?,?,?,?,1)"), B(staff), B(year),
	    B(kind), B(halves), B(expires), B(note), B(on));
}

/* The desk is no column of the book, but it is on duty. */
static void write_desk(struct db *db, const struct demo_people *all)
{
	db_run(db, SQL("INSERT INTO pattern(id, staff, from_day, weeks) VALUES(?1, ?1, ?2, 1)"), B(all->n + 1), B(all->first));
	for (int weekday = 2; weekday <= 6; weekday++)
		db_run(db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?, 0, ?, 0, 540, 840)"), B(all->n + 1), B(weekday));
}

/* The mean week of the pattern, to the half hour. */
static void write_contract(struct db *db, int64_t staff, day from, int vacation)
{
	int64_t weeks = db_one(db, SQL("SELECT weeks FROM pattern WHERE staff = ?"), B(staff));
	int64_t minutes_all = db_one(db, SQL("SELECT sum(iif(kind = 0, end - start, start - end)) FROM shift WHERE pattern = (SELECT id FROM pattern WHERE staff = ?)"), B(staff));
	int64_t days = db_one(db, SQL("SELECT count(*) FROM shift WHERE kind = 0 AND pattern = (SELECT id FROM pattern WHERE staff = ?)"), B(staff));
	if (weeks == NONE || minutes_all == NONE) return;
	db_run(db, SQL("INSERT INTO staff_contract(staff, from_day, minutes_per_week, work_days_per_week, vacation_days) VALUES(?,?,?,?,?)"), B(staff), B(from),
	    B(minutes_all / weeks / HALF_HOUR * HALF_HOUR), B(days / weeks), B(vacation));
}

static void write_account(struct db *db, const struct demo_options *o, int64_t staff, day joined, int i, int vacation)
{
	int year = date_civil(o->today).year;
	day january = date_day(year, 1, 2);
	post(db, staff, year, ENTITLED, 2 * vacation, (day){ NONE }, january.n > joined.n ? january : joined, NULL);
	if (joined.n > january.n || i % 3 != 1) return;
	post(db, staff, year, CARRIED, 2 + i, date_day(year, 3, 31), january, "Rest aus dem Vorjahr");
	post(db, staff, year, TOLD, 0, (day){ NONE }, january, "mündlich und per Aushang");
	if (i == 1) post(db, staff, year, CORRECTED, 1, (day){ NONE }, (day){ january.n + 60 }, "halber Tag für die Hochzeitsschau");
}

static void ask(struct db *db, int64_t staff, day from, day to, int start, int end, const char *note)
{
	db_run(db, SQL("INSERT INTO absence(staff, kind, granted, from_day, to_day, start, end, note) VALUES(?,?,0,?,?,?,?,?)"), B(staff), B(VACATION), B(from), B(to),
	    B(start < 0 ? NONE : (int64_t)start), B(end < 0 ? NONE : (int64_t)end), B(note));
}

void demo_roster_write(struct db *db, const struct demo_options *o, const struct demo_people *all)
{
	day monday = { date_monday(o->today).n + 7 };
	write_desk(db, all);
	for (int i = 0; i <= all->n; i++) {
		day joined = i < all->n ? all->joined[i] : all->first;
		int vacation = 25 + i % 4;
		write_contract(db, i + 1, joined, vacation);
		write_account(db, o, i + 1, joined, i, vacation);
	}
	for (int weekday = 1; weekday <= 6; weekday++)
		db_run(db, SQL("UPDATE roster_least SET people = ? WHERE weekday = ?"), B(all->n / 2), B(weekday));
	if (all->n > 4) ask(db, all->ids[4], (day){ monday.n + 3 }, (day){ monday.n + 5 }, -1, -1, NULL);
	if (all->n > 3) ask(db, all->ids[3], (day){ monday.n + 5 }, (day){ monday.n + 5 }, 840, 960, "Familienfest");
}
