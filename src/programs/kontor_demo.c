#include "base/date.h"
#include "base/lang.h"
#include "modules/demo/demo.h"
#include "programs/clock.h"
#include "programs/kontor_serve.h"
#include <stdio.h>

static void tell(const struct demo_options *wanted, const struct demo_result *made)
{
	const char *pin, *name;
	printf(_("%lld employees, %lld customers, %lld appointments. Password of all: %s\n"), (long long)made->staff,
	    (long long)made->customers, (long long)made->appointments, DEMO_PASSWORD);
	for (int i = 0; (name = demo_person(wanted, i, &pin)) != NULL; i++)
		printf(_("%s: PIN %s\n"), name, pin);
}

/* When it is in the salon: at eleven on the day that is named, or now. false: not a day; a sentence was printed. */
static bool read_today(const struct options *o, day *today_r, daytime *now_r)
{
	const char *text = options_get(o, "--today");
	zone_set("Europe/Berlin");
	zone_local(clock_now(), today_r, now_r);
	if (text == NULL)
		return true;
	*now_r = (daytime){ 11 * 60 };
	if (date_from_iso(text, today_r))
		return true;
	fprintf(stderr, _("%s: a day like 2026-11-23, please, not “%s”.\n"), "--today", text);
	return false;
}

int kontor_demo(const struct options *o)
{
	int64_t seed = 1, staff = 8, customers = 4000, years = 5;
	if (!options_number(o, "--seed", 0, INT32_MAX, &seed) || !options_number(o, "--staff", 1, DEMO_MOST_STAFF, &staff) ||
	    !options_number(o, "--customers", 1, DEMO_MOST_CUSTOMERS, &customers) ||
	    !options_number(o, "--years", 0, DEMO_MOST_YEARS, &years))
		return 2;
	struct demo_options wanted = { .seed = (uint64_t)seed, .staff = (int)staff, .customers = (int)customers,
	    .years = (int)years, .csv_folder = options_get(o, "--csv") };
	struct demo_result made;
	if (!read_today(o, &wanted.today, &wanted.now))
		return 2;
	if (demo_write(options_get(o, "--data"), &wanted, &made) < 0)
		return 1;
	tell(&wanted, &made);
	return 0;
}
