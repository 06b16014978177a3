/* paper_enter.h: a day's handwriting, entered line by line afterwards; all of it or nothing. */
#ifndef PAPER_PAPER_ENTER_H
#define PAPER_PAPER_ENTER_H
#include "modules/paper/paper.h"
handler_fn paper_enter_form, paper_enter_save;
#endif
