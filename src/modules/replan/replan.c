#include "modules/replan/replan.h"
#include "base/text.h"
#include "modules/replan/replan_private.h"
#include "web/icon.h"

enum { MOST_CALLS = 200 };

struct calls replan_calls(struct db *db, day today)
{
	struct calls all = { 0 };
	instant since = { 0 };
	if (zone_instant(today, (daytime){ 0 }, &since) < 0)
		since = (instant){ 0 };                              /* no midnight on that day: all of them */
	struct query q = db_query(db, SQL("SELECT k.id, k.appointment, k.version, k.result, k.tries, k.result_at, k.reason, k.proposal, "
	    "c.last || coalesce(', ' || c.first, ''), coalesce(c.mobile, c.phone, c.phone_other), a.day FROM call k JOIN appointment a ON a.id = k.appointment "
	    "LEFT JOIN customer c ON c.id = a.customer WHERE k.result IN (0, 3) OR k.result_at >= ? "
	    "ORDER BY k.result IN (0, 3), CASE WHEN k.result IN (0, 3) THEN k.tries END, k.id"), B(since));
	while (db_step(&q)) {
		if (all.n == MOST_CALLS) {
			db_done(&q);
			break;
		}
		struct call *c = arena_push(db_arena(db), &all);
		*c = (struct call){ .id = db_int(&q, 0), .appointment = db_int(&q, 1), .version = db_int(&q, 2), .result = (int)db_int(&q, 3), .tries = (int)db_int(&q, 4),
			.result_at = db_instant(&q, 5), .reason = db_text(&q, 6), .proposal = db_text(&q, 7), .name = db_text(&q, 8), .phone = db_text(&q, 9) };
		all.open += c->result == CALL_OPEN || c->result == CALL_MISSED;
	}
	return all;
}

#include "gen/modules/replan/calls.html.h"

void replan_calls_html(struct request *r, const struct calls *calls)
{
	calls_html(&r->page, r, calls);
}

static void page_calls(struct request *r, const struct route *route)
{
	(void)route;
	struct calls calls = replan_calls(r->db, r->today);
	struct page page = { .title = _("Call list"), .section = "book", .main_class = "sheet m-calls" };
	page_begin(r, &page);
	replan_calls_html(r, &calls);
	page_end(r);
}

static void lamp(struct request *r, struct out *o)
{
	int64_t open = db_one(r->db, SQL("SELECT count(*) FROM call WHERE result IN (0, 3)"));
	if (open > 0 && r->role >= ROLE_APPRENTICE)
		lamp_html(o, (int)open);
}

static void about(struct request *r, struct out *o, const char *kind, int64_t id)
{
	if (!page_may_change() || r->role < ROLE_STYLIST)
		return;
	if (text_equal(kind, "book-acts"))
		away_html(o);
	else if (text_equal(kind, "staff-acts"))
		ill_html(o, id);
}

static const struct route routes[] = { { "GET", "/calls", page_calls, .role = ROLE_APPRENTICE } };
const struct module replan_module = { .name = "replan", ROUTES(routes), .lamp = lamp, .about = about };
