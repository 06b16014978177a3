/* roster_change.c: a cell's hours, and what becomes of an absence. Only the shop's program links this file. */
#include "modules/roster/roster_change_private.h"
#include "base/date.h"
#include "base/text.h"
#include "db/journal.h"
#include "modules/settings/settings.h"

enum { PUBLISHED_DAYS = 62, ANSWER_MAX = 200, TOUCHED = 16 };

struct form roster_form(struct request *r)
{
	return (struct form){ .from = { .db = r->db, .arena = r->arena, .today = r->today, .get = request_lookup, .arg = r }, .submitted = true };
}

void roster_publish(struct request *r, const struct staff_absence *x)
{
	live_publish(r, "roster", x->staff);
	if (x->to.n - x->from.n >= PUBLISHED_DAYS)
		live_publish(r, "all", 0);
	else
		for (day on = x->from; on.n <= x->to.n; on.n++)
			live_publish(r, "day", on.n);
}

str roster_name(struct db *db, int64_t staff)
{
	str name = db_one_text(db, SQL("SELECT name FROM staff WHERE id = ?"), B(staff));
	return name != NULL ? name : "";
}

void roster_say(struct request *r, const struct staff_absence *x, const char *deed)
{
	db_command_subject(r->db, "staff", x->staff);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s %s %s", roster_name(r->db, x->staff), staff_absence_label(x->kind), roster_when(r->arena, x), deed));
}

/* ---- one cell ---- */

static void refuse_cell(struct request *r, const struct roster_wish *wish, const char *sentence)
{
	r->status = 422;
	roster_page_refused(r, wish, &(struct roster_refused){ "hours", sentence });
}

static void write_cell(struct request *r, const struct roster_wish *w, const struct settings_hours *hours)
{
	db_run(r->db, SQL("DELETE FROM staff_day WHERE staff = ? AND day = ?"), B(w->staff), B(w->on));
	if (hours != NULL && hours->n == 0)
		db_run(r->db, SQL("INSERT INTO staff_day(staff, day, kind) VALUES(?,?,2)"), B(w->staff), B(w->on));
	for (int i = 0; hours != NULL && i < hours->n; i++)
		db_run(r->db, SQL("INSERT INTO staff_day(staff, day, kind, start, end) VALUES(?,?,0,?,?)"), B(w->staff), B(w->on), B(hours->spans[i].start), B(hours->spans[i].end));
}

/* mode=hours with hours=, free, or pattern: as usual again. */
static void page_cell(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_wish w = roster_wish(r);
	struct settings_hours hours = { 0 };
	const char *mode = request_get(r, "mode"), *typed = request_get(r, "hours");
	bool pattern = text_equal(mode, "pattern"), is_free = text_equal(mode, "free");
	if (w.on.n == NONE || db_one(r->db, SQL("SELECT 1 FROM staff WHERE id = ? AND active = 1"), B(w.staff)) != 1) {
		page_error(r, 404, _("There is no such day of a person."));
		return;
	}
	if (!pattern && !is_free && !settings_hours_read(r->arena, typed, &hours)) {
		refuse_cell(r, &w, arena_printf(r->arena, _("%s: hours like 9–12:30, 13–18, please, not “%s”."), _("Working hours"), text_cut(r->arena, typed, 40)));
		return;
	}
	write_cell(r, &w, pattern ? NULL : &hours);
	db_command_subject(r->db, "staff", w.staff);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s %s", roster_name(r->db, w.staff), day_short(r->arena, w.on),
	    pattern ? _("as the pattern has it") : hours.n == 0 ? _("free|hours") : settings_hours_text(r->arena, &hours)));
	roster_publish(r, &(struct staff_absence){ .staff = w.staff, .from = w.on, .to = w.on });
	struct roster_hits outside = roster_hits_outside(r->db, w.staff, w.on, r->today);
	struct out on = { .arena = r->arena };
	out_iso_day(&on, w.on);
	page_redirect(r, "%s", roster_path(r->arena, &w, outside.n == 0 ? "" : arena_printf(r->arena, "&staff=%lld&on=%s", (long long)w.staff, on.s)));
}

/* ---- one absence ---- */

static void refuse_absence(struct request *r, const struct roster_absence *x, int status, const char *key, const char *sentence)
{
	struct roster_wish w = roster_wish(r);
	w.absence = x->is.id;
	r->status = status;
	roster_page_refused(r, &w, &(struct roster_refused){ key, sentence });
}

/* As the person saw it. false: the page was written. */
static bool load_seen(struct request *r, struct roster_absence *x)
{
	if (!roster_absence_find(r->db, r->id[0], x)) {
		page_error(r, 404, _("This absence does not exist (any more)."));
		return false;
	}
	int64_t version = request_int(r, "version");
	if (version == NONE || version == x->version)
		return true;
	refuse_absence(r, x, 409, NULL, _("This absence was changed in the meantime. Here is how it stands now."));
	return false;
}

/* The same, and nobody has decided about it yet. */
static bool load_asked(struct request *r, struct roster_absence *x)
{
	if (!load_seen(r, x))
		return false;
	if (x->is.granted)
		refuse_absence(r, x, 409, NULL, _("This is granted already."));
	return !x->is.granted;
}

static void done(struct request *r, const struct roster_absence *x, const char *deed, bool stays)
{
	struct roster_wish w = roster_wish(r);
	roster_say(r, &x->is, deed);
	roster_publish(r, &x->is);
	page_redirect(r, "%s", roster_path(r->arena, &w, stays ? arena_printf(r->arena, "&absence=%lld", (long long)x->is.id) : ""));
}

static void page_grant(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_absence x;
	if (!load_asked(r, &x))
		return;
	db_run(r->db, SQL("UPDATE absence SET granted = 1, version = version + 1 WHERE id = ?"), B(x.is.id));
	done(r, &x, _("granted"), roster_hits(r->db, &x.is, r->today).n > 0);
}

static void page_decline(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_absence x;
	const char *answer = request_get(r, "answer");
	if (!load_asked(r, &x))
		return;
	if (text_empty(answer))
		refuse_absence(r, &x, 422, "answer", _("Why not: still missing; the person reads it."));
	else if (text_length(answer) > ANSWER_MAX)
		refuse_absence(r, &x, 422, "answer", _("Why not: at most 200 characters."));
	else {
		db_run(r->db, SQL("INSERT INTO absence_declined(staff, kind, from_day, to_day, start, end, note, answer, declined_day, declined_by) VALUES(?,?,?,?,?,?,?,?,?,?)"),
		    B(x.is.staff), B(x.is.kind), B(x.is.from), B(x.is.to), B(x.is.start), B(x.is.end), B(x.is.note), B(answer), B(r->today), B(r->user));
		db_run(r->db, SQL("DELETE FROM absence WHERE id = ?"), B(x.is.id));
		done(r, &x, _("not granted"), false);
	}
}

static void page_remove(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_absence x;
	if (!load_seen(r, &x))
		return;
	db_run(r->db, SQL("DELETE FROM absence WHERE id = ?"), B(x.is.id));
	done(r, &x, _("removed"), false);
}

/* One's own, as long as nobody has decided. */
static void page_withdraw(struct request *r, const struct route *route)
{
	(void)route;
	struct roster_absence x;
	if (roster_absence_find(r->db, r->id[0], &x) && x.is.staff != r->user) {
		page_error(r, 403, _("Everybody withdraws only what they asked for themselves."));
		return;
	}
	if (!load_asked(r, &x))
		return;
	db_run(r->db, SQL("DELETE FROM absence WHERE id = ?"), B(x.is.id));
	done(r, &x, _("withdrawn"), false);
}

/* An undo must not bring back an absence over another one that was entered since. */
static const char *no_clash(struct request *r, const struct command *c)
{
	int64_t ids[TOUCHED];
	size_t n = c->undoes == 0 ? 0 : journal_touched(r->db, c->undoes, "absence", TOUCHED, ids);
	for (size_t i = 0; i < n; i++) {
		struct roster_absence x;
		if (!roster_absence_find(r->db, ids[i], &x))
			continue;
		struct roster_absences others = roster_absences_load(r->db, x.is.from, x.is.to, x.is.staff, (day){ INT64_MAX });
		for (size_t k = 0; k < others.n; k++)
			if (others.at[k].is.id != x.is.id && staff_absences_clash(&x.is, &others.at[k].is))
				return arena_printf(r->arena, _("%s is there already, %s."), staff_absence_label(others.at[k].is.kind), roster_when(r->arena, &others.at[k].is));
	}
	return NULL;
}

static const struct route routes[] = {
	{ "GET", "/roster/absence", roster_page_form, .role = ROLE_APPRENTICE },
	{ "POST", "/roster/ask", roster_page_ask, .role = ROLE_APPRENTICE, .command = "roster.ask" },
	{ "POST", "/roster/absence", roster_page_save, .role = ROLE_MANAGEMENT, .command = "roster.absence" },
	{ "POST", "/roster/absence/#/grant", page_grant, .role = ROLE_MANAGEMENT, .command = "roster.grant" },
	{ "POST", "/roster/absence/#/decline", page_decline, .role = ROLE_MANAGEMENT, .command = "roster.decline" },
	{ "POST", "/roster/absence/#/remove", page_remove, .role = ROLE_MANAGEMENT, .command = "roster.remove" },
	{ "POST", "/roster/absence/#/withdraw", page_withdraw, .role = ROLE_APPRENTICE, .command = "roster.withdraw" },
	{ "POST", "/roster/account/#/posting", roster_page_posting, .role = ROLE_MANAGEMENT, .command = "roster.posting" },
	{ "POST", "/roster/account/#/contract", roster_page_contract, .role = ROLE_MANAGEMENT, .command = "roster.contract" },
	{ "POST", "/roster/account/year", roster_page_year, .role = ROLE_MANAGEMENT, .command = "roster.year" },
	{ "GET", "/roster/rules", roster_page_rules, .role = ROLE_MANAGEMENT },
	{ "POST", "/roster/rules", roster_page_rules_save, .role = ROLE_MANAGEMENT, .command = "roster.rules" },
	{ "POST", "/roster/cell", page_cell, .role = ROLE_MANAGEMENT, .command = "roster.day" },
};
const struct module roster_change = { .name = "roster", ROUTES(routes), .invariant = no_clash };
