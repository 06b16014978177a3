/* slots_plan.h: a part of the slot finder: a request made ready (lengths in raster units, candidates as rows of the map)
 * and where each step can start. */
#ifndef RULES_SLOTS_PLAN_H
#define RULES_SLOTS_PLAN_H
#include "rules/slots_map.h"

/* The step's phases for candidates with the same extra minutes, in units of RASTER. */
struct slots_profile { int extra, *offset, *length, total; };
/* Consecutive phases on one place. */
struct slots_run { int64_t class; int first, last; };
struct slots_option { int64_t staff; int row, extra, profile; };   /* staff 0 and row -1: nobody needed */
/* From a person's first active minute in the chain to the last, in units; the holes between are others' chance. */
struct slots_stretch { int64_t staff; int row, start, end; };
struct slots_step {
	const struct slot_step *of;
	struct slots_profile *profiles; int nprofiles;
	struct slots_option *options; int noptions, first_option;      /* first_option: its index among all steps' */
	struct slots_run *runs; int nruns;
};
struct slots_plan {
	struct arena *arena;
	const struct slot_world *world;
	const struct slot_request *request;
	struct slots_step *steps; int nsteps, noptions;
	struct slots_map map;
	struct place *places; int *place_rows; int nplaces;   /* of the classes needed, sorted by id */
	struct bits *fits;                          /* [day * noptions + option]: this step by this person and all after it */
	int *option; struct slots_stretch *stretches;   /* room for nsteps, used while scoring */
};

/* false: nothing can be found (no phases, no day left). */
bool slots_plan_make(struct arena *, const struct slot_world *, const struct slot_request *, day first, day last, struct slots_plan *plan_r);
/* Where the whole chain can start on the map's day number dayno, whatever the window says; fills the day's fits. */
struct bits slots_plan_day(struct slots_plan *, int dayno);
/* Where this step alone can start with this option. */
struct bits slots_plan_alone(const struct slots_plan *, const struct slots_step *, const struct slots_option *, int dayno);
/* The same for one of its needs only. */
struct bits slots_plan_person(const struct slots_plan *, const struct slots_step *, const struct slots_option *, int dayno);
struct bits slots_plan_places(const struct slots_plan *, const struct slots_run *, const struct slots_profile *, int dayno);
struct bits slots_plan_device(const struct slots_plan *, const struct slots_step *, int phase, const struct slots_profile *, int dayno);

static inline const struct bits *slots_plan_fits(const struct slots_plan *p, int dayno, int option)
{
	return &p->fits[(size_t)dayno * (size_t)p->noptions + (size_t)option];
}
#endif
