/* lang.h: translations. English stands in the source, po/de.po holds German; the compiled catalogue (gettext's
 * .mo) is embedded by programs/. The language is the thread's: the router sets it at the start of each request.
 * A "|" in a msgid begins a remark for translators that English does not show ("May|short"). */
#ifndef BASE_LANG_H
#define BASE_LANG_H
#include <stddef.h>

enum lang { LANG_DE, LANG_EN, LANG_COUNT };

/* Hands over a .mo catalogue, which must live as long as the program. -1: not a catalogue, or without a hash table. */
int lang_load(enum lang, const void *mo, size_t size);
void lang_use(enum lang);                                    /* of this thread; German unless told */
enum lang lang_current(void);
const char *lang_code(enum lang);                            /* "de", "en" */

const char *lang_text(const char *msgid) __attribute__((format_arg(1)));
const char *lang_plural(const char *one, const char *many, long long n) __attribute__((format_arg(1), format_arg(2)));

/* The msgids with a remark and what English shows of them: written by the build from po/, ends in NULL. */
struct lang_remark { const char *marked, *shown; };
extern const struct lang_remark lang_remarks[];

#define _(msgid) lang_text(msgid)                            /* translate here and now */
#define N_(msgid) msgid                                      /* mark for translation; shown through lang_text() later */
#define P_(one, many, n) lang_plural(one, many, (long long)(n))
#endif
