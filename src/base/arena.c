#include "base/arena.h"
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK = 32 * 1024, KEEP = 512 * 1024 };

struct block {
	struct block *next;
	size_t used, cap;
	_Alignas(16) char data[];
};

struct arena { struct block *head; };

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
	free(a);
}

void arena_reset(struct arena *a)
{
#ifdef ARENA_ONE_BY_ONE
	free_blocks(a->head);
	a->head = NULL;
#else
	struct block *keep = NULL;
	for (struct block *b = a->head, *next; b != NULL; b = next) {
		next = b->next;
		if (b->cap <= KEEP && (keep == NULL || b->cap > keep->cap)) {
			free(keep);
			keep = b;
		} else {
			free(b);
		}
	}
	if (keep != NULL) {
		keep->next = NULL;
		keep->used = 0;
	}
	a->head = keep;
#endif
}

void *arena_buffer(struct arena *a, size_t n)
{
#ifdef ARENA_ONE_BY_ONE
	struct block *one = block_new(n);
	one->next = a->head;
	a->head = one;
	return one->data;
#else
	n = (n + 15) & ~(size_t)15;
	if (a->head == NULL || a->head->cap - a->head->used < n) {
		/* Each block is twice the one before: arena_reset() keeps one, which soon holds all that a request needs. */
		size_t cap = a->head == NULL ? BLOCK : a->head->cap * 2 < KEEP ? a->head->cap * 2 : KEEP;
		struct block *b = block_new(n > cap ? n : cap);
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

void arena_grow_(struct arena *a, void **at, size_t *cap, size_t n, size_t size)
{
	if (n < *cap)
		return;
	size_t wider = *cap == 0 ? 8 : *cap * 2;
	char *p = arena_buffer(a, wider * size);
	if (n > 0)
		memcpy(p, *at, n * size);
	memset(p + n * size, 0, (wider - n) * size);
	*at = p;
	*cap = wider;
}
