#include "web/guest.h"
#include "base/log.h"
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>

struct guest {
	struct guest *next, **back;
	int socket;
	unsigned seconds, limit;                     /* limit 0: it is our turn */
	pthread_t thread;
	bool in_headers;                             /* the first line is there, the rest is not */
};

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static struct guest *guests;

static void arrive(struct MHD_Connection *connection, void **context)
{
	struct guest *g = calloc(1, sizeof *g);
	require(g != NULL);
	g->socket = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
	g->limit = GUEST_SECONDS;
	g->next = guests;
	g->back = &guests;
	if (guests)
		guests->back = &g->next;
	guests = g;
	*context = g;
}

static void leave(struct guest *g)
{
	if (g == NULL)
		return;
	*g->back = g->next;
	if (g->next)
		g->next->back = g->back;
	free(g);
}

void guest_notify(void *about, struct MHD_Connection *connection, void **context, enum MHD_ConnectionNotificationCode code)
{
	(void)about;
	pthread_mutex_lock(&lock);
	if (code == MHD_CONNECTION_NOTIFY_STARTED)
		arrive(connection, context);
	else
		leave(*context);
	pthread_mutex_unlock(&lock);
}

static void limit(struct MHD_Connection *connection, unsigned seconds, bool in_headers)
{
	struct guest *g = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
	pthread_mutex_lock(&lock);
	if (g) {
		g->limit = seconds;
		g->seconds = 0;
		g->in_headers = in_headers;
		g->thread = pthread_self();
	}
	pthread_mutex_unlock(&lock);
}

void guest_begins(struct MHD_Connection *connection) { limit(connection, GUEST_SECONDS, true); }
void guest_sends(struct MHD_Connection *connection) { limit(connection, GUEST_SECONDS, false); }
void guest_served(struct MHD_Connection *connection) { limit(connection, 0, false); }
void guest_idle(struct MHD_Connection *connection) { limit(connection, GUEST_IDLE_SECONDS, false); }

void guest_malformed(void)
{
	pthread_mutex_lock(&lock);
	for (struct guest *g = guests; g; g = g->next)
		if (g->in_headers && pthread_equal(g->thread, pthread_self()))
			(void)shutdown(g->socket, SHUT_RDWR);
	pthread_mutex_unlock(&lock);
}

void guest_tick(void)
{
	pthread_mutex_lock(&lock);
	for (struct guest *g = guests; g; g = g->next)
		if (g->limit != 0 && ++g->seconds > g->limit)
			(void)shutdown(g->socket, SHUT_RDWR);
	pthread_mutex_unlock(&lock);
}
