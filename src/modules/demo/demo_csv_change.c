/* The benchmark's salon: staff.csv, services.csv, customers.csv, appts.csv, tab separated, without headings, in this order
 * of columns: id first last · id name minutes cents · id first last mail phone street postcode town · id staff room customer
 * service start end. Rooms become places; where the file puts two into one room at once, the claim is marked as forced. */
#include "modules/demo/demo_private.h"
#include "base/date.h"
#include "base/log.h"
#include "base/text.h"
#include <errno.h>
#include <stdio.h>
#include <string.h>

enum { COLUMNS = 8, ROOMS = 64, PAID = 6, CONFIRMED = 2 };
struct table { FILE *file; char line[1024], *cell[COLUMNS]; int number; };

static bool open_table(struct arena *arena, const struct demo_options *o, const char *name, struct table *t)
{
	*t = (struct table){ .file = fopen(arena_printf(arena, "%s/%s", o->csv_folder, name), "r") };
	if (t->file == NULL) log_fault("demo: %s/%s: %s", o->csv_folder, name, strerror(errno));
	return t->file != NULL;
}

/* The next line's cells; false at the end. A line with fewer cells has NULLs. */
static bool next_row(struct table *t)
{
	if (fgets(t->line, sizeof t->line, t->file) == NULL) return false;
	t->line[strcspn(t->line, "\n")] = '\0';
	char *rest = t->line;
	for (int i = 0; i < COLUMNS; i++) t->cell[i] = strsep(&rest, "\t");
	t->number++;
	return true;
}

static int64_t number(const char *cell)
{
	int64_t value;
	return read_int(cell == NULL ? "" : cell, &value) ? value : NONE;
}

static void write_shop(struct db *db)
{
	db_run(db, SQL("INSERT INTO shop(id, name, country, state, set_up) VALUES(1, 'Salon Adler', 'DE', 'NI', 3)"));
	for (int weekday = 1; weekday <= 6; weekday++)
		db_run(db, SQL("INSERT INTO opening(weekday, start, end) VALUES(?, 540, 1080)"), B(weekday));
	db_run(db, SQL("INSERT INTO service_group(id, name, style) VALUES(1, 'Leistungen', 'schnitt')"));
	db_run(db, SQL("INSERT INTO place_class(id, name) VALUES(1, 'Raum')"));
}

static int write_staff(struct db *db, struct arena *arena, const struct demo_options *o, day first)
{
	struct table t;
	if (!open_table(arena, o, "staff.csv", &t)) return -1;
	for (int n = 0; next_row(&t); n++) {
		int64_t id = number(t.cell[0]);
		const char *code = arena_printf(arena, "M%d", n + 1);
		db_run(db, SQL("INSERT INTO staff(id, name, code, role, sort) VALUES(?,?,?,?,?)"), B(id),
		    B(arena_printf(arena, "%s %s", t.cell[1], t.cell[2])), B(code), B(n == 0 ? 5 : 2), B(n));
		db_run(db, SQL("INSERT INTO pattern(id, staff, from_day, weeks) VALUES(?,?,?,1)"), B(id), B(id), B(first));
		for (int weekday = 1; weekday <= 6; weekday++)
			db_run(db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?,0,?,0,540,1080)"), B(id), B(weekday));
	}
	fclose(t.file);
	int64_t people = db_one(db, SQL("SELECT max(id) FROM staff"));
	demo_secrets(db, people > DEMO_MOST_STAFF ? DEMO_MOST_STAFF : (int)people);
	return db_failed(db) ? -1 : 0;
}

static int write_services(struct db *db, struct arena *arena, const struct demo_options *o)
{
	struct table t;
	if (!open_table(arena, o, "services.csv", &t)) return -1;
	while (next_row(&t)) {
		int64_t id = number(t.cell[0]);
		db_run(db, SQL("INSERT INTO service(id, name, short, service_group, price, sort) VALUES(?,?,?,1,?,?)"), B(id), B(t.cell[1]),
		    B(arena_printf(arena, "l%lld", (long long)id)), B(number(t.cell[3])), B(id));
		db_run(db, SQL("INSERT INTO service_phase(service, seq, kind, minutes, place_class) VALUES(?,0,0,?,1)"), B(id), B(number(t.cell[2])));
	}
	fclose(t.file);
	db_run(db, SQL("INSERT INTO staff_service(staff, service) SELECT staff.id, service.id FROM staff, service"));
	return db_failed(db) ? -1 : 0;
}

static int write_customers(struct db *db, struct arena *arena, const struct demo_options *o, int64_t *n_r)
{
	struct table t;
	if (!open_table(arena, o, "customers.csv", &t)) return -1;
	for (*n_r = 0; next_row(&t); ++*n_r)
		db_run(db, SQL("INSERT INTO customer(id, first, last, mail, mobile, street, postcode, town) VALUES(?,?,?,?,?,?,?,?)"),
		    B(number(t.cell[0])), B(t.cell[1]), B(t.cell[2]), B(t.cell[3]), B(t.cell[4]), B(t.cell[5]), B(t.cell[6]), B(t.cell[7]));
	fclose(t.file);
	return db_failed(db) ? -1 : 0;
}

/* "2026-11-23 09:30:00" */
static bool read_moment(const char *cell, day *day_r, int *minute_r)
{
	char date[11], time[6];
	daytime at;
	if (cell == NULL || strlen(cell) < 16) return false;
	memcpy(date, cell, 10);
	memcpy(time, cell + 11, 5);
	date[10] = time[5] = '\0';
	if (!date_from_iso(date, day_r) || !read_daytime(time, &at)) return false;
	*minute_r = (int)at.min;
	return true;
}

struct room_day { day on; unsigned char taken[ROOMS][DEMO_STEPS]; };

static bool take_room(struct room_day *rooms, day on, int64_t room, int start, int end)
{
	bool clash = false;
	if (on.n != rooms->on.n) *rooms = (struct room_day){ .on = on };
	for (int s = start / RASTER; s < end / RASTER; s++) {
		clash = clash || rooms->taken[room][s];
		rooms->taken[room][s] = 1;
	}
	return clash;
}

struct booking { int64_t id, staff, room, customer, service; day on; int start, end; };

static void write_booking(struct db *db, const struct demo_options *o, struct room_day *rooms, const struct booking *b)
{
	bool past = b->on.n < o->today.n || (b->on.n == o->today.n && b->end <= o->now.min);
	if (db_one(db, SQL("SELECT 1 FROM place WHERE id = ?"), B(b->room)) == NONE)
		db_run(db, SQL("INSERT INTO place(id, name, class, sort) VALUES(?1, 'Raum ' || ?1, 1, ?1)"), B(b->room));
	db_run(db, SQL("INSERT INTO appointment(id, customer, day, start, end, status, booked_at) VALUES(?,?,?,?,?,?,?)"), B(b->id), B(b->customer),
	    B(b->on), B(b->start), B(b->end), B(past ? PAID : CONFIRMED), B((b->on.n - 7) * 86400));
	db_run(db, SQL("INSERT INTO appt_step(id, appointment, seq, service, staff, price)"
	    " VALUES(?1, ?1, 0, ?2, ?3, (SELECT price FROM service WHERE id = ?2))"), B(b->id), B(b->service), B(b->staff));
	db_run(db, SQL("INSERT INTO appt_phase(id, step, seq, kind, offset, minutes, staff, place, place_class) VALUES(?1, ?1, 0, 0, 0, ?2, ?3, ?4, 1)"),
	    B(b->id), B(b->end - b->start), B(b->staff), B(b->room));
	db_run(db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase) VALUES(?1, ?2, ?3, ?4, ?5, ?5)"), B(b->on),
	    B(resource_of(RESOURCE_PERSON, b->staff)), B(b->start), B(b->end), B(b->id));
	db_run(db, SQL("INSERT INTO use(day, resource, start, end, appointment, phase, forced) VALUES(?1, ?2, ?3, ?4, ?5, ?5, ?6)"), B(b->on),
	    B(resource_of(RESOURCE_PLACE, b->room)), B(b->start), B(b->end), B(b->id), B(take_room(rooms, b->on, b->room, b->start, b->end)));
}

static int write_bookings(struct db *db, struct arena *arena, const struct demo_options *o, int64_t *n_r)
{
	struct table t;
	struct room_day *rooms = arena_new_of(arena, struct room_day);
	int year = 0, result = 0;
	if (!open_table(arena, o, "appts.csv", &t)) return -1;
	for (*n_r = 0; result == 0 && next_row(&t); ++*n_r) {
		struct booking b = { number(t.cell[0]), number(t.cell[1]), number(t.cell[2]), number(t.cell[3]), number(t.cell[4]), { 0 }, 0, 0 };
		day end_day;
		if (!read_moment(t.cell[5], &b.on, &b.start) || !read_moment(t.cell[6], &end_day, &b.end) || b.room < 1 || b.room >= ROOMS) {
			log_fault("demo: appts.csv line %d can't be read", t.number);
			result = -1;
			break;
		}
		if (date_civil(b.on).year != year && year != 0) result = demo_next_command(db, o, NULL);
		if (date_civil(b.on).year != year && result == 0)
			result = demo_next_command(db, o, arena_printf(arena, "Demo-Salon: Terminbuch %d", date_civil(b.on).year));
		year = date_civil(b.on).year;
		if (result == 0) write_booking(db, o, rooms, &b);
	}
	fclose(t.file);
	if (result != 0 || db_failed(db)) return -1;
	return year == 0 ? 0 : demo_next_command(db, o, NULL);
}

int demo_csv_write(struct db *db, const struct demo_options *o, struct demo_result *result)
{
	struct arena *arena = db_arena(db);
	day first = { date_monday(o->today).n - 7 * 53 * 600 };  /* the largest of these salons is 500 years old */
	if (demo_next_command(db, o, "Salon eingelesen") != 0) return -1;
	write_shop(db);
	if (write_staff(db, arena, o, first) != 0 || write_services(db, arena, o) != 0
	    || write_customers(db, arena, o, &result->customers) != 0 || demo_next_command(db, o, NULL) != 0) return -1;
	result->staff = db_one(db, SQL("SELECT count(*) FROM staff"));
	return write_bookings(db, arena, o, &result->appointments);
}
