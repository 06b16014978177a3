/* replan_read.c: who is away and when, what this hits, what was decided already; then all of it is planned. */
#include "base/date.h"
#include "base/text.h"
#include "modules/replan/replan.h"
#include <stdlib.h>
#include <string.h>

enum { DAYS_AFTER = 14, MOST_DAYS = 400, MOST_ROWS = 500, HOURS_AROUND = 180, CALL_FROM = 15 };

/* ---- a slot as a word: day/start/end/step.phase.start.end.staff.place.device,… ---- */

char *replan_word(struct arena *a, const struct slot *s)
{
	char *text = arena_printf(a, "%lld/%d/%d/", (long long)s->day.n, s->start, s->end);
	for (size_t i = 0; i < s->nclaims; i++) {
		const struct slot_claim *c = &s->claims[i];
		text = arena_printf(a, "%s%s%d.%d.%d.%d.%lld.%lld.%lld", text, i ? "," : "", c->step, c->phase, c->start, c->end, (long long)c->staff,
		    (long long)c->place, (long long)c->device);
	}
	return text;
}

static bool numbers(const char **at, int64_t *to, size_t n, char between, const char *ends)
{
	for (size_t i = 0; i < n; i++) {
		size_t digits = strspn(*at, "0123456789");
		if (digits == 0 || digits > 15)
			return false;
		to[i] = strtoll(*at, NULL, 10);
		*at += digits;
		if (i + 1 < n ? **at != between : **at != '\0' && strchr(ends, **at) == NULL)
			return false;
		*at += **at != '\0';
	}
	return true;
}

bool replan_slot(struct arena *a, const char *word, struct slot *slot)
{
	struct { struct slot_claim *at; size_t n, cap; } claims = { 0 };
	int64_t head[3], c[7];
	const char *at = word;
	if (!numbers(&at, head, 3, '/', "/") || head[1] >= DAY_MINUTES || head[2] > DAY_MINUTES || head[2] <= head[1] || head[0] > 100000)
		return false;
	while (*at != '\0') {
		if (!numbers(&at, c, 7, '.', ",") || claims.n == (size_t)REPLAN_STEPS * 16 || c[0] >= REPLAN_STEPS || c[1] >= 16 || c[2] < head[1] || c[3] > head[2] || c[3] <= c[2])
			return false;
		*arena_push(a, &claims) = (struct slot_claim){ (int)c[0], (int)c[1], (int)c[2], (int)c[3], c[4], c[5], c[6] };
	}
	*slot = (struct slot){ .day = { head[0] }, .start = (int)head[1], .end = (int)head[2], .claims = claims.at, .nclaims = claims.n };
	return claims.n > 0;
}

/* ---- the address ---- */

static void read_names(struct db *db, struct replan_view *v)
{
	v->names = (struct booking){ .at_start = -1 };
	booking_names(db, &v->names);
}

static bool refuse(struct request *r, const char *sentence)
{
	page_error(r, 422, sentence);
	return false;
}

bool replan_read(struct request *r, struct replan_view *v)
{
	int64_t staff = request_int(r, "staff"), kind = request_int(r, "kind"), current = request_int(r, "cur");
	daytime start = request_daytime(r, "start"), end = request_daytime(r, "end");
	*v = (struct replan_view){ .staff = staff == NONE ? 0 : staff, .from = request_day(r, "from"), .to = request_day(r, "to"), .start = start.min == NONE ? -1 : (int)start.min,
		.end = end.min == NONE ? DAY_MINUTES : (int)end.min, .kind = kind == NONE ? 1 : (int)kind, .current = current == NONE ? 0 : current };
	read_names(r->db, v);
	if (v->staff == 0)
		return true;
	v->staff_name = db_one_text(r->db, SQL("SELECT name FROM staff WHERE id = ?"), B(v->staff));
	if (v->staff_name == NULL)
		return refuse(r, _("Who: please choose one of the staff."));
	if ((v->from.n == NONE && !text_empty(request_get(r, "from"))) || (v->to.n == NONE && !text_empty(request_get(r, "to"))))
		return refuse(r, _("From and until: two days, like 24.12."));
	if (v->from.n == NONE)
		v->from = r->today;
	if (v->to.n == NONE && !request_yes(r, "open"))
		v->to = v->from;
	if (v->to.n != NONE && (v->to.n < v->from.n || v->to.n - v->from.n > MOST_DAYS))
		return refuse(r, _("Until: on or after the first day, and within a year."));
	if (v->start >= 0 && v->end <= v->start)
		return refuse(r, _("From and to: two times of one day, the first before the second."));
	if (v->kind < 0 || v->kind > 6)
		return refuse(r, _("Kind: please choose from the list."));
	return true;
}

static char *iso(struct arena *a, day d)
{
	struct out o = { .arena = a };
	out_iso_day(&o, d);
	return o.s;
}

static char *iso_time(struct arena *a, int min)
{
	struct out o = { .arena = a };
	out_iso_daytime(&o, (daytime){ min });
	return o.s;
}

static char *number(struct arena *a, int64_t n) { return n == 0 ? NULL : arena_printf(a, "%lld", (long long)n); }

char *replan_link(const struct replan_view *v, struct arena *a, const char *key, const char *value)
{
	struct out o = { .arena = a };
	bool row = strcmp(key, "row") == 0;
	int64_t changed = row ? strtoll(value, NULL, 10) : 0;
	out_query(&o, "staff", number(a, v->staff));
	out_query(&o, "from", iso(a, v->from));
	out_query(&o, v->to.n == NONE ? "open" : "to", v->to.n == NONE ? "1" : iso(a, v->to));
	out_query(&o, "start", v->start < 0 ? NULL : iso_time(a, v->start));
	out_query(&o, "end", v->start < 0 ? NULL : iso_time(a, v->end));
	out_query(&o, "kind", arena_printf(a, "%d", v->kind));
	for (size_t i = 0; i < v->n; i++) {
		const struct replan_line *l = &v->lines[i];
		if (l->appt->id == changed)
			continue;
		if (l->pinned != NULL)
			out_query(&o, "row", arena_printf(a, "%lld:p%s", (long long)l->appt->id, replan_word(a, l->pinned)));
		else if (l->kinds != 0)
			out_query(&o, "row", arena_printf(a, "%lld:k%u", (long long)l->appt->id, l->kinds));
	}
	if (row)
		out_query(&o, "row", value);
	out_query(&o, "cur", strcmp(key, "cur") == 0 ? value : row ? number(a, changed) : number(a, v->current));
	return o.s;
}

/* ---- what is hit ---- */

static bool within(const struct replan_view *v, const struct book_appt *a)
{
	for (size_t s = 0; s < a->nsteps; s++)
		for (size_t p = 0; p < a->steps[s].nphases; p++) {
			const struct book_phase *ph = &a->steps[s].phases[p];
			if (ph->staff == v->staff && (v->start < 0 || (ph->start < v->end && v->start < ph->end)))
				return true;
		}
	return false;
}

static void read_now(struct arena *a, struct replan_line *l)
{
	struct { struct slot_claim *at; size_t n, cap; } claims = { 0 };
	for (size_t s = 0; s < l->appt->nsteps; s++)
		for (size_t p = 0; p < l->appt->steps[s].nphases; p++) {
			const struct book_phase *ph = &l->appt->steps[s].phases[p];
			*arena_push(a, &claims) = (struct slot_claim){ (int)s, (int)p, ph->start, ph->end, ph->staff, ph->place, ph->device };
		}
	l->now = (struct slot){ .day = l->appt->day, .start = l->appt->start, .end = l->appt->end, .claims = claims.at, .nclaims = claims.n };
}

static void read_decision(struct request *r, struct replan_line *l)
{
	const char *text;
	for (size_t i = 0; (text = request_all(r, "row", i)) != NULL; i++) {
		char *rest;
		struct slot slot;
		if (strtoll(text, &rest, 10) != l->appt->id || rest[0] != ':')
			continue;
		if (rest[1] == 'k')
			l->kinds = (unsigned)strtoul(rest + 2, NULL, 10) & ((1u << REPLAN_KEPT) | (1u << REPLAN_COLLEAGUE) | (1u << REPLAN_TIME) | (1u << REPLAN_DAY) | (1u << REPLAN_CALL));
		else if (rest[1] == 'p' && replan_slot(r->arena, rest + 2, &slot)) {
			l->pinned = arena_new_of(r->arena, struct slot);
			*l->pinned = slot;
		}
	}
}

static void read_lines(struct request *r, struct replan_view *v, day last)
{
	struct { struct replan_line *at; size_t n, cap; } lines = { 0 };
	struct book_appts *all = arena_new_of(r->arena, struct book_appts);
	day first = v->from.n < r->today.n ? r->today : v->from;
	*all = book_load_days(r->db, first, last);
	for (size_t i = 0; i < all->n && lines.n < MOST_ROWS; i++) {
		const struct book_appt *a = &all->at[i];
		bool over = a->day.n == r->today.n && a->end <= r->clock.min;
		if (a->kind != APPT_VISIT || a->status >= STATUS_DONE || over || !within(v, a) || a->nsteps > REPLAN_STEPS)
			continue;
		struct replan_line *l = arena_push(r->arena, &lines);
		*l = (struct replan_line){ .appt = a };
		read_now(r->arena, l);
		read_decision(r, l);
	}
	v->lines = lines.at;
	v->n = lines.n;
}

/* Promised is only whom the customer wished for. */
static void read_chain(struct request *r, struct replan_line *l)
{
	int64_t wish = db_one(r->db, SQL("SELECT wish_staff FROM appointment WHERE id = ?"), B(l->appt->id));
	chain_of_appointment(r->db, l->appt, 0, 0, &l->chain);
	for (size_t i = 0; i < l->chain.n; i++) {
		struct slot_step *s = &l->chain.steps[i];
		s->last = l->appt->steps[i].staff;
		s->wished = wish != NONE && wish == s->last ? s->last : 0;
		s->only_wished = false;
	}
	l->phone = db_one_text(r->db, SQL("SELECT coalesce(mobile, phone, phone_other) FROM customer WHERE id = ?"), B(l->appt->customer));
}

static day last_booked(struct request *r, const struct replan_view *v)
{
	if (v->to.n != NONE)
		return v->to;
	int64_t last = db_one(r->db, SQL("SELECT max(day) FROM appointment WHERE day >= ? AND kind = 0 AND status < 3"), B(v->from));
	return (day){ last == NONE ? v->from.n : last > v->from.n + MOST_DAYS ? v->from.n + MOST_DAYS : last };
}

static void sum_up(struct replan_view *v)
{
	for (size_t i = 0; i < v->n; i++) {
		struct replan_line *l = &v->lines[i];
		l->proposal = &v->plan.rows[i];
		if (l->proposal->choice.kind == REPLAN_DAY || l->proposal->choice.kind == REPLAN_CALL)
			v->elsewhere.cents += book_price(l->appt).cents;
		if (v->current == 0)
			v->current = l->appt->id;
	}
}

void replan_plan_view(struct request *r, struct replan_view *v)
{
	day last = last_booked(r, v), from = v->from.n < r->today.n ? r->today : v->from;
	if (last.n < from.n)
		return;
	read_lines(r, v, last);
	struct replan_row *rows = arena_array(r->arena, struct replan_row, v->n);
	for (size_t i = 0; i < v->n; i++) {
		struct replan_line *l = &v->lines[i];
		read_chain(r, l);
		rows[i] = (struct replan_row){ .appointment = l->appt->id, .steps = l->chain.steps, .nsteps = l->chain.n, .now = &l->now, .status = l->appt->status,
			.reachable = l->phone != NULL, .pinned = l->pinned, .kinds = l->kinds };
	}
	struct replan_absence away = { v->staff, v->from, v->to, v->start, v->end };
	struct replan_question *q = arena_new_of(r->arena, struct replan_question);
	*q = (struct replan_question){ .world = hours_world(r->db, from, (int)(last.n - from.n) + 1 + DAYS_AFTER), .absences = &away, .nabsences = 1, .rows = rows, .nrows = v->n,
		.rules = { .earlier = HOURS_AROUND, .later = HOURS_AROUND, .days_after = DAYS_AFTER, .call_from = CALL_FROM } };
	q->world.today = r->today;
	q->world.now = (int)r->clock.min;
	v->plan = replan_make(r->arena, q);
	sum_up(v);
}
