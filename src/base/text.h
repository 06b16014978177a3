/* text.h: UTF-8, folding for search, and reading what people type. */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H
#include "base/arena.h"
#include "base/values.h"

bool text_equal(const char *, const char *);                 /* NULL equals only NULL */
bool text_empty(const char *);                               /* NULL, "" or only blanks */
bool text_starts(const char *, const char *prefix);
size_t text_length(const char *);                            /* code points */
bool text_valid(const char *, size_t bytes);                 /* well-formed UTF-8 without zero bytes */
/* Blanks at both ends gone, inner runs of blanks one, control, bidirectional-override and zero-width characters
 * removed (line feeds stay if multiline), composed (NFC). Ill-formed bytes become U+FFFD. */
char *text_clean(struct arena *, const char *, bool multiline);
/* Lower case, no diacritics, ß = ss; umlauts as base letter (Bäcker = backer). For comparing and searching. */
char *text_fold(struct arena *, const char *);
/* The same with umlauts written out (Bäcker = baecker); NULL when it equals text_fold(). */
char *text_fold_long(struct arena *, const char *);
char *text_digits(struct arena *, const char *);             /* only 0-9 of it */
char *text_cut(struct arena *, const char *, size_t code_points);  /* cut with an ellipsis when longer */

/* What people type. false: not understood; the value is untouched. Blanks around are fine. */
bool read_int(const char *, int64_t *value_r);               /* "12", "-3" */
bool read_money(const char *, money *value_r);               /* "12", "12,5", "12.50", "1.234,50", "12 €" */
bool read_minutes(const char *, minutes *value_r);           /* "90", "1:30", "1 h 30", "1,5 h" */
bool read_daytime(const char *, daytime *value_r);           /* "9", "9:30", "930", "9.30", "9 Uhr"; up to 24:00 */
bool read_day(const char *, day today, day *value_r);        /* "2026-11-23", "23.11.2026", "23.11.", "3.2.80" */
int64_t read_length(const char *) MUST_USE;                   /* Content-Length: up to 15 figures; -1: missing or not that */

char *url_decode(struct arena *, const char *, size_t n, size_t *length_r);  /* + is a blank; NULL if malformed */
char *url_encode(struct arena *, const char *);
#endif
