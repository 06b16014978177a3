/* customer_habits.h: the section "As always" of the customer's form: usual services and own durations (of any employee). */
#ifndef CUSTOMER_CUSTOMER_HABITS_H
#define CUSTOMER_CUSTOMER_HABITS_H
#include "base/out.h"

struct form;
struct form_lines;
void customer_habits_html(struct form *, struct out *);
void customer_habits_read(struct form *);
void customer_habits_save(struct form *);
void customer_habits_lines(struct form *, bool typed, struct form_lines *);
#endif
