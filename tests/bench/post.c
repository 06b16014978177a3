/* post.c: a flood of letters, each another one, over CONNECTIONS that are kept open; and connections that only stay.
 *   post PORT CONNECTIONS letters SHOP SECONDS   one line of JSON
 *   post PORT CONNECTIONS idle PATH              asks once on each, says so by an empty line, holds them until standard input ends */
#include <arpa/inet.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { LETTER = 2096, MOST = 512 };
struct line { int fd; char answer[2048]; size_t have; double sent; };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int dial(int port)
{
	struct sockaddr_in to = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (fd < 0 || connect(fd, (struct sockaddr *)&to, sizeof to) != 0) {
		perror("connect");
		exit(1);
	}
	return fd;
}

static void post(struct line *l, const char *shop)
{
	static char bytes[512 + LETTER];
	unsigned char id[32];
	char hex[65];
	if (getrandom(id, sizeof id, 0) != (ssize_t)sizeof id)
		exit(1);
	for (int i = 0; i < 32; i++)
		snprintf(hex + 2 * i, 3, "%02x", id[i]);
	int n = snprintf(bytes, 512, "POST /%s/letters/%s HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n", shop, hex, LETTER);
	memcpy(bytes + n, id, sizeof id);
	l->have = 0;
	l->sent = now();
	if (write(l->fd, bytes, (size_t)n + LETTER) != n + LETTER)
		exit(1);
}

static int by_time(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

static int flood(int port, size_t n, const char *shop, double seconds)
{
	static struct line lines[MOST];
	struct pollfd wait[MOST];
	size_t cap = 4000000, done = 0, good = 0;
	double *times = calloc(cap, sizeof *times), begun = now();
	for (size_t i = 0; i < n; i++) {
		lines[i].fd = dial(port);
		wait[i] = (struct pollfd){ .fd = lines[i].fd, .events = POLLIN };
		post(&lines[i], shop);
	}
	while (now() - begun < seconds * 1e3 && done < cap) {
		poll(wait, n, 100);
		for (size_t i = 0; i < n; i++) {
			struct line *l = &lines[i];
			ssize_t got = wait[i].revents ? read(l->fd, l->answer + l->have, sizeof l->answer - 1 - l->have) : 0;
			if (got <= 0)
				continue;
			l->have += (size_t)got;
			l->answer[l->have] = '\0';
			if (strstr(l->answer, "\r\n\r\n") == NULL)
				continue;
			times[done++] = now() - l->sent;
			good += strncmp(l->answer, "HTTP/1.1 201", 12) == 0;
			post(l, shop);
		}
	}
	double took = now() - begun;
	qsort(times, done, sizeof *times, by_time);
	printf("{\"n\":%zu,\"good\":%zu,\"ms\":%.1f,\"p50\":%.3f,\"p99\":%.3f}\n", done, good, took, times[done / 2], times[done * 99 / 100]);
	return 0;
}

static int hold(int port, size_t n, const char *path)
{
	struct rlimit limit;
	char ask[256], answer[65536];
	getrlimit(RLIMIT_NOFILE, &limit);
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
	int length = snprintf(ask, sizeof ask, "GET %s HTTP/1.1\r\nHost: x\r\n\r\n", path);
	for (size_t i = 0; i < n; i++) {
		int fd = dial(port);
		if (write(fd, ask, (size_t)length) != length || read(fd, answer, sizeof answer) <= 0)
			return 1;
	}
	puts("");
	fflush(stdout);
	return read(0, answer, 1) < 0;
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return 2;
	int port = (int)strtol(argv[1], NULL, 10);
	size_t n = strtoul(argv[2], NULL, 10);
	if (strcmp(argv[3], "idle") == 0)
		return hold(port, n, argv[4]);
	return argc > 5 && n >= 1 && n <= MOST ? flood(port, n, argv[4], strtod(argv[5], NULL)) : 2;
}
