/* replan.h: the re-planning engine. Somebody is away (ill today, on vacation, gone for good): what becomes of the
 * appointments this hits? All of them are planned together, since they compete for the same colleagues' time; what is not
 * among the rows stays where it is. Pure: the answer depends on the arguments only, not on the order of rows, candidates,
 * spans or uses. The slot finder (slots.h) says where one chain fits; its counting in RASTER minutes holds here too. A break that
 * may move (breaks.h) stays while it is planned where it lies now, beside all that is booked.
 *
 * What is sought is the least sum of points; one point is one customer moved by one minute on the same day:           */
#ifndef RULES_REPLAN_H
#define RULES_REPLAN_H
#include "rules/replan_plan.h"
#include "rules/slots.h"
#include "rules/status.h"

enum replan_points {
	REPLAN_UNDECIDED = 4000,                          /* call first: nothing found, or not without the customer's word */
	REPLAN_PROMISE = 1000,                            /* each step that the person wished no longer does */
	REPLAN_PHONE = 240,                               /* somebody has to be called: other day, other time, broken promise, undecided */
	REPLAN_OTHER_DAY = 240, REPLAN_EACH_DAY = 30, REPLAN_MOST_DAYS = 30,   /* another day; and for each day, up to 30 of them */
	REPLAN_HAND = 20,                                 /* each step that changes hands */
	/* 1 point: each minute between the old time of day and the new; each 5 minutes of rests left, of rests shorter than
	 * REPLAN_REST directly beside what a person does in the visit, in that person's working time, all rows taken out;
	 * each 5 unfair minutes. Unfair is what a person takes over on one day beyond one hour (and beyond what the day's
	 * mean of booked time is above the own, among all people named in the rows who work that day): its first half hour
	 * once, the second twice, the second hour three times, two hours more four times, what is left five times.
	 * Absences are left out of both counts: they make nothing cheaper. */
	REPLAN_REST = 30,
};

struct replan_absence { int64_t staff; day from, to; int start, end; };   /* to.n NONE: open end; start -1: whole days, else these minutes of each */

struct replan_row {                                   /* an appointment that the absence hits */
	int64_t appointment;
	const struct slot_step *steps; size_t nsteps;     /* as frozen; wished = promised to the customer; at most REPLAN_STEPS */
	const struct slot *now;                           /* where it is: day, start, end, claims (all steps' phases) */
	enum status status;                               /* from STATUS_ARRIVED on it stays, whoever is away */
	bool reachable;                                   /* else only what needs no call is proposed */
	/* What the user decided; all 0 = nothing. */
	const struct slot *pinned;                        /* exactly this: day, start, end, claims; nothing is checked, see odd */
	unsigned kinds;                                   /* 1u << enum replan_kind of those allowed; call first always is */
	const struct slot *excluded; size_t nexcluded;    /* not these: the same day, start and people */
};
struct replan_rules {
	int earlier, later;                               /* on its own day: at most so many minutes before and after */
	int days_before, days_after;                      /* other days, at any time; 0 = its own only */
	int call_from;                                    /* moved by less than so many minutes nobody is called; 0 and 1: by any */
	bool break_promises;                              /* false: a promise is broken only by the user (pinned, or an alternative) */
};
struct replan_question {
	struct slot_world world;                          /* all uses, the rows' own too; except does not count. Days outside are not planned */
	const struct replan_absence *absences; size_t nabsences;   /* whether the world's spans know of them or not */
	const struct replan_row *rows; size_t nrows;
	struct replan_rules rules;
};
enum { REPLAN_STEPS = 12, REPLAN_TOGETHER = 24 };

/* Never worse than: by time of their start, each row to its cheapest free place. Takes bounded time, however much is asked:
 * some milliseconds for twelve rows. Rows of the same appointment are answered alike. Everything lives in the arena. */
struct replan replan_make(struct arena *, const struct replan_question *);
#endif
