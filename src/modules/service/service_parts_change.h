/* service_parts_change.h: what a service's form has besides its fields: the table of phases and the table of who does
 * it. Inputs are numbered from 1: kind1, name1, minutes1, class1, device1; does7, extra7, price7 for staff id 7. */
#ifndef SERVICE_SERVICE_PARTS_CHANGE_H
#define SERVICE_SERVICE_PARTS_CHANGE_H
#include "entity/entity_write.h"

void service_parts_read(struct form *);
void service_parts_check(struct form *);     /* rules over all phases */
void service_parts_save(struct form *);
void service_parts_lines(struct form *, bool typed, struct form_lines *);
void service_parts_html(struct form *, struct out *);
#endif
