/* notblatt_draw.h: the emergency sheet as a PDF, A4 upright, two columns (DESIGN.md 10). */
#ifndef PROGRAMS_NOTBLATT_DRAW_H
#define PROGRAMS_NOTBLATT_DRAW_H
#include "db/db.h"
#include <stdio.h>

/* The days from this one on. -1: the database could not be read, or the file not be written (errno says why, 0 = logged). */
int notblatt_draw(struct db *, day from, size_t ndays, instant now, FILE *) MUST_USE;
#endif
