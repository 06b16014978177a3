/* holidays_print.c: our holidays of 2015 to 2040 as JSON, {"DE-NI": ["2020-01-01", …], …}, for holidays.test.mjs. */
#include "base/date.h"
#include "rules/holidays.h"
#include <stdio.h>

static void print_state(const struct holiday_state *s, const char *before)
{
	printf("%s\"%s-%s\": [", before, s->country, s->code);
	for (int year = 2015; year <= 2040; year++) {
		struct holiday list[HOLIDAYS_MAX];
		size_t n = holidays_of_year(s->country, s->code, year, list);
		for (size_t i = 0; i < n; i++) {
			struct civil c = date_civil(list[i].day);
			printf("%s\"%04d-%02d-%02d\"", year == 2015 && i == 0 ? "" : ", ", c.year, c.month, c.day);
		}
	}
	puts("]");
}

int main(void)
{
	size_t n;
	const struct holiday_state *list = holidays_states(NULL, &n);
	puts("{");
	for (size_t i = 0; i < n; i++)
		print_state(&list[i], i == 0 ? "" : ",");
	puts("}");
	return 0;
}
