/* start.h: what each program does first and last. */
#ifndef PROGRAMS_START_H
#define PROGRAMS_START_H
#include "web/server.h"

/* Translations, and signals held back so that start_wait() gets them: before any thread begins. */
void start_languages(void);
void start_signals(void);
void start_zone(const char *database);           /* the shop's zone; Europe/Berlin while there is no shop */
/* Prints the address, then ticks until SIGTERM or SIGINT; each second tick() is called, too (may be NULL). */
void start_wait(const struct server_config *, const char *program, void (*tick)(void));
#endif
