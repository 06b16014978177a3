#include "modules/calendar/after_change.h"
#include "db/db_write.h"
#include "modules/calendar/move.h"
#include "modules/calendar/page.h"

enum { LEAST_FREED = 15 };                    /* minutes; less is nobody's appointment */

/* The appointment of the path, as the person saw it. false: the page was written (gone, or changed by somebody else). */
bool after_load(struct request *r, int64_t id, struct book_appt *a)
{
	if (!book_load_one(r->db, id, a)) {
		page_error(r, 404, _("This appointment does not exist (any more)."));
		return false;
	}
	if (request_get(r, "version") == NULL || request_int(r, "version") == a->version)
		return true;
	move_refuse(r, a, 409, _("This appointment was changed in the meantime. Here is how it stands now."));
	return false;
}

bool after_seen(struct request *r, struct book_appt *a)
{
	return after_load(r, r->id[0], a);
}

void after_done(struct request *r, const struct book_appt *a, day shown, const char *text)
{
	struct out d = { .arena = r->arena };
	db_command_subject(r->db, "appointment", a->id);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s", a->name, text));
	if (a->day.n != NONE)
		live_publish(r, "day", a->day.n);
	if (shown.n != a->day.n && shown.n != NONE)
		live_publish(r, "day", shown.n);
	out_iso_day(&d, shown.n != NONE ? shown : r->today);
	page_redirect(r, "/book?day=%s&appt=%lld%s", d.s, (long long)a->id, page_axis(r, '&'));
}

/* What part of its time an appointment gave up: all of it, or where it only moved a little or became shorter, the larger rest. */
static struct freed freed_by(struct db *db, const struct book_appt *before)
{
	struct book_appt now;
	struct freed f = { before->day, before->start, before->end, before->id, false };
	if (!book_load_one(db, before->id, &now))
		return f;
	f.cancelled = !status_takes_time(now.status);
	if (!book_takes_time(&now) || now.day.n != before->day.n || now.start >= before->end ||
	    now.end <= before->start || (now.nsteps > 0 && before->nsteps > 0 && now.steps[0].staff != before->steps[0].staff))
		return f;
	if (now.start - before->start >= before->end - now.end)
		f.end = now.start;
	else
		f.start = now.end;
	return f;
}

/* As after_done(), but what to do with the time that came free is a question for the modules above. */
void after_freeing(struct request *r, const struct book_appt *before, day shown, const char *text)
{
	after_done(r, before, shown, text);
	if (!book_takes_time(before))
		return;
	struct freed f = freed_by(r->db, before);
	const char *to = f.end - f.start >= LEAST_FREED ? page_freed(r, &f) : NULL;
	if (to != NULL)
		page_redirect(r, "%s%s", to, page_axis(r, '&'));
}
