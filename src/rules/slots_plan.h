/* slots_plan.h: a part of the slot finder: a request made ready (lengths in raster units, candidates as rows of the map)
 * and where each step can start. */
#ifndef RULES_SLOTS_PLAN_H
#define RULES_SLOTS_PLAN_H
#include "rules/slots_map.h"

/* The step's phases for candidates with the same extra minutes, in units of RASTER. */
struct slots_profile {
	int extra, *offset, *length, total;
	int next;                                   /* where the next step begins: total, or without the tail */
	int first, last;                            /* the person's: begin of the first active phase, end of the last */
};
/* Consecutive phases on one place. wished: rather this one; only: none but this one; 0 = any of the class. except: not this one
 * before unit `until` of the step: the step before has its tail there. */
struct slots_run { int64_t class, wished, only, except; int until, first, last; };
struct slots_option { int64_t staff; int row, extra, profile; };   /* staff 0 and row -1: nobody needed */
/* From a person's first active minute in the chain to the last, in units; the holes between are others' chance. */
struct slots_stretch { int64_t staff; int row, start, end, before, after; };   /* free before and after it, in units */
/* An appointment's pause in a person's day, while the customer waits: minutes. */
struct slots_wait { int row, start, end; int64_t appointment; };
struct slots_step {
	const struct slot_step *of;
	bool beside;                                /* begins a strand */
	struct slots_profile *profiles; int nprofiles;
	struct slots_option *options; int noptions, first_option;      /* first_option: its index among all steps' */
	struct slots_run *runs; int nruns;
	int tail; bool tangled;                     /* units; tangled: the next step needs a place of the class where the tail is */
};
struct slots_plan {
	struct arena *arena;
	const struct slot_world *world;
	const struct slot_request *request;
	struct slots_step *steps; int nsteps, noptions;
	struct slots_map map;
	struct place *places; int *place_rows; int nplaces;   /* of the classes needed, sorted by id */
	int delays;                                 /* how many steps wait for a tail though another place would do */
	struct bits *fits;                          /* [day * noptions + option]: this step by this person and all after it */
	struct bits *starts;                        /* [day]: slots_plan_day()'s answer, kept */
	int nstrands, longest;                      /* longest: units of the longest strand, whoever does it */
	struct bits *tight;                         /* [day]: where what each step needs alone is not enough (slots_joint.h); NULL = never */
	struct slots_joint *joint;
	struct { struct slots_wait *at; size_t n, cap; int dayno; } waits;      /* of the day looked at last */
	int *option; struct slots_stretch *stretches; struct slot_reason *reasons;   /* room for one slot's, used while scoring */
};

/* false: nothing can be found (no phases, no day left). Where steps are tangled, the later one waits for the tail. */
bool slots_plan_make(struct arena *, const struct slot_world *, const struct slot_request *, day first, day last, struct slots_plan *plan_r);
/* The ways to go on at tangled steps, each a plan of its own on the same map: at once on another place than this or that one, or
 * after the tail (the first plan is the one given). At most SLOTS_WAYS; where these do not suffice, later steps wait. */
enum { SLOTS_WAYS = 64 };
size_t slots_plan_ways(const struct slots_plan *, struct slots_plan **ways_r);
/* Where the whole chain can start on the map's day number dayno, whatever the window says; fills the day's fits. */
struct bits slots_plan_day(struct slots_plan *, int dayno);

/* May this run, beginning at this unit of its step, be on this place? */
static inline bool slots_run_takes(const struct slots_run *r, int from, const struct place *p)
{
	return p->class == r->class && (r->only == 0 || p->id == r->only) && (r->except != p->id || from >= r->until);
}

/* Is there such a bound? */
static inline bool slots_plan_bound(const struct slot_bound *b) { return b->day.n != NONE && b->day.n != 0; }
/* Takes out what lies before the request's first bound and after its last. */
static inline void slots_plan_bounds(const struct slot_request *q, day d, struct bits *b)
{
	const struct slot_bound *first = &q->not_before, *last = &q->not_after;
	if (slots_plan_bound(first) && d.n <= first->day.n)
		bits_clear(b, 0, d.n < first->day.n ? BITS_DAY : (first->minute + RASTER - 1) / RASTER);
	if (slots_plan_bound(last) && d.n >= last->day.n)
		bits_clear(b, d.n > last->day.n ? 0 : last->minute / RASTER + 1, BITS_DAY);
}

static inline bool slots_plan_on(unsigned weekdays, day d) { return weekdays & 1u << (unsigned)((d.n + 3) % 7 + 1); }

/* The step's phase that takes extra minutes: the longest active one, the first of several; -1 = none is active. */
int slots_plan_longest(const struct slot_step *);
/* A phase's minutes in units: rounded up, at least one. */
static inline int slots_plan_units(int length) { return length < RASTER ? 1 : (length + RASTER - 1) / RASTER; }

static inline const struct bits *slots_plan_fits(const struct slots_plan *p, int dayno, int option)
{
	return &p->fits[(size_t)dayno * (size_t)p->noptions + (size_t)option];
}
#endif
