/* layout.h: what stands where in a column of the book. Pure: a day's appointments and a person's hours go in,
 * items in drawing order come out. The same for a column per employee, per place and per device. */
#ifndef CALENDAR_LAYOUT_H
#define CALENDAR_LAYOUT_H
#include "modules/calendar/book.h"

enum axis { AXIS_STAFF, AXIS_PLACE, AXIS_DEVICE };

/* An absence as it touches one day. */
struct absent { struct span span; int kind; bool granted; day until; };

struct hours {                              /* of one person (or place) on one day */
	struct span work[8], breaks[8];
	struct absent absent[8];
	size_t nwork, nbreaks, nabsent;
	str reason;                         /* why there is no work at all: "Sonntag", "Reformationstag"; may be NULL */
};

enum item_kind { ITEM_OFF, ITEM_GAP, ITEM_BREAK, ITEM_ABSENCE, ITEM_VISIT };

struct segment {
	const struct book_phase *phase;
	const struct book_step *step;
	bool first_of_step;
};

enum body_kind { BODY_TAKEN, BODY_WAIT, BODY_BUFFER };

/* Segments first .. first + n - 1 as they are drawn in one: without a gap and of one look, or one of them too short for words. */
struct body {
	enum body_kind kind;
	int start, end;
	size_t first, n;
	str style;                          /* of the longest */
	bool mixed;                         /* its segments have different styles */
	int rails;                          /* so many widths of a rail its words stand to the right: a later visit waits over it */
};

struct item {
	enum item_kind kind;
	int start, end;
	const struct absent *absent;
	const struct book_appt *appt;
	struct segment *segments;
	size_t nsegments;
	struct body *bodies;                /* the same in bigger pieces */
	size_t nbodies;
	int part, parts;                    /* 2 of 3: the visit goes on in other columns */
	bool inside;                        /* stands in another's waiting time (a visit, a break, free time) */
	bool left, right;                   /* shares its time: half a column */
};

struct column {
	int64_t id;                         /* staff, place or device */
	enum axis axis;                     /* which of them */
	str name, code, note;
	struct hours hours;
	struct item *items;
	size_t nitems;
	int free_from, free_minutes;        /* the next free time from `now` on; free_from -1 = none left */
	bool away;                          /* no work at all on this day and no visit either: a narrow column will do */
};

struct layout_day { day day; int open, close; int now; };   /* open..close: the rows shown; now = -1: not today,
                                                               1441: the day is over (no gaps are offered) */

/* Works at any time of the day; an absence that is only asked for does not count. */
bool layout_present(const struct hours *);
/* Fills column->items, free_from, free_minutes and away from the appointments and column->hours. */
void layout_column(struct arena *, const struct layout_day *, const struct book_appts *, struct column *);
#endif
