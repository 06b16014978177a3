/* roster_change_private.h: what the roster's changing files share. */
#ifndef ROSTER_ROSTER_CHANGE_PRIVATE_H
#define ROSTER_ROSTER_CHANGE_PRIVATE_H
#include "db/db_write.h"
#include "entity/entity_write.h"
#include "modules/roster/roster_private.h"

/* A form of this module: sentences at its fields by form_error() and form_sentence(). */
struct form roster_form(struct request *);
/* Told to other browsers: the roster, and the book's days that the absence touches. */
void roster_publish(struct request *, const struct staff_absence *);
/* The command's sentence: "Julia Wiesner: Urlaub Mo 7. Dez. genehmigt". */
void roster_say(struct request *, const struct staff_absence *, const char *deed);
str roster_name(struct db *, int64_t staff);
/* An input with its label and sentence: two cells of a grid .f3. asks: the page is fetched anew while one types. */
struct roster_field { const char *key, *label, *value, *css; bool asks, autofocus; };
void roster_field_html(struct form *, struct out *, const struct roster_field *);

handler_fn roster_page_form, roster_page_save, roster_page_ask;                    /* roster_form_change.c */
handler_fn roster_page_rules, roster_page_rules_save;                              /* roster_rules_change.c */
handler_fn roster_page_posting, roster_page_contract, roster_page_year;            /* roster_account_change.c */
#endif
