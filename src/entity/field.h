/* field.h: one field of a record. The macros check at compile time that the struct's member has its kind's type. */
#ifndef ENTITY_FIELD_H
#define ENTITY_FIELD_H
#include "base/values.h"

enum field_kind { FIELD_TEXT, FIELD_LONGTEXT, FIELD_MINUTES, FIELD_MONEY, FIELD_NUMBER, FIELD_YESNO, FIELD_DAY, FIELD_DAYTIME,
	FIELD_REF, FIELD_CHOICE, FIELD_CHOICE_TEXT, FIELD_KINDS };

enum field_flags {
	REQUIRED = 1,                /* must be given (YESNO always is) */
	LISTED = 2,                  /* a column of the list */
	SEARCHED = 4,                /* found by the list's filter; texts only */
	PRIVATE = 8,                 /* never leaves the shop: not in the online view, not in exports for others */
	READONLY = 16,               /* shown, never taken from a form */
	HIDDEN = 32,                 /* neither shown nor taken: the module's own code keeps it */
	ZERO = 64,                   /* a number left empty is 0, not "not given" */
};
enum field_erase { KEEP, CLEAR };            /* when a person is erased: stays, or is emptied */

struct entity;
struct choice { int64_t value; const char *text; const char *label; };  /* value or text is stored; label is a msgid */

struct field {
	const char *name;            /* column, form key and export key */
	enum field_kind kind;
	size_t at;                   /* where in the struct */
	const char *label, *unit, *hint, *placeholder;   /* msgids; the unit stands behind the input */
	const char *section;         /* msgid: a new section of the form begins before this field */
	int64_t min, max;            /* of the value; of a text: its length in characters. 0, 0: a text has 200, a number any */
	int64_t initial;             /* in a new record; choices of text: initial_text */
	const char *initial_text;
	unsigned flags;
	enum field_erase erase;
	const struct entity *to;     /* REF */
	const char *options;         /* REF: SQL giving id, label; ?1 = the id now set. NULL: the active ones of .to */
	const struct choice *choices;
	size_t nchoices;
};

#define FIELD_SAME_(T, m) (0 * sizeof(struct { int x; _Static_assert(__builtin_types_compatible_p(T, \
    __typeof__(((ENTITY *)0)->m)), "member " #m " is not declared as " #T); }))
#define FIELD_(K, T, m, ...) { .name = #m, .kind = (K), .at = offsetof(ENTITY, m) + FIELD_SAME_(T, m), __VA_ARGS__ }
#define FIELD_IS_TEXT_(m) __builtin_types_compatible_p(str, __typeof__(((ENTITY *)0)->m))
#define FIELD_CHOICE_(m) (0 * sizeof(struct { int x; _Static_assert(FIELD_IS_TEXT_(m) || __builtin_types_compatible_p(int64_t, \
    __typeof__(((ENTITY *)0)->m)), "member " #m " is neither int64_t nor str"); }))

#define TEXT(m, ...)     FIELD_(FIELD_TEXT, str, m, __VA_ARGS__)
#define LONGTEXT(m, ...) FIELD_(FIELD_LONGTEXT, str, m, __VA_ARGS__)
#define MINUTES(m, ...)  FIELD_(FIELD_MINUTES, minutes, m, __VA_ARGS__)
#define MONEY(m, ...)    FIELD_(FIELD_MONEY, money, m, __VA_ARGS__)
#define NUMBER(m, ...)   FIELD_(FIELD_NUMBER, int64_t, m, __VA_ARGS__)
#define YESNO(m, ...)    FIELD_(FIELD_YESNO, bool, m, __VA_ARGS__)
#define DAY(m, ...)      FIELD_(FIELD_DAY, day, m, __VA_ARGS__)
#define DAYTIME(m, ...)  FIELD_(FIELD_DAYTIME, daytime, m, __VA_ARGS__)
#define REF(m, ...)      FIELD_(FIELD_REF, ref, m, __VA_ARGS__)
/* For a column whose name C keeps for itself ("short"). */
#define TEXT_AS(column, m, ...) { .name = (column), .kind = FIELD_TEXT, .at = offsetof(ENTITY, m) + FIELD_SAME_(str, m), __VA_ARGS__ }
/* .choices and .nchoices by CHOICES(table) */
#define CHOICE(m, ...)   { .name = #m, .kind = FIELD_IS_TEXT_(m) ? FIELD_CHOICE_TEXT : FIELD_CHOICE, \
    .at = offsetof(ENTITY, m) + FIELD_CHOICE_(m), __VA_ARGS__ }
#define CHOICES(table)   .choices = (table), .nchoices = COUNT(table)
#endif
