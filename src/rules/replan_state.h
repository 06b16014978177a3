/* replan_state.h: a part of the re-planning engine: what the rows hold of people, places and devices while choices are
 * tried. All items of one planning, in canonical order. */
#ifndef RULES_REPLAN_STATE_H
#define RULES_REPLAN_STATE_H
#include "rules/replan_options.h"

struct replan_state {
	const struct replan_world *world;
	struct replan_item *items; int nitems;
	struct bits *busy;                                /* [person * ndays + day] */
	struct bits *held;                                /* [place * ndays + day] */
	/* Pools: the devices, and after them the classes of places, of which each visit needs one. What is in use, and what there
	 * is beside all that stands still: [(pool * ndays + day) * BITS_DAY + t]; full: [pool * ndays + day], where nothing is left. */
	int16_t *used, *there;
	struct bits *full;
	int *taken;                                       /* [person * ndays + day]: units taken over */
	int npieces;                                      /* of any option, at most */
	int64_t cost;                                     /* of what is put, and unfair points; items not put count as a call */
};

/* All items call first; fixed ones count with what they take over. */
struct replan_state replan_state_make(struct arena *, const struct replan_world *, struct replan_item *, int n);
/* A fixed item: its price and what it takes over count. */
void replan_state_count(struct replan_state *, int item, const struct slot *);
/* People and pools have the time. places: and a place is free as they lie now, else some might have to be rearranged. */
bool replan_state_fits(const struct replan_state *, const struct replan_option *, bool places);
/* Puts an item that calls first to its option, others' places rearranged if need be and allowed; false: no room. */
bool replan_state_put(struct replan_state *, int item, int option, bool rearrange);
void replan_state_take(struct replan_state *, int item);          /* back to a call; nothing if it is one */
/* Would this option, of the item's or another list, fit an item that calls first? And on which places, none rearranged. */
bool replan_state_places(struct replan_state *, int item, const struct replan_option *, int *places_r);
/* Points that putting this would add besides its cost. */
int replan_state_unfair(const struct replan_state *, const struct replan_option *);
/* Gives places anew, with the present ones where possible, to what is put. */
void replan_state_settle_places(struct replan_state *);

/* All that is put, to come back to it later. */
struct replan_saved { int *chosen, **places; };
struct replan_saved replan_state_saved(struct arena *, const struct replan_state *);     /* with room, still empty */
void replan_state_save(const struct replan_state *, struct replan_saved *);
void replan_state_restore(struct replan_state *, const struct replan_saved *);
void replan_state_restore_item(struct replan_state *, const struct replan_saved *, int item);   /* of one that calls first */

static inline int replan_state_pool(const struct replan_world *w, const struct replan_piece *p)
{
	return p->kind == RESOURCE_PLACE ? w->ndevices + p->what : p->what;
}

static inline const struct replan_option *replan_state_chosen(const struct replan_state *s, int item)
{
	return s->items[item].chosen < 0 ? NULL : &s->items[item].options.at[s->items[item].chosen];
}
#endif
