/* roster_rules_change.c: how many must be there, what absences count as, until when last year's vacation can be taken. */
#include "modules/roster/roster_change_private.h"
#include "base/date.h"
#include "base/text.h"
#include <string.h>

struct rules_form {
	struct form form;
	int least[8];
	struct duty_kind kinds[DUTY_KINDS];
	int month, day;
	int64_t version;
	bool posted;
};

static char *key_of(struct rules_form *f, const char *stem, int i) { return arena_printf(f->form.from.arena, "%s%d", stem, i); }

static void load(struct request *r, struct rules_form *f)
{
	struct roster_team t;
	roster_team_load(r->db, r->today, r->today, r->today, r->today, &t);
	memcpy(f->least, t.least, sizeof f->least);
	memcpy(f->kinds, t.kinds, sizeof f->kinds);
	f->month = t.expires.month;
	f->day = t.expires.day;
	f->version = db_one(r->db, SQL("SELECT version FROM roster_rule"));
}

static void read_expiry(struct rules_form *f)
{
	day d;
	const char *typed = form_get(&f->form, "expires");
	/* Any year will do; a leap year knows 29 February. */
	if (text_empty(typed) || !read_day(typed, date_day(2028, 1, 1), &d)) {
		form_error(&f->form, "expires", _("Carried over until: a day like 31/3, please, not “%s”."), text_cut(f->form.from.arena, typed ? typed : "", 40));
		return;
	}
	f->month = date_civil(d).month;
	f->day = date_civil(d).day;
}

static void read_rules(struct request *r, struct rules_form *f)
{
	for (int i = 1; i <= 7; i++) {
		int64_t n = 0;
		const char *key = key_of(f, "least", i), *typed = form_get(&f->form, key);
		if (!text_empty(typed) && (!read_int(typed, &n) || n < 0 || n > 99)) {
			form_error(&f->form, key, _("%s: a whole number from 0 to 99, please, not “%s”."), weekday_long((day){ i + 3 }), text_cut(r->arena, typed, 40));
			n = 0;
		}
		f->least[i] = (int)n;
	}
	for (int k = 0; k < DUTY_KINDS; k++)
		f->kinds[k] = (struct duty_kind){ request_yes(r, key_of(f, "work", k)), request_yes(r, key_of(f, "vacation", k)) };
	read_expiry(f);
}

#include "gen/modules/roster/roster_rules_change.html.h"

static void show(struct request *r, struct rules_form *f)
{
	struct page page = { .title = _("Rules of the roster"), .section = "roster", .body_class = "p-roster p-set", .main_class = "sheet" };
	page_begin(r, &page);
	rules_html(&r->page, r, f);
	page_end(r);
}

void roster_page_rules(struct request *r, const struct route *route)
{
	(void)route;
	struct rules_form *f = arena_new_of(r->arena, struct rules_form);
	f->form = roster_form(r);
	load(r, f);
	show(r, f);
}

static void write(struct request *r, const struct rules_form *f)
{
	for (int i = 1; i <= 7; i++)
		db_run(r->db, SQL("UPDATE roster_least SET people = ? WHERE weekday = ?"), B(f->least[i]), B(i));
	for (int k = 0; k < DUTY_KINDS; k++)
		db_run(r->db, SQL("UPDATE absence_kind SET work = ?, vacation = ? WHERE kind = ?"), B(f->kinds[k].work), B(f->kinds[k].vacation), B(k));
	db_run(r->db, SQL("UPDATE roster_rule SET expires_month = ?, expires_day = ?, version = version + 1"), B(f->month), B(f->day));
}

void roster_page_rules_save(struct request *r, const struct route *route)
{
	(void)route;
	struct rules_form *f = arena_new_of(r->arena, struct rules_form);
	int64_t version = request_int(r, "version");
	f->form = roster_form(r);
	load(r, f);
	f->posted = true;
	bool stale = version != NONE && version != f->version;
	read_rules(r, f);
	if (stale)
		form_error(&f->form, "least1", _("These rules were changed in the meantime. Saving once more keeps what stands here."));
	if (f->form.faults.n > 0) {
		r->status = stale ? 409 : 422;
		show(r, f);
		return;
	}
	write(r, f);
	db_command_text(r->db, _("Rules of the roster changed"));
	live_publish(r, "roster", 0);
	page_redirect(r, "/roster/rules");
}
