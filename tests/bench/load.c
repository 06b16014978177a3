/* load.c: sends requests to a server on 127.0.0.1 and tells how long the answers took.
 *   load PORT CONNECTIONS FILE TIMES [PID]   FILE holds requests, each closed by a zero byte; each is sent TIMES times
 *                              over that many connections that are kept open; prints one line of JSON. PID: the server's,
 *                              for its CPU time per request
 *   load 0 sync FILE TIMES     4 KB to the end of FILE and onto the disk, so many times; milliseconds each
 *   load PORT start PATH PROGRAM ARG…    starts a program and asks for PATH until it is there: milliseconds */
#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CONNECTIONS = 64, ANSWER = 1 << 20 };

struct request { const char *bytes; size_t n; };
struct requests { struct request *at; size_t n; };
struct connection { int fd; char *answer; size_t have, want; int status; double sent; };
struct tally { double *times; size_t done, good, bytes; };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* CPU time of a whole process, all its threads, milliseconds. */
static double cpu(pid_t of)
{
	clockid_t clock;
	struct timespec t = { 0 };
	if (of != 0 && clock_getcpuclockid(of, &clock) == 0)
		clock_gettime(clock, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static void fail(const char *what)
{
	perror(what);
	exit(1);
}

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
	if (connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		close(fd);
		return -1;
	}
	setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
	return fd;
}

static struct requests read_requests(const char *path)
{
	FILE *file = fopen(path, "r");
	struct requests all = { NULL, 0 };
	if (file == NULL)
		fail(path);
	char *text = NULL;
	size_t cap = 0, room = 0;
	ssize_t n;
	while ((n = getdelim(&text, &cap, '\0', file)) > 1) {
		if (all.n == room)
			all.at = realloc(all.at, (room = room * 2 + 64) * sizeof *all.at);
		all.at[all.n++] = (struct request){ text, (size_t)n - 1 };
		text = NULL;
	}
	fclose(file);
	return all;
}

static void send_request(struct connection *c, const struct request *q)
{
	c->have = c->want = 0;
	c->sent = now();
	if (write(c->fd, q->bytes, q->n) != (ssize_t)q->n)
		fail("write");
}

/* true: the answer is complete. */
static bool read_answer(struct connection *c)
{
	ssize_t n = read(c->fd, c->answer + c->have, ANSWER - 1 - c->have);
	if (n <= 0)
		fail("the server hung up");
	c->have += (size_t)n;
	c->answer[c->have] = '\0';
	char *end = c->want == 0 ? strstr(c->answer, "\r\n\r\n") : NULL;
	if (end != NULL) {
		char *length = strcasestr(c->answer, "\r\nContent-Length:");
		c->status = (int)strtol(c->answer + 9, NULL, 10);
		c->want = (size_t)(end + 4 - c->answer) + (length != NULL && length < end ? strtoul(length + 17, NULL, 10) : 0);
	}
	return c->want != 0 && c->have >= c->want;
}

static void note(struct tally *t, const struct connection *c)
{
	t->times[t->done++] = now() - c->sent;
	t->good += c->status == 200 || c->status == 303;
	t->bytes = c->want;
	if (c->status >= 400 && t->done - t->good == 1)
		fprintf(stderr, "answer %d: %.200s\n", c->status, c->answer);
}

static void run(const struct requests *all, size_t times, struct connection *c, size_t nc, struct tally *t)
{
	struct pollfd wait[CONNECTIONS];
	size_t total = all->n * times, sent = 0;
	for (size_t i = 0; i < nc; i++) {
		wait[i] = (struct pollfd){ .fd = c[i].fd, .events = POLLIN };
		if (sent < total)
			send_request(&c[i], &all->at[sent++ % all->n]);
	}
	while (t->done < total) {
		poll(wait, nc, -1);
		for (size_t i = 0; i < nc; i++) {
			if (wait[i].revents == 0 || !read_answer(&c[i]))
				continue;
			note(t, &c[i]);
			if (sent < total)
				send_request(&c[i], &all->at[sent++ % all->n]);
		}
	}
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int load(int port, size_t nc, const char *path, size_t times, pid_t server)
{
	struct requests all = read_requests(path);
	struct connection c[CONNECTIONS];
	struct tally t = { .times = calloc(all.n * times + 1, sizeof(double)) };
	for (size_t i = 0; i < nc && i < CONNECTIONS; i++) {
		c[i] = (struct connection){ .fd = dial(port), .answer = malloc(ANSWER) };
		if (c[i].fd < 0)
			fail("connect");
	}
	double begun = now(), cpu_before = cpu(server);
	run(&all, times, c, nc, &t);
	double took = now() - begun, used = cpu(server) - cpu_before;
	qsort(t.times, t.done, sizeof(double), by_time);
	printf("{\"n\":%zu,\"good\":%zu,\"ms\":%.3f,\"p50\":%.3f,\"p99\":%.3f,\"cpu\":%.5f,\"bytes\":%zu}\n", t.done, t.good, took,
	    t.times[t.done / 2], t.times[t.done * 99 / 100], used / (double)t.done, t.bytes);
	return 0;
}

static int sync_file(const char *path, size_t times)
{
	static char page[4096];
	int fd = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
	double begun = now(), cpu_before = cpu(getpid());
	for (size_t i = 0; i < times; i++)
		if (write(fd, page, sizeof page) != sizeof page || fdatasync(fd) != 0)
			fail(path);
	printf("{\"ms\":%.4f,\"cpu\":%.4f}\n", (now() - begun) / (double)times, (cpu(getpid()) - cpu_before) / (double)times);
	close(fd);
	unlink(path);
	return 0;
}

static int start(int port, const char *path, char **program)
{
	char ask[512];
	struct connection c = { .answer = malloc(ANSWER) };
	int n = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\n\r\n", path, port);
	double begun = now();
	pid_t child = fork();
	if (child == 0) {
		if (freopen("/dev/null", "w", stdout) != NULL)
			execv(program[0], program);
		_exit(127);
	}
	while ((c.fd = dial(port)) < 0 && now() - begun < 20000)
		usleep(100);
	send_request(&c, &(struct request){ ask, (size_t)n });
	while (!read_answer(&c))
		;
	printf("{\"ms\":%.3f,\"status\":%d}\n", now() - begun, c.status);
	kill(child, SIGTERM);
	waitpid(child, NULL, 0);
	return 0;
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	int port = (int)strtol(argv[1], NULL, 10);
	signal(SIGPIPE, SIG_IGN);
	if (strcmp(argv[2], "sync") == 0)
		return sync_file(argv[3], strtoul(argv[4], NULL, 10));
	if (strcmp(argv[2], "start") == 0)
		return start(port, argv[3], argv + 4);
	size_t nc = strtoul(argv[2], NULL, 10), times = strtoul(argv[4], NULL, 10);
	pid_t server = argc > 5 ? (pid_t)strtol(argv[5], NULL, 10) : 0;
	return nc < 1 || nc > CONNECTIONS ? 2 : load(port, nc, argv[3], times, server);
}
