/* content_line.h: the lines that iCalendar (RFC 5545) and vCard (2.1, RFC 2426, RFC 6350) are made of. */
#ifndef IMPORT_CONTENT_LINE_H
#define IMPORT_CONTENT_LINE_H
#include "base/out.h"

struct content_param { const char *name, *value; };          /* name in capitals; vCard 2.1's bare ones: name "" */
struct content_line {
	int line;                    /* of the file, where it begins */
	const char *raw;             /* as it stands, unfolded; decoded if it was no UTF-8 */
	const char *name;            /* in capitals, without a group; NULL = no colon: not a property */
	const char *group;           /* "item1", or NULL */
	struct content_param *params;
	size_t nparams;
	const char *value;           /* still escaped */
};

/* Walks through a file. Lines are unfolded as bytes first (a fold may split a character) and decoded afterwards; LF,
 * CR and CRLF end a line; empty ones are skipped; a quoted-printable value goes on over its soft breaks. */
struct content_walk {
	struct arena *arena;
	const char *bytes;
	size_t n, at;
	int line;                    /* the last one read, from 1 */
	int guessed_line;            /* the first one that was no UTF-8; 0 = none */
	struct out gathered;
};
bool content_line_next(struct content_walk *, struct content_line *line_r);
void content_line_start(struct content_walk *, struct arena *, const char *bytes, size_t n);

const char *content_line_param(const struct content_line *, const char *name);      /* NULL = none */
bool content_line_is(const struct content_line *, const char *param, const char *value);  /* also among several, or bare */
char *content_line_text(struct arena *, const char *value);  /* \n \, \; \\ resolved */
/* The n-th part between unescaped separators, resolved; NULL if there are not as many. */
char *content_line_part(struct arena *, const char *value, char separator, size_t n);
#endif
