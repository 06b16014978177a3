/* kontor_shop.h: what kontor does from the command line without serving. Each gives the exit status: 0 = well. */
#ifndef PROGRAMS_KONTOR_SHOP_H
#define PROGRAMS_KONTOR_SHOP_H

int shop_check(const char *dir);                             /* a sentence for each fault on standard output */
/* The change log on standard output, oldest first; since: "2026-11-23", NULL = from the beginning. */
int shop_log(const char *dir, const char *since);
#endif
