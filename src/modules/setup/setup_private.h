/* setup_private.h: one of the three pages, as read or as shown. */
#ifndef MODULES_SETUP_SETUP_PRIVATE_H
#define MODULES_SETUP_SETUP_PRIVATE_H
#include "modules/setup/setup.h"

struct setup_fault { const char *key, *sentence; };
struct setup_form {
	struct request *r;
	bool posted;                                /* then what was typed is shown, not what is stored */
	struct { struct setup_fault *at; size_t n, cap; } faults;
};
/* setup_form.c */
const char *setup_form_value(const struct setup_form *, const char *key, const char *stored);
bool setup_form_ticked(const struct setup_form *, const char *key, const char *value, bool stored);
void setup_form_fault(struct setup_form *, const char *key, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
const char *setup_form_sentence(const struct setup_form *, const char *key);
void setup_form_begin(struct setup_form *, const char *title, int step);   /* frame, <form>, faults */
void setup_form_end(struct setup_form *, int step);              /* </form>, the cover with the steps */
void setup_form_error(const struct setup_form *, struct out *, const char *key);   /* the sentence at its field */
const char *setup_form_key(const struct setup_form *, const char *stem, size_t row);   /* "n" and 2 = "n2" */

/* setup_team_change.c: page 2 */
handler_fn setup_team_page, setup_team_save;
#endif
