/* replan_world.h: a part of the re-planning engine: what stands still while it plans. Absences are taken out of the work,
 * the rows' uses out of the book; rows that are fixed (by status, by the user) hold what they have. */
#ifndef RULES_REPLAN_WORLD_H
#define RULES_REPLAN_WORLD_H
#include "rules/replan.h"
#include "rules/slots_map.h"

/* A stretch of one resource on the day of the option it belongs to. what: row of people or places_of class, or device. */
struct replan_piece { enum resource_kind kind; int what, from, to, place, only; };   /* in units; row of places: where it is now; the only one. -1 = any of the class */
struct replan_taken { int person, units; };           /* taken over from somebody else */
struct replan_pieces { struct replan_piece *at; size_t n, cap; };
struct replan_takens { struct replan_taken *at; size_t n, cap; };

struct replan_world {
	struct arena *arena;
	const struct replan_question *question;
	const struct slot *const *held; size_t nheld;     /* fixed rows' claims; NULL: none */
	struct slot_world slots;                          /* what is left to plan in: work without absences, fixed uses by day */
	day from; int ndays;                              /* the days on which rows may lie */
	struct slots_map raw;                             /* people in their work as it was without absences, fixed uses out */
	struct slots_map places;
	int npeople, nplaces, nclasses, ndevices;
	int64_t *classes;                                 /* sorted */
	int *class_of;                                    /* [place row] */
	struct device *devices;                           /* sorted by id, each once */
	int16_t *left;                                    /* [(device * ndays + day) * BITS_DAY + t]: of the pool, beside fixed uses */
	int *headroom;                                    /* [person * ndays + day]: units that may be taken over before it is unfair */
};

/* The rows sorted; fixed[i]: row i stands still with the claims of held[i] (NULL: none). */
struct replan_world replan_world_make(struct arena *, const struct replan_question *, const struct replan_row *const *rows, const struct slot *const *held, size_t n);
bool replan_world_away(const struct replan_world *, int64_t staff, day, int start, int end);   /* by an absence of the question */
int replan_world_person(const struct replan_world *, int64_t staff);                     /* -1: in none of the rows */
int replan_world_class(const struct replan_world *, int64_t place_class);
int replan_world_device(const struct replan_world *, int64_t device);
/* Claims that meet a fixed row's. */
bool replan_world_meets_fixed(const struct replan_world *, const struct slot *);
/* Claims as they are (of a row's present place, or pinned): places by name. */
void replan_world_pieces(const struct replan_world *, const struct slot *, struct replan_pieces *pieces_r);
/* Points for units taken over by a person on a day: a unit costs the more the more there are before it. */
enum { REPLAN_UNFAIR_PARTS = 5 };
extern const int replan_world_unfair_from[REPLAN_UNFAIR_PARTS];   /* units over the headroom where the n-th point a unit begins */
int replan_world_unfair(const struct replan_world *, int person, int dayno, int units);
#endif
