/* entity_write.h: the changing side of entity.h: reading forms, checking, saving, removing.
 *
 *     struct form form;
 *     if (!form_open(&form, &(struct form_source){ … }, id)) return page 404;
 *     GET:   form_html(&form, &r->page, hidden inputs);
 *     POST:  switch (form_submit(&form)) { FORM_SAVED: redirect; FORM_BAD: 422 and form_html(); … }                   */
#ifndef ENTITY_ENTITY_WRITE_H
#define ENTITY_ENTITY_WRITE_H
#include "db/db_write.h"
#include "entity/entity.h"

struct form;
typedef void check_fn(struct form *, const void *record);    /* rules that need more than one field; form_error() */
/* One line of what a module's sections hold, for people: "Monday", "9:00–12:30". */
struct form_line { str label, value; };
struct form_lines { struct form_line *at; size_t n, cap; };
/* What a module adds to the standard form. All may be NULL. */
struct form_rules {
	check_fn *check;
	void (*html)(struct form *, struct out *);           /* further sections, before the bar */
	void (*read)(struct form *);                         /* form_get() its own keys into form->extra; form_error() */
	void (*save)(struct form *);                         /* after the record, in the same command; faults are sticky */
	/* What its sections hold: as it is kept now, or as typed (after read() found no fault). By it is noticed that they were
	 * changed while the form was open; lines are told apart by their label. */
	void (*lines)(struct form *, bool typed, struct form_lines *);
};

typedef const char *form_get_fn(void *arg, const char *key); /* a request's parameter; NULL = not sent */
struct form_source {
	const struct entity *entity; const struct form_rules *rules;
	struct db *db; struct arena *arena;
	day today;
	form_get_fn *get; void *arg;
};
struct form_fault { const char *key, *sentence; };
struct form {
	struct form_source from;
	void *record;                /* as read; struct record first */
	void *theirs;                /* after a stale edit: the record as another saved it; else NULL */
	str theirs_by;               /* who did; may be NULL */
	struct form_lines their_lines;
	const char **typed;          /* per field, as typed; NULL before a POST */
	struct { struct form_fault *at; size_t n, cap; } faults;
	void *extra;                 /* the module's */
	bool submitted;
};

/* Loads the record (id 0: a blank one). false: there is none, or db_failed(). */
bool form_open(struct form *, const struct form_source *, int64_t id) MUST_USE;
const char *form_get(struct form *, const char *key);
int64_t form_id(const struct form *);        /* of the record; after saving a new one its id */
/* A sentence at the field with this key (of the table or of the module's own inputs); the first one per key counts. */
void form_error(struct form *, const char *key, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
const char *form_sentence(const struct form *, const char *key);             /* NULL: this field is fine */

enum form_result { FORM_FAILED = -1, FORM_BAD = 0, FORM_SAVED = 1 };
/* Reads, checks, saves; sets the command's text and subject. FORM_BAD: the page is the form again, status 422. */
enum form_result form_submit(struct form *) MUST_USE;

/* Deletes; what is in use already is retired instead (active = 0). FORM_BAD: it is in use and has no "active". */
enum form_removed { FORM_KEPT = 0, FORM_DELETED, FORM_RETIRED };
enum form_result form_remove(struct form *, enum form_removed *how_r) MUST_USE;

/* The standard form of the design. hidden: the inputs that every form needs (token, command id). */
void form_html(struct form *, struct out *, struct html hidden);
/* Adds a line unless the value is empty. */
void form_line(struct form *, struct form_lines *, str label, str value);
/* For sections of a module: the sentence under an input, and the aria attributes inside of its tag. */
void form_sentence_html(const struct form *, struct out *, const char *key);
void form_aria_html(const struct form *, struct out *, const char *key);

/* Saves without a form (imports, set-up): a new id when record.id is 0. 0; 1 = stale version; -1 = failed or refused. */
int entity_save(struct db *, const struct entity *, void *record) MUST_USE;
#endif
