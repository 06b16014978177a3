/* arena.h: memory that dies together. One arena per request, one per program; nobody calls free().
 * Running out of memory ends the process (our own mistake or the machine's: nothing sensible can follow).
 * Built with -DARENA_ONE_BY_ONE each piece is an allocation of its own, so that ASan sees its edges. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct arena;

struct arena *arena_new(void);
void arena_free(struct arena *);
/* Everything allocated so far is gone; the first blocks stay for reuse. */
void arena_reset(struct arena *);

/* Zeroed, aligned to 16. */
void *arena_alloc(struct arena *, size_t bytes) __attribute__((malloc, returns_nonnull));
/* Not zeroed: for buffers that are about to be filled. */
void *arena_buffer(struct arena *, size_t bytes) __attribute__((malloc, returns_nonnull));
/* The same bytes in a wider piece, not zeroed: where they are if nothing was taken since and there is room, else copied. */
void *arena_widen(struct arena *, void *p, size_t had, size_t wanted) __attribute__((returns_nonnull));
#define arena_array(arena, type, n) ((type *)arena_alloc((arena), sizeof(type) * (n)))
#define arena_new_of(arena, type) ((type *)arena_alloc((arena), sizeof(type)))

char *arena_copy(struct arena *, const char *bytes, size_t n);   /* adds the closing zero */
char *arena_text(struct arena *, const char *text);              /* NULL stays NULL */
char *arena_printf(struct arena *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
char *arena_vprintf(struct arena *, const char *fmt, va_list) __attribute__((format(printf, 2, 0)));

/* A list that grows: items, n and cap stand side by side in the caller's struct.
 *     struct { struct step *at; size_t n, cap; } steps = {0};
 *     *arena_push(arena, &steps) = (struct step){ ... };            the new item is zeroed               */
#define arena_push(arena, list) ((void)((list)->n < (list)->cap || arena_grow_((arena), (void **)&(list)->at, &(list)->cap, sizeof *(list)->at)), \
    (__typeof__((list)->at))memset(&(list)->at[(list)->n++], 0, sizeof *(list)->at))
bool arena_grow_(struct arena *, void **at, size_t *cap, size_t size);
#endif
