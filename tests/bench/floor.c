/* floor.c: what the machine can do at best: an epoll HTTP server on bare SQLite that answers the benchmark's questions
 * with nothing in between, from the same database file. Held beside the program, in the same run, by run.mjs.
 *   floor DATABASE PORT BOOKINGS
 * /day?DAY&BYTES    one joined query, one block of HTML per row, filled up to BYTES of page
 * /find?KEY         a prefix of the sorted keys of names, seven hits
 * /slots?DAY&BYTES  60 days of rows to bitmaps (rules/slots), all starts of services 1, 2, 3; a page of BYTES
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

enum { DAYS = 60, STEPS = 3, MOST = 64 };
#define LIST(type) struct { struct type *at; size_t n, cap; }

static sqlite3 *salon, *bookings;
static sqlite3_stmt *day_rows, *find_rows, *use_rows, *shift_rows, *phase_rows, *who_rows, *place_rows, *device_rows, *book_row;

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
	sqlite3_exec(bookings, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE IF NOT EXISTS use(day INTEGER, resource INTEGER,"
	    "start INTEGER, end INTEGER, appointment INTEGER, PRIMARY KEY(day, resource, start, appointment)) WITHOUT ROWID", NULL, NULL, NULL);
	day_rows = prepare(salon, "SELECT a.id, a.start, a.end, a.status, c.last, c.first, v.name, t.code, p.place FROM appointment a "
	    "LEFT JOIN customer c ON c.id = a.customer LEFT JOIN appt_step s ON s.appointment = a.id LEFT JOIN service v ON v.id = s.service "
	    "LEFT JOIN staff t ON t.id = s.staff LEFT JOIN appt_phase p ON p.step = s.id WHERE a.day = ? ORDER BY a.start, a.id");
	find_rows = prepare(salon, "SELECT c.id, c.last, c.first, c.mobile FROM search_customer k JOIN customer c ON c.id = k.customer "
	    "WHERE k.key >= ?1 AND k.key < ?1 || '\xF4\x8F\xBF\xBF' ORDER BY k.key LIMIT 7");
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

static void fill(struct out *o, size_t bytes)
{
	static const char line[] = "<span class=\"filler\">as much as a page has besides its rows</span>\n";
	while (o->len + sizeof line < bytes)
		out_bytes(o, line, sizeof line - 1);
}

static void day_page(struct out *o, int64_t on, size_t bytes)
{
	sqlite3_bind_int64(day_rows, 1, on);
	while (sqlite3_step(day_rows) == SQLITE_ROW) {
		out_raw(o, "<a class=\"b\" href=\"/book?appt=");
		out_int(o, number(day_rows, 0));
		out_raw(o, "\" data-row=\"");
		out_int(o, number(day_rows, 1));
		out_raw(o, "/");
		out_int(o, number(day_rows, 2));
		out_raw(o, "\" data-status=\"");
		out_int(o, number(day_rows, 3));
		out_raw(o, "\"><b>");
		for (int i = 4; i < 9; i++) {
			out_text(o, text(day_rows, i));
			out_raw(o, "</b> <b>");
		}
		out_raw(o, "</b></a>\n");
	}
	sqlite3_reset(day_rows);
	fill(o, bytes);
}

static void find_page(struct out *o, const char *key)
{
	sqlite3_bind_text(find_rows, 1, key, -1, SQLITE_STATIC);
	while (sqlite3_step(find_rows) == SQLITE_ROW) {
		out_raw(o, "<li><a href=\"/customer/");
		out_int(o, number(find_rows, 0));
		out_raw(o, "\">");
		for (int i = 1; i < 4; i++) {
			out_text(o, text(find_rows, i));
			out_raw(o, " ");
		}
		out_raw(o, "</a></li>\n");
	}
	sqlite3_reset(find_rows);
}

static void read_work(struct arena *a, int64_t from, struct slot_world *w)
{
	LIST(worktime_span) work = { 0 };
	while (sqlite3_step(shift_rows) == SQLITE_ROW)
		for (int64_t d = from; d < from + DAYS; d++)
			if ((d + 3) % 7 + 1 == number(shift_rows, 1))
				*arena_push(a, &work) = (struct worktime_span){ .day = { d }, .staff = number(shift_rows, 0),
				    .start = (int)number(shift_rows, 2), .end = (int)number(shift_rows, 3) };
	sqlite3_reset(shift_rows);
	w->work = work.at;
	w->nwork = work.n;
}

static struct slot_world read_world(struct arena *a, int64_t from)
{
	struct slot_world w = { .from = { from }, .ndays = DAYS, .today = { NONE } };
	LIST(use) uses = { 0 };
	LIST(place) places = { 0 };
	LIST(device) devices = { 0 };
	sqlite3_bind_int64(use_rows, 1, from);
	sqlite3_bind_int64(use_rows, 2, from + DAYS - 1);
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
	read_work(a, from, &w);
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
	struct slot_world world = read_world(o->arena, from);
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
	else if (strncmp(path, "/find", 5) == 0 && query)
		find_page(&o, query + 1);
	else if (strncmp(path, "/slots", 6) == 0)
		slots_page(&o, first, bytes);
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
	struct arena *arena = arena_new();
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
