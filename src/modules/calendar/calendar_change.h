/* calendar_change.h: what modules above may use to change the book, in their own x_change.c. */
#ifndef CALENDAR_CALENDAR_CHANGE_H
#define CALENDAR_CALENDAR_CHANGE_H
#include "modules/calendar/book_change.h"
#endif
