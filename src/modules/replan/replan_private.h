/* replan_private.h: the call list, shared by the page that makes it and the page that works it off. */
#ifndef MODULES_REPLAN_REPLAN_PRIVATE_H
#define MODULES_REPLAN_REPLAN_PRIVATE_H
#include "base/date.h"
#include "modules/replan/replan.h"

enum call_result { CALL_OPEN, CALL_AGREED, CALL_OTHER, CALL_MISSED };        /* schema: call.result */
struct call {
	int64_t id, appointment, version;
	int result, tries;
	instant result_at;
	str reason, proposal, name, phone;
};
struct calls { struct call *at; size_t n, cap, open; };
/* The open ones, who was tried least first; then those dealt with today. */
struct calls replan_calls(struct db *, day today);
void replan_calls_html(struct request *, const struct calls *);
#endif
