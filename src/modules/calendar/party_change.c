/* party_change.c: appointments that belong together. Only the shop's program links this file. */
#include "modules/calendar/party_change.h"
#include "base/text.h"
#include "db/db_write.h"
#include "modules/calendar/after_change.h"
#include "modules/calendar/book_change.h"
#include "modules/calendar/party.h"
#include <string.h>

void party_change_join(struct db *db, int64_t first, int64_t other)
{
	db_run(db, SQL("UPDATE appointment SET party = id WHERE id = ? AND party IS NULL"), B(first));
	db_run(db, SQL("UPDATE appointment SET party = (SELECT party FROM appointment WHERE id = ?) WHERE id = ?"), B(first), B(other));
}

static void cancel_one(struct request *r, int64_t id, int reason, str text)
{
	book_set_status(r->db, id, reason == 3 ? STATUS_NO_SHOW : STATUS_CANCELLED, reason, r->now);
	db_run(r->db, SQL("UPDATE appointment SET reason_text = ? WHERE id = ?"), B(text_empty(text) ? (str)NULL : text), B(id));
}

void party_change_cancel(struct request *r, const struct book_appt *a, int reason, str text)
{
	struct party_members all = party_of(r->db, a->id);
	int n = 1;
	cancel_one(r, a->id, reason, text);
	for (size_t i = 0; i < all.n; i++)
		if (party_goes_along(a, &all.at[i])) {
			cancel_one(r, all.at[i].id, reason, text);
			db_command_also(r->db, "appointment", all.at[i].id);
			n++;
		}
	const char *what = reason == 3 ? _("did not come") : reason == 2 ? _("cancelled at short notice") : _("cancelled");
	after_freeing(r, a, a->day, arena_printf(r->arena, _("%s, %d appointments together"), what, n));
}

/* all=2026-11-24 14:30: the time at which all of them fit may be another than that of this one alone. */
static void read_time(struct request *r, struct move_target *t)
{
	const char *at = request_get(r, "all");
	daytime start;
	if (strlen(at) > 11 && read_daytime(at + 11, &start) && start.min % RASTER == 0 && start.min + t->chain.minutes <= DAY_MINUTES)
		t->start = (int)start.min;
}

void party_change_move(struct request *r, const struct book_appt *a, struct move_target *t, bool force)
{
	struct party_parts parts;
	struct slot slot;
	str why = NULL;
	read_time(r, t);
	party_clear(r, a, t, &parts);
	bool fits = move_find(r, a, t, &slot);
	bool forces = force && !t->never;
	if (!fits && forces)
		chain_force(r->arena, &t->chain, &t->world, t->day, t->start, &slot);
	if ((!fits && !forces) || !party_find(r, a, t, &slot, force, &parts, &why)) {
		move_refuse(r, a, 409, why != NULL ? why : t->why);
		return;
	}
	book_move(r->db, a, &slot, force);
	for (size_t i = 0; i < parts.n; i++) {
		book_move(r->db, &parts.at[i].appt, &parts.at[i].slot, force);
		db_command_also(r->db, "appointment", parts.at[i].appt.id);
	}
	after_freeing(r, a, t->day, arena_printf(r->arena, _("moved to %s %s, %d appointments together"), day_short(r->arena, t->day),
	    daytime_text(r->arena, (daytime){ t->start }), (int)parts.n + 1));
}
