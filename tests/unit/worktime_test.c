/* worktime_test.c: who works when, in cases that a salon knows, and what must hold for random rows. */
#include "base/date.h"
#include "check.h"
#include "rules/worktime.h"
#include <stdlib.h>

static const char kinds[] = "wbaAOS";             /* work, break, absent, asked, off, shut */
static const day MONDAY = { 20780 };              /* 23 November 2026 */

/* The salon: Tuesday to Saturday 9 to 18, Saturday to 14. Person 1: Tue-Fri 9-18 with a break, every other week Monday
 * too; Saturdays 8-16. Person 2 has two patterns. */
static const struct worktime_opening openings[] = {
	{ 2, 540, 1080 }, { 3, 540, 780 }, { 3, 840, 1080 }, { 4, 540, 1080 }, { 5, 540, 1080 }, { 6, 540, 840 },
};
static const struct worktime_pattern patterns[] = {
	{ .id = 1, .staff = 1, .from = { 20780 - 70 }, .weeks = 2 },
	{ .id = 2, .staff = 2, .from = { 20780 - 700 }, .weeks = 1 },
	{ .id = 3, .staff = 2, .from = { 20780 + 7 }, .weeks = 1 },
};
static const struct worktime_shift shifts[] = {
	{ 1, 0, 2, 0, 540, 1080, 0, 0 }, { 1, 0, 2, 1, 720, 765, 0, 0 }, { 1, 0, 3, 0, 540, 1080, 0, 0 }, { 1, 1, 2, 0, 600, 900, 0, 0 }, { 1, 0, 6, 0, 480, 960, 0, 0 },
	{ 1, 0, 1, 0, 540, 1080, 0, 0 }, { 2, 0, 2, 0, 540, 840, 0, 0 }, { 3, 0, 2, 0, 840, 1080, 0, 0 }, { 2, 0, 4, 0, 540, 1080, 0, 0 }, { 3, 0, 4, 0, 540, 1080, 0, 0 },
};
static const struct worktime_exception exceptions[] = {
	{ .staff = 1, .day = { 20780 + 4 }, .kind = 0, .start = 600, .end = 720 },     /* Friday, for once */
	{ .staff = 1, .day = { 20780 + 6 }, .kind = 0, .start = 660, .end = 900 },     /* Sunday: a bride */
	{ .staff = 2, .day = { 20780 + 3 }, .kind = 2, .start = 0, .end = 1440 },      /* Thursday free */
};
static const struct worktime_absence absences[] = {
	{ .id = 7, .staff = 1, .kind = 3, .granted = true, .from = { 20780 + 1 }, .to = { 20780 + 1 }, .start = 600, .end = 740 },
	{ .id = 8, .staff = 1, .kind = 0, .granted = true, .from = { 20780 + 15 }, .to = { 20780 + 20 }, .start = -1, .end = -1 },
	{ .id = 9, .staff = 2, .kind = 0, .granted = false, .from = { 20780 + 8 }, .to = { 20780 + 9 }, .start = -1, .end = -1 },
};
static const struct worktime_override overrides[] = {
	{ .day = { 20780 + 22 }, .closed = true, .start = -1, .end = -1 },
	{ .day = { 20780 + 32 }, .closed = false, .start = 600, .end = 720 },          /* 25 December, a Friday: open for two hours */
	{ .day = { 20780 + 29 }, .closed = false, .start = 1000, .end = 1200 },
};
static const struct worktime_person people[] = {
	{ 2, { NONE }, { NONE }, { 20780 + 30 } }, { 1, { NONE }, { 20780 - 14 }, { NONE } },
};
static const struct worktime_rows salon = {
	.openings = openings, .nopenings = COUNT(openings), .overrides = overrides, .noverrides = COUNT(overrides), .people = people, .npeople = COUNT(people),
	.patterns = patterns, .npatterns = COUNT(patterns), .shifts = shifts, .nshifts = COUNT(shifts), .exceptions = exceptions, .nexceptions = COUNT(exceptions),
	.absences = absences, .nabsences = COUNT(absences), .country = "DE", .state = "NI",
};

/* "w540-600 b600-630" of a person and day, counted from the Monday. */
static const char *text_of(struct arena *a, const struct worktime_rows *rows, int dayno, int64_t staff)
{
	struct worktime_spans all = worktime_spans(a, rows, (day){ MONDAY.n + dayno }, 1);
	const char *text = "";
	for (size_t i = 0; i < all.n; i++)
		if (all.at[i].staff == staff)
			text = arena_printf(a, "%s%s%c%d-%d", text, *text == '\0' ? "" : " ", kinds[all.at[i].kind], all.at[i].start, all.at[i].end);
	return text;
}

static void cases(struct arena *a)
{
	CHECK_TEXT(text_of(a, &salon, 0, 1), "S0-1440");                                  /* no opening hours on Mondays, shift or not */
	CHECK_TEXT(text_of(a, &salon, 1, 1), "w540-600 a600-740 b740-765 w765-1080");     /* school takes from work and break */
	CHECK_TEXT(text_of(a, &salon, 2, 1), "w540-780 w840-1080");                       /* the shop's lunch break cuts */
	CHECK_TEXT(text_of(a, &salon, 3, 1), "O0-1440");
	CHECK_TEXT(text_of(a, &salon, 4, 1), "w600-720");
	CHECK_TEXT(text_of(a, &salon, 5, 1), "w540-840");
	CHECK_TEXT(text_of(a, &salon, 6, 1), "w660-900");                                 /* on a Sunday, said on purpose */
	CHECK_TEXT(text_of(a, &salon, 6, 2), "S0-1440");
	CHECK_TEXT(text_of(a, &salon, 8, 1), "w600-900");                                 /* the other week */
	CHECK_TEXT(text_of(a, &salon, 9, 1), "O0-1440");
	CHECK_TEXT(text_of(a, &salon, 15, 1), "a0-1440");                                 /* vacation: Tuesday */
	CHECK_TEXT(text_of(a, &salon, 17, 1), "O0-1440");                                 /* and a Thursday on which it's free anyway */
	CHECK_TEXT(text_of(a, &salon, 1, 2), "w540-840");
	CHECK_TEXT(text_of(a, &salon, 8, 2), "A0-1440 w840-1080");                        /* the later pattern; vacation only asked for */
	CHECK_TEXT(text_of(a, &salon, 3, 2), "O0-1440");
	CHECK_TEXT(text_of(a, &salon, 22, 1), "S0-1440");                                 /* closed that day */
	CHECK_TEXT(text_of(a, &salon, 29, 1), "w1000-1080");                              /* other hours that day */
	CHECK_TEXT(text_of(a, &salon, 33, 1), "S0-1440");                                 /* 26 December */
	CHECK_TEXT(text_of(a, &salon, -13, 1), "w540-720 b720-765 w765-1080");
	CHECK_TEXT(text_of(a, &salon, -20, 1), "O0-1440");                                /* not yet here */
	CHECK_TEXT(text_of(a, &salon, 31, 2), "O0-1440");                                 /* gone */
}

static void hours(void)
{
	struct span s[2];
	CHECK_INT(worktime_opening(&salon, (day){ MONDAY.n + 2 }, s), 2);
	CHECK(s[0].start == 540 && s[0].end == 780 && s[1].start == 840 && s[1].end == 1080);
	CHECK_INT(worktime_opening(&salon, MONDAY, s), 0);
	CHECK_INT(worktime_opening(&salon, (day){ MONDAY.n + 22 }, s), 0);
	CHECK_INT(worktime_opening(&salon, (day){ MONDAY.n + 32 }, s), 1);                /* a holiday opened */
	CHECK(s[0].start == 600 && s[0].end == 720);
	CHECK_INT(worktime_opening(&salon, (day){ MONDAY.n + 33 }, s), 0);                /* a holiday */
	struct worktime_rows bare = { .country = NULL };
	CHECK_INT(worktime_opening(&bare, MONDAY, s), 1);
	CHECK(s[0].start == 0 && s[0].end == 1440);
}

enum { ROWS = 6 };

/* One absence more leaves only work that was there before. */
static bool absence_takes(struct arena *a, struct worktime_rows *rows, const struct worktime_spans *before)
{
	struct worktime_absence more[ROWS + 1];
	int start = rand() % 1400;
	memcpy(more, rows->absences, rows->nabsences * sizeof *more);
	more[rows->nabsences++] = (struct worktime_absence){ 99, 1, 1, true, { MONDAY.n + rand() % 14 }, { MONDAY.n + 14 }, start, start + 40 };
	rows->absences = more;
	struct worktime_spans after = worktime_spans(a, rows, MONDAY, 14);
	for (size_t i = 0; i < after.n; i++) {
		const struct worktime_span *s = &after.at[i];
		size_t k = 0;
		while (k < before->n && !(before->at[k].kind == WORKTIME_WORK && before->at[k].day.n == s->day.n && before->at[k].start <= s->start && s->end <= before->at[k].end))
			k++;
		if (s->kind == WORKTIME_WORK && k == before->n)
			return false;
	}
	return true;
}

/* Random rows: spans that take time are in order and do not overlap, whatever people have typed. */
static bool holds(struct arena *a)
{
	struct worktime_pattern p = { 1, 1, { MONDAY.n - rand() % 30 }, 1 + rand() % 4 };
	struct worktime_shift shift[ROWS];
	struct worktime_exception exception[ROWS];
	struct worktime_absence absence[ROWS];
	for (int i = 0; i < ROWS; i++) {
		int s = rand() % 1400;
		shift[i] = (struct worktime_shift){ 1, rand() % 4, 1 + rand() % 7, rand() % 2, s, s + 1 + rand() % (1440 - s), 0, 0 };
		s = rand() % 1400;
		exception[i] = (struct worktime_exception){ 1, { MONDAY.n + rand() % 14 }, rand() % 3, s, s + 1 + rand() % (1440 - s) };
		s = rand() % 1400;
		absence[i] = (struct worktime_absence){ i + 1, 1, 0, rand() % 3 > 0, { MONDAY.n + rand() % 7 }, { MONDAY.n + 5 + rand() % 7 }, s, s + 1 + rand() % (1440 - s) };
	}
	struct worktime_person who = { 1, { NONE }, { NONE }, { NONE } };
	struct worktime_rows rows = { .people = &who, .npeople = 1, .patterns = &p, .npatterns = 1, .shifts = shift, .nshifts = (size_t)(rand() % ROWS),
		.exceptions = exception, .nexceptions = (size_t)(rand() % ROWS), .absences = absence, .nabsences = (size_t)(rand() % ROWS) };
	struct worktime_spans all = worktime_spans(a, &rows, MONDAY, 14);
	int64_t on = 0;
	int end = 0, days = 0;
	for (size_t i = 0; i < all.n; i++) {
		const struct worktime_span *s = &all.at[i];
		if (s->day.n != on)
			end = 0;
		days += s->day.n != on;
		on = s->day.n;
		if (s->kind == WORKTIME_ASKED)
			continue;
		if (s->start < end || s->end <= s->start || s->end > DAY_MINUTES)
			return false;
		end = s->end;
	}
	return (days == 14 || rows.nabsences > 0) && absence_takes(a, &rows, &all);
}

int main(void)
{
	struct arena *a = arena_new();
	CHECK_INT(MONDAY.n, date_day(2026, 11, 23).n);
	cases(a);
	hours();
	srand(1);
	bool good = true;
	for (int i = 0; i < 20000 && good; i++) {
		good = holds(a);
		arena_reset(a);
	}
	CHECK(good);
	arena_free(a);
	return check_end();
}
