/* import.h: what salons bring along: calendars (.ics), address cards (.vcf), lists (.csv). */
#ifndef MODULES_IMPORT_IMPORT_H
#define MODULES_IMPORT_IMPORT_H
#include "web/web.h"

/* kontor import: reads the files, prints what happens (with dry_run: would happen) on standard output, and does it in one
 * transaction: one record in the journal, one undo. Exit status: 0 = well, 1 = a file or the data folder could not be
 * opened (nothing was changed). The zone must be set to the shop's (zone_set) before. */
int shop_import(const char *dir, bool dry_run, int nfiles, char **files, instant now);

extern const struct module import_change;
#endif
