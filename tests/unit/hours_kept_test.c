/* hours_kept_test.c: what a looking connection keeps of the book: the same rows while nothing changes, new ones after a commit, and
 * for a part of the days exactly what reading would give. link: all */
#include "shop.h"
#include "base/date.h"
#include "modules/calendar/calendar.h"

static void run(struct shop *s, const char *name, const char *sql)
{
	require(begin_command(s, name, NULL) == COMMAND_NEW);
	require(sqlite3_exec(db_handle(s->db), sql, NULL, NULL, NULL) == SQLITE_OK);
	end_command(s);
}

static void fill(struct shop *s)
{
	run(s, "fill", "INSERT INTO shop(id, name, state, set_up) VALUES (1, 'Salon', 'NI', 3);"
	    "INSERT INTO opening(weekday, start, end) SELECT value, 540, 1080 FROM json_each('[1,2,3,4,5,6]');"
	    "INSERT INTO staff(id, name, code, role, in_book) VALUES (1, 'Susanne', 'SU', 5, 1), (2, 'Julia', 'JU', 2, 1);"
	    "INSERT INTO pattern(id, staff, from_day, weeks) VALUES (1, 1, 20000, 1), (2, 2, 20000, 1);"
	    "INSERT INTO shift(pattern, week, weekday, kind, start, end) SELECT p.id, 0, w.value, 0, 540, 1080 FROM pattern p, json_each('[1,2,3,4,5]') w;"
	    "INSERT INTO place_class(id, name, sort) VALUES (1, 'Platz', 1); INSERT INTO place(id, name, class) VALUES (1, 'Platz 1', 1);"
	    "INSERT INTO device(id, name, quantity) VALUES (1, 'Climazone', 2);"
	    "INSERT INTO appointment(id, kind, label, day, start, end, status, booked_at) SELECT value, 1, 'x', 20730 + value, 600, 660, 2, 0 FROM json_each('[1,2,3,4,5,6,7,8,9,30,40,41,50]');"
	    "INSERT INTO use(day, resource, start, end, appointment, phase) SELECT day, 4 + id % 2 * 4 + 1, start, end, id, 1 FROM appointment;");
}

static bool same_world(const struct slot_world *x, const struct slot_world *y)
{
	bool same = x->from.n == y->from.n && x->ndays == y->ndays && x->nwork == y->nwork && x->nuses == y->nuses && x->nplaces == y->nplaces &&
	    x->ndevices == y->ndevices && x->nmissing == y->nmissing;
	for (size_t i = 0; same && i < x->nuses; i++)
		same = x->uses[i].day.n == y->uses[i].day.n && x->uses[i].resource == y->uses[i].resource && x->uses[i].start == y->uses[i].start && x->uses[i].appointment == y->uses[i].appointment;
	for (size_t i = 0; same && i < x->nwork; i++)
		same = x->work[i].day.n == y->work[i].day.n && x->work[i].staff == y->work[i].staff && x->work[i].start == y->work[i].start && x->work[i].kind == y->work[i].kind;
	return same;
}

/* As a request does it. */
static struct slot_world ask(struct db *reader, struct arena *a, int64_t from, int ndays)
{
	db_use(reader, a);
	db_begin_read(reader);
	return hours_world(reader, (day){ from }, ndays);
}

static void kept_until_a_commit(struct shop *s, struct db *reader, struct arena *a)
{
	struct slot_world first = ask(reader, a, 20730, 60), again = ask(reader, a, 20730, 60), part = ask(reader, a, 20735, 3);
	CHECK(first.nuses == 13 && first.map != NULL);
	CHECK(again.uses == first.uses && again.map == first.map);
	CHECK(part.map == first.map && part.nuses == 3 && part.uses == first.uses + 4);
	run(s, "cancel", "DELETE FROM use WHERE appointment = 5");
	struct slot_world later = ask(reader, a, 20730, 60);
	CHECK_INT(later.nuses, 12);
	CHECK_INT(ask(reader, a, 20735, 3).nuses, 2);
	require(begin_command(s, "dropped", NULL) == COMMAND_NEW);
	CHECK_INT(db_run(s->db, SQL("DELETE FROM use WHERE appointment = 6")), 1);
	CHECK_INT(ask(reader, a, 20730, 60).nuses, 12);
	CHECK_INT(hours_world(s->db, (day){ 20730 }, 60).nuses, 11);        /* the writer sees its own change, and keeps nothing */
	CHECK(hours_world(s->db, (day){ 20730 }, 60).map == NULL);
	drop_command(s);
	CHECK_INT(hours_world(s->db, (day){ 20730 }, 60).nuses, 12);
}

static void parts_are_what_reading_gives(struct db *reader, struct arena *a)
{
	int wrong = 0;
	(void)ask(reader, a, 20700, 100);
	for (int64_t from = 20700; from < 20800; from += 3)
		for (int n = 1; from + n <= 20800; n += 7) {
			struct slot_world kept = ask(reader, a, from, n), fresh = hours_read_world(reader, (day){ from }, n);
			wrong += kept.map == NULL || fresh.map != NULL || !same_world(&kept, &fresh);
			arena_reset(a);
		}
	CHECK_INT(wrong, 0);
}

/* More stretches of days than there is room for: all are answered, and the room is there again for the next request. */
static void room_for_more(struct db *reader, struct arena *a)
{
	int wrong = 0;
	for (int64_t from = 21000; from < 24000; from += 100) {
		struct slot_world w = ask(reader, a, from, 60), fresh = hours_read_world(reader, (day){ from }, 60);
		wrong += !same_world(&w, &fresh);
	}
	CHECK_INT(wrong, 0);
	struct slot_world w = ask(reader, a, 20730, 60);
	CHECK(w.map != NULL && ask(reader, a, 20730, 60).map == w.map);
	CHECK(ask(reader, a, 20730, 400).map == NULL);
}

int main(void)
{
	char pattern[] = "/tmp/kontor-test-XXXXXX";
	struct shop s;
	zone_set("Europe/Berlin");
	shop_new(&s, pattern);
	fill(&s);
	struct arena *own = arena_new(), *a = arena_new();
	struct db *reader = db_open(own, db_path(own, s.dir));
	require(reader != NULL);
	kept_until_a_commit(&s, reader, a);
	parts_are_what_reading_gives(reader, a);
	room_for_more(reader, a);
	db_close(reader);
	arena_free(a);
	arena_free(own);
	shop_close(&s);
	shop_remove(&s);
	return check_end();
}
