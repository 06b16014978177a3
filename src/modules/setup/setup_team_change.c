/* Page 2: who works here, and what the shop begins with. "Back" and "More rows" keep what can be kept and never refuse. */
#include "modules/setup/setup_private.h"
#include "base/date.h"
#include "base/text.h"
#include "db/db_write.h"
#include "entity/entity.h"
#include "web/icon.h"
#include <string.h>

enum { ROWS_MOST = 40 };
struct row { int64_t id; str name, code; int64_t role; unsigned does; };
struct team { struct row rows[ROWS_MOST]; size_t n, shown; unsigned offered; };

static const struct { int64_t role; const char *name; } roles[] = {
	{ ROLE_OWNER, N_("Owner") }, { ROLE_MANAGEMENT, N_("Management") }, { ROLE_RECEPTION, N_("Reception") }, { ROLE_STYLIST, N_("Stylist") },
	{ ROLE_APPRENTICE, N_("Apprentice") },
};

static void load_team(struct request *r, struct team *t)
{
	*t = (struct team){ .offered = starter_present(r->db) };
	if (db_one(r->db, SQL("SELECT set_up FROM shop")) == 1) t->offered |= 1u << STARTER_HAIR | 1u << STARTER_MEN;
	struct query q = db_query(r->db, SQL("SELECT id, name, code, role FROM staff WHERE active = 1 ORDER BY sort, id"));
	while (db_step(&q) && t->n < ROWS_MOST)
		t->rows[t->n++] = (struct row){ db_int(&q, 0), db_text(&q, 1), db_text(&q, 2), db_int(&q, 3), 0 };
	db_done(&q);
	for (size_t i = 0; i < t->n; i++) t->rows[i].does = starter_done_by(r->db, t->rows[i].id);
	t->shown = t->n + 3 < 5 ? 5 : t->n + 3;
	if (t->shown > ROWS_MOST) t->shown = ROWS_MOST;
	for (size_t i = t->n; i < t->shown; i++)
		t->rows[i] = (struct row){ .role = i == 0 ? ROLE_OWNER : ROLE_STYLIST, .does = t->offered & (1u << STARTER_HAIR | 1u << STARTER_MEN) };
}

static void team_html(struct out *, struct setup_form *, const struct team *);

static void show(struct setup_form *f)
{
	struct team *t = arena_new_of(f->r->arena, struct team);
	load_team(f->r, t);
	if (f->posted)
		while (t->shown < ROWS_MOST && request_get(f->r, setup_form_key(f, "n", t->shown)) != NULL) t->shown++;
	setup_form_begin(f, _("Team and services"), 2);
	team_html(&f->r->page, f, t);
	setup_form_end(f, 2);
}

static bool allowed(struct request *r)
{
	int64_t done = db_one(r->db, SQL("SELECT set_up FROM shop WHERE id = 1"));
	if (done != NONE && done >= 1 && done < 3) return true;
	page_redirect(r, done == 3 ? "/" : "/setup/shop");
	return false;
}

void setup_team_page(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r };
	if (allowed(r)) show(&f);
}

/* ---- reading ---- */

static unsigned read_mask(struct setup_form *f, const char *key)
{
	unsigned mask = 0;
	for (unsigned c = 0; c < STARTER_COUNT; c++)
		if (setup_form_ticked(f, key, starter_get(c)->key, false)) mask |= 1u << c;
	return mask;
}

static bool code_taken(const struct team *t, const char *code, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (t->rows[i].code != NULL && text_equal(t->rows[i].code, code)) return true;
	return false;
}

/* The name's first letter and another one of it, which nobody has yet. */
static str new_code(struct arena *arena, const struct team *t, const char *name, size_t before)
{
	char *plain = text_fold(arena, name);
	char code[3] = { (char)(plain[0] >= 'a' && plain[0] <= 'z' ? plain[0] - 'a' + 'A' : 'M'), 0, 0 };
	for (size_t i = 1; plain[i] != '\0'; i++) {
		if (plain[i] < 'a' || plain[i] > 'z') continue;
		code[1] = (char)(plain[i] - 'a' + 'A');
		if (!code_taken(t, code, before)) return arena_text(arena, code);
	}
	for (code[1] = '1'; code[1] < '9' && code_taken(t, code, before); code[1]++) { }
	return arena_text(arena, code);
}

/* A row without a name is left out. */
static void read_row(struct setup_form *f, struct team *t, size_t i)
{
	const char *key = setup_form_key(f, "n", i), *name = request_get(f->r, key), *code = request_get(f->r, setup_form_key(f, "k", i));
	int64_t id = request_int(f->r, setup_form_key(f, "s", i)), role = request_int(f->r, setup_form_key(f, "r", i));
	if (text_empty(name)) return;
	struct row *row = &t->rows[t->n];
	*row = (struct row){ id == NONE ? 0 : id, name, text_empty(code) ? NULL : code, role, read_mask(f, setup_form_key(f, "d", i)) };
	if (text_length(name) > 60) setup_form_fault(f, key, _("Name: at most %d characters, please."), 60);
	if (role < ROLE_APPRENTICE || role > ROLE_OWNER) row->role = ROLE_STYLIST;
	if (row->code != NULL && text_length(row->code) > 3)
		setup_form_fault(f, setup_form_key(f, "k", i), _("Code: one to three characters, not “%s”."), text_cut(f->r->arena, row->code, 20));
	else if (row->code != NULL && code_taken(t, row->code, t->n))
		setup_form_fault(f, setup_form_key(f, "k", i), _("Code: “%s” stands for somebody else already."), row->code);
	t->n++;
}

static void read_team(struct setup_form *f, struct team *t)
{
	bool owner = false;
	int64_t remove = request_int(f->r, "remove");
	t->offered = read_mask(f, "cat");
	for (size_t i = 0; i < ROWS_MOST && request_get(f->r, setup_form_key(f, "n", i)) != NULL; i++)
		if ((int64_t)i != remove) read_row(f, t, i);
	for (size_t i = 0; i < t->n; i++) {
		owner = owner || t->rows[i].role == ROLE_OWNER;
		if (t->rows[i].code == NULL) t->rows[i].code = new_code(f->r->arena, t, t->rows[i].name, i);
	}
	if (t->n == 0) setup_form_fault(f, "n0", _("Team: one name at least, that of the owner."));
	else if (!owner) setup_form_fault(f, "r0", _("Role: one person must be the owner."));
}

/* ---- saving ---- */

/* Working hours follow the opening hours: a pattern of whole days, which is cut to them. */
static void write_pattern(struct request *r, int64_t staff)
{
	if (db_one(r->db, SQL("SELECT count(*) FROM pattern WHERE staff = ?"), B(staff)) > 0) return;
	db_run(r->db, SQL("INSERT INTO pattern(staff, from_day, weeks) VALUES(?,?,1)"), B(staff), B(date_monday(r->today)));
	int64_t pattern = db_last_id(r->db);
	for (int weekday = 1; weekday <= 7; weekday++)
		db_run(r->db, SQL("INSERT INTO shift(pattern, week, weekday, kind, start, end) VALUES(?,0,?,0,0,1440)"), B(pattern), B(weekday));
}

static void save_person(struct request *r, struct row *row, size_t place)
{
	if (row->id != 0 && db_one(r->db, SQL("SELECT 1 FROM staff WHERE id = ?"), B(row->id)) == NONE) row->id = 0;
	if (row->id == 0) {
		db_run(r->db, SQL("INSERT INTO staff(name, code, role, sort) VALUES(?,?,?,?)"), B(row->name), B(row->code), B(row->role), B((int64_t)place));
		row->id = db_last_id(r->db);
	} else {
		db_run(r->db, SQL("UPDATE staff SET name = ?, code = ?, role = ?, sort = ?, version = version + 1 WHERE id = ?"), B(row->name),
		    B(row->code), B(row->role), B((int64_t)place), B(row->id));
	}
	write_pattern(r, row->id);
}

static void remove_missing(struct request *r, const struct team *t)
{
	int64_t gone[ROWS_MOST];
	size_t n = 0;
	struct query q = db_query(r->db, SQL("SELECT id FROM staff WHERE active = 1"));
	while (db_step(&q) && n < ROWS_MOST) {
		bool kept = false;
		for (size_t i = 0; i < t->n; i++) kept = kept || t->rows[i].id == db_int(&q, 0);
		if (!kept) gone[n++] = db_int(&q, 0);
	}
	db_done(&q);
	for (size_t i = 0; i < n; i++) {
		db_run(r->db, SQL("DELETE FROM staff_service WHERE staff = ?"), B(gone[i]));
		db_run(r->db, SQL("DELETE FROM shift WHERE pattern IN (SELECT id FROM pattern WHERE staff = ?)"), B(gone[i]));
		db_run(r->db, SQL("DELETE FROM pattern WHERE staff = ?"), B(gone[i]));
		db_run(r->db, SQL("DELETE FROM staff_secret WHERE staff = ?"), B(gone[i]));
		db_run(r->db, SQL("DELETE FROM staff WHERE id = ?"), B(gone[i]));
	}
}

static void save(struct request *r, struct team *t)
{
	remove_missing(r, t);
	for (size_t i = 0; i < t->n; i++)   /* codes may be exchanged between two people: out of the way first */
		db_run(r->db, SQL("UPDATE staff SET code = '_' || (id % 90 + 10) WHERE id = ?"), B(t->rows[i].id));
	for (size_t i = 0; i < t->n; i++) save_person(r, &t->rows[i], i);
	unsigned all = (1u << STARTER_COUNT) - 1;
	bool written = starter_remove(r->db, all & ~t->offered) == 0 && starter_write(r->db, t->offered, (int)t->n) == 0;
	for (size_t i = 0; written && i < t->n; i++)
		written = starter_assign(r->db, t->rows[i].id, t->rows[i].does & t->offered) == 0;
	db_run(r->db, SQL("UPDATE shop SET set_up = max(set_up, 2), version = version + 1"));
	db_command_text(r->db, _("Set up: team and services"));
}

/* Going back never refuses: what does not fit is made to, and stands there for mending at the return. */
static void heal(struct request *r, struct team *t)
{
	bool owner = false;
	for (size_t i = 0; i < t->n; i++) {
		struct row *row = &t->rows[i];
		row->name = text_cut(r->arena, row->name, 60);
		if (text_length(row->code) > 3 || code_taken(t, row->code, i)) row->code = new_code(r->arena, t, row->name, i);
		owner = owner || row->role == ROLE_OWNER;
	}
	if (!owner) t->rows[0].role = ROLE_OWNER;
}

void setup_team_save(struct request *r, const struct route *route)
{
	(void)route;
	struct setup_form f = { .r = r, .posted = true };
	struct team *t = arena_new_of(r->arena, struct team);
	const char *to = request_get(r, "to");
	if (!allowed(r)) return;
	bool leaving = text_equal(to, "back"), staying = text_equal(to, "more") || request_get(r, "remove") != NULL;
	read_team(&f, t);
	if (text_equal(to, "without")) t->offered = 0;
	if (leaving && t->n == 0) {
		page_redirect(r, "/setup/shop");
		return;
	}
	if (leaving) heal(r, t);
	if (f.faults.n > 0 && !leaving) {
		show(&f);
		return;
	}
	save(r, t);
	page_redirect(r, leaving ? "/setup/shop" : staying ? "/setup/team" : "/setup/password");
}

static const char *duration(struct arena *arena, const struct starter_service *s)
{
	int active = starter_minutes(s, STARTER_ACTIVE), wait = starter_minutes(s, STARTER_WAIT), buffer = starter_minutes(s, STARTER_BUFFER);
	if (wait > 0) return arena_printf(arena, _("%d + %d processing"), active, wait);
	return buffer > 0 ? arena_printf(arena, _("%d + %d buffer"), active, buffer) : arena_printf(arena, "%d", active);
}

#include "gen/modules/setup/setup_team.html.h"
