/* worklaw_test.c: warnings of the working time laws, an adult (1) and an apprentice of 17 (2), from Monday, 30 November 2026. */
#include "base/date.h"
#include "base/lang.h"
#include "check.h"
#include "rules/worklaw.h"

static const struct worktime_person people[] = { { 1, { 0 }, { NONE }, { NONE } }, { 2, { 14400 }, { NONE }, { NONE } } };   /* 5 June 2009 */
static const struct worktime_rows rows = { .people = people, .npeople = 2, .country = "DE", .state = "NI" };
enum { MONDAY = 20787 };

static const char *const codes[] = { "long", "break", "nobreak", "rest", "sunday", "holiday", "week", "days", "early", "late", "saturdays" };

/* All warnings for these spans as "0:break 0/30": day, code, arguments. */
static const char *told(struct arena *a, const struct worktime_span *spans, size_t n, int ndays)
{
	const char *text = "";
	struct worktime_span copy[64];
	for (size_t i = 0; i < n; i++) {
		copy[i] = spans[i];
		copy[i].day.n += MONDAY;
	}
	struct worktime_spans list = { .at = copy, .n = n };
	struct worklaw_warnings w = worklaw_check(a, &rows, &list, (day){ MONDAY }, ndays);
	for (size_t i = 0; i < w.n; i++)
		text = arena_printf(a, "%s%s%d:%s %d/%d", text, i == 0 ? "" : ", ", (int)(w.at[i].day.n - MONDAY), codes[w.at[i].code], (int)w.at[i].a, (int)w.at[i].b);
	return text;
}
#define TOLD(ndays, ...) told(a, (const struct worktime_span[]){ __VA_ARGS__ }, sizeof (struct worktime_span[]){ __VA_ARGS__ } / sizeof(struct worktime_span), ndays)
#define WORK(d, who, from, to) { { d }, who, from, to, WORKTIME_WORK, 0, 0, 0, 0 }

static void adults(struct arena *a)
{
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 900)), "");                                        /* six hours need no break */
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 905)), "0:break 0/30");
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 720), WORK(0, 1, 750, 1080)), "");
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 720), WORK(0, 1, 730, 1080)), "0:break 0/30");      /* ten minutes are no break */
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 720), WORK(0, 1, 735, 840), WORK(0, 1, 855, 1080)), "");
	CHECK_TEXT(TOLD(1, WORK(0, 1, 480, 720), WORK(0, 1, 750, 1080)), "0:break 30/45");
	CHECK_TEXT(TOLD(1, WORK(0, 1, 420, 720), WORK(0, 1, 780, 1085)), "0:long 605/600");
	CHECK_TEXT(TOLD(1, WORK(0, 1, 540, 960), WORK(0, 1, 990, 1020)), "0:nobreak 420/360");
	CHECK_TEXT(TOLD(2, WORK(0, 1, 900, 1200), WORK(1, 1, 480, 700)), "");
	CHECK_TEXT(TOLD(2, WORK(0, 1, 900, 1260), WORK(1, 1, 470, 700)), "1:rest 650/660");
	CHECK_TEXT(TOLD(7, WORK(6, 1, 600, 700)), "6:sunday 0/0");
	CHECK_TEXT(TOLD(30, WORK(25, 1, 600, 700)), "25:holiday 0/0");                        /* 25 December */
}

static void minors(struct arena *a)
{
	CHECK_TEXT(TOLD(1, WORK(0, 2, 540, 810)), "");
	CHECK_TEXT(TOLD(1, WORK(0, 2, 540, 815)), "0:break 0/30");
	CHECK_TEXT(TOLD(1, WORK(0, 2, 480, 720), WORK(0, 2, 750, 1000)), "0:break 30/60");
	CHECK_TEXT(TOLD(1, WORK(0, 2, 480, 740), WORK(0, 2, 800, 1060)), "0:long 520/510");
	CHECK_TEXT(TOLD(1, WORK(0, 2, 355, 500)), "0:early 355/360");
	CHECK_TEXT(TOLD(1, WORK(0, 2, 1000, 1205)), "0:late 1205/1200");
	CHECK_TEXT(TOLD(7, WORK(0, 2, 600, 700), WORK(1, 2, 600, 700), WORK(2, 2, 600, 700), WORK(3, 2, 600, 700), WORK(4, 2, 600, 700), WORK(5, 2, 600, 700)), "0:days 6/5");
	/* December 2026 has Saturdays on 5, 12, 19 and 26: day 5, 12, 19 and 26 counted from 30 November. */
	CHECK_TEXT(TOLD(32, WORK(5, 2, 600, 700), WORK(12, 2, 600, 700)), "");
	CHECK_TEXT(TOLD(32, WORK(5, 2, 600, 700), WORK(12, 2, 600, 700), WORK(19, 2, 600, 700)), "1:saturdays 1/2");
}

/* School is entered as an absence: it stands in the rows, and in the spans only where the shop is open. */
static const char *told_with_school(struct arena *a, struct worktime_absence school, int64_t who, int works)
{
	struct worktime_span spans[7];
	struct worktime_rows with = rows;
	school.staff = who;
	school.from.n += MONDAY;
	school.to.n += MONDAY;
	with.absences = &school;
	with.nabsences = 1;
	for (int i = 0; i < works; i++)
		spans[i] = (struct worktime_span)WORK(MONDAY + 1 + i, who, 600, 700);
	struct worktime_spans list = { .at = spans, .n = (size_t)works };
	struct worklaw_warnings w = worklaw_check(a, &with, &list, (day){ MONDAY }, 7);
	return w.n == 0 ? "" : arena_printf(a, "%s %d/%d", codes[w.at[0].code], (int)w.at[0].a, (int)w.at[0].b);
}
#define AWAY(what, first, last, at) ((struct worktime_absence){ .kind = what, .granted = true, .from = { first }, .to = { last }, .start = at, .end = at + 120 })
enum { SCHOOL = 3, TRAINING = 4, ALL_DAY = -1 };

/* At work from Tuesday on. */
static void school(struct arena *a)
{
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, 0, 0, ALL_DAY), 2, 4), "");
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, 0, 0, ALL_DAY), 2, 5), "days 6/5");
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, 0, 0, ALL_DAY), 1, 5), "");                               /* an adult */
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, 1, 1, ALL_DAY), 2, 5), "");                               /* the same day */
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, -3, 8, ALL_DAY), 2, 0), "");                              /* a block; its weekend is none */
	CHECK_TEXT(told_with_school(a, AWAY(SCHOOL, 0, 0, 480), 2, 5), "");     /* a few lessons */
	struct worktime_absence asked = AWAY(SCHOOL, 0, 0, ALL_DAY);
	asked.granted = false;
	CHECK_TEXT(told_with_school(a, asked, 2, 5), "");
	CHECK_TEXT(told_with_school(a, AWAY(TRAINING, 0, 0, ALL_DAY), 2, 5), "");                    /* training is no school */
}

int main(void)
{
	struct arena *a = arena_new();
	CHECK_INT(MONDAY, date_day(2026, 11, 30).n);
	adults(a);
	minors(a);
	school(a);
	struct worktime_rows austria = rows;
	austria.country = "AT";
	struct worktime_span all_day = WORK(MONDAY, 1, 0, 1440);
	struct worktime_spans list = { .at = &all_day, .n = 1 };
	CHECK_INT(worklaw_check(a, &austria, &list, (day){ MONDAY }, 1).n, 0);
	struct worklaw_warning w = { .code = WORKLAW_DAY_LONG, .a = 605, .b = 600 };
	lang_use(LANG_EN);
	CHECK_TEXT(worklaw_text(a, &w), "works 10:05 hours, 10:00 are allowed");
	arena_free(a);
	return check_end();
}
