#include "web/queue_write.h"
#include "base/log.h"
#include "db/db_write.h"
#include "web/command_write.h"
#include "web/live.h"
#include "web/web_private.h"
#include <pthread.h>

enum { GROUP_MAX = 64 };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t arrived = PTHREAD_COND_INITIALIZER;
static struct waiting *first, **last = &first;
static bool stopping;
static pthread_t thread;
static struct db *db;

/* Up to GROUP_MAX of those that wait; NULL: none will come any more. */
static struct waiting *gather(void)
{
	pthread_mutex_lock(&lock);
	while (first == NULL && !stopping)
		pthread_cond_wait(&arrived, &lock);
	struct waiting *group = first, *at = first;
	for (int i = 1; at && at->next && i < GROUP_MAX; i++)
		at = at->next;
	first = at ? at->next : NULL;
	if (at)
		at->next = NULL;
	if (first == NULL)
		last = &first;
	pthread_mutex_unlock(&lock);
	return group;
}

static void run(struct waiting *w)
{
	db_use(db, w->request->arena);
	w->request->db = db;
	lang_use(w->request->state->lang);
	w->result = command_write_run(w->request);
}

static int run_group(struct waiting *group)
{
	for (struct waiting *w = group; w; w = w->next)
		w->result = -1;
	if (db_group_begin(db) < 0)
		return -1;
	for (struct waiting *w = group; w; w = w->next)
		run(w);
	return db_group_end(db);
}

static void answer(struct waiting *group, bool durable)
{
	for (struct waiting *w = group, *next; w; w = next) {
		next = w->next;
		struct request *r = w->request;
		if (w->result < 0 || (!durable && w->result > 0))
			command_write_lost(r, !durable);
		for (size_t i = 0; durable && w->result > 0 && i < r->state->events.n; i++)
			live_send(r->state->events.at[i].kind, r->state->events.at[i].id);
		w->done(w);
	}
}

static void *work(void *about)
{
	(void)about;
	for (struct waiting *group; (group = gather()) != NULL; ) {
		int result = run_group(group);
		answer(group, result == 0);
		db_tidy(db);
	}
	return NULL;
}

void queue_write_start(struct db *writer)
{
	db = writer;
	require(pthread_create(&thread, NULL, work, NULL) == 0);
}

void queue_write_submit(struct waiting *w)
{
	w->next = NULL;
	pthread_mutex_lock(&lock);
	bool late = stopping;
	if (!late) {
		*last = w;
		last = &w->next;
		pthread_cond_signal(&arrived);
	}
	pthread_mutex_unlock(&lock);
	if (late) {
		command_write_lost(w->request, false);
		w->done(w);
	}
}

void queue_write_stop(void)
{
	pthread_mutex_lock(&lock);
	stopping = true;
	pthread_cond_signal(&arrived);
	pthread_mutex_unlock(&lock);
	require(pthread_join(thread, NULL) == 0);
}
