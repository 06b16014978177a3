#include "web/live.h"
#include "base/log.h"
#include "web/web_private.h"
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A browser that does not read for so long that this is full gets "all", upon which it fetches its page anew. */
enum { WAITING = 2048, STREAMS_MAX = 200, BLOCK = 2048 };

struct stream {
	struct stream *next;
	struct MHD_Connection *connection;
	char token[TOKEN_HEX + 1], waiting[WAITING];
	size_t n;
	bool asleep, over;
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct stream *streams;
static size_t nstreams;
static bool stopping;

/* libmicrohttpd asks for more: gives what waits, or puts the connection to sleep until something does. */
static ssize_t more(void *about, uint64_t position, char *to, size_t room)
{
	(void)position;
	struct stream *s = about;
	ssize_t given = 0;
	pthread_mutex_lock(&lock);
	if (stopping) {
		given = MHD_CONTENT_READER_END_OF_STREAM;
	} else if (s->n > 0) {
		size_t n = s->n < room ? s->n : room;
		memcpy(to, s->waiting, n);
		memmove(s->waiting, s->waiting + n, s->n - n);
		s->n -= n;
		given = (ssize_t)n;
	} else {
		s->asleep = true;
		MHD_suspend_connection(s->connection);
	}
	pthread_mutex_unlock(&lock);
	return given;
}

static void ended(void *about)
{
	struct stream *s = about;
	pthread_mutex_lock(&lock);
	for (struct stream **at = &streams; *at; at = &(*at)->next)
		if (*at == s) {
			*at = s->next;
			nstreams--;
			break;
		}
	pthread_mutex_unlock(&lock);
	free(s);
}

static void wake(struct stream *s)
{
	if (s->asleep) {
		s->asleep = false;
		MHD_resume_connection(s->connection);
	}
}

static void append(struct stream *s, const char *text)
{
	static const char all[] = "event: all\ndata: 0\n\n";
	size_t n = strlen(text);
	if (s->n + n + sizeof all > WAITING) {
		if (s->over)
			return;
		s->over = true;
		text = all;
		n = sizeof all - 1;
	}
	memcpy(s->waiting + s->n, text, n);
	s->n += n;
	wake(s);
}

static struct MHD_Response *response(struct stream *s)
{
	struct MHD_Response *made = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, BLOCK, more, s, ended);
	if (made == NULL)
		return NULL;
	(void)MHD_add_response_header(made, "Content-Type", live_type);
	(void)MHD_add_response_header(made, "Cache-Control", "no-store");
	(void)MHD_add_response_header(made, "X-Content-Type-Options", "nosniff");
	return made;
}

enum MHD_Result live_answer(struct MHD_Connection *connection, const char *token)
{
	struct stream *s = calloc(1, sizeof *s);
	require(s != NULL);
	s->connection = connection;
	(void)snprintf(s->token, sizeof s->token, "%s", token);
	append(s, "retry: 2000\n\n");
	pthread_mutex_lock(&lock);
	bool full = nstreams >= STREAMS_MAX || stopping;
	struct MHD_Response *made = full ? NULL : response(s);
	if (made) {
		s->next = streams;
		streams = s;
		nstreams++;
	}
	pthread_mutex_unlock(&lock);
	if (made == NULL) {
		free(s);
		return MHD_NO;
	}
	enum MHD_Result result = MHD_queue_response(connection, 200, made);
	MHD_destroy_response(made);
	return result;
}

/* token NULL: to every stream. */
static void to_those(const char *token, const char *text)
{
	pthread_mutex_lock(&lock);
	for (struct stream *s = streams; s; s = s->next) {
		if (token && strcmp(token, s->token) != 0)
			continue;
		if (s->n == 0)
			s->over = false;
		append(s, text);
	}
	pthread_mutex_unlock(&lock);
}

void live_send(const char *kind, int64_t id)
{
	char text[120];
	(void)snprintf(text, sizeof text, "event: %s\ndata: %lld\n\n", kind, (long long)id);
	to_those(NULL, text);
}

void live_lock(const char *token) { to_those(token, "event: lock\ndata: 0\n\n"); }
void live_beat(void) { to_those(NULL, ":\n\n"); }

void live_stop(void)
{
	pthread_mutex_lock(&lock);
	stopping = true;
	for (struct stream *s = streams; s; s = s->next)
		wake(s);
	pthread_mutex_unlock(&lock);
}

const char live_type[] = "text/event-stream; charset=utf-8";

void live_open(struct request *r, const struct route *route)
{
	(void)route;
	r->content_type = live_type;
}

void live_publish(struct request *r, const char *kind, int64_t id)
{
	*arena_push(r->arena, &r->state->events) = (struct live_event){ kind, id };
}
