#include "post/disk.h"
#include "base/log.h"
#include <errno.h>
#include <pthread.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct chain { struct job *first, **last; };

enum { TOGETHER = 512 };
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t more = PTHREAD_COND_INITIALIZER;
static struct chain waiting = { NULL, &waiting.first }, finished = { NULL, &finished.first };
static pthread_t thread;
static bool stopping;
static int done_fd = -1;

static struct job *take(struct chain *c)
{
	struct job *first = c->first;
	*c = (struct chain){ NULL, &c->first };
	return first;
}

static void append(struct chain *c, struct job *job)
{
	job->next = NULL;
	*c->last = job;
	c->last = &job->next;
}

/* All letters of one shop in this chain. */
static void letters_of(struct job *first, struct box_shop *shop)
{
	struct job *jobs[TOGETHER];
	struct spool_write *writes[TOGETHER];
	size_t n = 0;
	for (struct job *job = first; job; job = job->next) {
		if (job->kind == JOB_LETTER && job->shop == shop && job->result > 0) {
			writes[n] = &job->letter;
			jobs[n++] = job;
		}
		if (n == TOGETHER || (job->next == NULL && n > 0)) {
			int result = spool_append(shop->spool, writes, n);
			for (; n > 0; n--)
				jobs[n - 1]->result = result;
		}
	}
}

static void other(struct job *job)
{
	job->result = 0;
	for (size_t i = 0; job->kind == JOB_SEEN && i < job->nids; i++)
		if (job->places[i].segment && spool_mark_seen(job->shop->spool, job->places[i].segment, job->places[i].slot) < 0)
			job->result = -1;
	if (job->kind == JOB_FILE)
		job->result = box_save(job->shop->folder, job->path, job->bytes);
	if (job->manifest && job->result == 0)
		box_sweep(job->shop->folder, job->keep, job->nkeep);
}

static void work(struct job *first)
{
	for (struct job *job = first; job; job = job->next)
		job->result = 1;
	for (struct job *job = first; job; job = job->next) {
		if (job->kind == JOB_LETTER && job->result > 0)
			letters_of(job, job->shop);
		else if (job->kind != JOB_LETTER)
			other(job);
	}
}

static void *run(void *about)
{
	(void)about;
	pthread_mutex_lock(&lock);
	for (;;) {
		while (waiting.first == NULL && !stopping)
			pthread_cond_wait(&more, &lock);
		struct job *jobs = take(&waiting);
		if (jobs == NULL)
			break;
		pthread_mutex_unlock(&lock);
		work(jobs);
		pthread_mutex_lock(&lock);
		while (jobs) {
			struct job *next = jobs->next;
			append(&finished, jobs);
			jobs = next;
		}
		const uint64_t one = 1;
		require(write(done_fd, &one, sizeof one) == (ssize_t)sizeof one);
	}
	pthread_mutex_unlock(&lock);
	return NULL;
}

int disk_start(void)
{
	done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (done_fd < 0 || pthread_create(&thread, NULL, run, NULL) != 0) {
		log_fault("the disk's thread could not begin: %s", strerror(errno));
		return -1;
	}
	return done_fd;
}

void disk_submit(struct job *job)
{
	pthread_mutex_lock(&lock);
	append(&waiting, job);
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
}

struct job *disk_done(void)
{
	uint64_t n;
	(void)!read(done_fd, &n, sizeof n);
	pthread_mutex_lock(&lock);
	struct job *jobs = take(&finished);
	pthread_mutex_unlock(&lock);
	return jobs;
}

void disk_stop(void)
{
	pthread_mutex_lock(&lock);
	stopping = true;
	pthread_cond_signal(&more);
	pthread_mutex_unlock(&lock);
	pthread_join(thread, NULL);
}
