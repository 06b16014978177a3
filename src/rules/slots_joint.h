/* slots_joint.h: a part of the slot finder: what the maps of single steps cannot say. Strands take nothing from one another,
 * and breaks that may move keep a place beside all that one person does in the visit. The maps say what is possible at most;
 * where that is not enough (slots_plan.tight), people and places are tried one after the other, in the order of taste. */
#ifndef RULES_SLOTS_JOINT_H
#define RULES_SLOTS_JOINT_H
#include "rules/slots_plan.h"

/* Makes the plan ready for it; nothing if it has one strand and nobody's break may move. */
void slots_joint_make(struct slots_plan *);
/* Leaves only those starts of a day where all holds together. */
void slots_joint_keep(struct slots_plan *, int dayno, struct bits *starts);
/* Who does it, one option for each step. */
bool slots_joint_choose(const struct slots_plan *, int dayno, int t, int *option_r);
/* Do these people, whom the maps allow, and some places hold together? */
bool slots_joint_holds(const struct slots_plan *, int dayno, int t, const int *option);
/* The place of the run for these people after slots_joint_holds() said yes; only where there are strands. */
int64_t slots_joint_place(const struct slots_plan *, int step, int run);
/* Why a start that each strand could have alone is none. */
void slots_joint_why(const struct slots_plan *, int dayno, int t, struct slot_block *block_r);
#endif
