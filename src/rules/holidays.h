/* holidays.h: public holidays of Germany's Länder, of Austria and of the Swiss cantons, computed, for any year.
 * A state is its ISO 3166-2 code without the country ("NI", "9", "ZH"). Two variants of Bavaria follow a commune's own
 * days: "BY-K" (mostly catholic: also 15 August, about 1,700 of 2,056 communes) and "BY-A" (Augsburg: also 8 August).
 * Half holidays and those of single communes or districts elsewhere are left out: the shop enters them as closed days. */
#ifndef RULES_HOLIDAYS_H
#define RULES_HOLIDAYS_H
#include "base/values.h"

struct holiday { day day; str name; };             /* name: an English msgid, shown with _() */
struct holiday_state { str country, code, name; }; /* name as it is called there, not translated */

enum { HOLIDAYS_MAX = 24 };
/* In order of days; returns how many, at most HOLIDAYS_MAX. An unknown country or state has the country's common ones, or none. */
size_t holidays_of_year(str country, str state, int year, struct holiday out_r[HOLIDAYS_MAX]);
/* The holiday on a day; NULL = none. */
str holidays_name(str country, str state, day);
/* All states of a country, in the order of their names; country NULL = of all three. */
const struct holiday_state *holidays_states(str country, size_t *n_r);
#endif
