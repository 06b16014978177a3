/* floor.c: what the machine can do at best: an epoll HTTP server on bare SQLite that answers the benchmark's questions
 * with nothing in between, from the same database file. Held beside the program, in the same run, by run.mjs.
 *   floor DATABASE PORT BOOKINGS
 * /day?DAY&BYTES    one joined query for all that the page shows of its appointments, one block of HTML per row, filled up to
 *                   BYTES of page; what people and services are called is known from the start
 * /find?KEY&BYTES   a prefix of the sorted keys of names; the first seven customers, each with her last visit and whose it was;
 *                   filled up to BYTES
 * /slots?DAY&BYTES  60 days of rows to bitmaps (rules/slots), all starts of services 1, 2, 3; a page of BYTES
 * /series?DAY&BYTES the same day of the 52 weeks from DAY on, each of them rows to bitmaps, all starts of service 1; a page of BYTES
 * /book?N           five rows into BOOKINGS (a database of its own); one fdatasync for all that were asked for at once */
#include "base/out.h"
#include "rules/slots.h"
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/uio.h>
#include <unistd.h>

enum { DAYS = 60, WEEKS = 52, STEPS = 3, HITS = 7, MOST = 64 };
#define LIST(type) struct { struct type *at; size_t n, cap; }

static sqlite3 *salon, *bookings;
static sqlite3_stmt *day_rows, *find_rows, *hit_row, *visit_rows, *step_row, *use_rows, *shift_rows, *phase_rows, *who_rows, *place_rows, *device_rows, *book_row;

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *st = NULL;
	if (sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &st, NULL) != SQLITE_OK) {
		fprintf(stderr, "floor: %s\n", sqlite3_errmsg(db));
		exit(1);
	}
	return st;
}

static void open_all(const char *path, const char *own)
{
	sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
	sqlite3_open_v2(path, &salon, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, NULL);
	sqlite3_open_v2(own, &bookings, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, NULL);
	sqlite3_exec(salon, "PRAGMA cache_size = -2500", NULL, NULL, NULL);      /* as the program's */
	sqlite3_exec(bookings, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS use(day INTEGER, resource INTEGER,"
	    "start INTEGER, end INTEGER, appointment INTEGER, PRIMARY KEY(day, resource, start, appointment)) WITHOUT ROWID", NULL, NULL, NULL);
	day_rows = prepare(salon, "SELECT a.id, a.version, a.start, a.end, a.kind, a.status, a.new_customer, a.arrived_at, a.started_at, "
	    "s.staff, s.service, p.kind, p.offset, p.minutes, p.place, c.last, c.first, c.alert, c.note, a.label, a.note, s.label, p.name "
	    "FROM appointment a LEFT JOIN customer c ON c.id = a.customer LEFT JOIN appt_step s ON s.appointment = a.id "
	    "LEFT JOIN appt_phase p ON p.step = s.id WHERE a.day = ? ORDER BY a.start, a.id, s.seq, p.seq");
	find_rows = prepare(salon, "SELECT customer FROM search_customer WHERE key >= ?1 AND key < ?1 || '\xF4\x8F\xBF\xBF' ORDER BY key, customer");
	hit_row = prepare(salon, "SELECT last, first, coalesce(mobile, phone, phone_other) FROM customer WHERE id = ? AND active = 1");
	visit_rows = prepare(salon, "SELECT id, day, status FROM appointment WHERE customer = ? ORDER BY day DESC");
	step_row = prepare(salon, "SELECT staff FROM appt_step WHERE appointment = ? ORDER BY seq LIMIT 1");
	use_rows = prepare(salon, "SELECT day, resource, start, end, appointment FROM use WHERE day BETWEEN ? AND ?");
	shift_rows = prepare(salon, "SELECT p.staff, s.weekday, s.start, s.end FROM shift s JOIN pattern p ON p.id = s.pattern");
	phase_rows = prepare(salon, "SELECT kind, minutes, place_class, device FROM service_phase WHERE service = ? ORDER BY seq");
	who_rows = prepare(salon, "SELECT staff FROM staff_service WHERE service = ?");
	place_rows = prepare(salon, "SELECT id, class FROM place WHERE active = 1");
	device_rows = prepare(salon, "SELECT id, quantity FROM device WHERE active = 1");
	book_row = prepare(bookings, "INSERT INTO use VALUES(?, ?, ?, ?, ?)");
}

static int64_t number(sqlite3_stmt *st, int column) { return sqlite3_column_int64(st, column); }
static const char *text(sqlite3_stmt *st, int column) { return (const char *)sqlite3_column_text(st, column); }

/* Names by id, read once. */
struct names { const char **at; int64_t n; };
static struct names staff, services;

static struct names read_names(struct arena *a, const char *most, const char *sql)
{
	sqlite3_stmt *count = prepare(salon, most), *all = prepare(salon, sql);
	struct names names = { .n = sqlite3_step(count) == SQLITE_ROW ? number(count, 0) + 1 : 0 };
	names.at = arena_array(a, const char *, (size_t)names.n);
	while (sqlite3_step(all) == SQLITE_ROW)
		names.at[number(all, 0)] = arena_text(a, text(all, 1));
	sqlite3_finalize(count);
	sqlite3_finalize(all);
	return names;
}

static const char *name_of(const struct names *names, int64_t id) { return id < names->n ? names->at[id] : NULL; }

static void fill(struct out *o, size_t bytes)
{
	static const char line[] = "<span class=\"filler\">as much as a page has besides its rows</span>\n";
	while (o->len + sizeof line < bytes)
		out_bytes(o, line, sizeof line - 1);
}

enum { DAY_NUMBERS = 15, DAY_TEXTS = 8, DAY_STAFF = 9, DAY_SERVICE };

static void day_page(struct out *o, int64_t on, size_t bytes)
{
	sqlite3_bind_int64(day_rows, 1, on);
	while (sqlite3_step(day_rows) == SQLITE_ROW) {
		out_raw(o, "<a class=\"b\" href=\"/book?appt=");
		out_int(o, number(day_rows, 0));
		out_raw(o, "\" data-row=\"");
		for (int i = 1; i < DAY_NUMBERS; i++) {
			out_int(o, number(day_rows, i));
			out_raw(o, "/");
		}
		out_raw(o, "\"><b>");
		out_text(o, name_of(&staff, number(day_rows, DAY_STAFF)));
		out_raw(o, " ");
		out_text(o, name_of(&services, number(day_rows, DAY_SERVICE)));
		for (int i = DAY_NUMBERS; i < DAY_NUMBERS + DAY_TEXTS; i++) {
			out_raw(o, "</b> <b>");
			out_text(o, text(day_rows, i));
		}
		out_raw(o, "</b></a>\n");
	}
	sqlite3_reset(day_rows);
	fill(o, bytes);
}

static void last_visit(struct out *o, int64_t customer)
{
	sqlite3_bind_int64(visit_rows, 1, customer);
	while (sqlite3_step(visit_rows) == SQLITE_ROW) {
		if (number(visit_rows, 2) < 3 || number(visit_rows, 2) > 6)
			continue;
		out_day(o, (day){ number(visit_rows, 1) });
		sqlite3_bind_int64(step_row, 1, number(visit_rows, 0));
		if (sqlite3_step(step_row) == SQLITE_ROW)
			out_text(o, name_of(&staff, number(step_row, 0)));
		sqlite3_reset(step_row);
		break;
	}
	sqlite3_reset(visit_rows);
}

static bool find_hit(struct out *o, int64_t customer)
{
	sqlite3_bind_int64(hit_row, 1, customer);
	bool found = sqlite3_step(hit_row) == SQLITE_ROW;
	if (found) {
		out_raw(o, "<li><a href=\"/customer/");
		out_int(o, customer);
		out_raw(o, "\">");
		for (int i = 0; i < 3; i++) {
			out_text(o, text(hit_row, i));
			out_raw(o, " ");
		}
		last_visit(o, customer);
		out_raw(o, "</a></li>\n");
	}
	sqlite3_reset(hit_row);
	return found;
}

static void find_page(struct out *o, const char *key, size_t bytes)
{
	int64_t seen[HITS];
	int n = 0;
	sqlite3_bind_text(find_rows, 1, key, -1, SQLITE_STATIC);
	while (n < HITS && sqlite3_step(find_rows) == SQLITE_ROW) {
		int64_t customer = number(find_rows, 0);
		int i = 0;
		while (i < n && seen[i] != customer)
			i++;
		if (i == n && find_hit(o, customer))
			seen[n++] = customer;
	}
	sqlite3_reset(find_rows);
	fill(o, bytes);
}

static void read_work(struct arena *a, int64_t from, int ndays, struct slot_world *w)
{
	LIST(worktime_span) work = { 0 };
	while (sqlite3_step(shift_rows) == SQLITE_ROW)
		for (int64_t d = from; d < from + ndays; d++)
			if ((d + 3) % 7 + 1 == number(shift_rows, 1))
				*arena_push(a, &work) = (struct worktime_span){ .day = { d }, .staff = number(shift_rows, 0),
				    .start = (int)number(shift_rows, 2), .end = (int)number(shift_rows, 3) };
	sqlite3_reset(shift_rows);
	w->work = work.at;
	w->nwork = work.n;
}

static struct slot_world read_world(struct arena *a, int64_t from, int ndays)
{
	struct slot_world w = { .from = { from }, .ndays = ndays, .today = { NONE } };
	LIST(use) uses = { 0 };
	LIST(place) places = { 0 };
	LIST(device) devices = { 0 };
	sqlite3_bind_int64(use_rows, 1, from);
	sqlite3_bind_int64(use_rows, 2, from + ndays - 1);
	while (sqlite3_step(use_rows) == SQLITE_ROW)
		*arena_push(a, &uses) = (struct use){ .day = { number(use_rows, 0) }, .resource = number(use_rows, 1),
		    .start = (int)number(use_rows, 2), .end = (int)number(use_rows, 3), .appointment = number(use_rows, 4) };
	while (sqlite3_step(place_rows) == SQLITE_ROW)
		*arena_push(a, &places) = (struct place){ number(place_rows, 0), number(place_rows, 1) };
	while (sqlite3_step(device_rows) == SQLITE_ROW)
		*arena_push(a, &devices) = (struct device){ number(device_rows, 0), (int)number(device_rows, 1) };
	sqlite3_reset(use_rows);
	sqlite3_reset(place_rows);
	sqlite3_reset(device_rows);
	read_work(a, from, ndays, &w);
	w.uses = uses.at, w.nuses = uses.n, w.places = places.at, w.nplaces = places.n, w.devices = devices.at, w.ndevices = devices.n;
	return w;
}

static struct slot_step read_step(struct arena *a, int64_t service)
{
	LIST(slot_phase) phases = { 0 };
	LIST(slot_candidate) who = { 0 };
	sqlite3_bind_int64(phase_rows, 1, service);
	while (sqlite3_step(phase_rows) == SQLITE_ROW)
		*arena_push(a, &phases) = (struct slot_phase){ .kind = (enum phase_kind)number(phase_rows, 0),
		    .minutes = (int)number(phase_rows, 1), .place_class = number(phase_rows, 2), .device = number(phase_rows, 3) };
	sqlite3_reset(phase_rows);
	sqlite3_bind_int64(who_rows, 1, service);
	while (sqlite3_step(who_rows) == SQLITE_ROW)
		*arena_push(a, &who) = (struct slot_candidate){ .staff = number(who_rows, 0) };
	sqlite3_reset(who_rows);
	return (struct slot_step){ .phases = phases.at, .nphases = phases.n, .candidates = who.at, .ncandidates = who.n };
}

static void slots_page(struct out *o, int64_t from, size_t bytes)
{
	struct slot_world world = read_world(o->arena, from, DAYS);
	struct slot_step steps[STEPS];
	for (int i = 0; i < STEPS; i++)
		steps[i] = read_step(o->arena, i + 1);
	struct slot_request q = { .steps = steps, .nsteps = STEPS, .first = { from }, .last = { from + DAYS - 1 }, .wish_day = { NONE } };
	struct slot_start *starts;
	size_t n = slots_starts(o->arena, &world, &q, &starts);
	out_size(o, n);
	for (size_t i = 0; i < n && i < 20; i++) {
		out_raw(o, "<li>");
		out_int(o, starts[i].day.n);
		out_raw(o, " ");
		out_int(o, starts[i].start);
		out_raw(o, "</li>\n");
	}
	fill(o, bytes);
}

static void series_page(struct out *o, int64_t from, size_t bytes)
{
	struct slot_step step = read_step(o->arena, 1);
	for (int i = 0; i < WEEKS; i++, from += 7) {
		struct slot_world world = read_world(o->arena, from, 1);
		struct slot_request q = { .steps = &step, .nsteps = 1, .first = { from }, .last = { from }, .wish_day = { NONE } };
		struct slot_start *starts;
		out_raw(o, "<li>");
		out_size(o, slots_starts(o->arena, &world, &q, &starts));
		out_raw(o, "</li>\n");
	}
	fill(o, bytes);
}

static void book(int64_t n)
{
	if (sqlite3_get_autocommit(bookings))
		sqlite3_exec(bookings, "BEGIN IMMEDIATE", NULL, NULL, NULL);
	for (int i = 0; i < 5; i++) {
		sqlite3_bind_int64(book_row, 1, 30000 + n / 96);
		sqlite3_bind_int64(book_row, 2, i * 4 + 1);
		sqlite3_bind_int64(book_row, 3, n % 96 * 15);
		sqlite3_bind_int64(book_row, 4, n % 96 * 15 + 15);
		sqlite3_bind_int64(book_row, 5, n);
		sqlite3_step(book_row);
		sqlite3_reset(book_row);
	}
}

static void send_page(int fd, const struct out *o)
{
	char head[160];
	int n = snprintf(head, sizeof head, "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: %zu\r\n\r\n", o->len);
	struct iovec parts[] = { { head, (size_t)n }, { o->s, o->len } };
	if (writev(fd, parts, 2) < 0)
		perror("floor");
}

/* Whoever waits for a booking is answered when the disk has it. */
static int waiting[MOST];
static size_t nwaiting;

static void commit(struct arena *a)
{
	struct out o = { .arena = a };
	out_raw(&o, sqlite3_exec(bookings, "COMMIT", NULL, NULL, NULL) == SQLITE_OK ? "booked" : "not booked");
	while (nwaiting > 0)
		send_page(waiting[--nwaiting], &o);
	arena_reset(a);
}

/* "GET /what?first&second HTTP/1.1" */
static void answer(int fd, struct arena *a, char *ask)
{
	struct out o = { .arena = a };
	char *path = ask + 4, *end = strchr(path, ' ');
	*end = '\0';
	char *query = strchr(path, '?'), *second = query ? strchr(query, '&') : NULL;
	int64_t first = query ? strtoll(query + 1, NULL, 10) : 0;
	size_t bytes = second ? strtoul(second + 1, NULL, 10) : 0;
	if (strncmp(path, "/day", 4) == 0)
		day_page(&o, first, bytes);
	else if (strncmp(path, "/find", 5) == 0 && second) {
		*second = '\0';
		find_page(&o, query + 1, bytes);
	}
	else if (strncmp(path, "/slots", 6) == 0)
		slots_page(&o, first, bytes);
	else if (strncmp(path, "/series", 7) == 0)
		series_page(&o, first, bytes);
	if (strncmp(path, "/book", 5) == 0) {
		book(first);
		waiting[nwaiting++] = fd;
		return;
	}
	send_page(fd, &o);
	arena_reset(a);
}

static int listen_on(int port)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM, 0), on = 1;
	setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
	if (bind(fd, (struct sockaddr *)&at, sizeof at) != 0 || listen(fd, MOST) != 0) {
		perror("floor");
		exit(1);
	}
	return fd;
}

static void watch(int poll, int fd)
{
	int on = 1;
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	epoll_ctl(poll, EPOLL_CTL_ADD, fd, &(struct epoll_event){ .events = EPOLLIN, .data.fd = fd });
}

int main(int argc, char **argv)
{
	if (argc != 4)
		return 2;
	open_all(argv[1], argv[3]);
	signal(SIGPIPE, SIG_IGN);
	int door = listen_on((int)strtol(argv[2], NULL, 10)), poll = epoll_create1(0);
	struct arena *arena = arena_new(), *own = arena_new();
	staff = read_names(own, "SELECT max(id) FROM staff", "SELECT id, code FROM staff");
	services = read_names(own, "SELECT max(id) FROM service", "SELECT id, name FROM service");
	watch(poll, door);
	for (;;) {
		struct epoll_event events[MOST];
		int n = epoll_wait(poll, events, MOST, -1);
		for (int i = 0; i < n; i++) {
			char ask[4096];
			int fd = events[i].data.fd;
			ssize_t got = fd == door ? 0 : read(fd, ask, sizeof ask - 1);
			if (fd == door)
				watch(poll, accept(door, NULL, NULL));
			else if (got <= 0)
				close(fd);
			else
				ask[got] = '\0', answer(fd, arena, ask);
		}
		if (nwaiting > 0)
			commit(arena);
	}
}
