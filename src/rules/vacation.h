/* vacation.h: the vacation account of one person and calendar year. Days are counted in halves: 2 = a day, 1 = half of one.
 * Sources: BUrlG § 3 (24 working days of a six-day week), § 4 and § 5 (the first half year, joining and leaving), § 7 (carried over
 * until 31 March, which lapses only if the employer said so in time: CJEU C-684/16, BAG 9 AZR 541/15), § 9 (days of illness on
 * vacation come back); JArbSchG § 19 (under 18). Austria UrlG § 2, Switzerland OR 329a. Collective agreements and severely
 * disabled people's five days more are not known here: the contract's days are what is entered. */
#ifndef RULES_VACATION_H
#define RULES_VACATION_H
#include "rules/duty.h"

enum { VACATION_DAY = 2 };

/* What vacations take: of a day with planned work, 2 for a whole one, 1 for an absence by the hour that leaves some of the work;
 * nothing of a day without planned work, and of one on which the person is granted sick for the whole day. */
struct vacation_day { day day; int halves; bool granted; int64_t absence; };
struct vacation_days { struct vacation_day *at; size_t n, cap; };
/* Of all absences of this person whose kind counts as vacation, on the days from .. to, in order. */
struct vacation_days vacation_count(struct arena *, const struct worktime_rows *, const struct duty_kind kinds[DUTY_KINDS], int64_t staff,
    day from, day to);

enum vacation_posting_kind { VACATION_ENTITLED, VACATION_CARRIED, VACATION_CORRECTED, VACATION_TOLD };
/* Only ever added. CARRIED: with `expires` (n = NONE: never) into this year, negative out of it into the next. TOLD: on this day the
 * person was told what lapses when; halves 0. */
struct vacation_posting { enum vacation_posting_kind kind; int halves; day expires, posted; };
struct vacation_account {
	int entitled, carried, carried_out, corrected;      /* carried_out: into the next year, positive */
	int taken, asked;                                   /* of granted vacation, past and to come; of asked for */
	int lapsed, lapsing;                                /* carried over and gone; carried over, not yet used and still to lapse */
	day expires;                                        /* when; n = NONE: nothing does */
	bool told;                                          /* in time; what nobody was told of does not lapse */
	bool posted;                                        /* this year's entitlement is */
	int left;                                           /* without what is only asked for */
};
/* `days`: those of this year. */
struct vacation_account vacation_account(const struct vacation_posting *, size_t n, const struct vacation_days *days, day on);

/* What a year's days come to for who joins or leaves in it, whole days where the law says so, else halves rounded up. */
int vacation_entitlement(int days_per_year, int year, day joined, day left);
/* The least the law asks for, in halves; country "DE", "AT" or "CH", else 0. */
int vacation_least(str country, int days_per_week, int year, day birthday);

/* "14½", "-½", "0". */
char *vacation_text(struct arena *, int halves);
/* "14", "14,5", "14½", "-0.5". false: not understood, not in halves, or beyond 1,000 days. */
bool vacation_read(const char *, int *halves_r);
#endif
