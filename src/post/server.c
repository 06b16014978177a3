#define _GNU_SOURCE             /* accept4 */
#include "post/server.h"
#include "base/log.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { EVENTS = 256, READ_SECONDS = 20, UPLOAD_SECONDS = 120, WRITE_SECONDS = 60, IDLE_SECONDS = 75, LINGER_SECONDS = 2, BUSY_MAX = 1024, SPARES = 64 };

static int poll_fd = -1, listen_fd = -1, disk_fd = -1;
static struct talk *talks, *graves;                          /* graves: ended in this round, whose events may still wait */
static size_t ntalks, nbusy, nspares, most;
static char *spares[SPARES];

static int64_t second(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* ---- a connection ---- */

static void give_back(struct talk *t)
{
	if (t->in == NULL)
		return;
	if (nspares < SPARES)
		spares[nspares++] = t->in;
	else
		free(t->in);
	t->in = NULL;
	nbusy--;
}

static void end(struct talk *t)
{
	if (t->fd >= 0)
		close(t->fd);
	t->fd = -1;
	if (t->state == TALK_DISK) {                             /* comes back with its job */
		t->gone = true;
		return;
	}
	if (t->file >= 0)
		close(t->file);
	give_back(t);
	free(t->body);
	free(t->out);
	*t->back = t->next;
	if (t->next)
		t->next->back = t->back;
	ntalks--;
	t->next = graves;
	graves = t;
}

/* The one among those in this state that will be put out first. */
static struct talk *oldest(enum talk_state from, enum talk_state to)
{
	struct talk *found = NULL;
	for (struct talk *t = talks; t; t = t->next)
		if (t->state >= from && t->state <= to && !t->gone && (found == NULL || t->until < found->until))
			found = t;
	return found;
}

static bool take_buffer(struct talk *t)
{
	if (nbusy >= BUSY_MAX) {
		struct talk *slow = oldest(TALK_HEAD, TALK_BODY);
		if (slow == NULL)
			return false;
		end(slow);
	}
	t->in = nspares > 0 ? spares[--nspares] : malloc(HTTP_HEAD_MAX);
	require(t->in != NULL);
	t->nin = 0;
	nbusy++;
	return true;
}

static void watch(struct talk *t, uint32_t events)
{
	struct epoll_event event = { .events = events, .data.ptr = t };
	(void)epoll_ctl(poll_fd, EPOLL_CTL_MOD, t->fd, &event);
}

/* ---- writing ---- */

static bool write_some(struct talk *t)
{
	while (t->sent < t->nout) {
		ssize_t n = send(t->fd, t->out + t->sent, t->nout - t->sent, MSG_NOSIGNAL | (t->file >= 0 ? MSG_MORE : 0));
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		t->sent += (size_t)n;
	}
	while (t->file >= 0 && t->at < t->end) {
		ssize_t n = sendfile(t->fd, t->file, &t->at, (size_t)(t->end - t->at));
		if (n < 0)
			return errno == EAGAIN || errno == EINTR;
		if (n == 0)
			return false;
	}
	return true;
}

static bool written(const struct talk *t) { return t->sent == t->nout && (t->file < 0 || t->at == t->end); }

static void after_answer(struct talk *t)
{
	free(t->out);
	free(t->body);
	t->out = t->body = NULL;
	t->nout = t->sent = t->room = t->nbody = 0;
	if (t->file >= 0)
		close(t->file);
	t->file = -1;
}

/* ---- reading ---- */

static void hurry(struct talk *t, int64_t seconds) { t->until = serving.second + seconds; }

/* A head is complete; of what stands behind it the body's part is copied. */
static void head_there(struct talk *t, size_t n)
{
	char *in = t->in;
	size_t rest = t->nin - n;
	int status = http_read(in, n, &t->head);
	t->keep = status == 0 && t->head.keep;
	if (status) {
		t->shop = NULL;
		t->head.method = NULL;
		t->keep = false;
		talk_refuse(t, status);
	} else {
		serve_head(t);
	}
	if (t->state == TALK_BODY) {
		size_t take = rest < t->room ? rest : t->room;
		hurry(t, t->room > LETTER_SEALED ? UPLOAD_SECONDS : READ_SECONDS);
		memcpy(t->body, in + n, take);
		t->nbody = take;
		rest -= take;
		n += take;
		if (t->head.expects && t->nbody < t->room)
			(void)!send(t->fd, "HTTP/1.1 100 Continue\r\n\r\n", 25, MSG_NOSIGNAL);
	}
	t->nin = n + rest;                                       /* the head stays until it is answered: `rest` points into it */
	t->used = n;
}

/* What the other side still sends is read and thrown away for a moment, so that it sees the answer and not an error. */
static bool linger(struct talk *t)
{
	t->state = TALK_LINGER;
	hurry(t, LINGER_SECONDS);
	give_back(t);
	return shutdown(t->fd, SHUT_WR) == 0;
}

static bool thrown_away(struct talk *t)
{
	char part[4096];
	ssize_t n = recv(t->fd, part, sizeof part, 0);
	return n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR));
}

static bool readable(struct talk *t)
{
	if (t->state == TALK_LINGER)
		return thrown_away(t);
	if (t->in == NULL && !take_buffer(t))
		return false;
	bool body = t->state == TALK_BODY;
	char *to = body ? t->body + t->nbody : t->in + t->nin;
	size_t room = body ? t->room - t->nbody : HTTP_HEAD_MAX - t->nin;
	ssize_t n = recv(t->fd, to, room, 0);
	if (n <= 0)
		return n < 0 && (errno == EAGAIN || errno == EINTR);
	if (body) {
		t->nbody += (size_t)n;
	} else {
		if (t->state == TALK_IDLE)
			hurry(t, READ_SECONDS);
		t->state = TALK_HEAD;
		t->nin += (size_t)n;
	}
	return true;
}

/* As far as it goes without waiting. false: the connection is to end. */
static bool proceed(struct talk *t)
{
	for (;;) {
		size_t n;
		switch (t->state) {
		case TALK_IDLE: case TALK_HEAD:
			n = t->in && t->nin > 0 ? http_complete(t->in, t->nin) : 0;
			if (n == 0 && t->in && t->nin == HTTP_HEAD_MAX) {
				t->head = (struct http_head){ .length = 0 };
				t->keep = false;
				t->shop = NULL;
				talk_refuse(t, 431);
				break;
			}
			if (n == 0)
				return true;
			head_there(t, n);
			break;
		case TALK_BODY:
			if (t->nbody < t->room)
				return true;
			serve_body(t);
			break;
		case TALK_DISK: case TALK_LINGER:
			return true;
		case TALK_ANSWER:
			if (!write_some(t))
				return false;
			if (!written(t))
				return true;
			after_answer(t);
			if (!t->keep)
				return linger(t);
			t->nin -= t->used;
			memmove(t->in, t->in + t->used, t->nin);
			t->state = t->nin > 0 ? TALK_HEAD : TALK_IDLE;
			hurry(t, t->nin > 0 ? READ_SECONDS : IDLE_SECONDS);
			if (t->nin == 0)
				give_back(t);
			break;
		}
	}
}

static void go_on(struct talk *t)
{
	enum talk_state before = t->state;
	if (!proceed(t)) {
		end(t);
		return;
	}
	if (t->state == TALK_ANSWER)
		hurry(t, WRITE_SECONDS);
	if (t->state != before || t->state == TALK_ANSWER)
		watch(t, t->state == TALK_ANSWER ? EPOLLOUT : t->state == TALK_DISK ? 0 : EPOLLIN);
}

static void happens(struct talk *t, uint32_t events)
{
	if (events & (EPOLLERR | EPOLLHUP)) {
		end(t);
		return;
	}
	if ((events & EPOLLIN) && (t->state <= TALK_BODY || t->state == TALK_LINGER) && !readable(t)) {
		end(t);
		return;
	}
	go_on(t);
}

/* ---- the loop ---- */

static void arrive(void)
{
	struct sockaddr_in from;
	socklen_t n = sizeof from;
	for (int fd; (fd = accept4(listen_fd, (struct sockaddr *)&from, &n, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0; n = sizeof from) {
		struct talk *idle = ntalks >= most ? oldest(TALK_IDLE, TALK_BODY) : NULL;
		if (idle)
			end(idle);
		struct talk *t = ntalks < most ? calloc(1, sizeof *t) : NULL;
		if (t == NULL) {
			close(fd);
			continue;
		}
		const int on = 1;
		(void)setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
		*t = (struct talk){ .fd = fd, .file = -1, .next = talks, .back = &talks };
		(void)inet_ntop(AF_INET, &from.sin_addr, t->address, sizeof t->address);
		if (talks)
			talks->back = &t->next;
		talks = t;
		ntalks++;
		hurry(t, IDLE_SECONDS);
		struct epoll_event event = { .events = EPOLLIN, .data.ptr = t };
		if (epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event) < 0)
			end(t);
	}
}

static void disk_is_done(void)
{
	for (struct job *job = disk_done(), *next; job; job = next) {
		struct talk *t = job->about;
		next = job->next;
		serve_done(job);
		if (t->gone)
			end(t);
		else
			go_on(t);
	}
}

static void tick(void)
{
	for (struct talk *t = talks, *next; t; t = next) {
		next = t->next;
		if (t->until < serving.second && t->state != TALK_DISK)
			end(t);
	}
}

static int watch_other(int fd)
{
	struct epoll_event event = { .events = EPOLLIN, .data.ptr = NULL };
	event.data.u64 = (uint64_t)fd << 1 | 1;                  /* no pointer is odd */
	return epoll_ctl(poll_fd, EPOLL_CTL_ADD, fd, &event);
}

int server_open(struct box *box)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)box->port) };
	const int on = 1;
	if (inet_pton(AF_INET, box->listen, &address.sin_addr) != 1) {
		log_fault("listen %s is not an IPv4 address", box->listen);
		return -1;
	}
	most = box->connections;
	poll_fd = epoll_create1(EPOLL_CLOEXEC);
	listen_fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
	disk_fd = disk_start();
	if (poll_fd < 0 || listen_fd < 0 || disk_fd < 0 || setsockopt(listen_fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) < 0 ||
	    bind(listen_fd, (struct sockaddr *)&address, sizeof address) < 0 || listen(listen_fd, 1024) < 0 ||
	    watch_other(listen_fd) < 0 || watch_other(disk_fd) < 0) {
		log_fault("port %d on %s could not be opened: %s", (int)box->port, box->listen, strerror(errno));
		return -1;
	}
	return 0;
}

static void bury(void)
{
	while (graves) {
		struct talk *next = graves->next;
		free(graves);
		graves = next;
	}
}

void server_run(int stop)
{
	struct epoll_event events[EVENTS];
	bool running = watch_other(stop) == 0;
	while (running) {
		int n = epoll_wait(poll_fd, events, EVENTS, 1000);
		int64_t before = serving.second;
		serving.second = second();
		for (int i = 0; i < n; i++) {
			int other = events[i].data.u64 & 1 ? (int)(events[i].data.u64 >> 1) : -1;
			if (other == listen_fd)
				arrive();
			else if (other == disk_fd)
				disk_is_done();
			else if (other >= 0)
				running = false;
			else if (((struct talk *)events[i].data.ptr)->fd >= 0)
				happens(events[i].data.ptr, events[i].events);
		}
		if (serving.second != before)
			tick();
		bury();
	}
}

void server_close(void)
{
	close(listen_fd);
	disk_stop();
	disk_is_done();
	while (talks) {
		talks->gone = false;
		talks->state = TALK_IDLE;
		end(talks);
	}
	bury();
	while (nspares > 0)
		free(spares[--nspares]);
	close(poll_fd);
}
