/* out.h: output that escapes unless it is told that something is HTML already.
 * put(o, value) chooses by the value's type how it is written; a type without an entry does not compile. */
#ifndef BASE_OUT_H
#define BASE_OUT_H
#include "base/arena.h"
#include "base/values.h"
#include <string.h>

struct html { const char *markup; };        /* text known to be HTML */

struct out {
	struct arena *arena;
	char *s;                            /* always ends in zero once something was written */
	size_t len, cap;
};

void out_reserve(struct out *, size_t more);                 /* room for so many bytes */
/* As it stands. In place, since pages are made of thousands of short literals. */
static inline void out_bytes(struct out *o, const char *bytes, size_t n)
{
	if (o->len + n >= o->cap)
		out_reserve(o, n);
	memcpy(o->s + o->len, bytes, n);
	o->s[o->len += n] = '\0';
}
static inline void out_raw(struct out *o, const char *s) { out_bytes(o, s, strlen(s)); }   /* literals of our own only */
void out_printf(struct out *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));  /* escapes the result */

/* A cell of a CSV file, in quotes. Unless it is `ours` (a number we wrote), no spreadsheet takes it for a formula. */
void out_csv(struct out *, const char *text, bool ours);

/* How each type is shown to people, in the language of this thread (lang.h). */
void out_text(struct out *, const char *);                   /* escaped; NULL writes nothing */
void out_html(struct out *, struct html);
void out_int(struct out *, int64_t);
void out_size(struct out *, size_t);
void out_bool(struct out *, bool);                           /* ja / nein */
void out_money(struct out *, money);                         /* 1.234,50 without a sign; NONE writes nothing */
void out_minutes(struct out *, minutes);                     /* 45 */
void out_daytime(struct out *, daytime);                     /* 9:05 */
void out_day(struct out *, day);                             /* 23.11.2026 */
void out_instant(struct out *, instant);                     /* 23.11.2026 9:05, shop's zone */

#define put(o, x) _Generic((x), char *: out_text, const char *: out_text, struct html: out_html, \
    int: out_int, long: out_int, long long: out_int, unsigned: out_int, unsigned long: out_size, bool: out_bool, \
    money: out_money, minutes: out_minutes, daytime: out_daytime, day: out_day, instant: out_instant)((o), (x))

/* "?key=value", the next ones "&key=value", encoded for an address; nothing for an empty or missing value. */
void out_query(struct out *, const char *key, const char *value);

/* For fields of forms and for machines: 2026-11-23, 09:05. */
void out_iso_day(struct out *, day);
void out_iso_daytime(struct out *, daytime);

/* Longer forms, in the language of this thread. */
const char *weekday_short(day);                              /* Mo */
const char *weekday_long(day);                               /* Montag */
const char *month_long(int month);                           /* November */
const char *month_short(int month);                          /* Nov. */
char *day_month(struct arena *, day);                        /* 23. November */
char *day_month_short(struct arena *, day);                   /* 23. Nov. */
char *day_short(struct arena *, day);                        /* Mo 23. Nov. */
char *day_long(struct arena *, day);                         /* Montag 23. November 2026 */
char *daytime_text(struct arena *, daytime);                 /* 9:05 */
char *money_text(struct arena *, money);                     /* 58,00 */
char *hours_text(struct arena *, minutes);                   /* 2 h 05, 45 min */
#endif
