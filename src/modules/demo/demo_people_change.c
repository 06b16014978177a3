/* The salon's people: twelve of them are known here, the shop takes the first so many, and one at the desk. */
#include "modules/demo/demo_private.h"
#include "base/date.h"
#include "rules/holidays.h"

#define HAIR (1u << STARTER_HAIR)
#define MEN (1u << STARTER_MEN)
#define FACE (1u << STARTER_COSMETICS)
#define NAILS (1u << STARTER_NAILS)
#define MASSAGE (1u << STARTER_MASSAGE)
#define MONDAY_TO_FRIDAY (1u << 1 | 1u << 2 | 1u << 3 | 1u << 4 | 1u << 5)
#define TUESDAY_TO_SATURDAY (1u << 2 | 1u << 3 | 1u << 4 | 1u << 5 | 1u << 6)
#define NOT_WEDNESDAY (1u << 1 | 1u << 2 | 1u << 4 | 1u << 5 | 1u << 6)
#define FULL { NOT_WEDNESDAY, NOT_WEDNESDAY }
#define IN_TURN { MONDAY_TO_FRIDAY, TUESDAY_TO_SATURDAY }
#define OTHER_TURN { TUESDAY_TO_SATURDAY, MONDAY_TO_FRIDAY }

enum { APPRENTICE = 1, STYLIST, RECEPTION, MANAGEMENT, OWNER };
enum { VACATION, SICK, CHILD_SICK, SCHOOL, TRAINING, TIME_OFF };

static const struct demo_person people[DEMO_MOST_STAFF] = {
	{ "Susanne Brandt", "SU", "blue", OWNER, HAIR, false, IN_TURN, false, 540, 99 },
	{ "Julia Wiesner", "JU", "magenta", STYLIST, HAIR, false, FULL, true, 540, 99 },
	{ "Mehmet Yıldız", "ME", "petrol", STYLIST, HAIR | MEN, false, FULL, false, 540, 99 },
	{ "Anh Nguyen-Hartmann", "AN", "rust", STYLIST, NAILS, false, IN_TURN, true, 510, 99 },
	{ "Katharina Oberländer", "KA", "ochre", MANAGEMENT, HAIR, false, OTHER_TURN, true, 540, 99 },
	{ "Leonie Schäfer", "LE", "green", APPRENTICE, HAIR | MEN, true, IN_TURN, false, 510, 1 },
	{ "Agnieszka Dzierżanowska", "AG", "green", STYLIST, FACE, false, FULL, false, 510, 99 },
	{ "Thomas Behrends", "TH", "umber", STYLIST, MASSAGE, false, FULL, false, 510, 99 },
	{ "Aylin Demir", "AY", "magenta", STYLIST, HAIR | MEN, false, IN_TURN, true, 540, 99 },
	{ "Marek Kowalczyk", "MA", "petrol", STYLIST, MEN, false, FULL, true, 540, 99 },
	{ "Linh Tran", "LI", "rust", STYLIST, NAILS | FACE, false, OTHER_TURN, false, 510, 99 },
	{ "Dörte Siebrecht", "DO", "blue", STYLIST, HAIR, false, { NOT_WEDNESDAY, 1u << 3 | 1u << 4 | 1u << 5 }, false, 420, 99 },
};

const struct demo_person *demo_people_get(int i) { return i >= 0 && i < DEMO_MOST_STAFF ? &people[i] : NULL; }

struct span demo_people_opening(int weekday)
{
	static const struct span hours[8] = {
		[1] = { 540, 1110 }, [2] = { 540, 1110 }, [3] = { 540, 1110 }, [4] = { 540, 1200 }, [5] = { 540, 1200 }, [6] = { 510, 960 },
	};
	return hours[weekday];
}

bool demo_people_closed(day d)
{
	struct civil c = date_civil(d);
	if (c.month == 12 && (c.day == 24 || c.day == 31)) return true;
	return demo_people_opening(date_weekday(d)).end == 0 || holidays_name("DE", "NI", d) != NULL;
}

static struct span shift_of(const struct demo_person *p, int week, int weekday, struct span *pause_r)
{
	struct span open = demo_people_opening(weekday), none = { 0, 0 };
	*pause_r = none;
	if (!(p->weeks[week] & 1u << weekday) || open.end == 0) return none;
	int length = p->hours < open.end - open.start ? p->hours : open.end - open.start;
	struct span work = p->late ? (struct span){ open.end - length, open.end } : (struct span){ open.start, open.start + length };
	if (length > 360) {
		int middle = work.start + length / 2 - 15 + (int)(p - people) % 3 * 15;
		*pause_r = (struct span){ middle / RASTER * RASTER, middle / RASTER * RASTER + 30 };
	}
	return work;
}

static void write_pattern(struct db *db, const struct demo_people *all, int i)
{
	const struct demo_person *p = &people[i];
	int weeks = p->weeks[0] == p->weeks[1] ? 1 : 2;
	db_run(db, SQL("INSERT INTO pattern(id, staff, from_day, weeks) VALUES(?,?,?,?)"), B(i + 1), B(all->ids[i]), B(all->first), B(weeks));
	for (int week = 0; week < weeks; week++)
		for (int weekday = 1; weekday <= 7; weekday++) {
			struct span pause, work = shift_of(p, week, weekday, &pause);
			if (work.end == 0) continue;
			db_run(db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?,?,?,0,?,?)"),
			    B(i + 1), B(week), B(weekday), B(work.start), B(work.end));
			if (pause.end == 0) continue;
			db_run(db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?,?,?,1,?,?)"),
			    B(i + 1), B(week), B(weekday), B(pause.start), B(pause.end));
		}
}

static void add(struct arena *arena, struct demo_people *all, struct demo_away away)
{
	if (away.from.n < all->joined[away.person].n) return;
	*arena_push(arena, &all->away) = away;
}

/* Three vacations a year, staggered so that never half the salon is away, now and then a cold. */
static void year_away(struct arena *arena, struct demo_chance *c, struct demo_people *all, int i, int year, const struct demo_options *o)
{
	struct demo_away away = { .person = i, .kind = VACATION, .granted = true, .start = -1, .end = -1 };
	const struct { int month, weeks; } vacations[] = { { 2 + i % 3, 1 }, { 6 + i % 3, 2 }, { 10, 1 } };
	for (size_t v = 0; v < COUNT(vacations); v++) {
		away.from = date_monday((day){ date_day(year, vacations[v].month, 1).n + 7 * demo_chance_below(c, 4) });
		away.to = (day){ away.from.n + 7 * vacations[v].weeks - 2 };
		away.note = v == 1 ? "Sommerurlaub" : NULL;
		bool soon = away.from.n <= o->today.n + 2 && away.to.n >= o->today.n;   /* the salon that one sees first is well staffed */
		if (!soon || i == 8) add(arena, all, away);
	}
	away.note = NULL;
	for (int k = 0; k < 2; k++) {
		away.kind = demo_chance_in(c, 150) ? CHILD_SICK : SICK;
		away.from = (day){ date_day(year, 1, 1).n + demo_chance_below(c, 360) };
		away.to = (day){ away.from.n + demo_chance_below(c, 4) };
		if (away.to.n < o->today.n - 1) add(arena, all, away);
	}
	away.kind = TRAINING;
	away.from = away.to = date_day(year, 3 + demo_chance_below(c, 8), 6 + demo_chance_below(c, 20));
	away.note = "Seminar Farbe";
	if (i < 5 && away.from.n != o->today.n) add(arena, all, away);
}

static void school_away(struct arena *arena, struct demo_people *all, int i, day last)
{
	for (day d = all->joined[i]; d.n <= last.n + 42; d.n++) {
		int month = date_civil(d).month;
		if (date_weekday(d) != 3 || month == 7 || month == 8 || demo_people_closed(d)) continue;
		add(arena, all, (struct demo_away){ .person = i, .kind = SCHOOL, .granted = true, .from = d, .to = d, .start = -1, .end = -1 });
	}
}

static void soon_away(struct arena *arena, struct demo_people *all, day today)
{
	day thursday = { date_monday(today).n + 7 + 3 }, monday = { date_monday(today).n + 14 };
	add(arena, all, (struct demo_away){ .person = 1 % all->n, .kind = TIME_OFF, .granted = true, .from = thursday, .to = thursday,
	    .start = 900, .end = 1020, .note = "Arzttermin" });
	add(arena, all, (struct demo_away){ .person = 2 % all->n, .kind = VACATION, .granted = false, .from = monday,
	    .to = { monday.n + 5 }, .start = -1, .end = -1, .note = "wenn es geht" });
	add(arena, all, (struct demo_away){ .person = 4 % all->n, .kind = VACATION, .granted = true, .from = { monday.n + 3 },
	    .to = { monday.n + 5 }, .start = -1, .end = -1 });
}

static void plan_away(struct db *db, const struct demo_options *o, struct demo_chance *c, struct demo_people *all)
{
	struct arena *arena = db_arena(db);
	int year = date_civil(all->first).year, until = date_civil((day){ o->today.n + 60 }).year;
	for (; year <= until; year++)
		for (int i = 0; i < all->n; i++) year_away(arena, c, all, i, year, o);
	for (int i = 0; i < all->n; i++)
		if (people[i].role == APPRENTICE) school_away(arena, all, i, o->today);
	soon_away(arena, all, o->today);
	for (size_t i = 0; i < all->away.n; i++) {
		const struct demo_away *a = &all->away.at[i];
		db_run(db, SQL("INSERT INTO absence(staff, kind, granted, from_day, to_day, start, end, note) VALUES(?,?,?,?,?,?,?,?)"),
		    B(all->ids[a->person]), B(a->kind), B(a->granted), B(a->from), B(a->to), B(a->start < 0 ? NONE : (int64_t)a->start),
		    B(a->end < 0 ? NONE : (int64_t)a->end), B(a->note));
	}
}

int demo_people_write(struct db *db, const struct demo_options *o, struct demo_chance *c, struct demo_people *all)
{
	*all = (struct demo_people){ .n = o->staff, .first = { date_monday(o->today).n - (365 * o->years / 14 + 1) * 14 } };
	for (int i = 0; i <= all->n; i++) {
		static const struct demo_person desk = { "Renate Ohlendorf", "RE", "blue", RECEPTION, 0, false, OTHER_TURN, false, 510, 99 };
		const struct demo_person *p = i < all->n ? &people[i] : &desk;
		day joined = p->joined_years > o->years ? all->first : (day){ o->today.n - 365 * p->joined_years };
		day born = date_day(date_civil(o->today).year - (p->role == APPRENTICE ? 18 : 26 + i * 3), 1 + i % 12, 3 + i * 2);
		db_run(db, SQL("INSERT INTO staff(id, name, code, role, in_book, colour, birthday, joined, sort, phone) VALUES(?,?,?,?,?,?,?,?,?,?)"),
		    B(i + 1), B(p->name), B(p->code), B(p->role), B(i < all->n), B(p->colour), B(born), B(joined), B(i),
		    B(demo_names_mobile(db_arena(db), c)));
		if (i == all->n) continue;
		all->ids[i] = i + 1;
		all->joined[i] = joined;
		write_pattern(db, all, i);
	}
	plan_away(db, o, c, all);
	return db_failed(db) ? -1 : 0;
}

static void clear(bool free[DEMO_STEPS], int start, int end)
{
	for (int s = start / RASTER; s < end / RASTER; s++) free[s] = false;
}

void demo_people_work(const struct demo_people *all, int person, day d, bool free_r[DEMO_STEPS])
{
	clear(free_r, 0, DAY_MINUTES);
	if (d.n < all->joined[person].n || demo_people_closed(d)) return;
	int week = people[person].weeks[0] == people[person].weeks[1] ? 0 : (int)((d.n - all->first.n) / 7 % 2);
	struct span pause, work = shift_of(&people[person], week, date_weekday(d), &pause);
	for (int s = work.start / RASTER; s < work.end / RASTER; s++) free_r[s] = true;
	clear(free_r, pause.start, pause.end);
	for (size_t i = 0; i < all->away.n; i++) {
		const struct demo_away *a = &all->away.at[i];
		if (a->person != person || !a->granted || d.n < a->from.n || d.n > a->to.n) continue;
		if (a->start < 0) clear(free_r, 0, DAY_MINUTES); else clear(free_r, a->start, a->end);
	}
}
