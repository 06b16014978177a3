/* day.h: the day page's view: what the template day.html is given. */
#ifndef CALENDAR_DAY_H
#define CALENDAR_DAY_H
#include "base/out.h"
#include "modules/calendar/chain.h"
#include "modules/calendar/layout.h"

struct waiting { const struct book_appt *appt; str name, where, style, left; int end; };    /* a colour that works now */
struct next_up { const struct book_appt *appt; str name, code; int start; };

/* A proposal of the booking panel: drawn with its number, the first one with its phases. */
struct day_pick { int number; const struct slot *slot; const struct chain *chain; };

struct day_view {
	struct layout_day on;
	enum axis axis;                     /* people, or places with the devices beside them */
	str axis_query;                     /* "" or "&axis=place" */
	str who_query;                      /* "" or "&who=3": the column asked for stays on the way to another day */
	str closed;                         /* why nobody works today: a holiday's name; NULL */
	struct book_appts appts, parked;
	struct column *columns;
	size_t ncolumns, solo;              /* solo: the one a phone shows */
	size_t naway;                       /* columns drawn narrow */
	int64_t chosen;                     /* appointment in the panel, 0 = none */
	struct waiting *waiting;
	size_t nwaiting;
	struct next_up *next;
	size_t nnext;
	const struct day_pick *picks;
	size_t npicks;
};

struct day_wish {
	day day;
	enum axis axis, who_axis;
	int64_t chosen, who, own;           /* who: the column asked for, of the axis who_axis; own: the user's, shown first by a phone */
	const struct day_pick *picks;       /* of any day; only those of this one are drawn */
	size_t npicks;
};

/* Reads everything the page needs (a handful of queries, none of them per row). now: local time if the day is today. */
void day_load(struct db *, const struct day_wish *, day today, daytime clock, struct day_view *view_r);
void day_book_html(struct out *, const struct day_view *);   /* employee strip and grid */
void day_foot_html(struct out *, const struct day_view *);   /* Wirkt ein, Als Nächstes, Parkplatz */
/* The same for one employee over some days: a view per day with a single column, all with the same rows. */
void day_load_week(struct db *, int64_t staff, day first, size_t ndays, day today, daytime clock, struct day_view *views_r);
void day_week_html(struct out *, const struct day_view *views, size_t n, const char *label);
int64_t day_taken(const struct day_view *);                  /* minutes the person of a week's day works with somebody */
/* Kinds of absence: schema, absence.kind. */
const char *absence_kind_label(int kind);
#endif
