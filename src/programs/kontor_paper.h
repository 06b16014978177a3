/* kontor_paper.h: has the emergency sheet printed when it is due (rules/paperdue.h), by the program notblatt beside kontor. */
#ifndef PROGRAMS_KONTOR_PAPER_H
#define PROGRAMS_KONTOR_PAPER_H
void kontor_paper_begin(const char *database);  /* the path must live until the end */
void kontor_paper_tick(void);                   /* once a second */
void kontor_paper_end(void);
#endif
