/* paper.h: the emergency sheet: what the program tells of it, where it goes, and entering afterwards what was written on it. */
#ifndef PAPER_PAPER_H
#define PAPER_PAPER_H
#include "modules/calendar/calendar.h"
#include "modules/settings/settings.h"

/* What the printing part of the program found last; kept in memory, shown as a lamp when something is wrong. */
enum paper_result { PAPER_UNKNOWN, PAPER_PRINTED, PAPER_NO_PROGRAM, PAPER_NO_FOLDER, PAPER_FAILED };
void paper_report(enum paper_result, instant);
enum paper_result paper_last(instant *at_r);
/* Somebody asked for a fresh sheet; taken away by the one who prints. */
void paper_want(void);
bool paper_wanted(void);
/* DIR/notblatt of the data folder this database lies in. */
char *paper_folder(struct arena *, struct db *);

struct paper { int64_t id, version; str folder; int64_t days; };
extern const struct entity paper_entity;
extern const struct module paper_module, paper_change;
#endif
