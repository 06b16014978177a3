#include "web/undo_write.h"
#include "db/db_write.h"
#include "db/journal.h"
#include "web/web_private.h"

int64_t undo_write_last(struct request *r) { return journal_last_undoable(r->db, r->user); }
int64_t undo_write_named(struct request *r) { return r->id[0]; }
int64_t undo_write_redo(struct request *r) { return journal_last_undone(r->db, r->user); }

/* Back to the page it was asked on; a form sent from there is not repeated. */
static void back(struct request *r)
{
	page_redirect(r, "%s", page_back(r));
}

/* Taking back an undo does the first thing again, and needs its rights; taking that back undoes it once more, and so on.
 * again_r: is the first thing to be done again? */
static struct journal_entry first_of(struct request *r, const struct journal_entry *e, bool *again_r)
{
	struct journal_entry first = *e;
	*again_r = false;
	while (first.undoes != 0 && journal_get(r->db, first.undoes, &first))
		*again_r = !*again_r;
	return first;
}

static const char *refusal(struct request *r, const struct journal_entry *e, const struct journal_entry *first)
{
	if (e->undone_by != 0)
		return _("This was taken back already.");
	if (!e->can_undo)
		return _("This cannot be taken back.");
	if ((e->user != r->user && r->role < ROLE_RECEPTION) || router_command_role(first->command) > r->role)
		return _("Somebody else did this, or it needs more rights to take it back.");
	return NULL;
}

static void in_the_way(struct request *r, int64_t later)
{
	struct journal_entry e;
	const char *what = journal_get(r->db, later, &e) && e.text ? e.text : "";
	page_refusal(r, 409, _("A later change stands in the way."), arena_printf(r->arena,
	    _("%s did this later: “%s”. Take that back first."), e.user_name ? e.user_name : _("the program"), what));
}

void undo_write(struct request *r, const struct route *route)
{
	struct journal_entry e;
	int64_t seq = route->undoes(r), later = 0;
	if (seq == 0) {
		page_toast(r, route->undoes == undo_write_redo ? _("There is nothing to be done again.") : _("There is nothing left to take back."), 0);
		back(r);
		return;
	}
	if (!journal_get(r->db, seq, &e)) {
		page_error(r, 404, _("There is no such change."));
		return;
	}
	bool again;
	struct journal_entry first = first_of(r, &e, &again);
	const char *sentence = refusal(r, &e, &first);
	if (sentence) {
		page_error(r, 409, sentence);
		return;
	}
	int result = journal_undo(r->db, seq, &later);
	if (result == 1) {
		in_the_way(r, later);
		return;
	}
	const char *what = first.text ? first.text : first.command;
	db_command_text(r->db, again ? arena_printf(r->arena, _("Done again: %s"), what)
	    : first.user == r->user || first.user_name == NULL ? arena_printf(r->arena, _("Taken back: %s"), what)
	    : arena_printf(r->arena, _("Taken back what %s did: %s"), first.user_name, what));
	if (e.subject_kind)
		db_command_subject(r->db, e.subject_kind, e.subject);
	live_publish(r, "all", 0);
	back(r);
}
