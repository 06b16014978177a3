/* form.h: a request as the form of a page without JavaScript sends it. */
#ifndef POST_FORM_H
#define POST_FORM_H
#include "seal/letter.h"

enum { FORM_MAX = 16 << 10 };

/* Fields: service (again for each), day1..day3 (2026-11-30) with part1..part3 (any morning noon evening), staff, name, phone, mail,
 * note, lang, known, consent. Without msgid and made. false: not a form. */
bool form_letter(struct arena *, const char *body, size_t n, struct letter *l_r) MUST_USE;
#endif
