/* settings_me_change.c: what everybody sets for herself: the language of her pages, her password, her PIN. */
#include "base/text.h"
#include "db/db_write.h"
#include "modules/settings/settings_private.h"
#include "web/icon.h"
#include "web/password.h"
#include "web/session.h"
#include <string.h>

/* What stands in the way, at which field. */
struct me { bool has_password, has_pin; const char *key, *sentence; };

static const struct choice languages[] = { { 0, "de", N_("German") }, { 0, "en", N_("English") } };

static void me_html(struct out *, struct request *, const struct me *);

static struct me load(struct request *r)
{
	struct me me = { .key = "" };
	struct query q = db_query(r->db, SQL("SELECT password IS NOT NULL, pin IS NOT NULL FROM staff_secret WHERE staff = ?"), B(r->user));
	while (db_step(&q)) {
		me.has_password = db_bool(&q, 0);
		me.has_pin = db_bool(&q, 1);
	}
	return me;
}

/* Which of the two is asked for before the password (or the PIN) is changed. */
static const char *old_label(const struct me *me, bool pin)
{
	return (pin ? me->has_pin : !me->has_password) ? _("PIN until now") : _("Password until now");
}

static void show(struct request *r, int status, const char *key, const char *sentence)
{
	struct me me = load(r);
	me.key = key;
	me.sentence = sentence;
	page_begin(r, &(struct page){ .title = _("Me"), .section = "settings", .body_class = "p-set", .main_class = "listform" });
	settings_list(r, NULL, -1, true);
	r->status = status;
	me_html(&r->page, r, &me);
	page_end(r);
}

void settings_me(struct request *r, const struct route *route)
{
	(void)route;
	show(r, 200, "", NULL);
}

static void saved(struct request *r, const char *text)
{
	db_command_subject(r->db, "staff", r->user);
	db_command_text(r->db, arena_printf(r->arena, "%s: %s", r->user_name, text));
	live_publish(r, "staff", r->user);
	page_redirect(r, "/me");
}

void settings_me_language(struct request *r, const struct route *route)
{
	(void)route;
	const char *wanted = request_get(r, "language");
	for (size_t i = 0; i < COUNT(languages); i++)
		if (text_equal(wanted, languages[i].text)) {
			db_run(r->db, SQL("UPDATE staff SET language = ?1, version = version + 1 WHERE id = ?2 AND language <> ?1"), B(wanted), B(r->user));
			saved(r, arena_printf(r->arena, _("language %s"), lang_text(languages[i].label)));
			return;
		}
	show(r, 422, "language", _("Language: please choose from the list."));
}

/* Who changes a secret says the old one, or where there is none of its kind, the other. In `old`, checked on a reading thread
 * (argon2), with the door's patience for guessing. */
static void check_old(struct request *r, bool pin)
{
	str hash = pin ? db_one_text(r->db, SQL("SELECT coalesce(pin, password) FROM staff_secret WHERE staff = ?"), B(r->user))
	    : db_one_text(r->db, SQL("SELECT coalesce(password, pin) FROM staff_secret WHERE staff = ?"), B(r->user));
	const char *who = arena_printf(r->arena, "staff %lld", (long long)r->user), *old = request_get(r, "old"), *key = pin ? "pin-old" : "pass-old";
	int64_t seconds = session_wait(who, r->now);
	struct me me = load(r);
	const char *label = old_label(&me, pin);
	if (seconds > 0) {
		show(r, 429, key, arena_printf(r->arena, _("Too many tries. Possible again in %lld seconds."), (long long)seconds));
	} else if (old == NULL || *old == '\0') {
		show(r, 422, key, arena_printf(r->arena, _("%s is still missing."), label));
	} else if (hash == NULL || !password_is(hash, old)) {
		session_failed(who, r->now);
		show(r, 422, key, arena_printf(r->arena, _("%s: that is not right. Three tries are free, then it takes longer each time."), label));
	} else {
		session_passed(who);
		r->status = 200;
	}
}

void settings_me_old_password(struct request *r, const struct route *route)
{
	(void)route;
	check_old(r, false);
}

void settings_me_old_pin(struct request *r, const struct route *route)
{
	(void)route;
	check_old(r, true);
}

/* Two who type blindly: a slip would lock her out. */
static bool same_twice(struct request *r, const char *stem)
{
	if (text_equal(request_get(r, "new"), request_get(r, "again")))
		return true;
	show(r, 422, arena_printf(r->arena, "%s-again", stem), _("The same again: that is another one than the line above."));
	return false;
}

void settings_me_password(struct request *r, const struct route *route)
{
	(void)route;
	const char *wanted = request_get(r, "new");
	if (!password_ok(wanted)) {
		show(r, 422, "pass-new", _("Password: at least eight characters, please."));
	} else if (same_twice(r, "pass")) {
		db_run(r->db, SQL("INSERT INTO staff_secret(staff, password) VALUES (?1, ?2) ON CONFLICT(staff) DO UPDATE SET password = ?2"), B(r->user),
		    B(password_hash(r->arena, wanted)));
		saved(r, _("password changed"));
	}
}

void settings_me_pin(struct request *r, const struct route *route)
{
	(void)route;
	const char *wanted = request_get(r, "new");
	if (!password_pin_ok(wanted)) {
		show(r, 422, "pin-new", _("PIN: four digits, please."));
	} else if (same_twice(r, "pin")) {
		db_run(r->db, SQL("INSERT INTO staff_secret(staff, pin) VALUES (?1, ?2) ON CONFLICT(staff) DO UPDATE SET pin = ?2"), B(r->user),
		    B(password_hash(r->arena, wanted)));
		saved(r, _("PIN changed"));
	}
}

#include "gen/modules/settings/settings_me.html.h"
