/* roster_private.h: the roster as it lies in memory, and what its files share. Times are minutes since local midnight. */
#ifndef ROSTER_ROSTER_PRIVATE_H
#define ROSTER_ROSTER_PRIVATE_H
#include "base/date.h"
#include "entity/entity.h"
#include "modules/calendar/calendar.h"
#include "modules/roster/roster.h"
#include "modules/staff/staff.h"
#include "rules/vacation.h"
#include "rules/worklaw.h"

enum roster_span { ROSTER_WEEK = 1, ROSTER_TWO = 2, ROSTER_MONTH = 3 };   /* as in the address: span=1 */

/* What the address says: ?day= &span=, and what stands in the panel: absence= or staff= with on=. */
struct roster_wish {
	day day;
	enum roster_span span;
	int64_t absence, staff;                     /* 0 = none */
	day on, to;                                 /* of `staff`: the day of the cell, the days chosen; n = NONE */
};

struct roster_person { int64_t id, role; str name, code; bool in_book; };
struct roster_absence { struct staff_absence is; int64_t version; int hits; };   /* hits: appointments still to come that it meets */
struct roster_absences { struct roster_absence *at; size_t n, cap; };
/* A day's foot. closed: why the shop is shut, NULL = it is not; least 0 = not looked at. */
struct roster_day { day day; str closed; int present, least; int64_t taken, working; };
struct roster_group { int64_t staff, group; str name; };          /* this person does services of this group */

/* Everybody of some days, their rows and the rules that judge them. people[i] is rows.people[i]. */
struct roster_team {
	struct worktime_rows rows;
	struct roster_person *people;
	struct duty_kind kinds[DUTY_KINDS];
	struct duty_contract *contracts; size_t ncontracts;
	int least[8];                               /* by weekday */
	struct civil expires;                       /* month and day */
};
struct roster {
	struct roster_wish wish;
	bool paper;                                 /* to be printed: without links */
	day from; int ndays, year;
	struct roster_team team;
	struct duty duty;
	struct worklaw_warnings warnings;
	struct roster_absences absences;            /* that touch these days, or are asked for and still ahead */
	struct roster_day *days;
	struct vacation_account *accounts;          /* of `year`, a row per person */
	struct roster_absences vacations;           /* of `year`, for the strip below */
	struct roster_declined *declined; size_t ndeclined;           /* of who looks, still ahead */
};
struct roster_declined { int64_t id, kind; day from, to; str answer, by; };

/* roster_team.c: who is here on any of the days from..to, with the rows of rows_from..rows_to. */
void roster_team_load(struct db *, day from, day to, day rows_from, day rows_to, struct roster_team *team_r);
int roster_person_of(const struct roster_team *, int64_t staff);  /* -1: not among them */
/* A row per person; the team's rows must hold all of the year. */
struct vacation_account *roster_accounts(struct db *, const struct roster_team *, int year, day on);

/* roster_load.c */
struct roster_wish roster_wish(struct request *);
void roster_load(struct request *, const struct roster_wish *, struct roster *roster_r);
struct roster_absences roster_absences_load(struct db *, day from, day to, int64_t staff, day today);   /* staff 0 = of all */
bool roster_absence_find(struct db *, int64_t id, struct roster_absence *absence_r);
bool roster_wish_shows(const struct roster_wish *, day from, day to);
/* "/roster?day=2026-10-12&span=2" and more, already encoded. */
char *roster_path(struct arena *, const struct roster_wish *, const char *more);
bool roster_may_enter(const struct request *);                    /* enters and grants */
bool roster_may_ask(const struct request *, int64_t staff);       /* enters, or asks for this person */
bool roster_sees_account(const struct request *, int64_t staff);

/* roster_hits.c: appointments that an absence meets, in order. */
struct roster_hit { int64_t appointment; day day; int start, end; str name, services, phone; };
struct roster_hits { struct roster_hit *at; size_t n, cap; };
/* From today on. start.min NONE = whole days. At most 200 of them. */
struct roster_hits roster_hits(struct db *, const struct staff_absence *, day today);
/* Those of a day that lie outside of what the person works then. */
struct roster_hits roster_hits_outside(struct db *, int64_t staff, day, day today);
char *roster_replan_path(struct arena *, const struct staff_absence *);

/* What an absence would mean for the days it takes: who is left, what can still be done. */
struct roster_effect {
	struct { struct roster_effect_day { day day; int present, least; str away, lacking; } *at; size_t n, cap; } days;   /* only those with something to say */
	int more;                                   /* days with something to say beyond these */
	struct { struct roster_effect_year { int year, halves, left, of; } *at; size_t n, cap; } years;   /* vacation only */
};
struct roster_effect roster_effect(struct db *, const struct staff_absence *, day today);

/* roster_text.c: the words. */
char *roster_range(struct arena *, day from, day to);             /* "12. bis 25. Oktober" */
char *roster_when(struct arena *, const struct staff_absence *);  /* "Do 22. Okt. bis Sa 24. Okt.", with times */
char *roster_time(struct arena *, int minute);                    /* "8:30", "18" */
char *roster_hours(struct arena *, int64_t minutes);              /* "38,5" */
char *roster_spans(struct arena *, const struct span *, int n);   /* "9:00–12:30, 13:00–18:00" */
char *roster_left(struct arena *, const struct vacation_account *, bool *known_r);   /* "11 von 30"; false: no postings yet */
char *roster_weeks(struct arena *, const struct roster *, int64_t staff);     /* "Woche A, B von 2"; NULL = no pattern */
/* "A" of a pattern of so many weeks; NULL = none is in force. */
char *roster_week_of(struct arena *, const struct worktime_rows *, int64_t staff, day, int *weeks_r);

/* roster.c: the page, with a panel beside it (NULL: the wish's own). The panel's writer gets `about`. */
typedef void roster_panel_fn(struct request *, const struct roster *, void *about);
void roster_page(struct request *, const struct roster_wish *, roster_panel_fn *, void *about);
handler_fn roster_page_csv;                                       /* roster_csv.c */
/* The same with the wish's own panel and why something was refused; status is the caller's. */
struct roster_refused { const char *key, *sentence; };            /* key NULL: on top instead of at a field */
void roster_page_refused(struct request *, const struct roster_wish *, const struct roster_refused *);
/* roster_panel.c: one cell's hours, one absence. */
void roster_panel_cell(struct request *, const struct roster *, const struct roster_refused *);
void roster_panel_absence(struct request *, const struct roster *, const struct roster_absence *, const struct roster_refused *);
/* Hidden fields that keep the days in view; version 0 = of no record. */
void roster_state_html(struct out *, const struct roster_wish *, int64_t version);
void roster_hits_html(struct out *, const struct roster_hits *, const char *none);
void roster_effect_html(struct out *, const struct roster_effect *);
/* roster_account.c */
handler_fn roster_page_accounts, roster_page_account;
void roster_account_show(struct request *, int64_t staff, int year, const struct roster_refused *);
int roster_account_year(const struct request *);                  /* year=, else this one */
/* The entitlement that follows from the contract, in halves; -1: no contract, or it is posted already. */
int roster_proposed(const struct roster_team *, const struct vacation_account *, size_t person, int year);
day roster_expires(const struct roster_team *, int year);         /* of what was carried into this year */
#endif
