#include "base/arena.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Everything begins on 16 bytes. */
#define ROUND(n) (((n) + 15) & ~(size_t)15)

enum { BLOCK = 32 * 1024, LARGEST = 512 * 1024 };
#ifdef ARENA_ONE_BY_ONE
enum { KEEP = 0 };
#else
enum { KEEP = 1024 * 1024 };
#endif

struct block {
	struct block *next;
	size_t used, cap;
	_Alignas(16) char data[];
};

struct arena { struct block *head, *spare; };       /* spare: empty, from before the last reset */

static _Noreturn void out_of_memory(void)
{
	fputs("fatal: out of memory\n", stderr);
	abort();
}

static struct block *block_new(size_t cap)
{
	struct block *b = malloc(sizeof *b + cap);
	if (b == NULL)
		out_of_memory();
	*b = (struct block){ .cap = cap };
	return b;
}

struct arena *arena_new(void)
{
	struct arena *a = calloc(1, sizeof *a);
	if (a == NULL)
		out_of_memory();
	return a;
}

static void free_blocks(struct block *b)
{
	while (b != NULL) {
		struct block *next = b->next;
		free(b);
		b = next;
	}
}

void arena_free(struct arena *a)
{
	if (a == NULL)
		return;
	free_blocks(a->head);
	free_blocks(a->spare);
	free(a);
}

/* The newest blocks, which are the largest, come first. */
void arena_reset(struct arena *a)
{
	struct block *all[] = { a->head, a->spare }, **end = &a->spare;
	size_t kept = 0;
	a->head = NULL;
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		for (struct block *b = all[i], *next; b != NULL; b = next) {
			next = b->next;
			if (kept + b->cap + 1 > KEEP) {
				free(b);
				continue;
			}
			kept += b->cap;
			b->used = 0;
			*end = b;
			end = &b->next;
		}
	}
	*end = NULL;
}

#ifndef ARENA_ONE_BY_ONE
/* A spare block that is large enough, or a new one, twice as large as the one before. */
static struct block *block_for(struct arena *a, size_t n)
{
	for (struct block **at = &a->spare; *at != NULL; at = &(*at)->next) {
		struct block *b = *at;
		if (b->cap >= n) {
			*at = b->next;
			return b;
		}
	}
	size_t cap = a->head == NULL ? BLOCK : a->head->cap * 2 < LARGEST ? a->head->cap * 2 : LARGEST;
	return block_new(n > cap ? n : cap);
}
#endif

void *arena_buffer(struct arena *a, size_t n)
{
#ifdef ARENA_ONE_BY_ONE
	struct block *one = block_new(n);
	one->next = a->head;
	a->head = one;
	return one->data;
#else
	n = ROUND(n);
	if (a->head == NULL || a->head->cap - a->head->used < n) {
		struct block *b = block_for(a, n);
		b->next = a->head;
		a->head = b;
	}
	void *p = a->head->data + a->head->used;
	a->head->used += n;
	return p;
#endif
}

void *arena_alloc(struct arena *a, size_t n)
{
	return memset(arena_buffer(a, n), 0, n);
}

char *arena_copy(struct arena *a, const char *bytes, size_t n)
{
	char *s = arena_buffer(a, n + 1);
	if (n > 0)
		memcpy(s, bytes, n);
	s[n] = '\0';
	return s;
}

char *arena_text(struct arena *a, const char *text)
{
	return text == NULL ? NULL : arena_copy(a, text, strlen(text));
}

/* Writes i in front of end; gives where it begins. */
static char *number(char *end, long long i)
{
	unsigned long long u = i < 0 ? 0 - (unsigned long long)i : (unsigned long long)i;
	do
		*--end = (char)('0' + u % 10);
	while ((u /= 10) != 0);
	if (i < 0)
		*--end = '-';
	return end;
}

/* Most sentences are made of %s, %d and %lld alone; those need not go through all that printf can do. false: something else
 * is asked for, or it is longer. */
static bool plainly(char *to, size_t room, const char *fmt, va_list ap, size_t *n_r)
{
	char digits[24];
	size_t n = 0;
	while (*fmt != '\0') {
		const char *part = fmt, *mark = strchr(fmt, '%');
		size_t length = mark != NULL ? (size_t)(mark - fmt) : strlen(fmt), skip = length;
		if (length == 0 && fmt[1] == 's') {
			part = va_arg(ap, const char *);
			length = part != NULL ? strlen(part) : room;
			skip = 2;
		} else if (length == 0) {
			bool longer = fmt[1] == 'l' && fmt[2] == 'l' && fmt[3] == 'd';
			if (!longer && fmt[1] != 'd')
				return false;
			part = number(digits + sizeof digits, longer ? va_arg(ap, long long) : va_arg(ap, int));
			length = (size_t)(digits + sizeof digits - part);
			skip = longer ? 4 : 2;
		}
		if (n + length >= room)
			return false;
		memcpy(to + n, part, length);
		n += length;
		fmt += skip;
	}
	*n_r = n;
	return true;
}

char *arena_vprintf(struct arena *a, const char *fmt, va_list ap)
{
	char shortly[256];                       /* most texts fit, and need not be formatted twice */
	va_list first, again;
	size_t length;
	va_copy(first, ap);
	bool done = plainly(shortly, sizeof shortly, fmt, first, &length);
	va_end(first);
	if (done)
		return arena_copy(a, shortly, length);
	va_copy(again, ap);
	int n = vsnprintf(shortly, sizeof shortly, fmt, ap);
	if (n < 0)
		abort();
	char *s = arena_buffer(a, (size_t)n + 1);
	if ((size_t)n < sizeof shortly)
		memcpy(s, shortly, (size_t)n + 1);
	else
		vsnprintf(s, (size_t)n + 1, fmt, again);
	va_end(again);
	return s;
}

char *arena_printf(struct arena *a, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	char *s = arena_vprintf(a, fmt, ap);
	va_end(ap);
	return s;
}

/* p's piece is the last one of its block, and the block has room for it to be so wide. */
static bool extend(struct arena *a, const char *p, size_t had, size_t wanted)
{
#ifdef ARENA_ONE_BY_ONE
	(void)a, (void)p, (void)had, (void)wanted;
	return false;
#else
	struct block *b = a->head;
	if (b == NULL || had == 0 || p + ROUND(had) != b->data + b->used || p + ROUND(wanted) > b->data + b->cap)
		return false;
	b->used += ROUND(wanted) - ROUND(had);
	return true;
#endif
}

void *arena_widen(struct arena *a, void *p, size_t had, size_t wanted)
{
	if (extend(a, p, had, wanted))
		return p;
	void *wider = arena_buffer(a, wanted);
	if (had > 0)
		memcpy(wider, p, had);
	return wider;
}

bool arena_grow_(struct arena *a, void **at, size_t *cap, size_t size)
{
	size_t wider = *cap == 0 ? 8 : *cap * 2;
	*at = arena_widen(a, *at, *cap * size, wider * size);
	*cap = wider;
	return true;
}
