#include "web/server.h"
#include "base/log.h"
#include "base/text.h"
#include "web/guest.h"
#include "web/live.h"
#include "web/session.h"
#include "web/talk.h"
#include <arpa/inet.h>
#include <string.h>

enum { THREADS = 2, CONNECTIONS = 400, HEADERS_MAX = 24 << 10, IDLE = 60, BEAT = 15, LOCK = 5 };

static const struct server_config *config;
static struct MHD_Daemon *daemon_;
static unsigned ticks;
static struct arena *tick_arena;

static void durable(struct waiting *w)
{
	struct MHD_Connection *connection = w->request->state->connection;
	w->request->state->answered = true;
	MHD_resume_connection(connection);
}

static enum MHD_Result finish(struct talk *t)
{
	if (t->request.content_type == live_type && t->request.status == 200)
		return live_answer(t->connection, t->state.token);
	return answer_request(t, config);
}

/* The looking half of a POST: rights, and what can be checked without the writing thread. true: it goes on to that. */
static bool prepare(struct talk *t)
{
	struct request *r = &t->request;
	const struct route *route = t->state.route;
	db_begin_read(r->db);
	bool admitted = router_admit(r);
	if (admitted && route->before) {
		r->status = 200;
		route->before(r, route);
	}
	db_end_read(r->db);
	if (db_failed(r->db))
		page_error(r, 500, _("The database could not be read. The program's log says why."));
	return admitted && r->status < 400;
}

static enum MHD_Result run(struct talk *t)
{
	struct request *r = &t->request;
	r->db = db_reader(config->database);
	if (r->db == NULL)
		return answer_status(t->connection, 500, NULL);
	db_use(r->db, t->arena);
	lang_use(LANG_DE);
	const struct route *route = t->state.route;
	bool command = strcmp(r->method, "POST") == 0 && route && !route->memory;
	if (!command) {
		router_look(r);
	} else if (prepare(t)) {
		t->waiting = (struct waiting){ .request = r, .done = durable };
		MHD_suspend_connection(t->connection);
		config->submit(&t->waiting);
		return MHD_YES;
	}
	return finish(t);
}

static enum MHD_Result begin(struct talk *t, struct MHD_Connection *connection, const char *method, const char *version)
{
	t->begun = true;
	guest_sends(connection);
	int status = talk_open(t, connection, method, version, config);
	const struct route *route = t->state.route;
	if (config->submit == NULL && strcmp(method, "POST") == 0 && (status == 0 || status == 404) && !(route && route->memory))
		status = 405;                        /* a program that only shows refuses every change alike */
	t->state.connection = connection;
	if (status != 0) {
		guest_served(connection);
		return answer_status(connection, status, status == 405 ? t->state.allow ? t->state.allow : "GET, HEAD" : NULL);
	}
	return MHD_YES;
}

static enum MHD_Result collect(struct talk *t, const char *data, size_t *n)
{
	if (t->body == NULL)
		t->body = arena_buffer(t->arena, t->room + 1);
	if (t->length + *n > t->room)
		return MHD_NO;
	memcpy(t->body + t->length, data, *n);
	t->length += *n;
	t->body[t->length] = '\0';
	*n = 0;
	return MHD_YES;
}

static enum MHD_Result complete(struct talk *t)
{
	const char *path = t->request.path;
	guest_served(t->connection);
	if (text_starts(path, "/assets/") && strcmp(t->request.method, "GET") == 0)
		return answer_asset(t->connection, path + strlen("/assets/"), request_get(&t->request, "v") != NULL);
	if (strcmp(t->request.method, "POST") == 0 && (t->length != t->room || talk_read_body(t) != 0))
		return answer_status(t->connection, 400, NULL);
	return run(t);
}

static enum MHD_Result handle(void *about, struct MHD_Connection *connection, const char *url, const char *method,
    const char *version, const char *data, size_t *n, void **context)
{
	(void)about;
	(void)url;
	struct talk *t = *context;
	require(t != NULL);
	if (!t->begun)
		return begin(t, connection, method, version);
	if (*n > 0)
		return collect(t, data, n);
	return t->state.answered ? finish(t) : complete(t);
}

static void *arrives(void *about, const char *uri, struct MHD_Connection *connection)
{
	(void)about;
	guest_begins(connection);
	return talk_new(uri);
}

static void completed(void *about, struct MHD_Connection *connection, void **context, enum MHD_RequestTerminationCode code)
{
	(void)about;
	(void)code;
	guest_idle(connection);
	if (*context)
		talk_free(*context);
	*context = NULL;
}

static void quiet(void *about, const char *fmt, va_list ap)
{
	(void)about; (void)ap;                       /* what strangers send is not worth a line */
	if (strstr(fmt, "Content-Length"))
		guest_malformed();
}

int server_start(const struct server_config *wanted)
{
	struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(wanted->port) };
	config = wanted;
	if (inet_pton(AF_INET, wanted->listen, &address.sin_addr) != 1) {
		log_fault("--listen %s is not an IPv4 address", wanted->listen);
		return -1;
	}
	router_build();
	tick_arena = arena_new();
	daemon_ = MHD_start_daemon(MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG, wanted->port,
	    NULL, NULL, handle, NULL, MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_SOCK_ADDR, &address,
	    MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS, MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADERS_MAX, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE,
	    MHD_OPTION_STRICT_FOR_CLIENT, 0, MHD_OPTION_URI_LOG_CALLBACK, arrives, NULL,
	    MHD_OPTION_NOTIFY_COMPLETED, completed, NULL, MHD_OPTION_NOTIFY_CONNECTION, guest_notify, NULL, MHD_OPTION_END);
	if (daemon_ == NULL) {
		log_fault("port %u on %s could not be opened; does the program run already?", wanted->port, wanted->listen);
		return -1;
	}
	return 0;
}

static void lock_idle(struct db *db)
{
	char tokens[32][TOKEN_HEX + 1];
	int64_t after = db_one(db, SQL("SELECT lock_minutes FROM shop WHERE id = 1"));
	size_t n = after == NONE ? 0 : session_lock_idle(config->clock(), after * 60, tokens, COUNT(tokens));
	for (size_t i = 0; i < n; i++)
		live_lock(tokens[i]);
}

/* Where another program does the changing, its commits show in the data version; what changed is not told. */
static void look_for_changes(struct db *db)
{
	static int64_t version;
	int64_t now = db_one(db, SQL("PRAGMA data_version"));
	if (version != 0 && now != version)
		live_send("all", 0);
	version = now;
}

void server_tick(void)
{
	guest_tick();
	struct db *db = db_reader(config->database);
	if (db) {
		db_use(db, tick_arena);
		if (ticks % LOCK == 0)
			lock_idle(db);
		if (config->submit == NULL)
			look_for_changes(db);
		arena_reset(tick_arena);
	}
	if (++ticks % BEAT == 0)
		live_beat();
}

void server_stop(void)
{
	live_stop();
	MHD_stop_daemon(daemon_);
	db_reader_close();
	arena_free(tick_arena);
}
