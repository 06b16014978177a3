/* holidays.h: public holidays of Germany's Länder, of Austria and of the Swiss cantons, computed, for any year.
 * A state is its ISO 3166-2 code without the country ("NI", "9", "ZH"), or a part of it with days of its own:
 *   BY-K  mostly catholic communes of Bavaria, also 15 August (about 1,700 of 2,056)      BY-A  Augsburg, also 8 August
 *   SN-K, TH-K  the communes of Saxony (Sorbian, catholic) and Thuringia (Eichsfeld) that keep Corpus Christi
 *   AG-1 to AG-6  the districts of Aargau, which has no days for the whole canton        SO-B  Bucheggberg in Solothurn
 *   AI-O  Oberegg in Innerrhoden, without 22 September        FR-R  the reformed communes of Fribourg's lake district
 * Half holidays (1 May from noon in Solothurn; 24 and 31 December) and those of single communes elsewhere are left out:
 * the shop enters them as closed days or days with other hours. */
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
