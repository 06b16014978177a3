#include "base/lang.h"
#include "modules/staff/staff.h"

static const struct { const char *label, *in_short, *icon; } looks[STAFF_ABSENCE_KINDS] = {
	{ N_("Vacation"), N_("vacation|absence"), "tree-palm" }, { N_("Sick"), N_("sick|absence"), "thermometer" },
	{ N_("Child sick"), N_("child sick|absence"), "thermometer" }, { N_("Vocational school"), N_("school|absence"), "graduation-cap" },
	{ N_("Training"), N_("training|absence"), "graduation-cap" }, { N_("Time off"), N_("time off|absence"), "tree-palm" },
	{ N_("Other reason"), N_("absent|absence"), "calendar-x" },
};

static int64_t known(int64_t kind) { return kind >= 0 && kind < STAFF_ABSENCE_KINDS ? kind : STAFF_ABSENCE_KINDS - 1; }
const char *staff_absence_label(int64_t kind) { return lang_text(looks[known(kind)].label); }
const char *staff_absence_short(int64_t kind) { return lang_text(looks[known(kind)].in_short); }
const char *staff_absence_icon(int64_t kind) { return looks[known(kind)].icon; }

static bool is_illness(int64_t kind) { return kind == 1 || kind == 2; }

bool staff_absences_clash(const struct staff_absence *a, const struct staff_absence *b)
{
	if (is_illness(a->kind) != is_illness(b->kind) || a->from.n > b->to.n || b->from.n > a->to.n)
		return false;
	return a->start.min == NONE || b->start.min == NONE || (a->start.min < b->end.min && b->start.min < a->end.min);
}
