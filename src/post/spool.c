#define _GNU_SOURCE
#include "post/spool.h"
#include "base/log.h"
#include "seal/kdf.h"
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

enum { WAITS = 'W', SEEN = 'S', AT_FLAGS = 1, AT_ARRIVED = 8, AT_ID = 16, AT_SEALED = 16 + LETTER_ID, AT_CHECK = AT_SEALED + LETTER_SEALED, CHECK = 16,
	TOGETHER = 64 };

struct spool {
	int dir;
	uint32_t most, waiting;                      /* waiting: pending ones, too */
	struct spool_letter *at; size_t n, cap;      /* in the order of their arrival */
	uint32_t *table; size_t size;                /* by id: place + 1 in `at`; 0 = free */
	int fd; uint32_t slots;                      /* the segment that grows: the disk's thread's */
	_Atomic uint32_t segment;
};

/* ---- what is known ---- */

static size_t hash(const struct spool *s, const uint8_t *id)
{
	uint32_t h;
	memcpy(&h, id, sizeof h);
	return h & (s->size - 1);
}

static void enter(struct spool *s, size_t place)
{
	size_t h = hash(s, s->at[place].id);
	while (s->table[h])
		h = (h + 1) & (s->size - 1);
	s->table[h] = (uint32_t)place + 1;
}

static void enter_all(struct spool *s)
{
	memset(s->table, 0, s->size * sizeof *s->table);
	for (size_t i = 0; i < s->n; i++)
		enter(s, i);
}

struct spool_letter *spool_find(struct spool *s, const uint8_t id[LETTER_ID])
{
	for (size_t h = hash(s, id); s->table[h]; h = (h + 1) & (s->size - 1))
		if (memcmp(s->at[s->table[h] - 1].id, id, LETTER_ID) == 0)
			return &s->at[s->table[h] - 1];
	return NULL;
}

bool spool_full(const struct spool *s) { return s->waiting >= s->most || s->n >= s->cap; }
uint32_t spool_waiting(const struct spool *s) { return s->waiting; }

static void add(struct spool *s, const struct spool_letter *letter)
{
	s->at[s->n++] = *letter;
	enter(s, s->n - 1);
	s->waiting += letter->state != LETTER_SEEN;
}

void spool_expect(struct spool *s, const uint8_t id[LETTER_ID], uint8_t flags, uint64_t arrived)
{
	struct spool_letter letter = { .state = LETTER_PENDING, .flags = flags, .arrived = arrived };
	memcpy(letter.id, id, LETTER_ID);
	add(s, &letter);
}

void spool_forget(struct spool *s, const uint8_t id[LETTER_ID])
{
	struct spool_letter *l = spool_find(s, id);
	require(l && l->state == LETTER_PENDING);
	size_t place = (size_t)(l - s->at);
	memmove(l, l + 1, (--s->n - place) * sizeof *l);
	s->waiting--;
	enter_all(s);
}

void spool_arrived(struct spool *s, const uint8_t id[LETTER_ID], uint32_t segment, uint32_t slot)
{
	struct spool_letter *l = spool_find(s, id);
	require(l && l->state == LETTER_PENDING);
	l->state = LETTER_WAITING;
	l->segment = segment;
	l->slot = slot;
}

void spool_seen(struct spool *s, const uint8_t id[LETTER_ID])
{
	struct spool_letter *l = spool_find(s, id);
	if (l == NULL || l->state != LETTER_WAITING)
		return;
	l->state = LETTER_SEEN;
	s->waiting--;
}

static void segment_name(char name[16], uint32_t number) { (void)snprintf(name, 16, "%08x.box", number); }

/* A segment goes when the shop has all of its letters and nothing is added to it any more. */
void spool_sweep(struct spool *s)
{
	uint32_t growing = atomic_load(&s->segment), kept = UINT32_MAX;
	size_t n = 0;
	for (size_t i = 0; i < s->n; ) {
		size_t end = i;
		bool done = s->at[i].state != LETTER_PENDING && s->at[i].segment < growing;
		for (; end < s->n && s->at[end].state != LETTER_PENDING && s->at[end].segment == s->at[i].segment; end++)
			done = done && s->at[end].state == LETTER_SEEN;
		if (end == i)
			end = i + 1;
		char name[16];
		segment_name(name, s->at[i].segment);
		if (done && s->at[i].segment != kept && (unlinkat(s->dir, name, 0) == 0 || errno == ENOENT)) {
			i = end;
			continue;
		}
		kept = s->at[i].segment;
		memmove(&s->at[n], &s->at[i], (end - i) * sizeof *s->at);
		n += end - i;
		i = end;
	}
	if (n != s->n) {
		s->n = n;
		enter_all(s);
	}
}

size_t spool_fetch(struct spool *s, uint8_t *to, size_t most)
{
	uint8_t record[SPOOL_RECORD];
	uint32_t open_number = 0;
	int fd = -1;
	size_t n = 0;
	for (size_t i = 0; i < s->n && n < most; i++) {
		const struct spool_letter *l = &s->at[i];
		if (l->state != LETTER_WAITING)
			continue;
		char name[16];
		segment_name(name, l->segment);
		if (fd < 0 || open_number != l->segment) {
			if (fd >= 0)
				close(fd);
			fd = openat(s->dir, name, O_RDONLY | O_CLOEXEC);
			open_number = l->segment;
		}
		if (fd < 0 || pread(fd, record, sizeof record, (off_t)l->slot * SPOOL_RECORD) != (ssize_t)sizeof record) {
			log_fault("letter %u of %s could not be read: %s", l->slot, name, strerror(errno));
			continue;
		}
		uint8_t *at = to + n++ * SPOOL_FETCH;
		at[0] = l->flags;
		for (int k = 0; k < 8; k++)
			at[1 + k] = (uint8_t)(l->arrived >> (56 - 8 * k));
		memcpy(at + 9, record + AT_ID, LETTER_ID + LETTER_SEALED);
	}
	if (fd >= 0)
		close(fd);
	return n;
}

/* ---- the files ---- */

static void check_of(const uint8_t record[SPOOL_RECORD], uint8_t check_r[CHECK])
{
	uint8_t whole[KDF_HASH];
	kdf_sha256((struct bytes){ record + 1, AT_CHECK - 1 }, whole);       /* the first byte, the mark, is changed later */
	memcpy(check_r, whole, CHECK);
}

void spool_record(uint8_t r[SPOOL_RECORD], const uint8_t id[LETTER_ID], const uint8_t *sealed, uint8_t flags, uint64_t arrived)
{
	memset(r, 0, AT_ARRIVED);
	r[0] = WAITS;
	r[AT_FLAGS] = flags;
	memcpy(r + AT_ARRIVED, &arrived, sizeof arrived);
	memcpy(r + AT_ID, id, LETTER_ID);
	memcpy(r + AT_SEALED, sealed, LETTER_SEALED);
	check_of(r, r + AT_CHECK);
}

static int next_segment(struct spool *s)
{
	char name[16];
	uint32_t number = atomic_load(&s->segment) + 1;
	segment_name(name, number);
	int fd = openat(s->dir, name, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0 || fsync(s->dir) < 0) {
		log_fault("spool/%s could not be made: %s", name, strerror(errno));
		if (fd >= 0) {
			close(fd);
			(void)unlinkat(s->dir, name, 0);
		}
		return -1;
	}
	if (s->fd >= 0)
		close(s->fd);
	s->fd = fd;
	s->slots = 0;
	atomic_store(&s->segment, number);
	return 0;
}

static int append_some(struct spool *s, struct spool_write **w, size_t n)
{
	struct iovec parts[TOGETHER];
	for (size_t i = 0; i < n; i++) {
		parts[i] = (struct iovec){ w[i]->record, SPOOL_RECORD };
		w[i]->segment = atomic_load(&s->segment);
		w[i]->slot = s->slots + (uint32_t)i;
	}
	errno = ENOSPC;                                          /* of a short write */
	if (pwritev(s->fd, parts, (int)n, (off_t)s->slots * SPOOL_RECORD) != (ssize_t)(n * SPOOL_RECORD))
		return -1;
	s->slots += (uint32_t)n;
	return 0;
}

int spool_append(struct spool *s, struct spool_write **w, size_t n)
{
	if ((s->fd < 0 || s->slots >= SPOOL_SEGMENT) && next_segment(s) < 0)
		return -1;
	uint32_t before = s->slots;
	int result = 0;
	for (size_t i = 0; i < n && result == 0; i += TOGETHER)
		result = append_some(s, w + i, n - i < TOGETHER ? n - i : TOGETHER);
	if (result == 0 && fdatasync(s->fd) == 0)
		return 0;
	log_fault("letters could not be kept: %s", strerror(errno));
	s->slots = before;
	if (ftruncate(s->fd, (off_t)before * SPOOL_RECORD) < 0 || fdatasync(s->fd) < 0)
		s->slots = SPOOL_SEGMENT;                            /* nothing more into this one */
	return -1;
}

int spool_mark_seen(struct spool *s, uint32_t segment, uint32_t slot)
{
	char name[16];
	segment_name(name, segment);
	int fd = openat(s->dir, name, O_WRONLY | O_CLOEXEC);
	static const char seen = SEEN;
	int result = fd >= 0 && pwrite(fd, &seen, 1, (off_t)slot * SPOOL_RECORD) == 1 ? 0 : -1;
	if (result < 0)
		log_fault("a letter could not be marked: %s", strerror(errno));
	if (fd >= 0)
		close(fd);
	return result;
}

/* ---- at the start ---- */

static int read_segment(struct spool *s, const char *name, uint32_t number)
{
	uint8_t r[SPOOL_RECORD], check[CHECK];
	int fd = openat(s->dir, name, O_RDWR | O_CLOEXEC);
	if (fd < 0)
		return -1;
	uint32_t slot = 0;
	for (; s->n < s->cap && pread(fd, r, sizeof r, (off_t)slot * SPOOL_RECORD) == (ssize_t)sizeof r; slot++) {
		check_of(r, check);
		if (memcmp(check, r + AT_CHECK, CHECK) != 0)
			break;
		struct spool_letter l = { .segment = number, .slot = slot, .flags = r[AT_FLAGS], .state = r[0] == SEEN ? LETTER_SEEN : LETTER_WAITING };
		memcpy(&l.arrived, r + AT_ARRIVED, sizeof l.arrived);
		memcpy(l.id, r + AT_ID, LETTER_ID);
		if (spool_find(s, l.id) == NULL)
			add(s, &l);
	}
	int result = s->n < s->cap ? ftruncate(fd, (off_t)slot * SPOOL_RECORD) : 0;
	close(fd);
	return result;
}

static int is_segment(const struct dirent *d) { return strlen(d->d_name) == 12 && strcmp(d->d_name + 8, ".box") == 0; }

static int read_all(struct spool *s)
{
	struct dirent **names;
	int n = scandirat(s->dir, ".", &names, is_segment, alphasort), result = n < 0 ? -1 : 0;
	for (int i = 0; i < n; i++) {
		uint32_t number = (uint32_t)strtoul(names[i]->d_name, NULL, 16);
		if (result == 0)
			result = read_segment(s, names[i]->d_name, number);
		atomic_store(&s->segment, number);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return result;
}

struct spool *spool_open(struct arena *arena, int folder, uint32_t most)
{
	struct spool *s = arena_new_of(arena, struct spool);
	s->most = most;
	s->fd = -1;
	s->cap = 2u * most + 2u * SPOOL_SEGMENT;
	for (s->size = 1024; s->size < 2 * s->cap; s->size *= 2)
		;
	s->at = arena_array(arena, struct spool_letter, s->cap);
	s->table = arena_array(arena, uint32_t, s->size);
	if ((mkdirat(folder, "spool", 0700) < 0 && errno != EEXIST) || (s->dir = openat(folder, "spool", O_RDONLY | O_DIRECTORY | O_CLOEXEC)) < 0 ||
	    read_all(s) < 0) {
		log_fault("spool: %s", strerror(errno));
		return NULL;
	}
	return s;
}
