#include "web/command_write.h"
#include "db/db_write.h"
#include "db/journal.h"
#include "web/session.h"
#include "web/web_private.h"
#include <string.h>

static struct command command_of(struct request *r)
{
	const struct route *route = r->state->route;
	return (struct command){ .user = r->user, .station = r->station, .name = route->command ? route->command : route->path,
	    .id = r->state->command_id, .at = r->now, .no_undo = route->no_undo, .undoes = route->undoes ? route->undoes(r) : 0 };
}

static int repeated(struct request *r)
{
	const char *to = session_recall(r->arena, r->state->command_id);
	page_redirect(r, "%s", to ? to : page_back(r));
	return 1;                    /* its first time may stand in this very group: true only if that reaches the disk */
}

static const char *broken_rule(struct request *r, const struct command *c)
{
	for (size_t m = 0; m < nmodules; m++) {
		const char *sentence = modules[m]->invariant ? modules[m]->invariant(r, c) : NULL;
		if (sentence)
			return sentence;
	}
	return NULL;
}

/* What the line below offers: to take this back, or if it took something back itself, to do that again. */
static int64_t offered(struct request *r, int64_t seq)
{
	const struct route *route = r->state->route;
	if (route->undoes)
		return journal_last_undone(r->db, r->user) != 0 ? TOAST_REDO : 0;
	return route->no_undo ? 0 : seq;
}

static void offer_undo(struct request *r, int64_t seq)
{
	struct web_state *s = r->state;
	str text = db_one_text(r->db, SQL("SELECT text FROM journal WHERE seq = ?"), B(seq));
	if (s->toast == NULL && text)
		page_toast(r, text, offered(r, seq));
	if (s->toast && r->location)
		session_toast(s->token, s->toast, s->toast_seq);
}

static int done(struct request *r)
{
	int64_t seq = 0;
	if (db_command_end(r->db, &seq) < 0)
		return -1;
	if (seq != 0)
		offer_undo(r, seq);
	session_remember(r->state->command_id, r->location);
	return 1;
}

static int finish(struct request *r, const struct command *c)
{
	const char *rule, *sentence = r->status < 400 && !db_failed(r->db) ? broken_rule(r, c) : NULL;
	if (sentence)
		page_refusal(r, 409, NULL, sentence);
	else if (r->status < 400 && db_failed(r->db) && db_refused(r->db, &rule))
		page_refusal(r, 409, NULL, _("Something else still depends on this, or it exists already. Nothing was changed."));
	if (r->status < 400 && !db_failed(r->db))
		return done(r);
	int result = db_failed(r->db) ? -1 : 0;
	db_command_drop(r->db);
	return result;
}

int command_write_run(struct request *r)
{
	struct command c = command_of(r);
	int64_t seq = 0;
	switch (db_command_begin(r->db, &c, &seq)) {
	case COMMAND_FAILED:
		return -1;
	case COMMAND_REPEATED:
		return repeated(r);
	case COMMAND_NEW:
		break;
	}
	r->status = 200;
	r->state->route->handler(r, r->state->route);
	return finish(r, &c);
}

void command_write_lost(struct request *r, bool disk)
{
	r->state->toast = NULL;
	r->state->events.n = 0;
	if (!disk) {
		page_refusal(r, 500, NULL, _("This was not saved. The program's log says why."));
		return;
	}
	r->state->fault = _("The disk is full or cannot be written. Looking goes on; delete files that are not needed, then send it again.");
	page_refusal(r, 507, NULL, _("This was not saved. What was typed is still in the form one page back."));
}
