/* check_write.h: is the data folder what the journal says it is? Changes nothing in it; beside the changing code only
 * because the journal's records are applied to an empty database. It may run while the shop's program runs. */
#ifndef DB_CHECK_WRITE_H
#define DB_CHECK_WRITE_H
#include "base/out.h"

/* The file, references between records, the journal's chain and its replay. A line for each fault; gives their number,
 * -1 if it could not be read (logged). */
int check_data_folder(const char *dir, struct out *faults);
/* Only the replay: a new database made from the journal alone must have the same rows in every table. */
int journal_replay_check(const char *dir, struct out *faults);
/* Brings dir's database (or a new one) on to a moment, by the change log of a later state of the same shop: all its records up
 * to the last one that was made by then. Gives the number of faults, a line for each; -1 if it could not be read (logged):
 * then dir's database is of no use. */
int journal_replay_on(const char *dir, const char *later, instant moment, struct out *faults);
#endif
