/* setup.h: the first visit: three pages, and the book is open. And the starter catalogue that it offers. */
#ifndef MODULES_SETUP_SETUP_H
#define MODULES_SETUP_SETUP_H
#include "modules/setup/starter.h"
#include "web/web.h"

extern const struct module setup_change;
#endif
